//! What forms refuse, said the same way on both sides, and how what is typed is made fit to keep.

/// Days that what is being written stays on the device, after the last key.
pub const DRAFT_DAYS: u16 = 7;

/// A rule that a field may break. Its words are in the locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Missing,
    TooLong,
    /// No address that mail could reach.
    NotEmail,
    /// A consent that was not given.
    NotAccepted,
    /// An answer to something that is not there any more.
    Gone,
}

impl Rule {
    pub const ALL: [Rule; 5] =
        [Rule::Missing, Rule::TooLong, Rule::NotEmail, Rule::NotAccepted, Rule::Gone];

    /// Stable name, as in [`FieldError::code`](crate::error::FieldError::code).
    pub fn code(self) -> &'static str {
        match self {
            Rule::Missing => "missing",
            Rule::TooLong => "too_long",
            Rule::NotEmail => "not_email",
            Rule::NotAccepted => "not_accepted",
            Rule::Gone => "gone",
        }
    }
}

/// A field, by its `name`, and the rule that it breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    pub field: &'static str,
    pub rule: Rule,
}

impl Broken {
    /// Those of `checks` that are true, in their order.
    pub fn of(checks: impl IntoIterator<Item = (&'static str, Rule, bool)>) -> Vec<Broken> {
        let broken = checks.into_iter().filter(|it| it.2);
        broken.map(|(field, rule, _)| Broken { field, rule }).collect()
    }
}

/// One line: no line breaks, no space at its ends or twice.
pub fn line(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(visible).collect();
    shown(words.join(" ").trim())
}

/// Some lines: paragraphs stay, three line breaks are two.
pub fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out: Vec<String> = Vec::new();
    for it in text.split('\n') {
        let it = visible(it).trim_end().to_owned();
        let twice = out.last().is_none_or(String::is_empty);
        if !(it.trim().is_empty() && twice) {
            out.push(it);
        }
    }
    shown(out.join("\n").trim())
}

/// Without what no keyboard writes and no database keeps (U+0000). Marks of direction and joiners
/// stay: names and emoji need them.
fn visible(text: &str) -> String {
    text.chars().filter(|it| !it.is_control() || *it == '\t').collect()
}

/// A text as it is; nothing where nobody would see anything of it, which then counts as missing.
fn shown(text: &str) -> String {
    if text.chars().any(|it| !it.is_whitespace() && !is_invisible(it)) {
        text.to_owned()
    } else {
        String::new()
    }
}

/// True for what is drawn as nothing (Unicode's `Default_Ignorable_Code_Point`, and the empty pattern of
/// Braille).
fn is_invisible(it: char) -> bool {
    matches!(
        it,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether mail could reach it: something, one `@`, a name with a dot and no empty part (a part of
/// RFC 5321; only sending tells the rest).
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let plain = |it: char| !it.is_whitespace() && !"<>()[]\\,;:\"@".contains(it);
    !local.is_empty()
        && local.len() <= 64
        && text.len() <= 254
        && domain.contains('.')
        && domain.split('.').all(|it| !it.is_empty() && !it.starts_with('-') && !it.ends_with('-'))
        && text.chars().all(|it| it == '@' || plain(it))
        && !domain.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_nothing_and_what_belongs_to_a_sign_stays() {
        for it in ["\u{200b}\u{200d}\u{feff}", "\u{3164}", " \u{2060}\n\u{2800}", "\u{202e}"] {
            assert_eq!((line(it), lines(it)), (String::new(), String::new()), "{it:?}");
        }
        for it in ["👩\u{200d}🔬", "\u{200f}سلام", "❤\u{fe0f}", "a\u{200b}b", "."] {
            assert_eq!((line(it), lines(it)), (it.to_owned(), it.to_owned()), "{it:?}");
        }
    }

    #[track_caller]
    fn check_email(text: &str, good: bool) {
        assert_eq!(is_email(text), good, "{text:?}");
    }

    #[test]
    fn an_address_is_one_that_mail_could_reach() {
        check_email("a@b.fr", true);
        check_email("prénom.nom+avis@hôpital.example", true);
        for bad in
            ["", "a", "a@b", "@b.fr", "a@.fr", "a@b..fr", "a b@c.fr", "a@b@c.fr", "a@b.fr, c@d.fr"]
        {
            check_email(bad, false);
        }
        check_email(&format!("{}@b.fr", "a".repeat(65)), false);
    }

    #[test]
    fn a_line_has_no_breaks_and_a_text_keeps_its_paragraphs() {
        assert_eq!(line("  Une \r\n lectrice\t "), "Une lectrice");
        assert_eq!(line("\u{0}a\u{7}b"), "ab");
        assert_eq!(lines("\r\n a\r\n\r\n\r\n\r\nb \rc\u{0}\n\n"), "a\n\nb\nc");
        assert_eq!(lines(" \n\t\n"), "");
    }

    #[test]
    fn what_scripts_and_emoji_need_is_kept() {
        let text = "مرحبا \u{200f}— 👩\u{200d}⚕\u{fe0f} Zoé\u{301}";
        assert_eq!(line(text), text);
        assert_eq!(lines(text), text);
    }
}
