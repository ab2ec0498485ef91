//! Erases by age what the site has promised to, once a day. See [`crate::privacy`].

use std::time::Duration;

use store::{Store, StoreError, contributions::Aged};

use crate::{
    people::DAY,
    privacy::{
        ARCHIVE_DAYS, CLOSED_DAYS, DECISION_DAYS, Erases, MAIL_DAYS, SESSION_DAYS, Since,
        TRACE_DAYS, UPLOAD_DAYS, terms,
    },
};

/// How often the site does it. A term is told in days.
pub const EVERY: Duration = Duration::from_secs(86_400);
/// Soon again after the database has refused.
const AGAIN: Duration = Duration::from_secs(3_600);

/// Erases now and after each `every`, by the clock `now_ms`, for as long as the process lives. Several
/// servers may.
pub fn follow(store: Store, every: Duration, now_ms: impl Fn() -> i64 + Send + 'static) {
    tokio::spawn(async move {
        loop {
            let wait = match apply(&store, now_ms()).await {
                Ok(0) => every,
                Ok(count) => {
                    tracing::info!(count, "erased by age");
                    every
                }
                Err(error) => {
                    tracing::error!(%error, "what is too old cannot be erased; next try in an hour");
                    AGAIN
                }
            };
            tokio::time::sleep(wait).await;
        }
    });
}

/// Erases what has come to its end by `now_ms` (milliseconds since 1970). Returns how many rows
/// changed.
///
/// # Errors
///
/// When the database refuses; what was erased before stays so.
pub async fn apply(store: &Store, now_ms: i64) -> Result<u64, StoreError> {
    let before = |days: u16| now_ms - i64::from(days) * DAY;
    let mut count = 0;
    for (kind, terms) in terms() {
        // What has a last day of its own goes on that day: see `Inner::end_expired`.
        for it in terms.iter().filter(|it| it.since != Since::Expired) {
            let aged = Aged {
                kind,
                state: it.state,
                decided: it.since == Since::Decided,
                before_ms: before(it.days),
            };
            count += match it.erases {
                Erases::All => store.erase_aged(aged, now_ms).await?,
                Erases::Email => store.forget_addresses(aged).await?,
            };
        }
    }
    count += store.remove_traces(before(TRACE_DAYS)).await?;
    count += store.remove_mails(before(MAIL_DAYS)).await?;
    count += store.remove_sessions(before(SESSION_DAYS)).await?;
    count += store.remove_closed_accounts(before(CLOSED_DAYS)).await?;
    count += store.remove_archived(before(ARCHIVE_DAYS)).await?;
    count += store.forget_uploads("", before(UPLOAD_DAYS)).await?;
    // Last: the database keeps its journal by its own clock, and refuses one that is ahead of it.
    count += store.remove_decisions(before(DECISION_DAYS)).await?;
    Ok(count)
}
