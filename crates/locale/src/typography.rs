//! French spacing and apostrophes, set by the program so that writers type plainly.
//!
//! Source: Imprimerie nationale, « Lexique des règles typographiques » : a narrow no-break space
//! before `; ! ?` and inside guillemets, a no-break space before a colon.

/// Narrow no-break space.
const NARROW: char = '\u{202f}';
/// No-break space.
const NO_BREAK: char = '\u{a0}';
/// Forbids a break where it stands, without width.
const WORD_JOINER: char = '\u{2060}';

/// Units that stay with their number.
const UNITS: [&str; 9] = ["h", "j", "min", "km", "mg", "CH", "ans", "mois", "euros"];

/// Sets `text` by French rules. Applying it twice changes nothing more.
pub fn french(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    let mut at = 0;
    while let Some(&it) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        let previous = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        match it {
            '\'' if previous.is_some_and(char::is_alphanumeric) => out.push('’'),
            '.' if next == Some('.') && chars.get(at + 2) == Some(&'.') => {
                out.push('…');
                at += 2;
            }
            ' ' | NO_BREAK | NARROW => out.push(space(it, &chars, at)),
            '-' if previous == Some('R') && next == Some('T') && is_car_t(&chars, at) => {
                out.push('-');
                out.push(WORD_JOINER);
            }
            other => out.push(other),
        }
        at += 1;
    }
    out
}

/// The right space for the place at `at`, where a space of some kind stands.
fn space(it: char, chars: &[char], at: usize) -> char {
    let previous = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
    let next = chars.get(at + 1).copied();
    match (previous, next) {
        (_, Some(';' | '!' | '?' | '»' | '%')) | (Some('«'), _) => NARROW,
        (_, Some(':')) => NO_BREAK,
        (Some(before), Some(after)) if before.is_ascii_digit() && after.is_ascii_digit() => {
            if is_thousands(chars, at) {
                NARROW
            } else {
                it
            }
        }
        (Some(before), Some(_)) if before.is_ascii_digit() && unit_follows(chars, at) => NO_BREAK,
        _ => it,
    }
}

/// "42 500": one to three digits before, exactly three after.
fn is_thousands(chars: &[char], at: usize) -> bool {
    let before = chars[..at].iter().rev().take_while(|it| it.is_ascii_digit()).count();
    let after = chars[at + 1..].iter().take_while(|it| it.is_ascii_digit()).count();
    (1..=3).contains(&before) && after == 3
}

fn unit_follows(chars: &[char], at: usize) -> bool {
    let word: String = chars[at + 1..].iter().take_while(|it| it.is_alphanumeric()).collect();
    UNITS.contains(&word.as_str())
}

fn is_car_t(chars: &[char], hyphen: usize) -> bool {
    // A set text already has its joiner.
    3 <= hyphen && chars[hyphen - 3..hyphen] == ['C', 'A', 'R']
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, set: &str) {
        assert_eq!(french(typed), set, "{typed:?}");
        assert_eq!(french(set), set, "twice: {typed:?}");
    }

    #[test]
    fn signs_of_two_parts_keep_their_word() {
        check("Est-ce grave ?", "Est-ce grave\u{202f}?");
        check("Oui ! Non ; et", "Oui\u{202f}! Non\u{202f}; et");
        check("Trois mots : un", "Trois mots\u{a0}: un");
        check("« mot »", "«\u{202f}mot\u{202f}»");
        check("52 % des", "52\u{202f}% des");
    }

    #[test]
    fn apostrophes_are_typographic_inside_words_only() {
        check("l'immunité", "l’immunité");
        check("'", "'");
    }

    #[test]
    fn numbers_keep_their_groups_and_units() {
        check("42 500 personnes", "42\u{202f}500 personnes");
        check("en 2018 676 patients", "en 2018 676 patients");
        check("24 h sur 24", "24\u{a0}h sur 24");
        check("15 CH", "15\u{a0}CH");
    }

    #[test]
    fn car_t_is_never_torn_apart() {
        check("les CAR-T sont", "les CAR-\u{2060}T sont");
        check("PCR-T", "PCR-T");
    }

    #[test]
    fn three_dots_are_one_sign() {
        check("et...", "et…");
    }
}
