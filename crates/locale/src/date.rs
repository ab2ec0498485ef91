//! Dates as people write them.

use contract::date::Date;

use crate::text;

/// "20 novembre 2026"; the first of a month is "1er".
pub fn long(date: Date) -> String {
    let month = text().months().split(' ').nth(usize::from(date.month()) - 1).unwrap_or_default();
    let ordinal = if date.day() == 1 { "er" } else { "" };
    // A no-break space: a date torn over two lines is hard to read.
    format!("{}{ordinal}\u{a0}{month} {}", date.day(), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(date: &str, long_form: &str) {
        assert_eq!(long(date.parse().unwrap()), long_form);
    }

    #[test]
    fn dates_are_written_out() {
        check("2026-11-20", "20\u{a0}novembre 2026");
        check("2027-01-01", "1er\u{a0}janvier 2027");
        check("2026-08-31", "31\u{a0}août 2026");
    }
}
