//! What filters ask of practitioners, packed: a question reads one small table from front to back,
//! where the practitioners themselves would be fetched one by one.

use contract::{
    directory::DirectoryQuery,
    practitioner::{Access, Language, Practitioner, Profession},
};

const REMOTE: u64 = 1 << 8;
/// In a wheelchair, if only in part.
const ACCESSIBLE: u64 = 1 << 9;
const NEW_PATIENTS: u64 = 1 << 10;

/// One number for each practitioner: the profession in the lowest eight bits, then yes or no, then a
/// bit for each language.
pub struct Traits(Vec<u64>);

impl Traits {
    pub fn new(practitioners: &[Practitioner]) -> Traits {
        Traits(practitioners.iter().map(pack).collect())
    }

    /// Whom the filters of `query` leave, its words and places aside.
    pub fn kept(&self, query: &DirectoryQuery) -> Kept {
        let (mask, wanted) = wanted(query);
        if mask == 0 {
            return Kept(None);
        }
        let word = |them: &[u64]| {
            them.iter()
                .enumerate()
                .fold(0_u64, |word, (at, it)| word | u64::from(it & mask == wanted) << at)
        };
        Kept(Some(self.0.chunks(64).map(word).collect()))
    }
}

/// A bit for each practitioner; everybody without them.
pub struct Kept(Option<Vec<u64>>);

impl Kept {
    /// Whether the practitioner of a number is among them.
    #[inline]
    pub fn holds(&self, at: u32) -> bool {
        self.0.as_ref().is_none_or(|words| {
            words.get(at as usize / 64).is_some_and(|it| it >> (at % 64) & 1 == 1)
        })
    }
}

fn pack(it: &Practitioner) -> u64 {
    let yes = |it: bool, bit: u64| if it { bit } else { 0 };
    let accessible = matches!(it.accessible, Some(Access::Yes | Access::Partial));
    it.languages.iter().fold(profession(it.profession), |all, it| all | language(*it))
        | yes(it.remote == Some(true), REMOTE)
        | yes(accessible, ACCESSIBLE)
        | yes(it.new_patients == Some(true), NEW_PATIENTS)
}

/// Which bits a question looks at, and what they must be.
fn wanted(query: &DirectoryQuery) -> (u64, u64) {
    let flags = [
        (query.remote, REMOTE),
        (query.accessible, ACCESSIBLE),
        (query.new_patients, NEW_PATIENTS),
    ];
    let mut bits = flags.iter().filter(|it| it.0).fold(0, |all, it| all | it.1);
    bits |= query.language.map_or(0, language);
    match query.profession {
        Some(it) => (bits | 0xff, bits | profession(it)),
        None => (bits, bits),
    }
}

fn profession(it: Profession) -> u64 {
    it as u64 & 0xff
}

/// There are fewer languages than bits: a test counts them.
fn language(it: Language) -> u64 {
    1 << (32 + it as u32 % 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profession_and_language_has_a_bit_of_its_own() {
        let all = Language::ALL.iter().fold(0, |all, it| all | language(*it));
        assert_eq!(all.count_ones() as usize, Language::ALL.len());
        assert!(Profession::ALL.len() < 256);
        let flags = REMOTE | ACCESSIBLE | NEW_PATIENTS;
        assert_eq!(flags.count_ones(), 3);
        assert_eq!(flags & (all | 0xff), 0);
    }

    #[test]
    fn a_table_of_bits_ends_with_its_last_practitioner() {
        let traits = Traits(vec![REMOTE; 65]);
        let kept = traits.kept(&DirectoryQuery { remote: true, ..DirectoryQuery::default() });
        assert!(kept.holds(0) && kept.holds(64) && !kept.holds(65) && !kept.holds(1_000));
        let none = traits.kept(&DirectoryQuery { accessible: true, ..DirectoryQuery::default() });
        assert!((0..65).all(|it| !none.holds(it)));
        assert!(traits.kept(&DirectoryQuery::default()).holds(64));
    }
}
