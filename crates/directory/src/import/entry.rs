//! One row read: every value that can be, and a problem for each that cannot.

use contract::{
    date::Date,
    opening::Opening,
    practitioner::{Language, Practitioner},
};
use gazetteer::Gazetteer;

use super::{
    Entry,
    columns::{Column, Header},
    contact, ids,
    problem::{Problem, What},
    rows::{Fields, Row},
    values,
};

/// Characters of a field.
const MAX_CHARACTERS: usize = 500;
/// Digits of a number in the register of French health professionals (RPPS).
const RPPS_DIGITS: usize = 11;

/// What is the same for every row.
pub(super) struct Context<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    /// Of rows that name none.
    pub(super) source: &'a str,
    pub(super) today: Date,
    pub(super) header: &'a Header,
}

/// A row that is being read.
pub(super) struct Reading<'a> {
    pub(super) context: &'a Context<'a>,
    fields: Fields<'a>,
    line: u32,
    /// Where a quote opens that ends on a later line, if there is one.
    broken: Option<u32>,
    problems: &'a mut Vec<Problem>,
}

/// The entry of a row, to be taken only where none of the problems rejects it. None where there is
/// too little for one.
pub(super) fn read(
    context: &Context<'_>,
    row: &Row<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Entry> {
    let fields = whole(row, context.header.width, problems)?;
    Reading { context, fields, line: row.line, broken: row.quotes.broken, problems }.entry()
}

/// The same of fields that are there one by one.
pub(super) fn read_fields(
    context: &Context<'_>,
    fields: Fields<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Entry> {
    Reading { context, fields, line: 0, broken: None, problems }.entry()
}

/// The fields of a row that has all of them and no more.
fn whole<'a>(row: &Row<'a>, expected: usize, problems: &mut Vec<Problem>) -> Option<Fields<'a>> {
    let broken = row.quotes.broken;
    let what = match (row.quotes.unclosed, row.fields) {
        (Some(line), _) => What::Unclosed { line },
        (None, None) => match broken {
            Some(line) => What::RowTooLongQuote { line },
            None => What::RowTooLong,
        },
        (None, Some(fields)) if fields.len() == expected => return Some(fields),
        (None, Some(fields)) => {
            let found = fields.len();
            match broken {
                Some(line) => What::FieldCountQuote { found, expected, line },
                None => What::FieldCount { found, expected },
            }
        }
    };
    problems.push(Problem::new(row.line, None, "", what));
    None
}

impl<'a> Reading<'a> {
    fn entry(mut self) -> Option<Entry> {
        for column in Column::ALL {
            self.check(*column);
        }
        let external_id = self.required(Column::ExternalId);
        let name = self.required(Column::Name);
        let profession = self.required(Column::Profession).and_then(|it| {
            let found = values::profession(it);
            if found.is_none() {
                self.problem(Column::Profession, What::UnknownProfession);
            }
            found
        });
        let address = self.address();
        let id = external_id.and_then(|it| {
            self.rpps(it);
            let id = ids::slug(it);
            if id.is_none() {
                self.problem(Column::ExternalId, What::NoAddress);
            }
            id
        });
        // Read whatever is missing: all that is wrong with a row is told at once. A telephone number
        // alone cannot be judged without its country.
        let phone = address.as_ref().and_then(|(country, ..)| {
            self.optional(Column::Phone, What::Phone, |it| contact::phone(it, *country))
        });
        let email = self.optional(Column::Email, What::Email, |it| {
            contact::is_email(it).then(|| it.to_owned())
        });
        let truth = |it: &str| values::yes_or_no(it).ok();
        let source = match self.value(Column::Source) {
            "" => self.context.source,
            it => it,
        };
        let web = self.optional(Column::Web, What::Web, contact::web);
        let languages = self.languages();
        let fees = self.optional(Column::Fees, What::Fees, values::fees);
        let remote = self.optional(Column::Remote, What::YesOrNo, truth).flatten();
        let accessible =
            self.optional(Column::Accessible, What::Accessible, |it| values::access(it).ok());
        let new_patients = self.optional(Column::NewPatients, What::YesOrNo, truth).flatten();
        let opening =
            self.optional(Column::Opening, What::Opening, |it| Opening::parse_all(it).ok());
        let verified_on = self.verified_on();
        let sample = self.optional(Column::Sample, What::YesOrNo, truth).flatten() == Some(true);
        let (_, address, position) = address?;
        let practitioner = Practitioner {
            id: id?,
            name: name?.to_owned(),
            profession: profession?,
            address,
            position,
            phone,
            email,
            web,
            languages,
            fees,
            remote,
            accessible: accessible.flatten(),
            new_patients,
            opening: opening.unwrap_or_default(),
            verified_on,
            source: source.to_owned(),
            sample,
            distance_m: None,
        };
        Some(Entry { external_id: external_id?.to_owned(), practitioner })
    }

    /// The field without the spaces around it.
    pub(super) fn value(&self, column: Column) -> &'a str {
        self.context.header.field(self.fields, column).trim()
    }

    /// A problem with the value of a column.
    pub(super) fn problem(&mut self, column: Column, what: What) {
        let value = self.value(column);
        self.doubt(column, value, what);
    }

    /// A problem with a part of a column's value, or with two columns together.
    pub(super) fn doubt(&mut self, column: Column, value: &str, what: What) {
        self.problems.push(Problem::new(self.line, Some(column), value, what));
    }

    pub(super) fn required(&mut self, column: Column) -> Option<&'a str> {
        let value = self.value(column);
        if value.is_empty() {
            self.problem(column, What::Empty);
            return None;
        }
        Some(value)
    }

    /// What `read` makes of a value; where there is one and it makes nothing of it, a problem.
    fn optional<T>(
        &mut self,
        column: Column,
        what: What,
        read: impl FnOnce(&'a str) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(column);
        if value.is_empty() {
            return None;
        }
        let found = read(value);
        if found.is_none() {
            self.problem(column, what);
        }
        found
    }

    /// What no field may hold.
    fn check(&mut self, column: Column) {
        let raw = self.context.header.field(self.fields, column);
        let value = raw.trim();
        let characters = value.chars().count();
        if MAX_CHARACTERS < characters {
            self.problem(column, What::TooLong { characters });
        }
        if value.contains('\u{fffd}') {
            self.problem(column, What::InvalidBytes);
        } else if value.contains(['\n', '\r']) {
            self.problem(column, What::LineBreak { line: self.broken.unwrap_or(self.line) });
        } else if value.chars().any(unseen) {
            self.problem(column, What::ControlCharacter);
        }
        // Of these nothing but digits is ever taken.
        let digits = matches!(column, Column::Phone | Column::Lat | Column::Lon);
        if !digits && values::is_formula(raw) {
            self.problem(column, What::Formula);
        }
    }

    /// Doubtful and not rejected: the number is a key that no reader sees, the entry may be right
    /// all the same, and that the register's check is plain Luhn over eleven digits stands in no
    /// document at hand. Were it otherwise, a rejection would empty the directory.
    fn rpps(&mut self, external_id: &str) {
        let digits = external_id.bytes().all(|it| it.is_ascii_digit());
        if digits && external_id.len() == RPPS_DIGITS {
            if !values::luhn(external_id) {
                self.problem(Column::ExternalId, What::CheckDigit);
            }
        } else if self.context.header.rpps {
            self.problem(Column::ExternalId, What::NotRpps);
        }
    }

    /// Those that are known, each once: one that is not makes the others no less true.
    fn languages(&mut self) -> Vec<Language> {
        let mut found = Vec::new();
        for (text, language) in values::languages(self.value(Column::Languages)) {
            match language {
                Some(it) if found.contains(&it) => {}
                Some(it) => found.push(it),
                None => self.doubt(Column::Languages, text, What::Language),
            }
        }
        found
    }

    fn verified_on(&mut self) -> Option<Date> {
        let date = self.optional(Column::VerifiedOn, What::Date, values::date)?;
        if self.context.today < date {
            self.problem(Column::VerifiedOn, What::Future);
            return None;
        }
        Some(date)
    }
}

/// Control characters, and those that turn the direction of the text after them.
fn unseen(it: char) -> bool {
    it.is_control()
        || matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
