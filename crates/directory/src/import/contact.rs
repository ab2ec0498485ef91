//! Telephone numbers, e-mail and web addresses, checked plainly: by their shape and no further.

use gazetteer::Country;

/// A number in the national format of `country`: `01 99 00 12 34`, `081 12 34 56`,
/// `022 123 45 67`, `27 12 34`. None for anything else, short and foreign numbers included.
pub(super) fn phone(text: &str, country: Country) -> Option<String> {
    // `+33 (0)1 99 00 12 34`
    let text = text.replace("(0)", "");
    let mut digits = String::new();
    let mut international = false;
    for it in text.trim().chars() {
        match it {
            '0'..='9' => digits.push(it),
            '+' if digits.is_empty() && !international => international = true,
            '.' | '-' | '/' | '(' | ')' | '‑' | '–' => {}
            _ if it.is_whitespace() => {}
            _ => return None,
        }
    }
    if let Some(rest) = digits.strip_prefix("00") {
        digits = rest.to_owned();
        international = true;
    }
    if international {
        digits = national(&digits, country)?;
    }
    match country {
        Country::France => french(&digits),
        Country::Belgium => belgian(&digits),
        Country::Switzerland => swiss(&digits),
        Country::Luxembourg => luxembourgish(&digits),
    }
}

/// A number with its country's code as it is dialled within.
fn national(digits: &str, country: Country) -> Option<String> {
    // The overseas départements have codes of their own, and the numbers begin by the code again:
    // +262 262 … is 0262 …
    let codes: &[&str] = match country {
        Country::France => &["33", "262", "590", "594", "596"],
        Country::Belgium => &["32"],
        Country::Switzerland => &["41"],
        Country::Luxembourg => &["352"],
    };
    let rest = codes.iter().find_map(|it| digits.strip_prefix(it))?;
    let prefix = if country == Country::Luxembourg || rest.starts_with('0') { "" } else { "0" };
    Some(format!("{prefix}{rest}"))
}

/// 0 and nine digits, the first of them 1 to 9 (Arcep's numbering plan).
fn french(digits: &str) -> Option<String> {
    let fits = digits.len() == 10 && trunk(digits);
    fits.then(|| grouped(digits, &[2, 2, 2, 2, 2]))
}

/// 0 and eight digits, mobile 04 and eight.
fn belgian(digits: &str) -> Option<String> {
    if !trunk(digits) {
        return None;
    }
    match digits.len() {
        // Brussels, Antwerp, Liège and Ghent have codes of one digit.
        9 if matches!(digits.get(1..2), Some("2" | "3" | "4" | "9")) => {
            Some(grouped(digits, &[2, 3, 2, 2]))
        }
        9 => Some(grouped(digits, &[3, 2, 2, 2])),
        10 if digits.starts_with("04") => Some(grouped(digits, &[4, 2, 2, 2])),
        _ => None,
    }
}

/// 0 and nine digits.
fn swiss(digits: &str) -> Option<String> {
    let fits = digits.len() == 10 && trunk(digits);
    fits.then(|| grouped(digits, &[3, 3, 2, 2]))
}

/// Six to nine digits without a 0 before them; mobile 6 and eight.
fn luxembourgish(digits: &str) -> Option<String> {
    let mobile = digits.len() == 9 && digits.starts_with('6');
    match digits.len() {
        9 if mobile => Some(grouped(digits, &[3, 3, 3])),
        6 | 8 if !digits.starts_with('0') => Some(grouped(digits, &[2, 2, 2, 2])),
        _ => None,
    }
}

/// Begins with one 0.
fn trunk(digits: &str) -> bool {
    let mut digits = digits.bytes();
    digits.next() == Some(b'0') && digits.next().is_some_and(|it| it != b'0')
}

fn grouped(digits: &str, sizes: &[usize]) -> String {
    let mut rest = digits;
    let mut groups = Vec::new();
    for size in sizes {
        let (group, after) = rest.split_at_checked(*size).unwrap_or((rest, ""));
        rest = after;
        if !group.is_empty() {
            groups.push(group);
        }
    }
    groups.join(" ")
}

/// One `@`, a name before it and a domain with a dot behind it, all of ASCII.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let known = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&it);
    let name = (1..=64).contains(&name.len()) && name.bytes().all(known);
    name && domain.is_ascii() && is_host(domain)
}

/// `https://` or `http://`, a host with a dot, and a path. `https://` is added where there is none.
pub(super) fn web(text: &str) -> Option<String> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => ("http", rest),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => ("https", rest),
        // `example.org/?to=https://…` has one later on.
        Some((before, _)) if !before.contains(['/', '?', '#']) => return None,
        _ => ("https", text),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    // Names before an `@` make an address look like another's.
    let fits = is_host(host)
        && port.parse::<u16>().is_ok_and(|it| 0 < it)
        && !port.starts_with('+')
        && !path.contains(['"', '<', '>', '\\', '`', '{', '}', '|', '^'])
        && !path.contains(char::is_whitespace);
    fits.then(|| format!("{scheme}://{rest}"))
}

/// Labels of letters, digits and hyphens between dots, two at least; no number at the end, so no
/// address of a machine.
fn is_host(text: &str) -> bool {
    let label = |it: &str| {
        (1..=63).contains(&it.len())
            && it.chars().all(|it| it.is_alphanumeric() || it == '-')
            && !it.starts_with('-')
            && !it.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(label)
        && last.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, country: Country, expected: Option<&str>) {
        let found = phone(text, country);
        assert_eq!(found.as_deref(), expected, "{text}");
        if let Some(it) = found {
            assert_eq!(phone(&it, country).as_deref(), expected, "{it} reads back");
        }
    }

    #[test]
    fn french_numbers_are_told_in_pairs() {
        for text in [
            "0199001234",
            "01.99.00.12.34",
            "+33 1 99 00 12 34",
            "+33 (0)1 99 00 12 34",
            "0033199001234",
            "01\u{a0}99\u{a0}00\u{a0}12\u{a0}34",
        ] {
            check(text, Country::France, Some("01 99 00 12 34"));
        }
        check("+262 262 91 00 00", Country::France, Some("02 62 91 00 00"));
        for text in ["", "15", "0099001234", "199001234", "01 99 00 12 3", "01 99 00 12 34 5"] {
            check(text, Country::France, None);
        }
        for text in ["+44 20 7946 0000", "01 99 00 12 34 p. 5", "++33199001234", "1+33199001234"] {
            check(text, Country::France, None);
        }
    }

    #[test]
    fn neighbours_have_numbers_of_their_own() {
        check("+32 81 00 00 00", Country::Belgium, Some("081 00 00 00"));
        check("02 000 00 00", Country::Belgium, Some("02 000 00 00"));
        check("0470000000", Country::Belgium, Some("0470 00 00 00"));
        check("+41 22 000 00 00", Country::Switzerland, Some("022 000 00 00"));
        check("+352 20 00 00", Country::Luxembourg, Some("20 00 00"));
        check("621 000 000", Country::Luxembourg, Some("621 000 000"));
        check("0199001234", Country::Belgium, None);
        check("+33199001234", Country::Switzerland, None);
    }

    #[test]
    fn an_e_mail_address_has_a_name_and_a_domain() {
        assert!(is_email("cabinet-1@example.org") && is_email("a.b+c@sous.example.org"));
        for text in ["", "a", "@example.org", "a@", "a@b", "a@b@c.org", "a b@c.org", "a@.org"] {
            assert!(!is_email(text), "{text}");
        }
        assert!(!is_email("a@example.org?bcc=b@c.org") && !is_email("<a@example.org>"));
    }

    #[test]
    fn a_web_address_leads_to_the_web() {
        assert_eq!(web("example.org").as_deref(), Some("https://example.org"));
        assert_eq!(web("HTTP://Example.org/a?b#c").as_deref(), Some("http://Example.org/a?b#c"));
        assert_eq!(web("example.org:8080/x").as_deref(), Some("https://example.org:8080/x"));
        for text in [
            "",
            "javascript:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "data:text/html,x",
            "ftp://example.org",
            "https://",
            "https://localhost",
            "https://user@example.org",
            "https://127.0.0.1",
            "https://example.org/a b",
            "https://example.org/\"onclick=",
            "voir plus tard",
        ] {
            assert_eq!(web(text), None, "{text}");
        }
    }
}
