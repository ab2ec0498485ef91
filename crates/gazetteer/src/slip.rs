//! What a hand does wrong when it types a name, and how likely that is.

/// What would turn a name into what was typed.
///
/// A name has as many ways to lose a letter as it has letters, but twenty-five times as many to
/// get a wrong one: where both explain what was typed, the first is far more likely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slip {
    None,
    /// A letter left out, or two in each other's place.
    OneOfFew(Chance),
    /// Another letter, or one too many.
    OneOfMany(Chance),
}

/// How often hands err in a way, among all ways of its kind; most often first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Chance {
    Often,
    Sometimes,
    /// At the very beginning, where people look most closely at what they type.
    Seldom,
}

impl Chance {
    /// A rough guess is enough: each is a few times as likely as the next, not so many that a
    /// village would come before a city whose name has lost its first letter.
    pub(crate) fn weight(self) -> u64 {
        match self {
            Chance::Often => 9,
            Chance::Sometimes => 3,
            Chance::Seldom => 1,
        }
    }

    fn after(before: Option<u8>) -> Chance {
        if before.is_some() { Chance::Sometimes } else { Chance::Seldom }
    }
}

impl Slip {
    /// `letter` left out between `before` and `after`. Which letters are double is what people
    /// know least about a name.
    pub(crate) fn left_out(letter: u8, before: Option<u8>, after: Option<u8>) -> Slip {
        let double = before == Some(letter) || after == Some(letter);
        Slip::OneOfFew(if double { Chance::Often } else { Chance::after(before) })
    }

    /// Two letters in each other's place after `before`.
    pub(crate) fn exchanged(before: Option<u8>) -> Slip {
        Slip::OneOfFew(Chance::after(before))
    }

    /// `typed` in place of `meant` after `before`.
    pub(crate) fn replaced(typed: u8, meant: u8, before: Option<u8>) -> Slip {
        let near = are_neighbours(typed, meant) || sound_alike(typed, meant);
        Slip::OneOfMany(if near { Chance::Often } else { Chance::after(before) })
    }

    /// `letter` put in between `before` and `after`: typed twice, or by a finger that hit two
    /// keys at once.
    pub(crate) fn put_in(letter: u8, before: Option<u8>, after: Option<u8>) -> Slip {
        let near = |it: u8| it == letter || are_neighbours(it, letter);
        let near = before.is_some_and(near) || after.is_some_and(near);
        Slip::OneOfMany(if near { Chance::Often } else { Chance::after(before) })
    }

    /// How often hands err like this among all ways of the kind.
    pub(crate) fn chance(self) -> Chance {
        match self {
            Slip::None => Chance::Often,
            Slip::OneOfFew(chance) | Slip::OneOfMany(chance) => chance,
        }
    }
}

/// The letters of a French or Belgian keyboard as they lie.
const KEYBOARD: [&[u8]; 3] = [b"azertyuiop", b"qsdfghjklm", b"wxcvbn"];

/// Whether the keys touch.
fn are_neighbours(one: u8, other: u8) -> bool {
    let place = |letter: u8| {
        KEYBOARD.iter().zip(0_usize..).find_map(|(row, below)| {
            let at = row.iter().position(|it| *it == letter)?;
            Some((below, at))
        })
    };
    let (Some(one), Some(other)) = (place(one), place(other)) else { return false };
    let (above, below) = (one.min(other), one.max(other));
    match below.0 - above.0 {
        0 => below.1 - above.1 == 1,
        // Each row lies half a key to the right of the one above it.
        1 => below.1 == above.1 || below.1 + 1 == above.1,
        _ => false,
    }
}

/// Whether somebody who knows a name by ear may write one letter for the other: `Nanci`,
/// `Valance`, `Reins`.
fn sound_alike(one: u8, other: u8) -> bool {
    const PAIRS: [&[u8; 2]; 13] =
        [b"iy", b"ae", b"mn", b"cs", b"sz", b"sx", b"ck", b"cq", b"kq", b"gj", b"bp", b"dt", b"fv"];
    PAIRS.iter().any(|[a, b]| (*a, *b) == (one, other) || (*a, *b) == (other, one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_touch_beside_above_and_below() {
        let neighbours = |of: u8| -> String {
            (b'a'..=b'z').filter(|it| are_neighbours(of, *it)).map(char::from).collect()
        };
        assert_eq!(neighbours(b'a'), "qz");
        assert_eq!(neighbours(b'g'), "bfhtvy");
        assert_eq!(neighbours(b'n'), "bhj");
        assert_eq!(neighbours(b'p'), "lmo");
        assert_eq!(neighbours(b'3'), "");
    }

    #[test]
    fn touching_keys_like_sounds_and_doubles_are_wrong_often_and_first_letters_seldom() {
        use Chance::{Often, Seldom, Sometimes};
        let l = Some(b'l');
        assert_eq!(Slip::left_out(b'l', l, Some(b'e')), Slip::OneOfFew(Often));
        assert_eq!(Slip::left_out(b'l', None, l), Slip::OneOfFew(Often));
        assert_eq!(Slip::left_out(b'e', l, None), Slip::OneOfFew(Sometimes));
        assert_eq!(Slip::left_out(b'e', None, l), Slip::OneOfFew(Seldom));
        assert_eq!(Slip::exchanged(l), Slip::OneOfFew(Sometimes));
        assert_eq!(Slip::exchanged(None), Slip::OneOfFew(Seldom));
        assert_eq!(Slip::replaced(b'i', b'o', l), Slip::OneOfMany(Often));
        assert_eq!(Slip::replaced(b'i', b'y', None), Slip::OneOfMany(Often));
        assert_eq!(Slip::replaced(b'x', b'o', l), Slip::OneOfMany(Sometimes));
        assert_eq!(Slip::replaced(b'x', b'o', None), Slip::OneOfMany(Seldom));
        assert_eq!(Slip::put_in(b'l', l, None), Slip::OneOfMany(Often));
        assert_eq!(Slip::put_in(b'm', None, l), Slip::OneOfMany(Often));
        assert_eq!(Slip::put_in(b'x', l, None), Slip::OneOfMany(Sometimes));
        assert_eq!(Slip::put_in(b'x', None, l), Slip::OneOfMany(Seldom));
    }
}
