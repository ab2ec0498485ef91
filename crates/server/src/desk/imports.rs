//! A file of the directory: looked at, kept for an hour, imported as it was looked at or not at all.

use std::io::{Read, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use contract::{
    date::Date,
    desk::{
        Action, Who,
        entries::{ImportChange, ImportOrder, ImportOutcome, ImportProblem, ImportReport},
    },
    error::ProblemKind,
    form::line,
};
use directory::import::{self, Import, Problem, Severity};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use gazetteer::Gazetteer;
use locale::text;
use store::{
    directory::{Brought, Changes, Entry, Preview},
    uploads::Upload,
};

use crate::{
    clock,
    desk::{
        Desk,
        entries::{Rules, by},
        permit, words,
    },
    error::Refusal,
    people::secrets,
};

/// Bytes of a file that is sent: some 150,000 entries.
pub const MAX_FILE: u64 = 32 * 1_024 * 1_024;
/// Characters of where entries come from.
pub const MAX_SOURCE: usize = 120;
/// Problems that a report tells one by one.
const SHOWN: usize = 500;
/// How long a report can be carried out.
const LIFETIME_MS: i64 = 3_600_000;

impl Desk {
    /// What importing a file would do. It is kept for an hour, so that it can be done.
    ///
    /// # Errors
    ///
    /// The role may not; nothing of the file can be read; the database.
    pub async fn look_at(
        &self,
        who: &Who,
        file: Vec<u8>,
        rules: Rules<'_>,
    ) -> Result<ImportReport, Refusal> {
        permit(who.role, Action::Directory)?;
        // Each takes several times the file in memory.
        let Ok(_permit) = self.imports.acquire().await else {
            return Err(ProblemKind::Internal.into());
        };
        let source = source(rules.source);
        let day = rules.today;
        let read = read(file, rules.gazetteer, source.clone(), day).await?;
        let entries = self.settled(read.import.entries).await?;
        let preview = self.store.preview_import(&entries).await?;
        let token = if entries.is_empty() {
            // It would archive everybody.
            None
        } else {
            let token = secrets::random();
            let upload = Upload {
                moderator: who.name.clone(),
                created_ms: clock::now_ms(),
                version: preview.version,
                source: source.clone(),
                day: day.to_string(),
                content: read.content,
            };
            let ended = upload.created_ms - LIFETIME_MS;
            self.store.keep_upload(&secrets::hash(&token), &upload, ended).await?;
            Some(token)
        };
        Ok(report(token, source, &read.import.report, preview))
    }

    /// Carries a report out: what it told, or nothing.
    ///
    /// # Errors
    ///
    /// The role may not; the report is too old or somebody else's; rows were rejected and that was not
    /// accepted; the directory has changed since; the database.
    pub async fn import(
        &self,
        who: &Who,
        order: &ImportOrder,
        gazetteer: &'static Gazetteer,
    ) -> Result<ImportOutcome, Refusal> {
        permit(who.role, Action::Directory)?;
        let Ok(_permit) = self.imports.acquire().await else {
            return Err(ProblemKind::Internal.into());
        };
        let t = text();
        let conflict = |it: &str| Refusal::with_detail(ProblemKind::Conflict, it.to_owned());
        let (token, ended) = (secrets::hash(&order.token), clock::now_ms() - LIFETIME_MS);
        let upload = self.store.upload(&token, &who.name, ended).await?;
        let upload = upload.ok_or_else(|| conflict(t.import_over()))?;
        let file = unpack(&upload.content).ok_or(ProblemKind::Internal)?;
        let day: Date = upload.day.parse().map_err(|_| ProblemKind::Internal)?;
        let read = read(file, gazetteer, upload.source.clone(), day).await?;
        if !read.import.report.is_clean() && !order.partial {
            return Err(conflict(t.import_not_partial()));
        }
        let entries = self.settled(read.import.entries).await?;
        if entries.is_empty() {
            return Err(conflict(t.import_nobody()));
        }
        let brought = Brought {
            entries: &entries,
            source: &upload.source,
            expected: Some(upload.version),
            by: by(who),
        };
        let done = self.store.import_directory(brought).await?;
        // Done or out of date, it is of no more use.
        self.store.forget_uploads(&token, ended).await?;
        let Changes { added, updated, unchanged, archived } =
            done.ok_or_else(|| conflict(t.import_changed()))?;
        Ok(ImportOutcome { added, updated, unchanged, archived })
    }

    /// Entries by the ids that they have, or will have.
    async fn settled(&self, mut entries: Vec<import::Entry>) -> Result<Vec<Entry>, Refusal> {
        import::settle(&mut entries, &self.store.known_ids().await?);
        let entry = |it: import::Entry| Entry {
            external_id: it.external_id,
            practitioner: it.practitioner,
        };
        Ok(entries.into_iter().map(entry).collect())
    }
}

/// Where entries come from, as readers see it: never nothing, never a formula of a spreadsheet.
fn source(typed: &str) -> String {
    let plain = line(typed);
    let plain: String =
        plain.trim_start_matches(['=', '+', '-', '@']).chars().take(MAX_SOURCE).collect();
    let plain = plain.trim();
    if plain.is_empty() { text().import_source_unknown().to_owned() } else { plain.to_owned() }
}

/// A file that was read, and itself as it is kept.
struct ReadFile {
    import: Import,
    content: String,
}

/// Takes a second where it is large: not on the threads that answer.
async fn read(
    file: Vec<u8>,
    gazetteer: &'static Gazetteer,
    source: String,
    day: Date,
) -> Result<ReadFile, Refusal> {
    let work = move || {
        let import = import::import(&file, gazetteer, &source, day)?;
        Ok(ReadFile { import, content: pack(&file) })
    };
    let read = tokio::task::spawn_blocking(work).await.map_err(|_| ProblemKind::Internal)?;
    read.map_err(|it: import::Fault| Refusal::with_detail(ProblemKind::Invalid, words::fault(&it)))
}

/// Compressed, as text: what both databases keep.
fn pack(file: &[u8]) -> String {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    // Into memory nothing fails.
    let written = out.write_all(file).and_then(|()| out.finish());
    STANDARD.encode(written.unwrap_or_default())
}

fn unpack(content: &str) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let packed = STANDARD.decode(content).ok()?;
    GzDecoder::new(&packed[..]).take(MAX_FILE + 1).read_to_end(&mut file).ok()?;
    Some(file)
}

fn report(
    token: Option<String>,
    source: String,
    read: &import::Report,
    preview: Preview,
) -> ImportReport {
    let problem = |it: &Problem| ImportProblem {
        line: it.line,
        field: it.column.map(|it| it.name().to_owned()),
        value: it.value.clone(),
        message: words::problem(&it.what),
        rejected: it.severity() == Severity::Rejected,
    };
    let change = |it: store::directory::Changed| ImportChange {
        id: it.entry.practitioner.id,
        name: it.entry.practitioner.name,
        archived: it.archived,
        restored: it.restored,
        changes: it.changes,
    };
    ImportReport {
        token,
        source,
        encoding: read.encoding.to_string(),
        separator: read.separator.to_string(),
        unknown_columns: read.unknown_columns.clone(),
        rows: read.rows,
        accepted: read.accepted,
        rejected: read.rejected,
        doubtful: read.doubtful,
        added: preview.changes.added,
        updated: preview.changes.updated,
        unchanged: preview.changes.unchanged,
        archived: preview.changes.archived,
        problems: read.rejections.iter().chain(&read.doubts).take(SHOWN).map(problem).collect(),
        problems_total: read.problems,
        changes: preview.first.into_iter().map(change).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_byte_by_byte() {
        let file: Vec<u8> = (0..70_000_u32).map(|it| u8::try_from(it % 251).unwrap()).collect();
        assert_eq!(unpack(&pack(&file)), Some(file));
        assert_eq!(unpack(&pack(b"")), Some(Vec::new()));
        assert_eq!(unpack("é"), None);
    }

    #[test]
    fn a_source_is_a_line_that_does_nothing() {
        assert_eq!(source(" annuaire \n 2026.csv "), "annuaire 2026.csv");
        assert_eq!(source("=cmd"), "cmd");
        assert_eq!(source("\u{0}"), text().import_source_unknown());
        assert_eq!(source(&"é".repeat(500)).chars().count(), MAX_SOURCE);
    }
}
