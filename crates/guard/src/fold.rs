//! Letters without case or accents, for texts and for the words of `rules.toml` alike.
//!
//! Not `search::fold`: normalising through JavaScript would cost a call for each word, and the way
//! back to the bytes of the text. French needs only the letters below.

/// What a sign is to the guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A letter, folded to these (`œ` to two).
    Letter(char, Option<char>),
    /// Digit, from 0 to 9.
    Digit(u8),
    /// Accents after their letter, zero-width signs, marks of direction: as if they were not there.
    Nothing,
    /// Signs, blanks and drawings.
    Other,
}

/// Folds one sign.
#[inline]
pub fn fold(it: char) -> Sign {
    match it {
        'a'..='z' => Sign::Letter(it, None),
        'A'..='Z' => Sign::Letter(it.to_ascii_lowercase(), None),
        '0'..='9' => Sign::Digit(it as u8 - b'0'),
        '\0'..='\u{7f}' => Sign::Other,
        _ => fold_rare(it),
    }
}

/// Folds a sign beyond ASCII: few are, and what is inlined everywhere should be short.
fn fold_rare(it: char) -> Sign {
    let letter = |to: char| Sign::Letter(to, None);
    match it {
        'à'..='å' | 'À'..='Å' => letter('a'),
        'ç' | 'Ç' => letter('c'),
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'Ē' => letter('e'),
        'ì'..='ï' | 'Ì'..='Ï' => letter('i'),
        'ñ' | 'Ñ' => letter('n'),
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' => letter('o'),
        'ù'..='ü' | 'Ù'..='Ü' => letter('u'),
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => letter('y'),
        'œ' | 'Œ' => Sign::Letter('o', Some('e')),
        'æ' | 'Æ' => Sign::Letter('a', Some('e')),
        'ß' => Sign::Letter('s', Some('s')),
        // Full-width digits, from some telephones' keyboards.
        '０'..='９' => Sign::Digit((it as u32 - '０' as u32) as u8),
        '\u{ad}'
        | '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => Sign::Nothing,
        // No table of Unicode: other alphabets' letters only have to part words from signs.
        '\u{80}'..='\u{bf}'
        | '×'
        | '÷'
        | '\u{2000}'..='\u{2bff}'
        | '\u{2e00}'..='\u{303f}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fff0}'.. => Sign::Other,
        other => letter(other),
    }
}

/// Adds a letter to a word. Doubled letters become one: half of all typing errors in French are a
/// letter too many or too few in `traitement`, `arrêter` or `apporter`. A word of one letter only
/// is a shorthand, such as `tt`.
pub fn push(word: &mut String, start: usize, it: char) {
    let word_so_far = word.get(start..).unwrap_or_default();
    let doubled = word_so_far.ends_with(it) && word_so_far.chars().any(|other| other != it);
    if !doubled || it.is_ascii_digit() {
        word.push(it);
    }
}
