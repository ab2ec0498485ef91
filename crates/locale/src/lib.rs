//! What a visitor reads that is not content.
//!
//! The texts live in `locales/*.toml` at the root; the build turns them into [`Locale`], so a
//! missing text or a misspelt name does not compile. Runs in the browser and on the server.

pub mod date;
pub mod form;
pub mod number;
pub mod practitioner;
pub mod typography;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// A text that changes with a count.
#[derive(Clone, Copy, Debug)]
pub struct Plural {
    pub one: &'static str,
    pub other: &'static str,
}

impl Plural {
    /// The text for `count`, with `{count}` replaced. In French 0 and 1 are singular (CLDR).
    pub fn with(&self, count: u32) -> String {
        let text = if count < 2 { self.one } else { self.other };
        fill(text, &[("count", &number::number(count))])
    }
}

/// The locale in use. There is one so far; a second comes as a file beside the first.
#[inline]
pub const fn text() -> Locale {
    Locale::Fr
}

/// Replaces each `{name}` by its value. Names that are not given stay as they are.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = template.to_owned();
    for (name, value) in values {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_counts_zero_and_one_in_the_singular() {
        let minutes = Plural { one: "{count} minute", other: "{count} minutes" };
        assert_eq!(minutes.with(0), "0 minute");
        assert_eq!(minutes.with(1), "1 minute");
        assert_eq!(minutes.with(2), "2 minutes");
        assert_eq!(minutes.with(9999), "9999 minutes");
        assert_eq!(minutes.with(100_000), "100\u{202f}000 minutes");
        assert_eq!(minutes.with(1_234_567), "1\u{202f}234\u{202f}567 minutes");
    }

    #[test]
    fn a_placeholder_without_a_value_is_left_visible() {
        assert_eq!(fill("{a} et {b}", &[("a", "un")]), "un et {b}");
    }
}
