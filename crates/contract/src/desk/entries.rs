//! Practitioners' entries at the desk: as they are typed, as they stand, what changed of them.

use serde::{Deserialize, Serialize};

use crate::{
    practitioner::{Access, Fees, Practitioner},
    slug::Slug,
};

/// Before a practitioner's id, in the journal; alone it is the whole directory.
pub const ENTRY_ITEM: &str = "practitioners/";
/// Changes of a report that are told one by one.
pub const MAX_CHANGES: usize = 200;

macro_rules! draft {
    ($($(#[$doc:meta])* $field:ident,)+) => {
        /// An entry as it is typed: the columns of an import, one row of them, and read by the same
        /// rules. What is not known is empty.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(default, deny_unknown_fields)]
        pub struct EntryDraft { $($(#[$doc])* pub $field: String,)+ }

        impl EntryDraft {
            /// Names of the fields: those of the columns of an export, in their order.
            pub const FIELDS: &[&str] = &[$(stringify!($field),)+];

            /// Empty where there is no such field.
            pub fn get(&self, name: &str) -> &str {
                match name { $(stringify!($field) => &self.$field,)+ _ => "" }
            }

            /// Each field as `value` has it.
            pub fn of_fields(value: impl Fn(&'static str) -> String) -> EntryDraft {
                EntryDraft { $($field: value(stringify!($field)),)+ }
            }
        }
    };
}

draft! {
    /// The source's own name for the entry; made of name and town where it is empty. Never changes.
    external_id,
    name,
    profession,
    street,
    postcode,
    town,
    /// `FR`, `BE`, `CH`, `LU`; that of the town where it is empty.
    country,
    /// Degrees north; that of the town where it is empty.
    lat,
    lon,
    /// How far `lat` and `lon` can be trusted; `exact` where it is empty.
    precision,
    phone,
    email,
    web,
    /// Codes between commas.
    languages,
    fees,
    /// Teleconsultation: `yes` or `no`.
    remote,
    /// By wheelchair: `yes`, `partial` or `no`.
    accessible,
    /// `yes` or `no`.
    new_patients,
    /// `Mo-Fr 08:30-17:00`, several between semicolons.
    opening,
    /// `YYYY-MM-DD`.
    verified_on,
    source,
    /// `true` where it is made up for demonstration.
    fictif,
}

impl EntryDraft {
    /// An entry written out, every value as it is read back.
    pub fn of(external_id: &str, it: &Practitioner) -> EntryDraft {
        let truth = |it: Option<bool>| it.map_or("", |it| if it { "yes" } else { "no" }).to_owned();
        let text = |it: &Option<String>| it.clone().unwrap_or_default();
        let languages: Vec<&str> = it.languages.iter().map(|it| it.name()).collect();
        let opening: Vec<String> = it.opening.iter().map(ToString::to_string).collect();
        EntryDraft {
            external_id: external_id.to_owned(),
            name: it.name.clone(),
            profession: it.profession.name().to_owned(),
            street: it.address.street.clone(),
            postcode: it.address.postcode.clone(),
            town: it.address.town.clone(),
            country: it.address.country.clone(),
            lat: it.position.at.lat().to_string(),
            lon: it.position.at.lon().to_string(),
            precision: it.position.precision.name().to_owned(),
            phone: text(&it.phone),
            email: text(&it.email),
            web: text(&it.web),
            languages: languages.join(","),
            fees: it.fees.map_or("", Fees::name).to_owned(),
            remote: truth(it.remote),
            accessible: it.accessible.map_or("", Access::name).to_owned(),
            new_patients: truth(it.new_patients),
            opening: opening.join("; "),
            verified_on: it.verified_on.map(|it| it.to_string()).unwrap_or_default(),
            source: it.source.clone(),
            fictif: if it.sample { "true" } else { "" }.to_owned(),
        }
    }

    /// The same without its position, which is then that of its town.
    #[must_use]
    pub fn at_its_town(self) -> EntryDraft {
        EntryDraft { lat: String::new(), lon: String::new(), precision: String::new(), ..self }
    }

    /// What differs in `new`, field by field.
    pub fn changes(&self, new: &EntryDraft) -> Vec<FieldChange> {
        let differs = |it: &&&str| self.get(it) != new.get(it);
        let change = |it: &&str| FieldChange {
            field: (*it).to_owned(),
            old: self.get(it).to_owned(),
            new: new.get(it).to_owned(),
        };
        EntryDraft::FIELDS.iter().filter(differs).map(change).collect()
    }
}

/// What one field was, and is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    pub field: String,
    pub old: String,
    pub new: String,
}

impl FieldChange {
    /// As the journal keeps them: one a line, its parts between tabs, which no value holds.
    pub fn write_all(changes: &[FieldChange]) -> String {
        let plain = |it: &str| it.replace(['\t', '\n', '\r'], " ");
        let line = |it: &FieldChange| {
            format!("{}\t{}\t{}", plain(&it.field), plain(&it.old), plain(&it.new))
        };
        changes.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// What is no change is left out.
    pub fn read_all(text: &str) -> Vec<FieldChange> {
        let read = |line: &str| {
            let mut parts = line.split('\t').map(ToOwned::to_owned);
            Some(FieldChange { field: parts.next()?, old: parts.next()?, new: parts.next()? })
        };
        text.lines().filter_map(read).collect()
    }
}

/// An entry as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskEntry {
    pub external_id: String,
    /// Which state of it this is: a change names it, so that nobody overwrites what they have not seen.
    pub seen: i64,
    /// When it last changed, in milliseconds since 1970.
    pub changed_ms: i64,
    /// Since when nobody sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_ms: Option<i64>,
    pub practitioner: Practitioner,
}

/// A change of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryEdit {
    /// [`DeskEntry::seen`].
    pub seen: i64,
    /// All of it; its `external_id` is left as it is.
    pub entry: EntryDraft,
}

/// Which state of an entry is taken out of sight, or brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EntrySeen {
    /// [`DeskEntry::seen`].
    pub seen: i64,
}

/// What came of reading a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// By this the same file is imported, within an hour; none where it holds nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Where the entries come from that do not say so themselves.
    pub source: String,
    /// `UTF-8`, `Windows-1252`, `UTF-16`.
    pub encoding: String,
    pub separator: String,
    /// Columns that are not understood, and so not read.
    pub unknown_columns: Vec<String>,
    /// Rows below the header: those accepted and those rejected.
    pub rows: u32,
    pub accepted: u32,
    pub rejected: u32,
    /// Of those accepted, to be looked at.
    pub doubtful: u32,
    /// What the import would do.
    pub added: u32,
    pub updated: u32,
    pub unchanged: u32,
    /// Entries that the file does not hold.
    pub archived: u32,
    /// The first of them, those that left a row out before the others.
    pub problems: Vec<ImportProblem>,
    /// All of them.
    pub problems_total: u32,
    /// The first 200 entries that would change or be archived.
    pub changes: Vec<ImportChange>,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportProblem {
    /// Of the file, from 1, where the row begins.
    pub line: u32,
    /// None where the row as a whole is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// As it stands in the file, cut to 80 characters.
    pub value: String,
    pub message: String,
    /// The row is left out; else it is kept, and somebody should look at it.
    pub rejected: bool,
}

/// What an import would do to an entry that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportChange {
    pub id: Slug,
    pub name: String,
    /// The file does not hold it.
    pub archived: bool,
    /// It was archived, and the file brings it back.
    pub restored: bool,
    pub changes: Vec<FieldChange>,
}

/// Carries a report out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportOrder {
    /// [`ImportReport::token`].
    pub token: String,
    /// Import the good rows although others are rejected.
    #[serde(default)]
    pub partial: bool,
}

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportOutcome {
    pub added: u32,
    pub updated: u32,
    pub unchanged: u32,
    pub archived: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(name: &str, phone: &str) -> EntryDraft {
        EntryDraft { name: name.to_owned(), phone: phone.to_owned(), ..EntryDraft::default() }
    }

    #[test]
    fn changes_are_kept_as_lines_and_read_back() {
        let changes = draft("a", "").changes(&draft("b", "01 99 00 12 34"));
        let fields: Vec<&str> = changes.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["name", "phone"]);
        assert_eq!(FieldChange::read_all(&FieldChange::write_all(&changes)), changes);
        assert_eq!(draft("a", "").changes(&draft("a", "")), []);
        assert_eq!(FieldChange::read_all("editor\nname\ta"), []);
    }

    #[test]
    fn a_value_never_breaks_its_line() {
        let odd = draft("a\tb\nc", "");
        let read = FieldChange::read_all(&FieldChange::write_all(&draft("", "").changes(&odd)));
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].new, "a b c");
    }

    #[test]
    fn every_field_is_reached_by_its_name() {
        let made = EntryDraft::of_fields(ToOwned::to_owned);
        assert!(EntryDraft::FIELDS.iter().all(|it| made.get(it) == *it));
        assert_eq!(made.get("nothing"), "");
    }
}
