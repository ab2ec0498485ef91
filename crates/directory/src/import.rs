//! A table of practitioners read and checked: CSV in, entries and a report out.
//!
//! Written for files that people made: every encoding and separator a spreadsheet leaves behind,
//! columns by name, and for each mistake the line to mend. And for files that somebody made to do
//! harm: nothing panics, sizes are limited, and memory stays within a few times the file's.

mod address;
mod columns;
mod contact;
mod encoding;
mod entry;
mod ids;
mod problem;
mod report;
mod rows;
mod values;

use std::collections::{HashMap, hash_map};

use contract::{date::Date, desk::entries::EntryDraft, practitioner::Practitioner};
use gazetteer::Gazetteer;

pub use columns::Column;
use columns::Header;
pub use encoding::Encoding;
pub use ids::{public_id, settle};
pub use problem::{Problem, Severity, What};
pub use report::Report;
use rows::Rows;
pub(crate) use values::is_formula;

/// Bytes of a file.
pub const MAX_BYTES: usize = 128 * 1024 * 1024;
/// Rows of a file. An entry in memory is some hundred bytes, however short its row.
pub const MAX_ROWS: u32 = 500_000;

/// A practitioner, and the source's own name for the entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Unique within a file.
    pub external_id: String,
    pub practitioner: Practitioner,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// In the file's order; their ids are unique.
    pub entries: Vec<Entry>,
    pub report: Report,
}

/// Why nothing of a file can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the file is empty: its first line must name the columns")]
    Empty,
    #[error("the file has {bytes} bytes, {MAX_BYTES} at most")]
    TooLarge { bytes: usize },
    #[error("the first line is longer than 64 KiB or names more than 1,000 columns")]
    Header,
    #[error("the first line must name the columns; missing: {columns}")]
    Missing { columns: String },
    #[error("two columns are {column}: {first:?} and {second:?}; rename or remove one")]
    Twice { column: &'static str, first: String, second: String },
    #[error("more than {MAX_ROWS} rows")]
    TooManyRows,
}

/// Reads a table in UTF-8, UTF-16 with a byte order mark or Windows-1252, with its columns parted
/// by `;`, `,`, tab or `|` and named by its first line ([`Column`]). `source` is where rows come
/// from that do not say so themselves. Dates after `today` are not believed.
///
/// Cells are taken as they stand but for spaces around them: an apostrophe that an export put
/// before `=` stays.
///
/// # Errors
///
/// When nothing can be read. What is wrong with single rows is in the report.
pub fn import(
    bytes: &[u8],
    gazetteer: &Gazetteer,
    source: &str,
    today: Date,
) -> Result<Import, Fault> {
    if MAX_BYTES < bytes.len() {
        return Err(Fault::TooLarge { bytes: bytes.len() });
    }
    let (text, encoding) = encoding::decode(bytes);
    let mut header = Header::read(&text)?;
    let unknown = std::mem::take(&mut header.unknown);
    let mut report = Report::new(encoding, header.separator.into(), unknown);
    let context = entry::Context { gazetteer, source, today, header: &header };

    let mut entries: Vec<Entry> = Vec::new();
    // Lines of accepted rows by what names them.
    let mut by_external_id: HashMap<String, u32> = HashMap::new();
    let mut by_practice: HashMap<u64, u32> = HashMap::new();

    let mut rows = Rows::new(&text, header.separator);
    rows.next();
    while let Some(row) = rows.next() {
        if row.fields.is_some_and(|it| it.iter().all(|it| it.trim().is_empty())) {
            continue;
        }
        if report.rows == MAX_ROWS {
            return Err(Fault::TooManyRows);
        }
        let line = row.line;
        let mut problems = Vec::new();
        let entry = entry::read(&context, &row, &mut problems);
        let mut doubt = |column, value: &str, what| {
            problems.push(Problem::new(line, Some(column), value, what));
        };
        let practice = entry.as_ref().map(|it| ids::practice(&it.practitioner));
        if let Some(Entry { external_id, practitioner }) = &entry {
            if let Some(first) = by_external_id.get(external_id) {
                doubt(Column::ExternalId, external_id, What::Duplicate { line: *first });
            } else if let Some(first) = practice.and_then(|it| by_practice.get(&it)) {
                doubt(Column::Name, &practitioner.name, What::SamePractice { line: *first });
            }
        }
        let accepted = report.add(problems);
        if let Some(entry) = entry.filter(|_| accepted) {
            by_external_id.insert(entry.external_id.clone(), line);
            if let Some(hash_map::Entry::Vacant(it)) = practice.map(|it| by_practice.entry(it)) {
                it.insert(line);
            }
            entries.push(entry);
        }
    }
    ids::make_unique(&mut entries);
    Ok(Import { entries, report })
}

/// One entry that somebody types, read by the rules of a row; the problems are of line 0. None where
/// there is too little for one. What only hinders a row is told all the same: whoever types can mend it.
pub fn read_one(
    draft: &EntryDraft,
    gazetteer: &Gazetteer,
    source: &str,
    today: Date,
) -> (Option<Entry>, Vec<Problem>) {
    let header = Header::of_export();
    let mut text = String::new();
    let mut ends = Vec::with_capacity(Column::ALL.len());
    for column in Column::ALL {
        text.push_str(draft.get(column.name()));
        ends.push(text.len());
    }
    let context = entry::Context { gazetteer, source, today, header: &header };
    let mut problems = Vec::new();
    let fields = rows::Fields::new(text.as_bytes(), &ends);
    let entry = entry::read_fields(&context, fields, &mut problems);
    (entry, problems)
}

#[cfg(test)]
mod tests;
