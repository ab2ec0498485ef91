//! Telephone and social security numbers: digits in groups, however they are parted.

use std::ops::Range;

use crate::{
    Kind,
    fold::{Sign, fold},
    tables::PUBLIC_NUMBERS,
};

/// Groups that a number is looked for in: as many as fifteen digits, written one by one.
const MAX_GROUPS: usize = 15;

/// Digits that stand together.
struct Group {
    digits: String,
    bytes: Range<usize>,
    /// A plus stands before it.
    plus: bool,
    /// What parts it from the group before; none where the number begins.
    parted_by: Option<char>,
}

/// Numbers in `text`, one paragraph of it.
pub fn find(text: &str, mut found: impl FnMut(Kind, Range<usize>)) {
    let groups = groups(text);
    let mut at = 0;
    while at < groups.len() {
        let rest = &groups[at..];
        let count =
            rest.iter().skip(1).take(MAX_GROUPS).take_while(|it| it.parted_by.is_some()).count();
        let run = &rest[..=count];
        let kind = match (social_security(run), phone(run)) {
            (Some(count), _) => Some((Kind::SocialSecurity, count)),
            (None, Some(count)) => Some((Kind::Phone, count)),
            (None, None) => None,
        };
        let Some((kind, count)) = kind else {
            at += 1;
            continue;
        };
        let number = &run[..count];
        // The second half of a DOI (`10.1056/…`), or of a file's number.
        let half = run[0].parted_by == Some('/')
            && at
                .checked_sub(1)
                .and_then(|it| groups.get(it))
                .is_some_and(|it| 4 <= it.digits.len());
        if kind == Kind::Phone && half {
            at += count;
            continue;
        }
        let start = number[0].bytes.start;
        let range = start..number[count - 1].bytes.end;
        if kind != Kind::Phone || !is_public(number) {
            found(kind, range);
        }
        at += count;
    }
}

/// Digits, and the letters among them that stand for digits: `O6`, and Corsica's `2A`.
fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut between = String::new();
    // The sign before this one and its place, and whether the last group goes on. What says nothing, an
    // accent by itself among it, may stand between.
    let (mut before, mut before_at) = (' ', 0);
    let mut open = false;
    let mut signs = text.char_indices().peekable();
    while let Some((at, it)) = signs.next() {
        let next = signs.peek().map_or(' ', |it| it.1);
        let digit = match fold(it) {
            Sign::Nothing => continue,
            Sign::Digit(digit) => Some(char::from(b'0' + digit)),
            Sign::Letter('o', None) if is_digit(next) && !is_letter(before) => Some('0'),
            Sign::Letter(letter @ ('a' | 'b'), None) if before == '2' && !is_letter(next) => {
                Some(letter)
            }
            _ => None,
        };
        let end = at + it.len_utf8();
        if let Some(digit) = digit {
            match groups.last_mut() {
                Some(last) if open => {
                    last.digits.push(digit);
                    last.bytes.end = end;
                }
                _ => {
                    let plus = before == '+';
                    groups.push(Group {
                        digits: digit.into(),
                        bytes: if plus { before_at } else { at }..end,
                        plus,
                        parted_by: separator(&between).filter(|_| !plus),
                    });
                }
            }
            open = true;
            between.clear();
        } else {
            open = false;
            // Longer than any separator is as good as no separator.
            if between.len() < 16 {
                between.push(it);
            }
        }
        before = if digit == Some('a') || digit == Some('b') { 'a' } else { it };
        before_at = at;
    }
    groups
}

fn is_digit(it: char) -> bool {
    matches!(fold(it), Sign::Digit(_))
}

fn is_letter(it: char) -> bool {
    matches!(fold(it), Sign::Letter(..))
}

/// Signs that part the pairs of a few people's numbers, and much else.
const RARE: &str = "*|:;=~\\+'’";

/// What parts two groups of one number: blanks, and at most one other sign, which is returned.
fn separator(between: &str) -> Option<char> {
    let mut sign = ' ';
    for it in between.chars() {
        match it {
            ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => {}
            '(' | ')' | '[' | ']' => {}
            '.' | '-' | '/' | '_' | ',' | '·' | '•' | '\u{2010}'..='\u{2014}' if sign == ' ' => {
                sign = it;
            }
            _ if RARE.contains(it) && sign == ' ' => sign = it,
            // Points as if to breathe between the groups.
            '.' if sign == it => {}
            _ => return None,
        }
    }
    let count = between.chars().count();
    (0 < count && count < 6).then_some(sign)
}

/// How many groups make `wanted` digits, from the first on.
fn groups_of(run: &[Group], wanted: usize) -> Option<usize> {
    let mut digits = 0;
    for (group, count) in run.iter().zip(1..) {
        digits += group.digits.len();
        if wanted <= digits {
            return (digits == wanted).then_some(count);
        }
    }
    None
}

fn joined(run: &[Group]) -> String {
    run.iter().map(|it| it.digits.as_str()).collect()
}

/// Thirteen digits, or fifteen with their key: sex, year, month, département, commune, order.
fn social_security(run: &[Group]) -> Option<usize> {
    let count = groups_of(run, 15).or_else(|| groups_of(run, 13))?;
    let digits = joined(&run[..count]);
    let sex = digits.starts_with(['1', '2']) && !run[0].plus;
    let month: u8 = digits.get(3..5)?.parse().ok()?;
    let department = digits.get(5..7)?;
    let plausible =
        matches!(department, "2a" | "2b") || department.parse::<u8>().is_ok_and(|it| 0 < it);
    let others = digits.bytes().enumerate().all(|(at, it)| at == 6 || it.is_ascii_digit());
    // Months above twelve stand for births that were written down without one.
    let written = matches!(month, 1..=12 | 20 | 30..=42 | 50..=99);
    (sex && written && plausible && others).then_some(count)
}

/// A telephone number at the beginning of `run`.
fn phone(run: &[Group]) -> Option<usize> {
    let first = &run[0];
    let lengths: Vec<usize> = run.iter().take(10).map(|it| it.digits.len()).collect();
    let abroad = first.plus || first.digits.starts_with("00");
    if abroad {
        return international(run);
    }
    if first.digits.starts_with("33")
        && let Some(count) = groups_of(run, 11)
        && matches!(joined(&run[..count]).as_bytes()[2], b'1'..=b'9')
        && (count == 1 || first.digits.len() == 2)
    {
        return is_even(&run[..count]).then_some(count);
    }
    // The zero forgotten, in the grouping that nothing else has.
    if lengths.starts_with(&[1, 2, 2, 2, 2]) && matches!(first.digits.as_str(), "6" | "7") {
        return is_even(&run[..5]).then_some(5);
    }
    // The same without a blank behind the first two digits.
    if lengths.starts_with(&[3, 2, 2, 2]) && first.digits.starts_with(['6', '7']) {
        return is_even(&run[..4]).then_some(4);
    }
    // Canadian lines.
    let canadian = lengths.starts_with(&[3, 3, 4]) && run[2].parted_by == Some('-');
    if canadian && lengths.get(3).is_none() && first.digits.starts_with(['4', '5', '8']) {
        return Some(3);
    }
    // Belgian lines, whose area is parted by a stroke.
    let belgian = lengths.starts_with(&[4, 2, 2, 2]) && lengths.get(4).is_none();
    if belgian && first.digits.starts_with("04") && run[1].parted_by == Some('/') {
        return is_even(&run[1..4]).then_some(4);
    }
    // Belgian lines.
    let belgian = lengths.starts_with(&[2, 3, 2, 2]) || lengths.starts_with(&[3, 2, 2, 2]);
    let goes_on = lengths.get(4).is_some();
    if belgian && !goes_on && first.digits.starts_with('0') {
        return is_even(&run[..4]).then_some(4);
    }
    // Luxembourg's mobiles.
    if lengths.starts_with(&[3, 3, 3]) && matches!(first.digits.as_str(), "621" | "661" | "691") {
        return is_even(&run[..3]).then_some(3);
    }
    let count = groups_of(run, 10)?;
    let digits = joined(&run[..count]);
    let bytes = digits.as_bytes();
    let plausible = bytes[0] == b'0'
        && matches!(bytes[1], b'1'..=b'9')
        && bytes.iter().all(u8::is_ascii_digit)
        && digits != "0123456789";
    // `01/02/2024 10`, and `0,5 1,2`.
    let date = lengths.starts_with(&[2, 2, 4]);
    (plausible && !date && is_even(&run[..count])).then_some(count)
}

/// `+33 6 …`, `0033 (0)6 …`, and other countries' numbers.
fn international(run: &[Group]) -> Option<usize> {
    let zeros = if run[0].plus { 0 } else { 2 };
    let mut best = None;
    let mut digits = String::new();
    for (group, count) in run.iter().zip(1..).take(9) {
        digits.push_str(&group.digits);
        let number = digits.get(zeros..).unwrap_or_default();
        if 15 < number.len() {
            break;
        }
        let fits = match number.strip_prefix("33") {
            Some(rest) => rest.strip_prefix('0').unwrap_or(rest).len() == 9,
            None if zeros == 0 => 9 <= number.len(),
            // Without a plus, a country must be one of the neighbours.
            None => {
                let known = ["32", "41", "352", "377", "49", "34", "39", "44", "212", "213", "216"];
                10 <= number.len() && known.iter().any(|it| number.starts_with(it))
            }
        };
        if fits && number.bytes().all(|it| it.is_ascii_digit()) && !number.starts_with('0') {
            best = Some(count);
        }
        if fits && number.starts_with("33") {
            break;
        }
    }
    best
}

/// Groups of two digits may be parted as they like; others by one sign throughout, and never by
/// commas, since results of a laboratory look so.
fn is_even(number: &[Group]) -> bool {
    let pairs = number.iter().all(|it| it.digits.len() == 2);
    let mut signs = number.iter().skip(1).filter_map(|it| it.parted_by);
    // `02/01, 14/02, 03`: dates one after the other.
    let has = |sign| number.iter().skip(1).any(|it| it.parted_by == Some(sign));
    if has('/') && has(',') {
        return false;
    }
    let Some(first) = signs.next() else { return true };
    let rare = number.iter().skip(1).any(|it| it.parted_by.is_some_and(|it| RARE.contains(it)));
    let same = signs.all(|it| it == first);
    if rare { pairs && same } else { pairs || same && first != ',' }
}

/// Helplines and numbers that cost extra: nobody's own.
fn is_public(number: &[Group]) -> bool {
    let digits = joined(number);
    let national = digits
        .strip_prefix("0033")
        .or_else(|| digits.strip_prefix("33"))
        .or_else(|| digits.strip_prefix('0'))
        .unwrap_or(&digits);
    let national = national.strip_prefix('0').unwrap_or(national);
    let list = || PUBLIC_NUMBERS.iter().any(|it| it.strip_prefix('0') == Some(national));
    national.len() == 9 && (national.starts_with('8') || list())
}
