//! Numbers as French writes them.

/// Narrow no-break space.
const NARROW: char = '\u{202f}';

/// A count as it is written: from five digits on in groups of three.
pub fn number(count: u32) -> String {
    let mut digits = count.to_string();
    if digits.len() < 5 {
        return digits;
    }
    for at in (1..digits.len())
        .rev()
        .filter(|it| (digits.len() - it).is_multiple_of(3))
        .collect::<Vec<_>>()
    {
        digits.insert(at, NARROW);
    }
    digits
}
