//! Whatever is done in whatever order: nobody sees a byte of what nobody has approved, and everybody
//! sees what somebody has.
//!
//! Every field that is sent holds a word of its own. After each step all public answers are read, and
//! the words that stand there are exactly those that should.

mod acts;
mod check;
mod world;

use std::{env, fs};

use contract::{desk::Verdict, receipt::Kind};
use proptest::prelude::*;
use server::{
    export::{ApiPlace, export},
    people::lifetimes,
    privacy::DECISION_DAYS,
};
use tempfile::TempDir;

use crate::support::{files, nobody, wait};
use world::{Engine, Fate, World, words};

/// What somebody does. Numbers choose among what was sent by then, in turn.
#[derive(Clone, Debug)]
enum Act {
    Send {
        kind: Kind,
        article: usize,
        by_form: bool,
    },
    Answer {
        to: usize,
        by_form: bool,
    },
    Edit {
        which: usize,
        by_form: bool,
    },
    Erase {
        which: usize,
        by_form: bool,
    },
    Decide {
        which: usize,
        verdict: Verdict,
    },
    /// A testimonial whose last day is over, approved before anything has erased it.
    Lapse,
    /// Days go by, and what has a term is done.
    Wait {
        days: i64,
    },
    /// The site goes on elsewhere, out of a copy.
    Restart,
}

fn which() -> impl Strategy<Value = usize> {
    0..8_usize
}

fn act() -> impl Strategy<Value = Act> {
    let kind = prop_oneof![
        5 => Just(Kind::Comment),
        3 => Just(Kind::Testimonial),
        1 => Just(Kind::Feedback),
        1 => Just(Kind::Message),
        1 => Just(Kind::Report),
    ];
    let verdict = prop_oneof![
        6 => Just(Verdict::Approve),
        2 => Just(Verdict::Institute),
        2 => Just(Verdict::Reject),
        2 => Just(Verdict::Hold),
        2 => Just(Verdict::Reopen),
        3 => Just(Verdict::Undo),
        1 => Just(Verdict::Erase),
    ];
    let decide = (which(), verdict).prop_map(|(which, verdict)| Act::Decide { which, verdict });
    let days = prop::sample::select(vec![1_i64, 40, 200, 400, 1_200]);
    prop_oneof![
        6 => (kind, 0..2_usize, any::<bool>())
            .prop_map(|(kind, article, by_form)| Act::Send { kind, article, by_form }),
        3 => (which(), any::<bool>()).prop_map(|(to, by_form)| Act::Answer { to, by_form }),
        2 => (which(), any::<bool>()).prop_map(|(which, by_form)| Act::Edit { which, by_form }),
        2 => (which(), any::<bool>()).prop_map(|(which, by_form)| Act::Erase { which, by_form }),
        8 => decide,
        1 => Just(Act::Lapse),
        1 => days.prop_map(|days| Act::Wait { days }),
        1 => Just(Act::Restart),
    ]
}

impl World {
    fn play(&mut self, act: &Act) -> Result<(), TestCaseError> {
        match act {
            Act::Send { kind, article, by_form } => self.send(*kind, *article, None, *by_form),
            Act::Answer { to, by_form } => match self.pick(*to) {
                Some(at) if self.items[at].kind == Kind::Comment => self.answer(at, *by_form),
                _ => Ok(()),
            },
            Act::Edit { which, by_form } => match self.pick(*which) {
                Some(at) => self.edit(at, *by_form),
                None => Ok(()),
            },
            Act::Erase { which, by_form } => match self.pick(*which) {
                Some(at) => self.erase(at, *by_form),
                None => Ok(()),
            },
            Act::Decide { which, verdict } => match self.pick(*which) {
                Some(at) => self.decide(at, *verdict),
                None => Ok(()),
            },
            Act::Lapse => {
                self.lapse();
                Ok(())
            }
            Act::Wait { days } => {
                let later = server::clock::now_ms() + days * 86_400_000;
                wait(self.store.erase_expired(later)).unwrap();
                // The journal alone is kept by the database's own clock, and goes last.
                let done = wait(lifetimes::apply(&self.store, later));
                assert!(done.is_ok() || i64::from(DECISION_DAYS) < *days, "{done:?}");
                self.aged();
                // A session goes too, and an account of so long ago.
                self.sign_in();
                Ok(())
            }
            Act::Restart => {
                self.restart();
                Ok(())
            }
        }
    }
}

fn story(engine: Engine, acts: &[Act]) -> Result<(), TestCaseError> {
    let mut world = World::new(engine);
    for (at, act) in acts.iter().enumerate() {
        world.play(act)?;
        world.check(&format!("after step {at}, {act:?}"), at + 1 == acts.len())?;
    }
    Ok(())
}

fn cases(most: u32) -> ProptestConfig {
    // More of them on demand, as proptest's own settings are read.
    let cases = env::var("PROPTEST_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(most);
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn only_what_is_approved_is_public_whatever_happens(acts in prop::collection::vec(act(), 1..14)) {
        story(Engine::Sqlite, &acts)?;
    }
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn the_same_holds_on_postgresql(acts in prop::collection::vec(act(), 1..12)) {
        story(Engine::Postgres, &acts)?;
    }
}

/// The long way round, which chance may not take: so that the words are seen to be looked for.
#[test]
fn every_kind_through_every_state() {
    let mut world = World::new(Engine::Sqlite);
    let mut play = |acts: &[Act]| {
        for act in acts {
            world.play(act).unwrap();
            world.check(&format!("{act:?}"), true).unwrap();
        }
        world.items.iter().map(|it| it.fate).collect::<Vec<_>>()
    };
    let send = |kind| Act::Send { kind, article: 0, by_form: true };
    let fates = play(&Kind::ALL.map(send));
    assert_eq!(fates, [Fate::Pending; 5]);
    let all = |verdict| [0, 1, 2, 3, 4].map(|which| Act::Decide { which, verdict });
    let fates = play(&all(Verdict::Approve));
    let shown = fates.iter().filter(|it| **it == Fate::Approved).count();
    assert!(2 <= shown, "a comment and a testimonial at least: {fates:?}");
    let comment = Kind::ALL.iter().position(|it| *it == Kind::Comment).unwrap();
    let fates = play(&[
        Act::Answer { to: comment, by_form: false },
        Act::Decide { which: 5, verdict: Verdict::Approve },
        Act::Decide { which: comment, verdict: Verdict::Reject },
        Act::Decide { which: comment, verdict: Verdict::Undo },
        Act::Restart,
        Act::Erase { which: comment, by_form: true },
        Act::Lapse,
        Act::Wait { days: 400 },
    ]);
    assert_eq!((fates[comment], fates[5]), (Fate::Erased, Fate::Approved));
    assert!(!world.shown_words().is_empty(), "the answer stands in its place");
    play_all_roles(&mut world);
}

/// What is not public is so for everybody who is not signed in.
fn play_all_roles(world: &mut World) {
    for path in ["/moderation", "/moderation/journal"] {
        assert_eq!(world.site.get(path).status, 303, "{path}");
    }
    for path in ["/api/v1/moderation", "/api/v1/moderation/journal"] {
        let answer = world.site.get(path);
        assert_eq!(answer.status, 401, "{path}");
        assert!(words(answer.text()).is_empty(), "{path}");
    }
    // And the words are there for who is.
    assert!(!words(&world.desk()).is_empty());
}

#[test]
fn a_static_export_holds_nothing_of_it() {
    let mut world = World::new(Engine::Sqlite);
    for kind in Kind::ALL {
        world.send(kind, 0, None, false).unwrap();
    }
    for at in 0..Kind::ALL.len() {
        world.decide(at, Verdict::Approve).unwrap();
    }
    world.send(Kind::Comment, 0, None, false).unwrap();
    assert!(!world.shown_words().is_empty());
    let folder: TempDir = tempfile::tempdir().unwrap();
    wait(export(world.snapshot(), &nobody(), folder.path(), &ApiPlace::Files)).unwrap();
    let all = files(folder.path());
    assert!(20 < all.len());
    for file in all {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        assert!(words(&text).is_empty(), "{}", file.display());
    }
}
