//! Testimonials: shown for a time, taken back at once, on both engines.

use contract::{
    receipt::{Kind, State},
    slug::Slug,
};
use store::{
    Store,
    contributions::{Added, Decided, Decision, NewContribution, Particulars},
};

use crate::support::{Database, counts};

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

/// Sends a testimonial whose receipt is its id.
async fn send(store: &Store, id: &str, now_ms: i64, expires_ms: i64) {
    let (id, page) = (slug(id), slug("temoignages"));
    let new = NewContribution {
        id: &id,
        kind: Kind::Testimonial,
        page: &page,
        parent: None,
        name: "Une voix",
        email: None,
        body: "Un.\n\nDeux.",
        useful: None,
        consent: Some("publication 1 abc; processing 1 def"),
        findings: "",
        now_ms,
        receipt_hash: id.as_str(),
        request_hash: None,
        particulars: Particulars {
            subject: Some("Un titre"),
            treatments: Some("aucun"),
            ties: None,
            expires_ms: Some(expires_ms),
            ..Default::default()
        },
    };
    assert_eq!(store.add_contribution(&new).await.unwrap(), Added::New);
}

async fn approve(store: &Store, id: &str) {
    let id = slug(id);
    let seen = store.contribution(&id).await.unwrap().unwrap().changed_ms;
    let done = store.decide(&id, seen, Decision::Approve, "anne", None, seen + 1).await.unwrap();
    assert_eq!(done, Decided::Done);
}

async fn shown(store: &Store, now_ms: i64) -> Vec<String> {
    let found = store.testimonials(now_ms, 1, 20).await.unwrap();
    let ids: Vec<String> = found.into_iter().map(|it| it.id.to_string()).collect();
    assert_eq!(store.testimonial_count(now_ms).await.unwrap() as usize, ids.len());
    ids
}

#[tokio::test]
async fn approved_ones_come_newest_first_until_their_time_is_over() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        for (id, now, until) in [("a", 1, 100), ("b", 2, 50), ("c", 3, 100), ("d", 4, 100)] {
            send(&store, id, now, until).await;
        }
        assert!(shown(&store, 10).await.is_empty(), "{engine}: nobody has approved any");
        for id in ["a", "b", "c"] {
            approve(&store, id).await;
        }
        assert_eq!(shown(&store, 10).await, ["c", "b", "a"], "{engine}");
        assert_eq!(shown(&store, 49).await, ["c", "b", "a"], "{engine}");
        assert_eq!(shown(&store, 50).await, ["c", "a"], "{engine}");
        let second = store.testimonials(10, 2, 2).await.unwrap();
        assert_eq!(second.len(), 1, "{engine}");
        let it = &second[0];
        assert_eq!((it.id.as_str(), it.title.as_deref()), ("a", Some("Un titre")), "{engine}");
        assert_eq!((it.treatments.as_str(), it.ties.as_deref()), ("aucun", None), "{engine}");
        assert_eq!((it.created_ms, it.expires_ms), (1, 100), "{engine}");
        // They are no comments.
        assert_eq!(counts(&store, &slug("temoignages")).await, (0, 0), "{engine}");
    }
}

#[tokio::test]
async fn what_is_taken_back_leaves_nothing() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, "a", 7, 100).await;
        approve(&store, "a").await;
        let it = store.contribution_of("a").await.unwrap().unwrap();
        assert_eq!(it.consent.as_deref(), Some("publication 1 abc; processing 1 def"), "{engine}");
        assert_eq!(it.consented_ms, Some(7), "{engine}: when it was agreed to");
        let before = store.contributions_version().await.unwrap();
        assert!(store.erase_contribution("a", 10).await.unwrap(), "{engine}");
        assert!(before < store.contributions_version().await.unwrap(), "{engine}");
        assert!(shown(&store, 11).await.is_empty(), "{engine}");
        let mut copy = Vec::new();
        store.back_up(&mut copy).await.unwrap();
        let copy = String::from_utf8(copy).unwrap();
        for gone in ["Une voix", "Un titre", "Deux.", "aucun", "publication 1"] {
            assert!(!copy.contains(gone), "{engine}: {gone}");
        }
    }
}

#[tokio::test]
async fn what_has_expired_is_erased_whatever_was_decided() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        for (id, until) in [("a", 50), ("b", 50), ("c", 51)] {
            send(&store, id, 1, until).await;
        }
        approve(&store, "a").await;
        approve(&store, "c").await;
        assert_eq!(store.erase_expired(49).await.unwrap(), 0, "{engine}");
        let before = store.contributions_version().await.unwrap();
        assert_eq!(store.erase_expired(50).await.unwrap(), 2, "{engine}");
        assert!(before < store.contributions_version().await.unwrap(), "{engine}");
        assert_eq!(store.erase_expired(50).await.unwrap(), 0, "{engine}");
        for id in ["a", "b"] {
            assert_eq!(store.contribution(&slug(id)).await.unwrap(), None, "{engine}: {id}");
        }
        let kept = store.contribution(&slug("c")).await.unwrap().unwrap();
        assert_eq!(kept.state, State::Approved, "{engine}");
        let who = store.decisions(&slug("b")).await.unwrap();
        assert_eq!((who[0].1.as_str(), who[0].2.as_str()), ("site", "expire"), "{engine}");
    }
}
