//! Names in one sorted list, where those with one beginning are neighbours.
//!
//! The list serves as a trie that needs no more memory than the names: a step down is a binary
//! search. One typo is found by going down letter by letter and, at each, trying what else might
//! stand there; below the first few letters hardly anything does, so few paths are followed.

use std::ops::Range;

use crate::slip::Slip;

/// A name of a place to be found: letters, whether it is the full one, and whose it is.
pub(crate) type Named = (Vec<u8>, bool, u32);

/// Which places bear which names.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// All names, one after the other.
    letters: Vec<u8>,
    /// Sorted by name, then by place.
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    start: u32,
    length: u32,
    /// Whether it is the full name, not one without its article or its like.
    full: bool,
    place: u32,
}

/// How an entry fits what was typed. Sorts the more likely first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fit {
    /// Its name goes on after what was typed.
    pub(crate) longer: bool,
    pub(crate) slip: Slip,
    /// It fits without its article, or the like.
    pub(crate) short: bool,
}

impl Index {
    pub(crate) fn new(mut names: Vec<Named>) -> Index {
        names.sort_unstable();
        names.dedup();
        let mut index = Index::default();
        for (name, full, place) in names {
            // 39,000 places have some 700 KB of names.
            let start = u32::try_from(index.letters.len()).unwrap_or(u32::MAX);
            let length = u32::try_from(name.len()).unwrap_or_default();
            index.letters.extend(name);
            index.entries.push(Entry { start, length, full, place });
        }
        index
    }

    fn name(&self, entry: &Entry) -> &[u8] {
        let start = entry.start as usize;
        self.letters.get(start..start + entry.length as usize).unwrap_or_default()
    }

    /// What of an entry's name follows its first `depth` letters.
    fn after(&self, entry: &Entry, depth: usize) -> &[u8] {
        self.name(entry).get(depth..).unwrap_or_default()
    }

    /// The entries of `within`, which share `depth` letters, whose names go on with `rest`.
    fn narrowed(&self, within: Range<usize>, depth: usize, rest: &[u8]) -> Range<usize> {
        let entries = self.entries.get(within.clone()).unwrap_or_default();
        let from = entries.partition_point(|it| self.after(it, depth) < rest);
        let entries = entries.get(from..).unwrap_or_default();
        let count = entries.partition_point(|it| self.after(it, depth).starts_with(rest));
        within.start + from..within.start + from + count
    }

    fn all(&self) -> Range<usize> {
        0..self.entries.len()
    }

    /// Tells of each place with a name that begins with `typed`; of some several times.
    pub(crate) fn starting_with(&self, typed: &[u8], mut tell: impl FnMut(u32, Fit)) {
        let range = self.narrowed(self.all(), 0, typed);
        self.tell(range, typed.len(), Slip::None, &mut tell);
    }

    /// Places of this very name.
    pub(crate) fn named(&self, name: &[u8]) -> impl Iterator<Item = u32> {
        let range = self.narrowed(self.all(), 0, name);
        let entries = self.entries.get(range).unwrap_or_default();
        entries.iter().take_while(|it| it.length as usize == name.len()).map(|it| it.place)
    }

    fn tell(
        &self,
        range: Range<usize>,
        length: usize,
        slip: Slip,
        tell: &mut impl FnMut(u32, Fit),
    ) {
        for entry in self.entries.get(range).unwrap_or_default() {
            let longer = entry.length as usize != length;
            tell(entry.place, Fit { longer, slip, short: !entry.full });
        }
    }

    /// Tells of each place with a name that would begin with `typed`, were one letter put in, left
    /// out, replaced or exchanged with the next; of some several times, and names that begin with
    /// `typed` as it is may be among them. Without `beginnings`, only of whole names.
    pub(crate) fn starting_nearly_with(
        &self,
        typed: &[u8],
        beginnings: bool,
        mut tell: impl FnMut(u32, Fit),
    ) {
        let length = typed.len();
        let mut tell = |slip, range: Range<usize>, length: usize| {
            let entries = self.entries.get(range.clone()).unwrap_or_default();
            // A whole name stands before those that go on.
            let whole = || entries.iter().take_while(|it| it.length as usize == length).count();
            let end = if beginnings { range.end } else { range.start + whole() };
            self.tell(range.start..end, length, slip, &mut tell);
        };
        let mut here = self.all();
        let mut before = None;
        for (at, &letter) in typed.iter().enumerate() {
            let (rest, tail) = (&typed[at..], &typed[at + 1..]);
            // One letter too many.
            let slip = Slip::put_in(letter, before, tail.first().copied());
            tell(slip, self.narrowed(here.clone(), at, tail), length - 1);
            // Two letters in each other's place.
            if let [next, tail @ ..] = tail
                && *next != letter
            {
                let pair = self.narrowed(here.clone(), at, &[*next, letter]);
                tell(Slip::exchanged(before), self.narrowed(pair, at + 2, tail), length);
            }
            for (other, below) in self.branches(here.clone(), at) {
                // Another letter in its place.
                if other != letter {
                    let slip = Slip::replaced(letter, other, before);
                    tell(slip, self.narrowed(below.clone(), at + 1, tail), length);
                }
                // A letter left out before it.
                let slip = Slip::left_out(other, before, Some(letter));
                tell(slip, self.narrowed(below, at + 1, rest), length + 1);
            }
            here = self.narrowed(here, at, &[letter]);
            before = Some(letter);
        }
        // The last letter left out.
        for (other, below) in self.branches(here, length) {
            tell(Slip::left_out(other, before, None), below, length + 1);
        }
    }

    /// The letters that follow the first `depth` in the names of `within`, and whose they are.
    fn branches(
        &self,
        within: Range<usize>,
        depth: usize,
    ) -> impl Iterator<Item = (u8, Range<usize>)> {
        let mut at = within.start;
        std::iter::from_fn(move || {
            loop {
                let entry = self.entries.get(at..within.end)?.first()?;
                match self.after(entry, depth).first() {
                    Some(letter) => {
                        let branch = self.narrowed(at..within.end, depth, &[*letter]);
                        at = branch.end;
                        return Some((*letter, branch));
                    }
                    // The name ends here.
                    None => at += 1,
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::name::within_one_typo;

    fn index(names: &[&str]) -> Index {
        let names = names.iter().zip(0..).map(|(it, at)| (it.as_bytes().to_vec(), true, at));
        Index::new(names.collect())
    }

    fn nearly(index: &Index, typed: &str) -> BTreeSet<(u32, bool)> {
        let mut found = BTreeSet::new();
        index.starting_nearly_with(typed.as_bytes(), true, |place, fit| {
            found.insert((place, !fit.longer));
        });
        let mut whole = BTreeSet::new();
        index.starting_nearly_with(typed.as_bytes(), false, |place, fit| {
            whole.insert((place, !fit.longer));
        });
        assert!(whole.iter().eq(found.iter().filter(|(_, whole)| *whole)), "{typed}");
        found
    }

    #[test]
    fn names_with_one_beginning_are_found_together() {
        let index = index(&["lyon", "paris", "lyons", "parisot"]);
        let mut found = Vec::new();
        index.starting_with(b"lyon", |place, fit| found.push((place, !fit.longer)));
        assert_eq!(found, [(0, true), (2, false)]);
        assert_eq!(index.named(b"paris").collect::<Vec<_>>(), [1]);
        assert_eq!(index.named(b"pari").count(), 0);
        assert_eq!(index.named(b"").count(), 0);
    }

    #[test]
    fn each_kind_of_typo_is_seen_through() {
        let index = index(&["lyon"]);
        for typo in ["lion", "lyyon", "yon", "ylon", "lyno", "kyon", "lyonx", "lyn"] {
            assert!(nearly(&index, typo).contains(&(0, true)), "{typo}");
        }
        assert!(nearly(&index, "yo").contains(&(0, false)));
        assert!(nearly(&index, "yx").is_empty());
    }

    /// Everything one typo away.
    fn mended(typed: &[u8]) -> BTreeSet<Vec<u8>> {
        let mut all = BTreeSet::new();
        for at in 0..=typed.len() {
            let (before, after) = typed.split_at(at);
            let rest = after.get(1..).unwrap_or_default();
            all.insert([before, rest].concat());
            for other in *b"abc" {
                all.insert([before, &[other], after].concat());
                all.insert([before, &[other], rest].concat());
            }
            if let [one, next, rest @ ..] = after {
                all.insert([before, &[*next, *one], rest].concat());
            }
        }
        all.remove(typed);
        all
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_comparing_all_names_finds(
            names in proptest::collection::vec("[abc]{0,6}", 0..30),
            typed in "[abc]{1,6}",
        ) {
            let listed: Vec<&str> = names.iter().map(String::as_str).collect();
            let found = nearly(&index(&listed), &typed);
            let mended = mended(typed.as_bytes());
            for (name, at) in names.iter().zip(0..) {
                let name = name.as_bytes();
                prop_assert_eq!(found.contains(&(at, true)), mended.contains(name));
                let begun = (0..name.len()).any(|end| mended.contains(&name[..end]));
                prop_assert_eq!(found.contains(&(at, false)), begun);
            }
        }

        #[test]
        fn a_typo_by_either_measure_is_a_typo_by_the_other(typed in "[abc]{1,6}") {
            for other in mended(typed.as_bytes()) {
                prop_assert!(within_one_typo(&other, typed.as_bytes()));
                prop_assert!(within_one_typo(typed.as_bytes(), &other));
            }
        }
    }
}
