//! Erases by age what the site has promised to, once a day. See [`crate::privacy`].

use std::time::Duration;

use store::{Store, StoreError, contributions::Aged};

use crate::{
    clock,
    people::DAY,
    privacy::{
        ARCHIVE_DAYS, CLOSED_DAYS, DECISION_DAYS, Erases, MAIL_DAYS, SESSION_DAYS, Since,
        TRACE_DAYS, UPLOAD_DAYS, terms,
    },
};

/// How often. A term is told in days.
const EVERY: Duration = Duration::from_secs(86_400);
/// Soon again after the database has refused.
const AGAIN: Duration = Duration::from_secs(3_600);

/// Erases now and every day for as long as the process lives. Several servers may.
pub fn follow(store: Store) {
    tokio::spawn(async move {
        loop {
            let wait = match apply(&store, clock::now_ms()).await {
                Ok(0) => EVERY,
                Ok(count) => {
                    tracing::info!(count, "erased by age");
                    EVERY
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
    count += store.remove_decisions(before(DECISION_DAYS)).await?;
    count += store.remove_sessions(before(SESSION_DAYS)).await?;
    count += store.remove_closed_accounts(before(CLOSED_DAYS)).await?;
    count += store.remove_archived(before(ARCHIVE_DAYS)).await?;
    count += store.forget_uploads("", before(UPLOAD_DAYS)).await?;
    Ok(count)
}
