//! Telephone and social security numbers: digits in groups, however they are parted, or in words.

use std::ops::Range;

use crate::{
    Kind,
    fold::{Sign, fold},
    numerals::{part, read},
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
    /// In words.
    spelled: bool,
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

/// Digits, and the letters among them that stand for digits: `O6`, `7I`, and Corsica's `2A`; numbers in
/// words.
fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut between = String::new();
    let mut in_word = false;
    // The sign before this one and its place, and whether the last group goes on. What says nothing, an
    // accent by itself among it, may stand between.
    let (mut before, mut before_at) = (' ', 0);
    let mut open = false;
    let mut signs = text.char_indices().peekable();
    while let Some((at, it)) = signs.next() {
        let next = signs.peek().map_or(' ', |it| it.1);
        let sign = fold(it);
        let digit = match sign {
            Sign::Nothing => continue,
            Sign::Digit(digit) => Some(char::from(b'0' + digit)),
            Sign::Letter(letter @ ('o' | 'i' | 'l'), None)
                if (is_digit(next) || open && is_digit(before))
                    && !is_letter(next)
                    && (open || !is_letter(before)) =>
            {
                Some(if letter == 'o' { '0' } else { '1' })
            }
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
                        spelled: false,
                        parted_by: separator(&between).filter(|_| !plus),
                    });
                }
            }
            open = true;
            between.clear();
        } else {
            open = false;
            let begins = matches!(sign, Sign::Letter(..)) && !in_word;
            let to = if begins { spelled(text, at, &between, &mut groups) } else { at };
            if at < to {
                while signs.next_if(|it| it.0 < to).is_some() {}
                between.clear();
                (before, in_word) = (' ', false);
                continue;
            }
            // Longer than any separator is as good as no separator.
            if between.len() < 16 {
                between.push(it);
            }
        }
        in_word = sign != Sign::Other;
        before = if digit == Some('a') || digit == Some('b') { 'a' } else { it };
        before_at = at;
    }
    groups
}

/// Adds the numbers in words that begin at `from`. Returns where they end: at `from` if there are none.
fn spelled(text: &str, from: usize, between: &str, groups: &mut Vec<Group>) -> usize {
    let mut parts = Vec::new();
    let mut ends = Vec::new();
    let mut start = from;
    while let Some((part, length)) = part(&text[start..]) {
        parts.push(part);
        ends.push((start, start + length));
        start += length;
        let mut signs = text[start..].chars();
        match (signs.next(), signs.next()) {
            (Some(it @ (' ' | '-' | '\u{a0}' | '\u{2011}')), Some(next)) if is_letter(next) => {
                start += it.len_utf8();
            }
            _ => break,
        }
    }
    let (mut at, mut end) = (0, from);
    while let Some((number, count)) = read(&parts[at..], ends_in_zero(groups, at)) {
        let parted_by = if at == 0 { separator(between) } else { Some(' ') };
        let bytes = ends[at].0..ends[at + count - 1].1;
        end = bytes.end;
        let digits = number.to_string();
        groups.push(Group { digits, bytes, plus: false, spelled: true, parted_by });
        at += count;
    }
    end
}

/// Whether the number in words before is a zero.
fn ends_in_zero(groups: &[Group], at: usize) -> bool {
    0 < at && groups.last().is_some_and(|it| it.spelled && it.digits == "0")
}

fn is_digit(it: char) -> bool {
    matches!(fold(it), Sign::Digit(_))
}

fn is_letter(it: char) -> bool {
    matches!(fold(it), Sign::Letter(..))
}

/// Signs that part the pairs of a few people's numbers, and much else.
const RARE: &str = "*|:;=~\\+'’";

/// What people say between the groups.
const SPOKEN: [&str; 6] = ["puis", "et puis", "tiret", "point", "espace", "slash"];

/// What parts two groups of one number: blanks, and at most one other sign, which is returned.
fn separator(between: &str) -> Option<char> {
    let mut sign = ' ';
    if SPOKEN.contains(&between.trim_matches([' ', ','])) {
        return Some(sign);
    }
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
    french(run).or_else(|| swiss(run)).or_else(|| belgian(run))
}

fn french(run: &[Group]) -> Option<usize> {
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

/// The AHV number: 756, the country (ISO 3166-1), and ten digits, in groups of four and two.
fn swiss(run: &[Group]) -> Option<usize> {
    let count = groups_of(run, 13)?;
    let lengths = run[..count].iter().map(|it| it.digits.len());
    let grouped = count == 1 || lengths.eq([3, 4, 4, 2]);
    (grouped && run[0].digits.starts_with("756") && !run[0].plus).then_some(count)
}

/// The Belgian national register's number: birthday, order, and a key (Royal Decree of 3 April 1984);
/// without a key that fits only as it is printed on cards, or as a day and what follows.
fn belgian(run: &[Group]) -> Option<usize> {
    let count = groups_of(run, 11)?;
    let lengths: Vec<_> = run[..count].iter().map(|it| it.digits.len()).collect();
    let printed = lengths == [2, 2, 2, 3, 2]
        && run[1].parted_by == Some('.')
        && run[2].parted_by == Some('.')
        && run[3].parted_by == Some('-');
    let grouped = [&[2, 2, 2, 3, 2][..], &[6, 3, 2], &[11]].contains(&&lengths[..]);
    if !grouped || run[0].plus {
        return None;
    }
    let digits = joined(&run[..count]);
    let number =
        |from: usize, to: usize| digits.get(from..to).and_then(|it| it.parse::<u64>().ok());
    let (month, day) = (number(2, 4)?, number(4, 6)?);
    let (born, key) = (number(0, 9)?, number(9, 11)?);
    let fits = [born, 2_000_000_000 + born].iter().any(|it| 97 - it % 97 == key);
    ((1..=12).contains(&month) && (1..=31).contains(&day) && (fits || printed)).then_some(count)
}

/// Area codes of Québec and its neighbours.
const QUEBEC: [&str; 12] =
    ["418", "438", "450", "514", "579", "581", "819", "873", "367", "354", "263", "506"];

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
    if lengths.starts_with(&[3, 3, 4]) && lengths.get(3).is_none() {
        let dashed = run[2].parted_by == Some('-') && first.digits.starts_with(['4', '5', '8']);
        if dashed || QUEBEC.contains(&&*first.digits) {
            return Some(3);
        }
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
        let parted = run[1].parted_by == Some('/');
        return is_even(&run[usize::from(parted)..4]).then_some(4);
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

/// Groups of two digits may be parted as they like; others by one sign throughout, or by one and
/// blanks, and never by commas, since results of a laboratory look so. Words are parted as one speaks.
fn is_even(number: &[Group]) -> bool {
    if number.iter().any(|it| it.spelled) {
        return true;
    }
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
    let mut written = number.iter().skip(1).filter_map(|it| it.parted_by).filter(|it| *it != ' ');
    let sign = written.next();
    let mixed = sign.is_some_and(|it| it != ',') && written.all(|it| Some(it) == sign);
    if rare { pairs && same } else { pairs || same && first != ',' || mixed }
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
