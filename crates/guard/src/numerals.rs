//! Numbers written in words, as in France, Belgium and Switzerland: `zéro six`, `quatre-vingt-onze`,
//! `septante-deux`.

use crate::fold::{Sign, fold};

/// What a word is to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// From 0 to 16.
    Unit(u16),
    /// From 20 to 90.
    Tens(u16),
    Hundred,
    And,
}

/// In order of their bytes.
const PARTS: [(&str, Part); 33] = [
    ("cent", Part::Hundred),
    ("cents", Part::Hundred),
    ("cinq", Part::Unit(5)),
    ("cinquante", Part::Tens(50)),
    ("deux", Part::Unit(2)),
    ("dix", Part::Unit(10)),
    ("douze", Part::Unit(12)),
    ("et", Part::And),
    ("huit", Part::Unit(8)),
    ("huitante", Part::Tens(80)),
    ("neuf", Part::Unit(9)),
    ("nonante", Part::Tens(90)),
    ("o", Part::Unit(0)),
    ("octante", Part::Tens(80)),
    ("onze", Part::Unit(11)),
    ("quarante", Part::Tens(40)),
    ("quatorze", Part::Unit(14)),
    ("quatre", Part::Unit(4)),
    ("quinze", Part::Unit(15)),
    ("seize", Part::Unit(16)),
    ("sept", Part::Unit(7)),
    ("septante", Part::Tens(70)),
    ("six", Part::Unit(6)),
    ("soixante", Part::Tens(60)),
    ("treize", Part::Unit(13)),
    ("trente", Part::Tens(30)),
    ("trois", Part::Unit(3)),
    ("un", Part::Unit(1)),
    ("une", Part::Unit(1)),
    ("vingt", Part::Tens(20)),
    ("vingts", Part::Tens(20)),
    ("zero", Part::Unit(0)),
    ("zeros", Part::Unit(0)),
];

/// Letters of the longest of them.
const LONGEST: usize = 9;

/// The first letters of a word as a number, in the same order as words: every word of a text is looked up.
const fn key(letters: &[u8]) -> u64 {
    let (mut key, mut at) = (0, 0);
    while at < LONGEST {
        let letter = if at < letters.len() { letters[at] - b'a' + 1 } else { 0 };
        key = key << 5 | letter as u64;
        at += 1;
    }
    key
}

const KEYS: [u64; PARTS.len()] = {
    let mut keys = [0; PARTS.len()];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = key(PARTS[at].0.as_bytes());
        at += 1;
    }
    keys
};

/// What the word is that `text` begins with, whatever its case and accents, and its length in bytes.
pub fn part(text: &str) -> Option<(Part, usize)> {
    let mut letters = [0; LONGEST];
    let mut count = 0;
    let mut length = text.len();
    for (at, it) in text.char_indices() {
        match fold(it) {
            Sign::Letter(letter @ 'a'..='z', None) => *letters.get_mut(count)? = letter as u8,
            Sign::Letter(..) => return None,
            _ => {
                length = at;
                break;
            }
        }
        count += 1;
    }
    let place = KEYS.binary_search(&key(&letters[..count])).ok()?;
    Some((PARTS[place].1, length))
}

/// The number that `parts` begin with, and how many it takes. `one_digit`: a zero stands before, so
/// that `quatre vingt` are two numbers.
pub fn read(parts: &[Part], one_digit: bool) -> Option<(u16, usize)> {
    let (below, count) = match parts {
        [Part::Unit(it @ 1..=9), ..] if one_digit => return Some((*it, 1)),
        [Part::Hundred, rest @ ..] => return Some(hundred(1, rest, 1)),
        [Part::Unit(it @ 2..=9), Part::Hundred, rest @ ..] => return Some(hundred(*it, rest, 2)),
        _ => below_hundred(parts)?,
    };
    Some((below, count))
}

fn hundred(count: u16, rest: &[Part], taken: usize) -> (u16, usize) {
    let (rest, more) = below_hundred(rest).filter(|it| 0 < it.0).unwrap_or_default();
    (100 * count + rest, taken + more)
}

fn below_hundred(parts: &[Part]) -> Option<(u16, usize)> {
    let (tens, count) = match parts {
        [Part::Unit(4), Part::Tens(20), ..] => (80, 2),
        [Part::Tens(it), ..] => (*it, 1),
        [Part::Unit(10), Part::Unit(it @ 7..=9), ..] => return Some((10 + it, 2)),
        [Part::Unit(it), ..] => return Some((*it, 1)),
        _ => return None,
    };
    // Sixty and eighty go on to nineteen.
    let most = if matches!(tens, 60 | 80) { 16 } else { 9 };
    match &parts[count..] {
        [Part::And, Part::Unit(it @ (1 | 11)), ..] if *it <= most => Some((tens + it, count + 2)),
        [Part::Unit(10), Part::Unit(it @ 7..=9), ..] if 9 < most => {
            Some((tens + 10 + it, count + 2))
        }
        [Part::Unit(it @ 1..), ..] if *it <= most => Some((tens + it, count + 1)),
        _ => Some((tens, count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All numbers in a text of such words alone.
    fn numbers(text: &str) -> Vec<u16> {
        let parts: Vec<_> = text.split([' ', '-']).map(|it| part(it).unwrap().0).collect();
        let (mut at, mut found) = (0, Vec::new());
        while at < parts.len() {
            let (it, count) = read(&parts[at..], found.last() == Some(&0)).unwrap();
            found.push(it);
            at += count;
        }
        found
    }

    #[test]
    fn numbers_are_read_as_they_are_said() {
        assert_eq!(numbers("Zéro six douze quatre-vingt-dix-neuf"), [0, 6, 12, 99]);
        assert_eq!(numbers("zéro quatre vingt deux"), [0, 4, 22]);
        assert_eq!(numbers("quatre vingt quatre"), [84]);
        assert_eq!(numbers("soixante et onze soixante-dix-sept vingt et un"), [71, 77, 21]);
        assert_eq!(numbers("SEPTANTE-DEUX nonante cinq trente-dix"), [72, 95, 30, 10]);
        assert_eq!(numbers("deux cent huit cent treize zéro soixante-neuf"), [208, 113, 0, 69]);
        assert_eq!(part("sixte"), None);
        assert_eq!(part("cinquantenaire"), None);
        assert!(PARTS.is_sorted_by_key(|it| it.0.as_bytes()));
        assert_eq!(PARTS.iter().map(|it| it.0.len()).max(), Some(LONGEST));
        assert_eq!(read(&[Part::And, Part::Unit(1)], false), None);
    }
}
