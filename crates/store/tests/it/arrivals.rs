//! What arrives at the same time, and is written down together, on both engines.

use std::time::Duration;

use contract::{receipt::Kind, slug::Slug};
use store::{
    Store, StoreError,
    contributions::{Added, NewContribution, Particulars},
};
use tokio::task::JoinSet;

use crate::support::Database;

/// What somebody sends.
#[derive(Clone)]
struct Sent {
    id: String,
    request: String,
    body: String,
    parent: Option<&'static str>,
}

impl Sent {
    fn new(id: &str) -> Sent {
        let body = "Merci pour le calendrier.".to_owned();
        Sent { id: id.to_owned(), request: id.to_owned(), body, parent: None }
    }
}

async fn send(store: &Store, sent: &Sent) -> Result<Added, StoreError> {
    let slug = |text: &str| Slug::try_from(text).unwrap();
    let (id, page, parent) = (slug(&sent.id), slug("fievre"), sent.parent.map(slug));
    let new = NewContribution {
        id: &id,
        kind: Kind::Comment,
        page: &page,
        parent: parent.as_ref(),
        name: "Une lectrice",
        email: None,
        body: &sent.body,
        useful: None,
        consent: Some("1"),
        findings: "",
        now_ms: 10,
        receipt_hash: &sent.id,
        request_hash: Some(&sent.request),
        particulars: Particulars::default(),
    };
    store.add_contribution(&new).await
}

/// Sends all of them at once; what became of each, in their order.
async fn send_at_once(store: &Store, all: &[Sent]) -> Vec<Result<Added, StoreError>> {
    let mut tasks = JoinSet::new();
    for (place, sent) in all.iter().cloned().enumerate() {
        let store = store.clone();
        tasks.spawn(async move { (place, send(&store, &sent).await) });
    }
    let mut ended = tasks.join_all().await;
    ended.sort_by_key(|it| it.0);
    ended.into_iter().map(|it| it.1).collect()
}

async fn waiting(store: &Store) -> u32 {
    store.waiting().await.unwrap().count
}

#[tokio::test(flavor = "multi_thread")]
async fn what_many_send_at_once_is_kept_once_each() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        // More than are written together, each of them twice.
        let all: Vec<Sent> = (0..300).map(|it| Sent::new(&format!("a-{}", it / 2))).collect();
        let ended = send_at_once(&store, &all).await;
        for (twice, sent) in ended.chunks(2).zip(all.chunks(2)) {
            let of = |wanted| twice.iter().filter(|it| it.as_ref().ok() == Some(&wanted)).count();
            assert_eq!((of(Added::New), of(Added::Again)), (1, 1), "{engine} {}", sent[0].id);
        }
        assert_eq!(waiting(&store).await, 150, "{engine}");
        // The desk, which reads what has changed, finds each of them.
        let changed = store.changed_since((-1, ""), 1_000).await.unwrap();
        assert_eq!(changed.len(), 150, "{engine}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_kept_keeps_nobody_else_out() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        assert_eq!(send(&store, &Sent::new("a")).await.unwrap(), Added::New);
        let mut all: Vec<Sent> = (0..40).map(|it| Sent::new(&format!("b-{it}"))).collect();
        // The name of another, an answer to nothing, and a sign that PostgreSQL takes in no text.
        all[7] = Sent { request: "other".to_owned(), ..Sent::new("a") };
        all[20].parent = Some("nobody");
        all[31].body = "nul \0".to_owned();
        let ended = send_at_once(&store, &all).await;
        for (at, it) in ended.iter().enumerate() {
            match at {
                7 => assert!(matches!(it, Err(StoreError::Taken(id)) if id == "a"), "{it:?}"),
                20 => assert_eq!(it.as_ref().unwrap(), &Added::NoParent, "{engine}"),
                31 if engine == "PostgreSQL" => assert!(it.is_err(), "{it:?}"),
                _ => assert_eq!(it.as_ref().unwrap(), &Added::New, "{engine} {at}"),
            }
        }
        let refused = if engine == "PostgreSQL" { 3 } else { 2 };
        assert_eq!(waiting(&store).await, 41 - refused, "{engine}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hangs_up_takes_nobody_along() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        let all: Vec<Sent> = (0..60).map(|it| Sent::new(&format!("a-{it}"))).collect();
        let (gone, there) = all.split_at(30);
        let mut tasks = JoinSet::new();
        for sent in gone {
            let (store, sent) = (store.clone(), sent.clone());
            tasks.spawn(async move {
                // Asked, and not waited for.
                let _ = tokio::time::timeout(Duration::ZERO, send(&store, &sent)).await;
            });
        }
        let ended = send_at_once(&store, there).await;
        tasks.join_all().await;
        assert!(ended.iter().all(|it| matches!(it, Ok(Added::New))), "{engine}");
        // They may have been kept or not: said once more, each of them is there, and only once.
        for it in send_at_once(&store, gone).await {
            assert!(matches!(it.unwrap(), Added::New | Added::Again), "{engine}");
        }
        assert_eq!(waiting(&store).await, 60, "{engine}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nothing_can_be_kept_all_are_told() {
    for database in Database::each() {
        let store = database.open().await;
        store.close().await;
        let all: Vec<Sent> = (0..100).map(|it| Sent::new(&format!("a-{it}"))).collect();
        for it in send_at_once(&store, &all).await {
            assert!(it.is_err(), "{} {it:?}", database.engine);
        }
        assert_eq!(waiting(&database.open().await).await, 0, "{}", database.engine);
    }
}
