//! What goes by its age, and what stays, on both engines.

use contract::{
    desk::Role,
    receipt::{Kind, State},
    slug::Slug,
};
use store::{
    Store,
    contributions::{Added, Aged, Decided, Decision, NewContribution, Queue},
    moderators::{By, Ended, Step},
};

use crate::support::{Database, threads};

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

async fn send(store: &Store, kind: Kind, id: &str, parent: Option<&str>, now_ms: i64) {
    let (id, page, parent) = (slug(id), slug("fievre"), parent.map(slug));
    let new = NewContribution {
        id: &id,
        kind,
        page: &page,
        parent: parent.as_ref(),
        name: "Une lectrice",
        email: Some("lectrice@example.org"),
        body: "Merci.",
        useful: None,
        consent: Some("1"),
        particulars: Default::default(),
        findings: "",
        now_ms,
        receipt_hash: id.as_str(),
        request_hash: None,
    };
    assert_eq!(store.add_contribution(&new).await.unwrap(), Added::New);
}

async fn decide(store: &Store, id: &str, decision: Decision, now_ms: i64) {
    let seen = store.contribution(&slug(id)).await.unwrap().unwrap().changed_ms;
    let done = store.decide(&slug(id), seen, decision, "anne", None, now_ms).await.unwrap();
    assert_eq!(done, Decided::Done);
}

async fn left(store: &Store) -> Vec<String> {
    let mut ids = Vec::new();
    for state in State::ALL {
        let queue = Queue { state, kind: None, limit: 100, offset: 0 };
        ids.extend(store.queue(queue).await.unwrap().into_iter().map(|it| it.id.to_string()));
    }
    ids.sort();
    ids
}

fn aged(state: Option<State>, decided: bool, before_ms: i64) -> Aged {
    Aged { kind: Kind::Comment, state, decided, before_ms }
}

#[tokio::test]
async fn only_what_is_too_old_in_its_state_is_erased_and_it_is_written_down() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        for (id, at) in [("old", 10), ("new", 100), ("refused", 10), ("shown", 10)] {
            send(&store, Kind::Comment, id, None, at).await;
        }
        send(&store, Kind::Feedback, "opinion", None, 10).await;
        decide(&store, "refused", Decision::Reject, 90).await;
        decide(&store, "shown", Decision::Approve, 20).await;
        let version = store.contributions_version().await.unwrap();

        let pending = aged(Some(State::Pending), false, 50);
        assert_eq!(store.erase_aged(pending, 200).await.unwrap(), 1, "{engine}");
        assert_eq!(left(&store).await, ["new", "opinion", "refused", "shown"], "{engine}");
        assert!(version < store.contributions_version().await.unwrap(), "{engine}");
        let who = store.decisions(&slug("old")).await.unwrap();
        let expected = (200, "lifetime".to_owned(), "erase".to_owned());
        assert_eq!(who, [expected], "{engine}");

        // Refused lately, though it was sent long ago.
        let refused = aged(Some(State::Rejected), true, 50);
        assert_eq!(store.erase_aged(refused, 200).await.unwrap(), 0, "{engine}");
        assert_eq!(store.erase_aged(pending, 200).await.unwrap(), 0, "{engine}: once is enough");
        let all = aged(None, false, 50);
        assert_eq!(store.erase_aged(all, 201).await.unwrap(), 2, "{engine}");
        assert_eq!(left(&store).await, ["new", "opinion"], "{engine}");
    }
}

#[tokio::test]
async fn an_address_is_forgotten_and_the_message_stays() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        for id in ["a", "b"] {
            send(&store, Kind::Comment, id, None, 10).await;
        }
        decide(&store, "a", Decision::Approve, 20).await;
        let approved = aged(Some(State::Approved), true, 50);
        assert_eq!(store.forget_addresses(approved).await.unwrap(), 1, "{engine}");
        let a = store.contribution(&slug("a")).await.unwrap().unwrap();
        assert_eq!((a.email, &*a.body), (None, "Merci."), "{engine}");
        let b = store.contribution(&slug("b")).await.unwrap().unwrap();
        assert_eq!(b.email.as_deref(), Some("lectrice@example.org"), "{engine}");
    }
}

#[tokio::test]
async fn nothing_is_left_of_the_erased_but_places_that_are_answered() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        for id in ["alone", "answered"] {
            send(&store, Kind::Comment, id, None, 10).await;
            decide(&store, id, Decision::Approve, 20).await;
        }
        send(&store, Kind::Comment, "answer", Some("answered"), 30).await;
        decide(&store, "answer", Decision::Approve, 40).await;
        for id in ["alone", "answered"] {
            assert!(store.erase_contribution(id, 50).await.unwrap(), "{engine}");
        }
        assert_eq!(store.remove_traces(50).await.unwrap(), 0, "{engine}: not yet");
        assert_eq!(store.remove_traces(1_000).await.unwrap(), 1, "{engine}");
        let found = threads(&store, &slug("fievre"), 1, 20).await;
        let shown: Vec<_> =
            found.iter().map(|it| (it.comment.id.as_str(), it.answers.len())).collect();
        assert_eq!(shown, [("answered", 1)], "{engine}");

        assert_eq!(store.remove_decisions(25).await.unwrap(), 2, "{engine}");
        assert_eq!(store.decisions(&slug("answer")).await.unwrap().len(), 1, "{engine}");
    }
}

#[tokio::test]
async fn sessions_closed_accounts_and_what_left_the_directory_go_too() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        let by = |now_ms| By { actor: "test", now_ms };
        for name in ["anne", "zoé"] {
            store.add_moderator(name, "hash", Role::Editor, by(10)).await.unwrap();
        }
        store.change_account("anne", Step::Disable, by(20)).await.unwrap();
        assert_eq!(store.remove_closed_accounts(20).await.unwrap(), 0, "{engine}: not yet");
        assert_eq!(store.remove_closed_accounts(21).await.unwrap(), 1, "{engine}");
        let zoe = store.moderator("zoé").await.unwrap().unwrap();
        assert_eq!(store.moderators().await.unwrap().len(), 1, "{engine}");

        let ended = Ended { created_before_ms: 0, seen_before_ms: 0 };
        assert!(store.open_session("token", &zoe, ended, 30).await.unwrap());
        assert_eq!(store.remove_sessions(30).await.unwrap(), 0, "{engine}: not yet");
        assert_eq!(store.remove_sessions(31).await.unwrap(), 1, "{engine}");
        assert!(store.session("token", ended).await.unwrap().is_none(), "{engine}");
    }
}
