//! What can be wrong with a row.

use std::fmt;

use super::columns::Column;

/// Characters of a value that are repeated.
const MAX_VALUE: usize = 80;

/// What becomes of a row with a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The row is left out.
    Rejected,
    /// The row is kept, and somebody should look at it.
    Doubtful,
}

/// One problem of one row: `line 12, phone: "…" is no telephone number; left empty`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Of the file, from 1, where the row begins.
    pub line: u32,
    /// None where the row as a whole is wrong.
    pub column: Option<Column>,
    /// As it stands in the file, cut to 80 characters.
    pub value: String,
    pub what: What,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $severity:ident $what:ident $({ $($field:ident: $type:ty),+ })? = $text:literal,)+) => {
        /// What is wrong, and what was done about it.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        pub enum What {
            $($(#[$doc])* #[error($text)] $what $({ $($field: $type),+ })?,)+
        }

        impl What {
            pub fn severity(&self) -> Severity {
                match self { $(What::$what { .. } => Severity::$severity,)+ }
            }
        }
    };
}

problems! {
    Rejected FieldCount { found: usize, expected: usize } = "{found} fields in place of {expected}",
    /// A quote that opened on `line` and closed later may have swallowed rows.
    Rejected FieldCountQuote { found: usize, expected: usize, line: u32 } =
        "{found} fields in place of {expected}; a quote opens on line {line} and ends on a later one",
    Rejected RowTooLong = "longer than 64 KiB, or more than 1,000 fields",
    Rejected RowTooLongQuote { line: u32 } =
        "longer than 64 KiB, or more than 1,000 fields; a quote opens on line {line} and ends on a later one, or never",
    Rejected Unclosed { line: u32 } =
        "a quote opens on line {line} and nothing closes it, so the rest of the file was not read",
    Rejected InvalidBytes = "has bytes that are no letters; was the file saved twice, or cut?",
    Rejected ControlCharacter = "has a character that cannot be seen",
    /// It may have swallowed rows.
    Rejected LineBreak { line: u32 } =
        "goes on over several lines; its quote opens on line {line}",
    Rejected Formula = "begins like a formula of a spreadsheet",
    Rejected TooLong { characters: usize } = "has {characters} characters, 500 at most",
    Rejected Empty = "must not be empty",
    Rejected NoAddress = "has no letter or digit to make an address of",
    Rejected Duplicate { line: u32 } = "stands on line {line} already",
    Rejected UnknownProfession = "is no recognised profession",
    Rejected UnknownCountry = "is none of FR, BE, CH and LU",
    Rejected UnknownTown = "is no town of that postal code, and there is no position",
    /// Doubtful only: see `rpps` in the reading of rows.
    Doubtful CheckDigit = "is no RPPS number: its check digit does not fit; kept",
    Doubtful NotRpps = "is no RPPS number, which has 11 digits; kept",
    Doubtful SamePractice { line: u32 } =
        "has the name, postal code and profession of line {line}; kept",
    Doubtful TownNotFound = "is no town of that postal code; kept for its position",
    Doubtful NotAPosition = "is no position; the town's is taken",
    Doubtful FarAway { kilometres: u32 } =
        "is {kilometres} km away from the town; the town's position is taken",
    Doubtful Precision = "is none of exact, town, postcode and area; taken for town",
    Doubtful Phone = "is no telephone number; left empty",
    Doubtful Email = "is no e-mail address; left empty",
    Doubtful Web = "is no address of a web page; left empty",
    Doubtful Language = "is no language that is known here; left out",
    Doubtful Fees = "is no sector of fees; left empty",
    Doubtful YesOrNo = "is neither yes nor no; left empty",
    Doubtful Accessible = "is none of yes, partial and no; left empty",
    Doubtful Opening = "is not written like `Mo-Fr 08:30-17:00; Sa 09:00-12:00`; left empty",
    Doubtful Date = "is no date (YYYY-MM-DD or DD/MM/YYYY); left empty",
    Doubtful Future = "is yet to come; left empty",
}

impl Problem {
    pub(super) fn new(line: u32, column: Option<Column>, value: &str, what: What) -> Problem {
        Problem { line, column, value: value.chars().take(MAX_VALUE).collect(), what }
    }

    pub fn severity(&self) -> Severity {
        self.what.severity()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", {}", column.name())?;
        }
        f.write_str(":")?;
        if !self.value.is_empty() {
            // Quoted as Rust quotes it: no character of the file acts on a terminal.
            write!(f, " {:?}", self.value)?;
        }
        write!(f, " {}", self.what)?;
        match self.severity() {
            Severity::Rejected => f.write_str("; row left out"),
            Severity::Doubtful => Ok(()),
        }
    }
}
