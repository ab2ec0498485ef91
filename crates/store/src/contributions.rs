//! What readers send, from its arrival to its end.

use contract::{
    receipt::{Kind, State},
    slug::Slug,
};
use sqlx::{Row, any::AnyRow};

use crate::{Store, StoreError};

mod arrivals;
mod changes;
mod journal;
mod kept;
mod known;
mod lifetimes;
mod moderation;
mod opinions;
mod passages;
mod shown;
mod testimonials;

pub(crate) use arrivals::Arrivals;
pub use changes::Changed;
pub use journal::Recorded;
pub(crate) use journal::record;
pub use kept::{Queued, Step, Whole};
pub use known::Voucher;
pub use lifetimes::Aged;
pub use moderation::{Decided, Decision, Queue, Waiting, decided_at};
pub use shown::{Shown, Thread, Threads};
pub use testimonials::Testimonial;

/// Columns of a [`Contribution`], in the order of [`read`].
const COLUMNS: &str = "id, kind, state, page, parent, name, email, body, useful, institute, \
                       findings, held, reply, created_at, changed_at, subject, treatments, ties, \
                       expires_at, consent, consented_at, unread, masked";

/// What is sent, with the hashes of what only its author has.
#[derive(Clone, Debug)]
pub struct NewContribution<'a> {
    pub id: &'a Slug,
    pub kind: Kind,
    /// What it is about: an article; of a report the practitioner; else the page of its form.
    pub page: &'a Slug,
    pub parent: Option<&'a Slug>,
    pub name: &'a str,
    pub email: Option<&'a str>,
    pub body: &'a str,
    pub useful: Option<bool>,
    /// Which words were agreed to, at `now_ms`.
    pub consent: Option<&'a str>,
    /// One finding of the guard a line, as [`Finding`](contract::desk::Finding) reads them.
    pub findings: &'a str,
    /// Milliseconds since 1970.
    pub now_ms: i64,
    pub receipt_hash: &'a str,
    /// The same again is the same contribution.
    pub request_hash: Option<&'a str>,
    pub particulars: Particulars<'a>,
}

/// What only some kinds have.
#[derive(Clone, Copy, Debug, Default)]
pub struct Particulars<'a> {
    /// The title of a testimonial, the subject of a message.
    pub subject: Option<&'a str>,
    /// Of a testimonial: what else was taken or done at the same time.
    pub treatments: Option<&'a str>,
    /// Of a testimonial: ties with whoever sells something.
    pub ties: Option<&'a str>,
    /// From then on nobody sees it.
    pub expires_ms: Option<i64>,
    /// What lets it be shown at once, if that still stands.
    pub voucher: Option<Voucher<'a>>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    New,
    /// Everybody sees it already: its voucher stands.
    Shown,
    /// The same request was kept before.
    Again,
    /// What it answers is not shown any more.
    NoParent,
}

/// What was sent, as the author and the moderators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    pub id: Slug,
    pub kind: Kind,
    pub state: State,
    pub page: Slug,
    pub parent: Option<Slug>,
    pub name: String,
    pub email: Option<String>,
    pub body: String,
    pub useful: Option<bool>,
    pub institute: bool,
    pub findings: String,
    pub held: bool,
    /// Everybody sees it, and no moderator has looked at it.
    pub unread: bool,
    /// Everybody sees it without the passages that the guard found.
    pub masked: bool,
    pub reply: Option<String>,
    pub created_ms: i64,
    pub changed_ms: i64,
    /// As in [`Particulars`].
    pub subject: Option<String>,
    pub treatments: Option<String>,
    pub ties: Option<String>,
    pub expires_ms: Option<i64>,
    /// Which words were agreed to, and when.
    pub consent: Option<String>,
    pub consented_ms: Option<i64>,
}

/// What an author changes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change<'a> {
    pub name: &'a str,
    pub email: Option<&'a str>,
    pub body: &'a str,
    pub findings: &'a str,
    /// What a testimonial has; what it expires on stays.
    pub subject: Option<&'a str>,
    pub treatments: Option<&'a str>,
    pub ties: Option<&'a str>,
}

impl Store {
    /// A secret of the site, `made` the first time that it is asked for.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn secret(&self, name: &str, made: &str) -> Result<String, StoreError> {
        sqlx::query(
            "INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        )
        .bind(name)
        .bind(made)
        .execute(&self.pool)
        .await?;
        let row = sqlx::query("SELECT value FROM secrets WHERE name = $1")
            .bind(name)
            .fetch_one(&self.pool)
            .await?;
        Ok(row.try_get("value")?)
    }

    /// Grows with every change that readers may see, whoever makes it.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn contributions_version(&self) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT version FROM contributions_state WHERE id = 1")
            .fetch_one(&self.pool)
            .await?;
        Ok(row.try_get("version")?)
    }

    /// What the holder of a receipt sent; nothing once it is erased.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn contribution_of(&self, receipt: &str) -> Result<Option<Contribution>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM contributions WHERE receipt = $1 AND state <> 'erased'"
        ));
        let row = sqlx::query(sql).bind(receipt).fetch_optional(&self.pool).await?;
        row.as_ref().map(read).transpose()
    }

    /// Changes what nobody has decided on yet. False when somebody has, or when it is gone.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn change_contribution(
        &self,
        receipt: &str,
        change: Change<'_>,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        changes::count(&mut transaction).await?;
        let changed = sqlx::query(
            "UPDATE contributions SET name = $1, email = $2, body = $3, findings = $4, \
             changed_at = $5, subject = $6, treatments = $7, ties = $8, \
             change = (SELECT changes FROM contributions_state WHERE id = 1) \
             WHERE receipt = $9 AND state = 'pending'",
        )
        .bind(change.name)
        .bind(change.email)
        .bind(change.body)
        .bind(change.findings)
        .bind(now_ms)
        .bind(change.subject)
        .bind(change.treatments)
        .bind(change.ties)
        .bind(receipt)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(changed.rows_affected() == 1)
    }

    /// Erases what the holder of a receipt sent, whatever its state. False when it is gone already.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn erase_contribution(&self, receipt: &str, now_ms: i64) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        grow(&mut transaction).await?;
        let row =
            sqlx::query("SELECT id FROM contributions WHERE receipt = $1 AND state <> 'erased'")
                .bind(receipt)
                .fetch_optional(&mut *transaction)
                .await?;
        let Some(row) = row else { return Ok(false) };
        let id: String = row.try_get("id")?;
        moderation::erase(&mut transaction, &id, now_ms).await?;
        journal::record(&mut transaction, &id, now_ms, ("author", "erase"), "", "").await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// Says that readers may see something else now, and numbers the change.
async fn grow(connection: &mut sqlx::AnyConnection) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE contributions_state SET version = version + 1, changes = changes + 1 WHERE id = 1",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What a row is named.
fn identity(row: &AnyRow) -> Result<Slug, StoreError> {
    slug_in(row, "id")
}

/// A name in a row of which nothing else need be known.
fn slug_in(row: &AnyRow, column: &'static str) -> Result<Slug, StoreError> {
    let value: String = row.try_get(column)?;
    Slug::try_from(value.as_str()).map_err(|_| StoreError::Unreadable {
        table: "contributions",
        id: value.clone(),
        column,
        value,
    })
}

fn read(row: &AnyRow) -> Result<Contribution, StoreError> {
    let id: String = row.try_get("id")?;
    let unreadable = |column: &'static str, value: &str| StoreError::Unreadable {
        table: "contributions",
        id: id.clone(),
        column,
        value: value.to_owned(),
    };
    let slug = |column: &'static str| {
        let value: String = row.try_get(column)?;
        Slug::try_from(value.as_str()).map_err(|_| unreadable(column, &value))
    };
    let kind: String = row.try_get("kind")?;
    let state: String = row.try_get("state")?;
    let parent: String = row.try_get("parent")?;
    let flag = |column: &str| row.try_get::<i64, _>(column).map(|it| it != 0);
    Ok(Contribution {
        id: slug("id")?,
        kind: Kind::ALL
            .into_iter()
            .find(|it| it.name() == kind)
            .ok_or_else(|| unreadable("kind", &kind))?,
        state: State::ALL
            .into_iter()
            .find(|it| it.name() == state)
            .ok_or_else(|| unreadable("state", &state))?,
        page: slug("page")?,
        parent: if parent.is_empty() { None } else { Some(slug("parent")?) },
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        body: row.try_get("body")?,
        useful: row.try_get::<Option<i64>, _>("useful")?.map(|it| it != 0),
        institute: flag("institute")?,
        findings: row.try_get("findings")?,
        held: flag("held")?,
        unread: flag("unread")?,
        masked: flag("masked")?,
        reply: row.try_get("reply")?,
        created_ms: row.try_get("created_at")?,
        changed_ms: row.try_get("changed_at")?,
        subject: row.try_get("subject")?,
        treatments: row.try_get("treatments")?,
        ties: row.try_get("ties")?,
        expires_ms: row.try_get("expires_at")?,
        consent: row.try_get("consent")?,
        consented_ms: row.try_get("consented_at")?,
    })
}
