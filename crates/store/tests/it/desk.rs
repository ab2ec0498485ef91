//! What the moderators' desk asks of the store, on both engines.

use contract::{
    desk::Role,
    receipt::{Kind, State},
    slug::Slug,
};
use store::{
    Store,
    contributions::{Change, Decided, Decision, NewContribution},
    moderators::{By, Ended, Step, Stepped},
};

use crate::support::Database;

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

async fn send(store: &Store, id: &str, now_ms: i64) {
    let (id, page) = (slug(id), slug("fievre"));
    let new = NewContribution {
        id: &id,
        kind: Kind::Comment,
        page: &page,
        parent: None,
        name: "Une lectrice",
        email: None,
        body: "Merci",
        useful: None,
        consent: Some("1"),
        findings: "",
        now_ms,
        receipt_hash: id.as_str(),
        request_hash: None,
        particulars: Default::default(),
    };
    store.add_contribution(&new).await.unwrap();
}

async fn decide(store: &Store, id: &str, decision: Decision, reply: Option<&str>) -> i64 {
    let id = slug(id);
    let seen = store.contribution(&id).await.unwrap().unwrap().changed_ms;
    let done = store.decide(&id, seen, decision, "anne", reply, seen + 10).await.unwrap();
    assert_eq!(done, Decided::Done);
    seen + 10
}

#[tokio::test]
async fn a_decision_is_taken_back_to_exactly_what_was() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, "a", 10).await;
        decide(&store, "a", Decision::Hold, None).await;
        let before = store.contribution(&slug("a")).await.unwrap().unwrap();
        let at = decide(&store, "a", Decision::Reject, Some("Non, merci.")).await;
        let undone = store.undo(&slug("a"), at, "zoé", 1).await.unwrap();
        assert_eq!(undone, Decided::Done, "{engine}");
        let after = store.contribution(&slug("a")).await.unwrap().unwrap();
        assert_eq!((after.state, after.held, &after.reply), (State::Pending, true, &None));
        assert!(before.changed_ms < after.changed_ms, "{engine}");
        // Written down, and not itself taken back.
        let again = store.undo(&slug("a"), after.changed_ms, "zoé", 1).await.unwrap();
        assert_eq!(again, Decided::Changed, "{engine}");
        let history = store.history(&slug("a")).await.unwrap();
        let told: Vec<_> =
            history.iter().map(|it| (it.actor.as_str(), it.action.as_str())).collect();
        assert_eq!(told, [("anne", "hold"), ("anne", "reject"), ("zoé", "undo")], "{engine}");
        assert_eq!(history[2].detail, "reject");
        assert_eq!(store.journal(2, 0).await.unwrap()[0], history[2], "{engine}");
        assert_eq!(store.journal(2, 2).await.unwrap(), [history[0].clone()], "{engine}");
        assert_eq!(store.journal_length().await.unwrap(), 3, "{engine}");
    }
}

#[tokio::test]
async fn a_decision_stays_once_something_else_has_changed() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, "a", 10).await;
        let held = decide(&store, "a", Decision::Hold, None).await;
        // Its author changes it; another moderator decides; it is erased.
        let change =
            Change { name: "Ana", email: None, body: "Autre", findings: "", ..Change::default() };
        assert!(store.change_contribution("a", change, held + 1).await.unwrap());
        for seen in [held, held + 1] {
            let undone = store.undo(&slug("a"), seen, "anne", 1).await.unwrap();
            assert_eq!(undone, Decided::Changed, "{engine}");
        }
        let approved = decide(&store, "a", Decision::Approve, None).await;
        decide(&store, "a", Decision::Reject, None).await;
        let undone = store.undo(&slug("a"), approved, "anne", 1).await.unwrap();
        assert_eq!(undone, Decided::Changed, "{engine}");
        let erased = decide(&store, "a", Decision::Erase, None).await;
        let undone = store.undo(&slug("a"), erased, "anne", 1).await.unwrap();
        assert_eq!(undone, Decided::Gone, "{engine}");
        assert_eq!(store.kind_of(&slug("a")).await.unwrap(), Some(Kind::Comment), "{engine}");
        assert_eq!(store.undo(&slug("b"), 1, "anne", 1).await.unwrap(), Decided::Gone, "{engine}");
    }
}

#[tokio::test]
async fn of_two_who_take_back_at_once_one_does() {
    for database in Database::each() {
        let store = database.open().await;
        send(&store, "a", 10).await;
        let at = decide(&store, "a", Decision::Approve, None).await;
        let id = slug("a");
        let (one, other) =
            tokio::join!(store.undo(&id, at, "anne", 50), store.undo(&id, at, "zoé", 50));
        let mut done = [one.unwrap(), other.unwrap()];
        done.sort_by_key(|it| *it != Decided::Done);
        assert_eq!(done, [Decided::Done, Decided::Changed], "{}", database.engine);
    }
}

/// Ids of what has changed, read a few at a time.
async fn changed(store: &Store, mut last: (i64, String)) -> (Vec<String>, (i64, String)) {
    let mut ids = Vec::new();
    loop {
        let found = store.changed_since((last.0, &last.1), 2).await.unwrap();
        if found.is_empty() {
            return (ids, last);
        }
        for it in found {
            let erased = if it.item.is_some() { "" } else { " erased" };
            ids.push(format!("{}{erased}", it.id));
            last = (it.change, it.id);
        }
    }
}

#[tokio::test]
async fn whoever_follows_the_changes_misses_none() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        for id in ["c", "a", "b"] {
            send(&store, id, 10).await;
        }
        let (ids, last) = changed(&store, (-1, String::new())).await;
        assert_eq!(ids, ["c", "a", "b"], "{engine}");
        decide(&store, "a", Decision::Approve, None).await;
        let change =
            Change { name: "Ana", email: None, body: "Autre", findings: "", ..Change::default() };
        assert!(store.change_contribution("c", change, 20).await.unwrap());
        assert!(store.erase_contribution("b", 30).await.unwrap());
        let (ids, last) = changed(&store, last).await;
        assert_eq!(ids, ["a", "c", "b erased"], "{engine}");
        // Sent by many at once, while somebody looks.
        let many = async {
            let all = (0..20).map(|it| {
                let store = store.clone();
                tokio::spawn(async move { send(&store, &format!("n{it}"), 40).await })
            });
            for it in all.collect::<Vec<_>>() {
                it.await.unwrap();
            }
        };
        let ((mut seen, last), ()) = tokio::join!(changed(&store, last), many);
        seen.extend(changed(&store, last).await.0);
        seen.sort();
        let mut all: Vec<String> = (0..20).map(|it| format!("n{it}")).collect();
        all.sort();
        assert_eq!(seen, all, "{engine}");
    }
}

#[tokio::test]
async fn items_are_fetched_by_name() {
    for database in Database::each() {
        let store = database.open().await;
        for id in ["a", "b", "c"] {
            send(&store, id, 10).await;
        }
        decide(&store, "b", Decision::Erase, None).await;
        let ids = ["c", "b", "a", "x"].map(slug);
        let mut found: Vec<String> =
            store.contributions(&ids).await.unwrap().iter().map(|it| it.id.to_string()).collect();
        found.sort();
        assert_eq!(found, ["a", "c"], "{}", database.engine);
        assert_eq!(store.contributions(&[]).await.unwrap(), []);
    }
}

const BY: By<'static> = By { actor: "essai", now_ms: 100 };
const NEVER: Ended = Ended { created_before_ms: 0, seen_before_ms: 0 };

#[tokio::test]
async fn an_account_is_added_once_and_written_down() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        assert!(store.add_moderator("Zoé", "hash", Role::Editor, BY).await.unwrap(), "{engine}");
        let again = store.add_moderator("Zoé", "other", Role::Admin, BY).await.unwrap();
        assert!(!again, "{engine}");
        let it = store.moderator("Zoé").await.unwrap().unwrap();
        assert_eq!((it.role, it.password.as_str()), (Role::Editor, "hash"), "{engine}");
        assert!(!format!("{it:?}").contains("hash"));
        assert_eq!(store.moderator("zoé").await.unwrap(), None, "{engine}");
        assert!(store.set_password("Zoé", "new", BY).await.unwrap(), "{engine}");
        for _ in 0..2 {
            let done = store.change_account("Zoé", Step::Disable, BY).await.unwrap();
            assert_eq!(done, Stepped::Done, "{engine}");
        }
        assert!(!store.set_password("Ana", "new", BY).await.unwrap(), "{engine}");
        let told: Vec<_> =
            store.journal(9, 0).await.unwrap().into_iter().map(|it| it.action).collect();
        assert_eq!(told, ["moderator_disable", "moderator_password", "moderator_add"], "{engine}");
        assert_eq!(store.moderators().await.unwrap().len(), 1, "{engine}");
    }
}

#[tokio::test]
async fn a_session_ends_by_time_by_sign_out_and_with_its_account() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        store.add_moderator("ana", "hash", Role::Moderator, BY).await.unwrap();
        let ana = store.moderator("ana").await.unwrap().unwrap();
        for token in ["one", "two", "three"] {
            assert!(store.open_session(token, &ana, NEVER, 1_000).await.unwrap(), "{engine}");
        }
        let found = store.session("one", NEVER).await.unwrap().unwrap();
        assert_eq!((found.moderator.as_str(), found.role), ("ana", Role::Moderator), "{engine}");
        assert_eq!(store.session("four", NEVER).await.unwrap(), None, "{engine}");
        // Used at 2,000: it is idle after that, and old after 1,000.
        store.see_session("one", 2_000).await.unwrap();
        let ended = |created_before_ms, seen_before_ms| Ended { created_before_ms, seen_before_ms };
        assert!(store.session("one", ended(999, 1_999)).await.unwrap().is_some(), "{engine}");
        assert!(store.session("one", ended(999, 2_000)).await.unwrap().is_none(), "{engine}");
        assert!(store.session("one", ended(1_000, 0)).await.unwrap().is_none(), "{engine}");
        store.close_session("two").await.unwrap();
        assert_eq!(store.session("two", NEVER).await.unwrap(), None, "{engine}");
        // What has ended is forgotten with the next sign-in.
        assert!(store.open_session("four", &ana, ended(0, 1_500), 3_000).await.unwrap());
        assert_eq!(store.session("three", NEVER).await.unwrap(), None, "{engine}");
        assert_eq!(store.close_sessions("ana").await.unwrap(), 2, "{engine}");
        // Another password, or none: whoever was let in with the old one is out.
        assert!(store.open_session("five", &ana, NEVER, 4_000).await.unwrap());
        store.set_password("ana", "new", BY).await.unwrap();
        assert_eq!(store.session("five", NEVER).await.unwrap(), None, "{engine}");
        assert!(!store.open_session("six", &ana, NEVER, 5_000).await.unwrap(), "{engine}");
        let ana = store.moderator("ana").await.unwrap().unwrap();
        assert!(store.open_session("seven", &ana, NEVER, 5_000).await.unwrap());
        store.change_account("ana", Step::Disable, BY).await.unwrap();
        assert_eq!(store.session("seven", NEVER).await.unwrap(), None, "{engine}");
        assert!(!store.open_session("eight", &ana, NEVER, 6_000).await.unwrap(), "{engine}");
    }
}
