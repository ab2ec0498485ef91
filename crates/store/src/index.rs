//! What the moderators' queue is asked for, in memory: shelves, kinds, words.
//!
//! Any part of any word, over 100,000 items (45 MB), within 50 ms. Measured on two shared cores (`cargo run
//! --release -p store --example desk_search`): a question takes 6 ms on SQLite and 7 ms on PostgreSQL, 29 and
//! 24 ms at most for 99 of 100. Scanned by the database it is 50 and 128 ms, 107 and 292 ms, accents not even
//! looked at. The database numbers every change, so what is here is what is there.

use std::collections::{BTreeMap, HashMap};

use contract::{
    desk::{Question, Shelf},
    receipt::Kind,
    slug::Slug,
};
use memchr::memmem::Finder;
use search::fold::fold;

use crate::{Store, StoreError, contributions::Changed};

/// Changes read at once.
const BATCH: u32 = 5_000;

/// An index, and the last change that it knows.
pub struct Followed {
    index: Index,
    last: (i64, String),
}

/// Knows nothing yet.
impl Default for Followed {
    fn default() -> Followed {
        Followed { index: Index::default(), last: (-1, String::new()) }
    }
}

impl Followed {
    /// The index as it is now, whoever has changed something. Read whole the first time.
    ///
    /// # Errors
    ///
    /// When the database cannot answer; the next call goes on from here.
    pub async fn now(&mut self, store: &Store) -> Result<&Index, StoreError> {
        loop {
            let changed = store.changed_since((self.last.0, &self.last.1), BATCH).await?;
            let more = changed.len() == usize::try_from(BATCH).unwrap_or(usize::MAX);
            for it in changed {
                self.last = (it.change, it.id.clone());
                self.index.put(it);
            }
            if !more {
                return Ok(&self.index);
            }
        }
    }
}

/// All items, the oldest first.
#[derive(Default)]
pub struct Index {
    entries: BTreeMap<(i64, Slug), Entry>,
    counts: HashMap<(Shelf, Kind), u32>,
}

struct Entry {
    shelf: Shelf,
    kind: Kind,
    page: Slug,
    sign: Sign,
    /// Name, text and page, as [`folded`] writes them.
    text: Box<str>,
}

impl Index {
    /// Takes in a change, of whatever it is.
    pub fn put(&mut self, changed: Changed) {
        let Ok(id) = Slug::try_from(changed.id) else { return };
        let key = (changed.created_ms, id);
        if let Some(old) = self.entries.remove(&key)
            && let Some(count) = self.counts.get_mut(&(old.shelf, old.kind))
        {
            *count = count.saturating_sub(1);
        }
        let Some(it) = changed.item else { return };
        // A press on "useful" is counted (`Store::opinions`): there is nothing to read or decide.
        if it.kind == Kind::Feedback && it.body.is_empty() {
            return;
        }
        let shelf = Shelf::of(it.state, it.held, it.unread);
        let words = it.page.as_str().replace('-', " ");
        let text = folded(&format!("{}\n{}\n{words}", it.name, it.body)).into_boxed_str();
        *self.counts.entry((shelf, it.kind)).or_default() += 1;
        let sign = Sign::of(&text);
        let (kind, page) = (it.kind, it.page);
        self.entries.insert(key, Entry { shelf, kind, page, sign, text });
    }

    /// What fits: those that wait the oldest first, those that were decided on the latest first.
    pub fn find(&self, question: &Question, kinds: &[Kind]) -> Vec<&Slug> {
        let query = folded(&question.q);
        let words: Vec<Finder> = query.split_whitespace().map(Finder::new).collect();
        let wanted = query.split_whitespace().fold(Sign::default(), |all, it| all.with(it));
        let fits = |it: &Entry| {
            it.shelf == question.state
                && kinds.contains(&it.kind)
                && question.about.as_ref().is_none_or(|about| *about == it.page)
                && it.sign.holds(&wanted)
                && words.iter().all(|word| word.find(it.text.as_bytes()).is_some())
        };
        let found = self.entries.iter().filter(|it| fits(it.1)).map(|it| &it.0.1);
        match question.state {
            Shelf::Pending | Shelf::Held | Shelf::Unread => found.collect(),
            Shelf::Approved | Shelf::Rejected => found.rev().collect(),
        }
    }

    pub fn count(&self, shelf: Shelf, kind: Kind) -> u32 {
        self.counts.get(&(shelf, kind)).copied().unwrap_or_default()
    }

    /// When the oldest came that waits.
    pub fn oldest(&self, kinds: &[Kind]) -> Option<i64> {
        let waits = |it: &Entry| it.shelf == Shelf::Pending && kinds.contains(&it.kind);
        // None waits most of the time: then there is nothing to look for.
        let any = kinds.iter().any(|it| 0 < self.count(Shelf::Pending, *it));
        any.then(|| self.entries.iter().find(|it| waits(it.1)).map(|it| it.0.0)).flatten()
    }
}

/// Which three letters stand together in a text, as far as 1,024 bits can tell: what lacks those of a
/// rare word need not be read.
#[derive(Clone, Copy, Default)]
struct Sign([u64; 16]);

impl Sign {
    fn of(text: &str) -> Sign {
        Sign::default().with(text)
    }

    fn with(mut self, text: &str) -> Sign {
        for three in text.as_bytes().windows(3) {
            // FNV-1a.
            let hash = three.iter().fold(0x811c_9dc5_u32, |hash, byte| {
                (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
            });
            let bit = (hash ^ (hash >> 16)) & 1_023;
            if let Some(word) = self.0.get_mut(usize::try_from(bit >> 6).unwrap_or_default()) {
                *word |= 1 << (bit & 63);
            }
        }
        self
    }

    fn holds(&self, other: &Sign) -> bool {
        self.0.iter().zip(&other.0).all(|(mine, theirs)| mine & theirs == *theirs)
    }
}

/// Without case and accents; an apostrophe is one, whichever was typed.
fn folded(text: &str) -> String {
    fold(text).replace('’', "'")
}

#[cfg(test)]
mod tests {
    use contract::receipt::State;

    use super::*;
    use crate::contributions::Contribution;

    fn slug(text: &str) -> Slug {
        Slug::try_from(text).unwrap()
    }

    fn changed(id: &str, at: i64, state: State, body: &str) -> Changed {
        let item = Contribution {
            id: slug(id),
            kind: Kind::Comment,
            state,
            page: slug("cellules-car-t"),
            parent: None,
            name: "Zoé".to_owned(),
            email: None,
            body: body.to_owned(),
            useful: None,
            institute: false,
            findings: String::new(),
            held: false,
            unread: false,
            masked: false,
            reply: None,
            created_ms: at,
            changed_ms: at,
            subject: None,
            treatments: None,
            ties: None,
            expires_ms: None,
            consent: None,
            consented_ms: None,
        };
        Changed { change: at, id: id.to_owned(), created_ms: at, item: Some(item) }
    }

    fn filled() -> Index {
        let mut index = Index::default();
        index.put(changed("c", 3, State::Pending, "L’immunité des œufs"));
        index.put(changed("a", 1, State::Pending, "Un rhume"));
        index.put(changed("b", 2, State::Approved, "Un œdème"));
        index.put(changed("d", 4, State::Approved, "Un rhume"));
        index
    }

    #[track_caller]
    fn check(index: &Index, state: Shelf, q: &str, ids: &[&str]) {
        let question = Question { state, q: q.to_owned(), ..Question::default() };
        let found = index.find(&question, &Kind::ALL);
        assert_eq!(found.iter().map(|it| it.as_str()).collect::<Vec<_>>(), ids, "{q}");
    }

    #[test]
    fn every_word_must_be_there_in_whatever_case_and_accent() {
        let index = filled();
        check(&index, Shelf::Pending, "", &["a", "c"]);
        check(&index, Shelf::Approved, "", &["d", "b"]);
        check(&index, Shelf::Pending, "L'IMMUNITE oeuf", &["c"]);
        check(&index, Shelf::Pending, "zoe rhum", &["a"]);
        check(&index, Shelf::Pending, "car cellules", &["a", "c"]);
        check(&index, Shelf::Pending, "rhume œufs", &[]);
        check(&index, Shelf::Pending, "\u{301} %_\\", &[]);
        let about = |page: &str| Question { about: Some(slug(page)), ..Question::default() };
        assert_eq!(index.find(&about("cellules-car-t"), &Kind::ALL).len(), 2);
        assert!(index.find(&about("cellules"), &Kind::ALL).is_empty(), "a page is named whole");
        assert_eq!(index.find(&Question::default(), &[Kind::Feedback]), Vec::<&Slug>::new());
    }

    #[test]
    fn an_opinion_without_words_waits_for_nobody() {
        let mut index = Index::default();
        for (id, body) in [("a", ""), ("b", "Trop long.")] {
            let mut it = changed(id, 1, State::Pending, body);
            it.item.as_mut().unwrap().kind = Kind::Feedback;
            index.put(it);
        }
        check(&index, Shelf::Pending, "", &["b"]);
        assert_eq!(index.count(Shelf::Pending, Kind::Feedback), 1);
    }

    #[test]
    fn what_changes_moves_and_what_is_erased_is_forgotten() {
        let mut index = filled();
        assert_eq!(index.count(Shelf::Pending, Kind::Comment), 2);
        assert_eq!(index.oldest(&Kind::ALL), Some(1));
        index.put(changed("a", 1, State::Rejected, "Un rhume"));
        assert_eq!(index.count(Shelf::Pending, Kind::Comment), 1);
        assert_eq!(index.count(Shelf::Rejected, Kind::Comment), 1);
        assert_eq!(index.oldest(&Kind::ALL), Some(3));
        assert_eq!(index.oldest(&[Kind::Feedback]), None);
        index.put(Changed { change: 9, id: "c".to_owned(), created_ms: 3, item: None });
        check(&index, Shelf::Pending, "", &[]);
        assert_eq!(index.count(Shelf::Pending, Kind::Comment), 0);
        assert_eq!(index.oldest(&Kind::ALL), None);
    }
}
