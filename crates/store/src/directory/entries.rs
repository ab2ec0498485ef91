//! Single entries, as the desk changes them: each change is a version of the directory and a line of
//! the journal, in one transaction.

use std::collections::HashMap;

use contract::{
    desk::entries::{ENTRY_ITEM, EntryDraft, FieldChange},
    slug::Slug,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row, any::AnyRow};

use crate::{
    Store, StoreError,
    contributions::record,
    directory::{Entry, Stamp, grow, write},
    moderators::By,
    practitioner::{COLUMNS, read},
};

/// An entry as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub entry: Entry,
    /// The version of the directory that brought this state.
    pub seen: i64,
    pub changed_ms: i64,
    pub archived_ms: Option<i64>,
}

/// What an entry is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub id: Slug,
    pub external_id: String,
    pub name: String,
    pub postcode: String,
    pub town: String,
    pub archived: bool,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    Done,
    /// It is not as it was looked at.
    Changed,
    /// There is none of this name.
    Gone,
    /// Another has this external id, or this id.
    Taken,
}

impl Store {
    /// What all entries are found by, archived ones too, with the version of the directory.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn places(&self) -> Result<(i64, Vec<Place>), StoreError> {
        let version = self.directory_version().await?;
        let sql = "SELECT id, external_id, name, postcode, town, archived_at FROM practitioners";
        let rows = sqlx::query(sql).fetch_all(&self.pool).await?;
        let place = |row: &AnyRow| {
            Ok(Place {
                id: slug(row.try_get("id")?)?,
                external_id: row.try_get("external_id")?,
                name: row.try_get("name")?,
                postcode: row.try_get("postcode")?,
                town: row.try_get("town")?,
                archived: row.try_get::<Option<i64>, _>("archived_at")?.is_some(),
            })
        };
        Ok((version, rows.iter().map(place).collect::<Result<_, StoreError>>()?))
    }

    /// The id of each external id, archived or not.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn known_ids(&self) -> Result<HashMap<String, Slug>, StoreError> {
        let rows =
            sqlx::query("SELECT id, external_id FROM practitioners").fetch_all(&self.pool).await?;
        rows.iter().map(|it| Ok((it.try_get("external_id")?, slug(it.try_get("id")?)?))).collect()
    }

    /// Those of `ids` that are there, in no order.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn entries(&self, ids: &[Slug]) -> Result<Vec<Kept>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<String> = (1..=ids.len()).map(|it| format!("${it}")).collect();
        let sql = select(&format!("WHERE id IN ({})", places.join(", ")));
        // Numbers of our own only.
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for it in ids {
            query = query.bind(it.as_str().to_owned());
        }
        query.fetch_all(&self.pool).await?.iter().map(kept).collect()
    }

    /// One entry, archived or not.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn entry(&self, id: &Slug) -> Result<Option<Kept>, StoreError> {
        one(&mut *self.pool.acquire().await?, id).await
    }

    /// Adds an entry.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn add_entry(&self, entry: &Entry, by: By<'_>) -> Result<Saved, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let version = grow(&mut transaction).await?;
        let id = &entry.practitioner.id;
        let taken = sqlx::query("SELECT id FROM practitioners WHERE id = $1 OR external_id = $2")
            .bind(id.as_str())
            .bind(&entry.external_id)
            .fetch_optional(&mut *transaction)
            .await?;
        if taken.is_some() {
            return Ok(Saved::Taken);
        }
        let stamp = Stamp { version, now_ms: by.now_ms, archived_ms: None };
        write(&mut transaction, &[entry], stamp).await?;
        let changes = EntryDraft::default().changes(&draft(entry));
        note(&mut transaction, id, stamp, (by.actor, "practitioner_add"), &changes).await?;
        transaction.commit().await?;
        Ok(Saved::Done)
    }

    /// Changes an entry that is as it was `seen`; archived or not, it stays so. Its external id and its
    /// id are left as they are. What changes nothing is no change.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn change_entry(
        &self,
        id: &Slug,
        seen: i64,
        entry: &Entry,
        by: By<'_>,
    ) -> Result<Saved, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let version = grow(&mut transaction).await?;
        let old = match looked_at(&mut transaction, id, seen).await? {
            Ok(it) => it,
            Err(saved) => return Ok(saved),
        };
        let mut entry = entry.clone();
        entry.external_id.clone_from(&old.entry.external_id);
        entry.practitioner.id = id.clone();
        let changes = draft(&old.entry).changes(&draft(&entry));
        if changes.is_empty() {
            return Ok(Saved::Done);
        }
        let now_ms = by.now_ms.max(old.changed_ms + 1);
        let stamp = Stamp { version, now_ms, archived_ms: old.archived_ms };
        write(&mut transaction, &[&entry], stamp).await?;
        note(&mut transaction, id, stamp, (by.actor, "practitioner_change"), &changes).await?;
        transaction.commit().await?;
        Ok(Saved::Done)
    }

    /// Takes an entry that is as it was `seen` out of sight, or brings it back.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn archive_entry(
        &self,
        id: &Slug,
        seen: i64,
        archive: bool,
        by: By<'_>,
    ) -> Result<Saved, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let version = grow(&mut transaction).await?;
        let old = match looked_at(&mut transaction, id, seen).await? {
            Ok(it) => it,
            Err(saved) => return Ok(saved),
        };
        if old.archived_ms.is_some() == archive {
            return Ok(Saved::Changed);
        }
        let now_ms = by.now_ms.max(old.changed_ms + 1);
        let stamp = Stamp { version, now_ms, archived_ms: archive.then_some(now_ms) };
        write(&mut transaction, &[&old.entry], stamp).await?;
        let action = if archive { "practitioner_archive" } else { "practitioner_restore" };
        note(&mut transaction, id, stamp, (by.actor, action), &[]).await?;
        transaction.commit().await?;
        Ok(Saved::Done)
    }
}

/// The entry, if it is still as it was looked at.
async fn looked_at(
    connection: &mut AnyConnection,
    id: &Slug,
    seen: i64,
) -> Result<Result<Kept, Saved>, StoreError> {
    Ok(match one(connection, id).await? {
        None => Err(Saved::Gone),
        Some(it) if it.seen != seen => Err(Saved::Changed),
        Some(it) => Ok(it),
    })
}

async fn one(connection: &mut AnyConnection, id: &Slug) -> Result<Option<Kept>, StoreError> {
    let row = sqlx::query(AssertSqlSafe(select("WHERE id = $1")))
        .bind(id.as_str())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(kept).transpose()
}

async fn note(
    connection: &mut AnyConnection,
    id: &Slug,
    stamp: Stamp,
    by: (&str, &str),
    changes: &[FieldChange],
) -> Result<(), StoreError> {
    let (item, detail) = (format!("{ENTRY_ITEM}{id}"), FieldChange::write_all(changes));
    record(connection, &item, stamp.now_ms, by, &detail, "").await
}

/// Reads [`kept`].
pub(super) fn select(condition: &str) -> String {
    format!("SELECT {COLUMNS}, import_id, updated_at, archived_at FROM practitioners {condition}")
}

pub(super) fn kept(row: &AnyRow) -> Result<Kept, StoreError> {
    Ok(Kept {
        entry: read(row)?,
        seen: row.try_get("import_id")?,
        changed_ms: row.try_get("updated_at")?,
        archived_ms: row.try_get("archived_at")?,
    })
}

/// Every value written out, as it is compared and told.
pub(super) fn draft(it: &Entry) -> EntryDraft {
    EntryDraft::of(&it.external_id, &it.practitioner)
}

fn slug(id: String) -> Result<Slug, StoreError> {
    let unreadable = |_| StoreError::Unreadable {
        table: "practitioners",
        id: id.clone(),
        column: "id",
        value: id.clone(),
    };
    Slug::try_from(id.as_str()).map_err(unreadable)
}
