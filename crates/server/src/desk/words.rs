//! What an import finds wrong, in the words of those who mend it.

use contract::error::FieldError;
use directory::import::{Fault, Problem, What};
use locale::{fill, text};

/// Why nothing of a file can be read.
pub fn fault(it: &Fault) -> String {
    let t = text();
    match it {
        Fault::Empty => t.import_empty().to_owned(),
        Fault::TooLarge { .. } => t.import_too_large().to_owned(),
        Fault::Header => t.import_header().to_owned(),
        Fault::Missing { columns } => fill(t.import_missing(), &[("columns", columns)]),
        Fault::Twice { column, first, second } => {
            fill(t.import_twice(), &[("column", column), ("first", first), ("second", second)])
        }
        Fault::TooManyRows => t.import_too_many().to_owned(),
    }
}

/// A problem of what is typed, beside its field.
pub fn field_error(it: &Problem) -> FieldError {
    let message = match it.what {
        // The only one whose place is not said by its field.
        What::Language => format!("{} ({})", problem(&it.what), it.value),
        _ => problem(&it.what),
    };
    FieldError {
        field: it.column.map_or("", |it| it.name()).to_owned(),
        code: code(&it.what).to_owned(),
        message,
    }
}

/// What is wrong, without what was done about it.
pub fn problem(it: &What) -> String {
    let t = text();
    let number = |it: &dyn ToString| it.to_string();
    match it {
        What::FieldCount { found, expected } => {
            let values = [("found", &*number(found)), ("expected", &*number(expected))];
            fill(t.import_fields(), &values)
        }
        What::FieldCountQuote { found, expected, line } => {
            let (found, expected, line) = (number(found), number(expected), number(line));
            let values = [("found", &*found), ("expected", &*expected), ("line", &*line)];
            fill(t.import_fields_quote(), &values)
        }
        What::RowTooLong => t.import_long().to_owned(),
        What::RowTooLongQuote { line } => fill(t.import_long_quote(), &[("line", &number(line))]),
        What::Unclosed { line } => fill(t.import_unclosed(), &[("line", &number(line))]),
        What::InvalidBytes => t.import_bytes().to_owned(),
        What::ControlCharacter => t.import_control().to_owned(),
        What::LineBreak { line } => fill(t.import_line_break(), &[("line", &number(line))]),
        What::Formula => t.import_formula().to_owned(),
        What::TooLong { characters } => {
            fill(t.import_too_long(), &[("count", &number(characters))])
        }
        What::Empty => t.import_required().to_owned(),
        What::NoAddress => t.import_no_address().to_owned(),
        What::Duplicate { line } => fill(t.import_duplicate(), &[("line", &number(line))]),
        What::UnknownProfession => t.import_profession().to_owned(),
        What::UnknownCountry => t.import_country().to_owned(),
        What::UnknownTown => t.import_town().to_owned(),
        What::CheckDigit => t.import_check_digit().to_owned(),
        What::NotRpps => t.import_not_rpps().to_owned(),
        What::SamePractice { line } => fill(t.import_same(), &[("line", &number(line))]),
        What::TownNotFound => t.import_town_not_found().to_owned(),
        What::NotAPosition => t.import_position().to_owned(),
        What::FarAway { kilometres } => fill(t.import_far(), &[("count", &number(kilometres))]),
        What::Precision => t.import_precision().to_owned(),
        What::Phone => t.import_phone().to_owned(),
        What::Email => t.import_email().to_owned(),
        What::Web => t.import_web().to_owned(),
        What::Language => t.import_language().to_owned(),
        What::Fees => t.import_fees().to_owned(),
        What::YesOrNo => t.import_yes_or_no().to_owned(),
        What::Accessible => t.import_accessible().to_owned(),
        What::Opening => t.import_opening().to_owned(),
        What::Date => t.import_date().to_owned(),
        What::Future => t.import_future().to_owned(),
    }
}

/// Stable name of a rule that a field breaks.
fn code(it: &What) -> &'static str {
    match it {
        What::Empty => "missing",
        What::TooLong { .. } => "too_long",
        What::Formula => "formula",
        What::InvalidBytes | What::ControlCharacter | What::LineBreak { .. } => "unseen",
        What::UnknownTown | What::UnknownProfession | What::UnknownCountry => "unknown",
        What::FarAway { .. } => "far_away",
        What::Future => "future",
        _ => "unreadable",
    }
}
