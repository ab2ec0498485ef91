//! What readers send, from its arrival to its end, on both engines.

use contract::{
    receipt::{Kind, State},
    slug::Slug,
};
use store::{
    Store,
    contributions::{Added, Change, Decided, Decision, NewContribution, Particulars, Queue},
};

use crate::support::{Database, counts, threads};

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

/// Sends a comment whose receipt is its id.
async fn send(store: &Store, id: &str, parent: Option<&str>, now_ms: i64) -> Added {
    let (id, page) = (slug(id), slug("fievre"));
    let parent = parent.map(slug);
    let new = NewContribution {
        id: &id,
        kind: Kind::Comment,
        page: &page,
        parent: parent.as_ref(),
        name: "Une lectrice",
        email: Some("lectrice@example.org"),
        body: "Merci pour le calendrier.\n\nÀ bientôt 👩\u{200d}⚕\u{fe0f}",
        useful: None,
        consent: Some("1"),
        findings: "",
        now_ms,
        receipt_hash: id.as_str(),
        request_hash: Some(id.as_str()),
        particulars: Particulars::default(),
    };
    store.add_contribution(&new).await.unwrap()
}

async fn decide(store: &Store, id: &str, decision: Decision) -> Decided {
    let id = slug(id);
    let seen = store.contribution(&id).await.unwrap().map_or(0, |it| it.changed_ms);
    store.decide(&id, seen, decision, "anne", None, seen + 1).await.unwrap()
}

async fn shown(store: &Store, page: u32, per_page: u32) -> Vec<(String, Vec<String>)> {
    let found = threads(store, &slug("fievre"), page, per_page).await;
    found
        .into_iter()
        .map(|it| {
            let answers = it.answers.iter().map(|it| it.id.to_string()).collect();
            (it.comment.id.to_string(), answers)
        })
        .collect()
}

#[tokio::test]
async fn what_is_sent_is_kept_once_and_shown_to_nobody() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        assert_eq!(send(&store, "a", None, 10).await, Added::New, "{engine}");
        assert_eq!(send(&store, "a", None, 11).await, Added::Again, "{engine}");
        assert_eq!(shown(&store, 1, 20).await, [], "{engine}");
        assert_eq!(counts(&store, &slug("fievre")).await, (0, 0), "{engine}");
        assert_eq!(store.contributions_version().await.unwrap(), 0, "{engine}");
        // Also by another process, later.
        store.close().await;
        let store = database.open().await;
        let it = store.contribution_of("a").await.unwrap().unwrap();
        assert_eq!((it.created_ms, it.state), (10, State::Pending), "{engine}");
        assert_eq!(it.body, "Merci pour le calendrier.\n\nÀ bientôt 👩\u{200d}⚕\u{fe0f}");
        assert_eq!(it.email.as_deref(), Some("lectrice@example.org"), "{engine}");
        assert_eq!(store.waiting().await.unwrap().count, 1, "{engine}");
        assert_eq!(store.waiting().await.unwrap().oldest_ms, Some(10), "{engine}");
    }
}

#[tokio::test]
async fn an_author_takes_away_all_that_is_kept_of_one_item() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, "a", None, 10).await;
        send(&store, "b", None, 11).await;
        decide(&store, "a", Decision::Reject).await;
        decide(&store, "b", Decision::Approve).await;
        let it = store.whole_of("a").await.unwrap().unwrap();
        assert_eq!(Some(&it.item), store.contribution_of("a").await.unwrap().as_ref(), "{engine}");
        assert_eq!((&*it.receipt, it.request.as_deref(), it.change), ("a", Some("a"), 3));
        let steps: Vec<(&str, &str, i64)> =
            it.decisions.iter().map(|it| (&*it.actor, &*it.action, it.at_ms)).collect();
        assert_eq!(steps, [("anne", "reject", 11)], "{engine}");
        assert!(it.decisions[0].was.contains("\"state\":\"pending\""), "{engine}");
        let mails: Vec<(&str, &str, Option<i64>)> =
            it.mails.iter().map(|it| (&*it.purpose, &*it.state, it.ended_ms)).collect();
        assert_eq!(mails, [("news", "waiting", None)], "{engine}");
        assert!(store.erase_contribution("a", 100).await.unwrap(), "{engine}");
        assert_eq!(store.whole_of("a").await.unwrap(), None, "{engine}");
    }
}

#[tokio::test]
async fn approved_threads_come_oldest_first_with_their_answers() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        for (number, id) in ["c", "b", "a"].into_iter().enumerate() {
            send(&store, id, None, i64::try_from(number).unwrap()).await;
            assert_eq!(decide(&store, id, Decision::Approve).await, Decided::Done, "{engine}");
        }
        assert_eq!(send(&store, "b-1", Some("b"), 20).await, Added::New, "{engine}");
        send(&store, "b-2", Some("b"), 21).await;
        decide(&store, "b-1", Decision::ApproveAsInstitute).await;
        let alone = |id: &str| (id.to_owned(), Vec::new());
        let answered = ("b".to_owned(), vec!["b-1".to_owned()]);
        let all = [alone("c"), answered.clone(), alone("a")];
        assert_eq!(shown(&store, 1, 20).await, all, "{engine}");
        assert_eq!(shown(&store, 2, 2).await, [alone("a")], "{engine}");
        assert_eq!(shown(&store, 3, 2).await, [], "{engine}");
        assert_eq!(counts(&store, &slug("fievre")).await, (3, 4), "{engine}");
        assert_eq!(counts(&store, &slug("autre")).await, (0, 0), "{engine}");
        let found = threads(&store, &slug("fievre"), 1, 20).await;
        assert!(found[1].answers[0].institute && !found[1].comment.institute, "{engine}");
    }
}

#[tokio::test]
async fn an_answer_is_nowhere_where_its_thread_is_not() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        let seen = async || {
            let latest = store.latest_comments(&slug("fievre"), 9).await.unwrap();
            let counted = counts(&store, &slug("fievre")).await;
            (latest.len(), shown(&store, 1, 9).await.len(), counted)
        };
        send(&store, "a", None, 1).await;
        decide(&store, "a", Decision::Approve).await;
        send(&store, "b", Some("a"), 2).await;
        decide(&store, "b", Decision::Approve).await;
        assert_eq!(seen().await, (2, 1, (1, 2)), "{engine}");
        decide(&store, "a", Decision::Reject).await;
        assert_eq!(seen().await, (0, 0, (0, 0)), "{engine}");
        // The place of what is erased stays, for its answers.
        decide(&store, "a", Decision::Erase).await;
        assert_eq!(seen().await, (1, 1, (1, 1)), "{engine}");
    }
}

#[tokio::test]
async fn only_what_is_shown_is_answered_and_one_level_deep() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, "a", None, 1).await;
        assert_eq!(send(&store, "b", Some("a"), 2).await, Added::NoParent, "{engine}");
        assert_eq!(store.contribution_of("b").await.unwrap(), None, "{engine}");
        decide(&store, "a", Decision::Approve).await;
        assert_eq!(send(&store, "b", Some("a"), 3).await, Added::New, "{engine}");
        decide(&store, "b", Decision::Approve).await;
        assert_eq!(send(&store, "c", Some("b"), 4).await, Added::NoParent, "{engine}");
        assert_eq!(send(&store, "d", Some("nobody"), 5).await, Added::NoParent, "{engine}");
    }
}

#[tokio::test]
async fn the_author_changes_it_while_nobody_has_decided() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, "a", None, 1).await;
        let change = Change {
            name: "Zoé",
            email: None,
            body: "Autre texte",
            findings: "",
            ..Change::default()
        };
        assert!(store.change_contribution("a", change, 2).await.unwrap(), "{engine}");
        let it = store.contribution_of("a").await.unwrap().unwrap();
        assert_eq!((it.name.as_str(), it.email, it.changed_ms), ("Zoé", None, 2), "{engine}");
        assert!(!store.change_contribution("b", change, 3).await.unwrap(), "{engine}");
        decide(&store, "a", Decision::Approve).await;
        assert!(!store.change_contribution("a", change, 4).await.unwrap(), "{engine}");
    }
}

#[tokio::test]
async fn what_the_author_erases_leaves_nothing_but_its_place() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, "a", None, 1).await;
        decide(&store, "a", Decision::Approve).await;
        send(&store, "a-1", Some("a"), 2).await;
        decide(&store, "a-1", Decision::Approve).await;
        let before = store.contributions_version().await.unwrap();
        assert!(store.erase_contribution("a", 3).await.unwrap(), "{engine}");
        assert!(before < store.contributions_version().await.unwrap(), "{engine}");
        assert!(!store.erase_contribution("a", 4).await.unwrap(), "{engine}");
        assert_eq!(store.contribution_of("a").await.unwrap(), None, "{engine}");
        assert_eq!(decide(&store, "a", Decision::Approve).await, Decided::Gone, "{engine}");
        let found = threads(&store, &slug("fievre"), 1, 20).await;
        assert_eq!((found[0].comment.name.as_str(), found[0].comment.body.as_str()), ("", ""));
        assert_eq!(found[0].answers.len(), 1, "{engine}");
        // Sent again by a form that never heard the answer, it does not come back.
        assert_eq!(send(&store, "a", None, 5).await, Added::Again, "{engine}");
        assert!(store.erase_contribution("a-1", 6).await.unwrap(), "{engine}");
        assert_eq!(shown(&store, 1, 20).await, [], "{engine}");
        let who: Vec<String> = store
            .decisions(&slug("a"))
            .await
            .unwrap()
            .into_iter()
            .map(|(_, actor, action)| format!("{actor} {action}"))
            .collect();
        assert_eq!(who, ["anne approve", "author erase"], "{engine}");
    }
}

#[tokio::test]
async fn of_two_decisions_on_the_same_sight_one_is_told_that_it_came_late() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, "a", None, 1).await;
        let id = slug("a");
        let (first, second) = tokio::join!(
            store.decide(&id, 1, Decision::Approve, "anne", None, 2),
            store.decide(&id, 1, Decision::Reject, "basile", Some("Hors sujet."), 2),
        );
        let mut both = [first.unwrap(), second.unwrap()];
        both.sort_by_key(|it| *it != Decided::Done);
        assert_eq!(both, [Decided::Done, Decided::Changed], "{engine}");
        assert_eq!(store.decisions(&id).await.unwrap().len(), 1, "{engine}");
    }
}

#[tokio::test]
async fn a_queue_has_what_is_put_aside_last() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        for (at, id) in ["a", "b", "c"].into_iter().enumerate() {
            send(&store, id, None, i64::try_from(at).unwrap()).await;
        }
        decide(&store, "a", Decision::Hold).await;
        let queue = Queue { state: State::Pending, kind: None, limit: 10, offset: 0 };
        let ids = |it: Vec<store::contributions::Contribution>| -> Vec<String> {
            it.into_iter().map(|it| it.id.to_string()).collect()
        };
        assert_eq!(ids(store.queue(queue).await.unwrap()), ["b", "c", "a"], "{engine}");
        let feedback = Queue { kind: Some(Kind::Feedback), ..queue };
        assert_eq!(store.queue(feedback).await.unwrap(), [], "{engine}");
        decide(&store, "b", Decision::Reject).await;
        decide(&store, "a", Decision::Reopen).await;
        assert_eq!(ids(store.queue(queue).await.unwrap()), ["a", "c"], "{engine}");
        let second = Queue { limit: 1, offset: 1, ..queue };
        assert_eq!(ids(store.queue(second).await.unwrap()), ["c"], "{engine}");
        decide(&store, "c", Decision::Erase).await;
        assert_eq!(store.contribution(&slug("c")).await.unwrap(), None, "{engine}");
    }
}

#[tokio::test]
async fn a_secret_is_made_once() {
    for database in Database::each() {
        let store = database.open().await;
        assert_eq!(store.secret("receipts", "first").await.unwrap(), "first");
        assert_eq!(store.secret("receipts", "second").await.unwrap(), "first");
    }
}

#[tokio::test]
async fn another_one_under_a_name_that_is_taken_is_no_request_kept_before() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        let (id, page) = (slug("a"), slug("fievre"));
        let new = NewContribution {
            id: &id,
            kind: Kind::Feedback,
            page: &page,
            parent: None,
            name: "",
            email: None,
            body: "",
            useful: Some(true),
            consent: None,
            findings: "",
            now_ms: 1,
            receipt_hash: "a",
            request_hash: None,
            particulars: Particulars::default(),
        };
        assert_eq!(store.add_contribution(&new).await.unwrap(), Added::New, "{engine}");
        let refused = store.add_contribution(&new).await.unwrap_err();
        assert!(matches!(refused, store::StoreError::Taken(_)), "{engine}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once_are_all_kept() {
    for database in Database::each() {
        let store = database.open().await;
        let senders: Vec<_> = (0..100)
            .map(|number| {
                let store = store.clone();
                // Each is sent twice, as a form does that hears no answer.
                tokio::spawn(
                    async move { send(&store, &format!("n{}", number / 2), None, 1).await },
                )
            })
            .collect();
        let mut new = 0;
        for it in senders {
            new += usize::from(it.await.unwrap() == Added::New);
        }
        assert_eq!(new, 50, "{}", database.engine);
        assert_eq!(store.waiting().await.unwrap().count, 50, "{}", database.engine);
    }
}
