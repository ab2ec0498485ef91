//! A whole directory brought by a file: looked at first, then written at once, all or nothing.

use std::collections::{HashMap, HashSet};

use contract::desk::entries::{ENTRY_ITEM, FieldChange, MAX_CHANGES};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::{
    Store, StoreError,
    contributions::record,
    directory::{
        BATCH, Entry, Stamp,
        entries::{Kept, draft},
        everybody, grow, write,
    },
    moderators::By,
};

/// Lines of the journal written by one statement.
const LINES: usize = 150;
/// Entries archived by one statement.
const ARCHIVED: usize = 500;

/// What an import changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: u32,
    pub updated: u32,
    pub unchanged: u32,
    /// Entries of the directory that the import does not hold. They are kept out of sight.
    pub archived: u32,
}

/// A file's entries, to become the directory.
#[derive(Clone, Copy, Debug)]
pub struct Brought<'a> {
    pub entries: &'a [Entry],
    /// The file, as the journal names it.
    pub source: &'a str,
    /// The version of the directory that somebody looked at; none where nobody did.
    pub expected: Option<i64>,
    pub by: By<'a>,
}

/// What an import would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The version of the directory that it is true of.
    pub version: i64,
    pub changes: Changes,
    /// The first of those that are there already, in the order of the file; then those archived.
    pub first: Vec<Changed>,
}

/// What an import does to an entry that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// As it is now.
    pub entry: Entry,
    /// It is taken out of sight.
    pub archived: bool,
    /// It comes back.
    pub restored: bool,
    pub changes: Vec<FieldChange>,
}

/// What is to be done.
struct Plan<'a> {
    changes: Changes,
    /// What is written, beside what is there.
    written: Vec<(&'a Entry, Option<&'a Kept>)>,
    archived: Vec<&'a Kept>,
}

impl Store {
    /// What [`Store::import_directory`] would change, without changing it.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn preview_import(&self, entries: &[Entry]) -> Result<Preview, StoreError> {
        // The version first: a change in between is then noticed.
        let version = self.directory_version().await?;
        let before = everybody(&mut *self.pool.acquire().await?).await?;
        let plan = plan(&before, entries);
        let updated = plan.written.iter().filter_map(|(new, old)| {
            let old = (*old)?;
            Some(Changed {
                entry: old.entry.clone(),
                archived: false,
                restored: old.archived_ms.is_some(),
                changes: draft(&old.entry).changes(&draft(new)),
            })
        });
        let archived = plan.archived.iter().map(|old| Changed {
            entry: old.entry.clone(),
            archived: true,
            restored: false,
            changes: Vec::new(),
        });
        let first = updated.chain(archived).take(MAX_CHANGES).collect();
        Ok(Preview { version, changes: plan.changes, first })
    }

    /// Makes the directory hold exactly what was brought, known by their external ids, all or nothing.
    /// What is gone is archived, and comes back when an import brings it again. None where the directory
    /// is another than expected: then nothing changes.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn import_directory(&self, it: Brought<'_>) -> Result<Option<Changes>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let version = grow(&mut transaction).await?;
        if it.expected.is_some_and(|seen| seen + 1 != version) {
            return Ok(None);
        }
        let before = everybody(&mut transaction).await?;
        let plan = plan(&before, it.entries);
        // Later than whatever was written of any of them before.
        let latest = before.values().map(|it| it.changed_ms).max().unwrap_or(i64::MIN);
        let told = last_import(&mut transaction).await?.max(latest);
        let now_ms = it.by.now_ms.max(told.saturating_add(1));
        let stamp = Stamp { version, now_ms, archived_ms: None };

        let written: Vec<&Entry> = plan.written.iter().map(|it| it.0).collect();
        for batch in written.chunks(BATCH) {
            write(&mut transaction, batch, stamp).await?;
        }
        for batch in plan.archived.chunks(ARCHIVED) {
            archive(&mut transaction, batch, stamp).await?;
        }
        for batch in lines(&plan).chunks(LINES) {
            note(&mut transaction, batch, it.by.actor, now_ms).await?;
        }
        let count = |field: &str, count: u32| FieldChange {
            field: field.to_owned(),
            old: String::new(),
            new: count.to_string(),
        };
        let Changes { added, updated, unchanged, archived } = plan.changes;
        let summary = FieldChange::write_all(&[
            FieldChange { new: it.source.to_owned(), ..count("file", 0) },
            count("added", added),
            count("updated", updated),
            count("unchanged", unchanged),
            count("archived", archived),
        ]);
        let by = (it.by.actor, "practitioner_import");
        record(&mut transaction, ENTRY_ITEM, now_ms, by, &summary, "").await?;
        transaction.commit().await?;
        Ok(Some(plan.changes))
    }
}

fn plan<'a>(before: &'a HashMap<String, Kept>, entries: &'a [Entry]) -> Plan<'a> {
    let mut changes = Changes::default();
    let mut written = Vec::new();
    let mut kept = HashSet::new();
    for entry in entries {
        kept.insert(entry.external_id.as_str());
        let old = before.get(&entry.external_id);
        match old {
            Some(it) if it.archived_ms.is_none() && it.entry == *entry => {
                changes.unchanged += 1;
                continue;
            }
            Some(it) if it.archived_ms.is_none() => changes.updated += 1,
            _ => changes.added += 1,
        }
        written.push((entry, old));
    }
    let gone = |it: &&Kept| it.archived_ms.is_none() && !kept.contains(&*it.entry.external_id);
    let mut archived: Vec<&Kept> = before.values().filter(gone).collect();
    archived.sort_by(|a, b| a.entry.external_id.cmp(&b.entry.external_id));
    changes.archived = u32::try_from(archived.len()).unwrap_or(u32::MAX);
    Plan { changes, written, archived }
}

/// Item, action and detail of each entry's line.
fn lines(plan: &Plan) -> Vec<(String, &'static str, String)> {
    let line = |it: &Entry, action, detail| {
        (format!("{ENTRY_ITEM}{}", it.practitioner.id), action, detail)
    };
    let written = plan.written.iter().map(|(new, old)| match old {
        // What it was stands in the file.
        None => line(new, "practitioner_add", String::new()),
        Some(old) => {
            let changes = FieldChange::write_all(&draft(&old.entry).changes(&draft(new)));
            let back = old.archived_ms.is_some();
            let action = if back { "practitioner_restore" } else { "practitioner_change" };
            line(new, action, changes)
        }
    });
    let archived =
        plan.archived.iter().map(|it| line(&it.entry, "practitioner_archive", String::new()));
    written.chain(archived).collect()
}

async fn archive(
    connection: &mut AnyConnection,
    entries: &[&Kept],
    stamp: Stamp,
) -> Result<(), StoreError> {
    let places: Vec<String> = (3..entries.len() + 3).map(|it| format!("${it}")).collect();
    let sql = format!(
        "UPDATE practitioners SET archived_at = $1, updated_at = $1, import_id = $2 \
         WHERE external_id IN ({})",
        places.join(", ")
    );
    // Numbers of our own only.
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(stamp.now_ms).bind(stamp.version);
    for it in entries {
        query = query.bind(it.entry.external_id.clone());
    }
    query.execute(connection).await?;
    Ok(())
}

async fn note(
    connection: &mut AnyConnection,
    lines: &[(String, &'static str, String)],
    actor: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    let row = |at: usize| format!("(${}, $1, $2, ${}, ${}, '', 1)", at + 3, at + 4, at + 5);
    let rows: Vec<String> = (0..lines.len()).map(|it| row(it * 3)).collect();
    let sql = format!(
        "INSERT INTO decisions (item, at, actor, action, detail, was, part) VALUES {}",
        rows.join(", ")
    );
    // Numbers of our own only.
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(now_ms).bind(actor);
    for (item, action, detail) in lines {
        query = query.bind(item).bind(*action).bind(detail);
    }
    query.execute(connection).await?;
    Ok(())
}

/// When the last import was, as the journal has it.
async fn last_import(connection: &mut AnyConnection) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT MAX(at) AS latest FROM decisions WHERE item = $1")
        .bind(ENTRY_ITEM)
        .fetch_one(connection)
        .await?;
    Ok(row.try_get::<Option<i64>, _>("latest")?.unwrap_or(i64::MIN))
}
