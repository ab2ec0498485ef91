//! Each term that the site declares takes away what it says after its days, and not before; and the
//! server does it by itself.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use contract::{
    desk::Role,
    receipt::{Kind, State},
    slug::Slug,
};
use directory::sample::sample;
use gazetteer::Gazetteer;
use server::{
    clock,
    config::Config,
    people::lifetimes,
    privacy::{self, Erases, Since, TRACE_DAYS, Term},
};
use store::{
    Store,
    contributions::{Contribution, Decided, Decision, NewContribution, Particulars},
    directory::{Brought, Entry},
    moderators::{By, Ended, Step},
    uploads::Upload,
};
use tempfile::TempDir;

use crate::{
    durable,
    support::{SITE, database, wait},
};

const DAY: i64 = 86_400_000;
/// Later than any term.
const LONG: i64 = 1_700 * DAY;

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

/// A database, and a moment so long ago that every term after it has ended.
struct Past {
    store: Store,
    start: i64,
    _folder: TempDir,
}

impl Past {
    fn new() -> Past {
        let folder = tempfile::tempdir().unwrap();
        let store = wait(Store::open(&database(folder.path()))).unwrap();
        Past { store, start: clock::now_ms() - 2 * LONG, _folder: folder }
    }

    /// What the daily job does at a moment, and the task that looks at what expires.
    fn apply(&self, at: i64) {
        wait(lifetimes::apply(&self.store, at)).unwrap();
        wait(self.store.erase_expired(at)).unwrap();
    }

    fn item(&self) -> Option<Contribution> {
        wait(self.store.contribution(&slug("a"))).unwrap()
    }

    /// How many rows of a table are copied.
    fn rows(&self, table: &str) -> usize {
        let mut copy = Vec::new();
        wait(self.store.back_up(&mut copy)).unwrap();
        let named = format!("\"table\":\"{table}\"");
        String::from_utf8(copy).unwrap().lines().filter(|it| it.contains(&named)).count()
    }
}

/// Sends an item with that name.
async fn send(store: &Store, id: &str, kind: Kind, at: i64, expires_ms: Option<i64>) {
    let (id, page) = (slug(id), slug("fievre"));
    let new = NewContribution {
        id: &id,
        kind,
        page: &page,
        parent: None,
        name: "Une lectrice",
        email: Some("lectrice@example.org"),
        body: "Merci.",
        useful: None,
        consent: Some("1"),
        findings: "",
        now_ms: at,
        receipt_hash: id.as_str(),
        request_hash: None,
        particulars: Particulars { expires_ms, ..Default::default() },
    };
    store.add_contribution(&new).await.unwrap();
}

async fn decide(store: &Store, decision: Decision, at: i64) {
    let seen = store.contribution(&slug("a")).await.unwrap().unwrap().changed_ms;
    let done = store.decide(&slug("a"), seen, decision, "anne", None, at).await.unwrap();
    assert_eq!(done, Decided::Done);
}

/// One item of a kind and in a state, which only this term concerns: it counts from `past.start`.
fn stage(past: &Past, kind: Kind, term: &Term, state: State) {
    let start = past.start;
    // What the term does not count from lies elsewhere, where it would be seen to be mistaken.
    let (sent, decided) = match term.since {
        Since::Decided => (start - 100 * DAY, start),
        Since::Sent => (start, start + 7 * DAY),
        Since::Expired => (start - 10 * DAY, start - 5 * DAY),
    };
    let expires = if term.since == Since::Expired { start } else { start + LONG };
    let expires = (kind == Kind::Testimonial).then_some(expires);
    wait(async {
        send(&past.store, "a", kind, sent, expires).await;
        match state {
            State::Pending => {}
            State::Approved => decide(&past.store, Decision::Approve, decided).await,
            State::Rejected => decide(&past.store, Decision::Reject, decided).await,
        }
    });
}

#[track_caller]
fn check(kind: Kind, term: &Term, state: State) {
    let (past, about) = (Past::new(), format!("{kind:?}, {state:?}: {term:?}"));
    stage(&past, kind, term, state);
    let end = past.start + i64::from(term.days) * DAY;
    // Until the last moment. What expires at a moment is over with it.
    let last = if term.since == Since::Expired { end - 1 } else { end };
    past.apply(last);
    let it = past.item().unwrap_or_else(|| panic!("{about}: too early"));
    assert_eq!((&*it.body, it.state), ("Merci.", state), "{about}");
    if term.erases == Erases::Email {
        assert!(it.email.is_some(), "{about}: too early");
    }
    past.apply(last + 1);
    match term.erases {
        Erases::Email => {
            let it = past.item().unwrap_or_else(|| panic!("{about}: more than the address"));
            assert_eq!((it.email, &*it.body), (None, "Merci."), "{about}");
        }
        Erases::All => {
            assert_eq!(past.item(), None, "{about}: too late");
            // And in its time the last trace of it.
            let trace = last + 1 + i64::from(TRACE_DAYS) * DAY;
            past.apply(trace);
            assert_eq!(past.rows("contributions"), 1, "{about}: its trace, too early");
            past.apply(trace + 1);
            assert_eq!(past.rows("contributions"), 0, "{about}: its trace");
        }
    }
}

#[test]
fn every_term_of_every_kind_and_state_ends_when_it_says() {
    let mut checked = 0;
    for (kind, terms) in privacy::terms() {
        for term in terms {
            let states = term.state.map_or(State::ALL.to_vec(), |it| vec![it]);
            for state in states {
                check(kind, term, state);
                checked += 1;
            }
        }
    }
    assert!(Kind::ALL.len() * State::ALL.len() <= checked, "{checked}: every state ends");
}

/// Whether something is there still.
type There = Box<dyn Fn(&Past) -> bool>;

/// Keeps something of `record` that its term counts from `start`; returns whether it is there.
fn standing(past: &Past, record: &str, since: &str) -> Option<There> {
    let (store, start) = (&past.store, past.start);
    let by = |now_ms| By { actor: "essai", now_ms };
    let never = Ended { created_before_ms: 0, seen_before_ms: 0 };
    let account = async |made: i64| {
        store.add_moderator("anne", "hash", Role::Editor, by(made)).await.unwrap();
        store.moderator("anne").await.unwrap().unwrap()
    };
    let there: There = match (record, since) {
        ("mails", "ended") => {
            wait(async {
                send(store, "a", Kind::Report, start - DAY, None).await;
                let mail = store.claim_mail(start - DAY, 1_000).await.unwrap().unwrap();
                assert!(store.mail_sent(&mail, start).await.unwrap());
            });
            Box::new(|past| past.rows("mails") == 1)
        }
        ("team", "opened") => {
            wait(async {
                let anne = account(start - DAY).await;
                assert!(store.open_session("token", &anne, never, start).await.unwrap());
                // Used since: that does not count.
                store.see_session("token", start + DAY).await.unwrap();
            });
            Box::new(move |past| wait(past.store.session("token", never)).unwrap().is_some())
        }
        ("team", "closed") => {
            wait(async {
                account(start - 100 * DAY).await;
                store.change_account("anne", Step::Disable, by(start)).await.unwrap();
            });
            Box::new(|past| past.rows("moderators") == 1)
        }
        ("team", "decided") => {
            wait(account(start));
            Box::new(|past| past.rows("decisions") == 1)
        }
        ("directory", "archived") => {
            let made = sample(Gazetteer::embedded().unwrap(), 1, 1)
                .into_iter()
                .take(1)
                .map(|it| Entry { external_id: it.external_id, practitioner: it.practitioner });
            let made: Vec<Entry> = made.collect();
            for (entries, at) in [(&made[..], start - DAY), (&made[..0], start)] {
                let brought = Brought { entries, source: "a.csv", expected: None, by: by(at) };
                wait(store.import_directory(brought)).unwrap().unwrap();
            }
            Box::new(|past| past.rows("practitioners") == 1)
        }
        ("directory", "uploaded") => {
            let upload = Upload {
                moderator: "anne".to_owned(),
                created_ms: start,
                version: 0,
                source: "a".to_owned(),
                day: "2020-01-01".to_owned(),
                content: "a".to_owned(),
            };
            wait(store.keep_upload("token", &upload, 0)).unwrap();
            Box::new(|past| wait(past.store.upload("token", "anne", 0)).unwrap().is_some())
        }
        // On the reader's own device, and in memory: in no database.
        ("device", _) | ("limits", _) => return None,
        (record, since) => panic!("nothing looks whether {record} ends after {since}"),
    };
    Some(there)
}

#[test]
fn every_other_term_ends_when_it_says() {
    let config = Config::parse(SITE, std::path::Path::new("site.toml"), None).unwrap();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|it| it.name()).collect();
    let mut checked = 0;
    for record in privacy::declaration(&config).records {
        // Those have a test of their own.
        if kinds.contains(&record.name.as_str()) {
            continue;
        }
        for term in &record.lifetimes {
            let (past, about) = (Past::new(), format!("{}: {term:?}", record.name));
            let Some(there) = standing(&past, &record.name, &term.since) else { continue };
            let end = past.start + i64::from(term.days) * DAY;
            assert!(there(&past), "{about}: it was never there");
            // Of what is forgotten with its last moment, that moment is the end.
            past.apply(end - 1);
            assert!(there(&past), "{about}: too early");
            past.apply(end + 1);
            assert!(!there(&past), "{about}: too late");
            checked += 1;
        }
    }
    assert_eq!(checked, 6);
}

#[test]
fn a_server_that_starts_erases_what_is_over_by_itself() {
    let folder = durable::scene();
    let data = folder.path().join("data");
    std::fs::create_dir_all(&data).unwrap();
    let address = store::Address::in_folder(&data);
    let now = clock::now_ms();
    let keep = |id: &str, kind, at, expires_ms| {
        let store = wait(Store::open(&address)).unwrap();
        wait(send(&store, id, kind, at, expires_ms));
        wait(store.close());
    };
    keep("old", Kind::Comment, now - 181 * DAY, None);
    keep("young", Kind::Comment, now - 179 * DAY, None);
    keep("expired", Kind::Testimonial, now - 20 * DAY, Some(now - 1));
    keep("lasting", Kind::Testimonial, now - 20 * DAY, Some(now + DAY));
    let server = durable::start(folder.path());
    server.wait_for_log("erased by age");
    server.wait_for_log("testimonials erased");
    server.terminate();
    server.end();
    let store = wait(Store::open(&address)).unwrap();
    for (id, there) in [("old", false), ("young", true), ("expired", false), ("lasting", true)] {
        let found = wait(store.contribution(&slug(id))).unwrap();
        assert_eq!(found.is_some(), there, "{id}");
    }
}

#[test]
fn a_server_that_goes_on_erases_when_the_day_has_come() {
    let past = Past::new();
    let end = past.start + 180 * DAY;
    wait(send(&past.store, "a", Kind::Comment, past.start, None));
    let now = Arc::new(AtomicI64::new(end));
    let (rounds, asked) = (Arc::new(AtomicI64::new(0)), now.clone());
    let counted = rounds.clone();
    let store = past.store.clone();
    wait(async {
        lifetimes::follow(store, Duration::from_millis(10), move || {
            counted.fetch_add(1, Ordering::Relaxed);
            asked.load(Ordering::Relaxed)
        });
    });
    let start = Instant::now();
    let until = |done: &dyn Fn() -> bool| {
        while !done() {
            assert!(start.elapsed().as_secs() < 60, "it does not go on");
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    until(&|| 3 <= rounds.load(Ordering::Relaxed));
    assert!(past.item().is_some(), "the last day is not over");
    now.store(end + 1, Ordering::Relaxed);
    until(&|| past.item().is_none());
    // What finds no database asks again in an hour, and not in ten milliseconds.
    wait(past.store.close());
}

/// As it runs, it is daily.
const _: () = assert!(lifetimes::EVERY.as_secs() <= 86_400);
