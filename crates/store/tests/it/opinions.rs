//! What readers say of each page, on both engines.

use contract::{receipt::Kind, slug::Slug};
use store::{
    Store,
    contributions::{Decision, NewContribution},
};

use crate::support::Database;

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

async fn say(store: &Store, id: &str, page: &str, useful: Option<bool>, body: &str, at: i64) {
    let (id, page) = (slug(id), slug(page));
    let new = NewContribution {
        id: &id,
        kind: if useful.is_some() { Kind::Feedback } else { Kind::Comment },
        page: &page,
        parent: None,
        name: "",
        email: None,
        body,
        useful,
        consent: None,
        findings: "",
        now_ms: at,
        receipt_hash: id.as_str(),
        request_hash: None,
        particulars: Default::default(),
    };
    store.add_contribution(&new).await.unwrap();
}

async fn decide(store: &Store, id: &str, decision: Decision) {
    let id = slug(id);
    let seen = store.contribution(&id).await.unwrap().unwrap().changed_ms;
    store.decide(&id, seen, decision, "anne", None, seen + 1).await.unwrap();
}

#[tokio::test]
async fn every_page_has_its_counts_the_least_useful_first() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        assert_eq!(store.opinions().await.unwrap(), [], "{engine}");
        say(&store, "a1", "fievre", Some(true), "", 1).await;
        say(&store, "a2", "fievre", Some(false), "Trop long.", 2).await;
        say(&store, "b1", "vaccins", Some(true), "Merci !", 3).await;
        say(&store, "b2", "vaccins", Some(true), "Clair.", 4).await;
        say(&store, "b3", "vaccins", Some(true), "Publicité", 5).await;
        say(&store, "b4", "vaccins", Some(true), "À voir", 6).await;
        say(&store, "c1", "fievre", None, "Un commentaire est autre chose.", 7).await;
        say(&store, "d1", "allergies", Some(false), "Effacé", 8).await;
        for (id, decision) in [
            ("b1", Decision::Approve),
            ("b3", Decision::Reject),
            ("b4", Decision::Hold),
            ("d1", Decision::Erase),
        ] {
            decide(&store, id, decision).await;
        }
        let found = store.opinions().await.unwrap();
        let counts = found.iter().map(|it| {
            (it.page.as_str(), [it.not_useful, it.useful, it.unread, it.read], it.latest_ms)
        });
        let expected = [("fievre", [1, 1, 1, 0], 2), ("vaccins", [0, 4, 1, 1], 6)];
        assert_eq!(counts.collect::<Vec<_>>(), expected, "{engine}");
    }
}
