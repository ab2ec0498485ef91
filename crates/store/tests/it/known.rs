//! Comments that are shown before anybody has looked at them, and passages that are masked, on both
//! engines.

use contract::{
    receipt::{Kind, State},
    slug::Slug,
};
use store::{
    Store,
    contributions::{Added, Decided, Decision, NewContribution, Particulars, Voucher},
};

use crate::support::{Database, threads};

const BODY: &str = "Appelez le 06 39 98 00 17, merci.";
/// Where the number stands in it.
const FINDINGS: &str = "phone fr 11 25";

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

/// Sends a comment whose receipt is its id, vouched for by another.
async fn send(store: &Store, id: &str, by: Option<&str>, now_ms: i64) -> Added {
    vouched(store, id, by, 0, 2, now_ms).await
}

async fn vouched(
    store: &Store,
    id: &str,
    by: Option<&str>,
    since_ms: i64,
    most_unread: u32,
    now_ms: i64,
) -> Added {
    let (id, page, by) = (slug(id), slug("fievre"), by.map(slug));
    let voucher = by.as_ref().map(|by| Voucher { by, since_ms, most_unread });
    let new = NewContribution {
        id: &id,
        kind: Kind::Comment,
        page: &page,
        parent: None,
        name: "Une lectrice",
        email: Some("zoe@example.org"),
        body: BODY,
        useful: None,
        consent: Some("1"),
        findings: FINDINGS,
        now_ms,
        receipt_hash: id.as_str(),
        request_hash: Some(id.as_str()),
        particulars: Particulars { voucher, ..Default::default() },
    };
    store.add_contribution(&new).await.unwrap()
}

async fn decide(store: &Store, id: &str, decision: Decision) -> i64 {
    let id = slug(id);
    let seen = store.contribution(&id).await.unwrap().unwrap().changed_ms;
    let done = store.decide(&id, seen, decision, "anne", None, seen + 1).await.unwrap();
    assert_eq!(done, Decided::Done);
    seen + 1
}

async fn undo(store: &Store, id: &str, seen: i64) -> Decided {
    store.undo(&slug(id), seen, "zoé", seen + 1).await.unwrap()
}

/// State, whether nobody has looked, whether passages are masked.
async fn stands(store: &Store, id: &str) -> (State, bool, bool) {
    let it = store.contribution(&slug(id)).await.unwrap().unwrap();
    (it.state, it.unread, it.masked)
}

async fn texts(store: &Store) -> Vec<String> {
    let threads = threads(store, &slug("fievre"), 1, 20).await;
    let shown: Vec<String> = threads.into_iter().map(|it| it.comment.body).collect();
    let latest = store.latest_comments(&slug("fievre"), 20).await.unwrap();
    let latest: Vec<String> = latest.into_iter().rev().map(|it| it.body).collect();
    assert_eq!(shown, latest, "page and feed say the same");
    shown
}

#[tokio::test]
async fn only_what_a_person_has_approved_vouches_for_the_next() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, "a", None, 1).await;
        assert_eq!(send(&store, "b", Some("a"), 2).await, Added::New, "{engine}: waits itself");
        decide(&store, "a", Decision::Approve).await;
        let before = store.contributions_version().await.unwrap();
        assert_eq!(send(&store, "c", Some("a"), 3).await, Added::Shown, "{engine}");
        assert!(before < store.contributions_version().await.unwrap(), "{engine}: others notice");
        assert_eq!(send(&store, "c", Some("a"), 4).await, Added::Again, "{engine}");
        assert_eq!(stands(&store, "c").await, (State::Approved, true, false), "{engine}");
        assert_eq!(texts(&store).await.len(), 2, "{engine}");
        let history = store.decisions(&slug("c")).await.unwrap();
        assert_eq!(history, [(3, "site".to_owned(), "publish_unread".to_owned())], "{engine}");
        assert_eq!(undo(&store, "c", 3).await, Decided::Changed, "{engine}: there was no before");
        assert_eq!(
            send(&store, "d", Some("c"), 5).await,
            Added::New,
            "{engine}: nobody has looked"
        );
        let mails = store.mail_backlog().await.unwrap().waiting;
        decide(&store, "c", Decision::Approve).await;
        assert_eq!(stands(&store, "c").await, (State::Approved, false, false), "{engine}");
        let told = store.mail_backlog().await.unwrap().waiting;
        assert_eq!(told, mails, "{engine}: its author knows since it was sent");
        assert_eq!(send(&store, "e", Some("c"), 6).await, Added::Shown, "{engine}");
        assert_eq!(send(&store, "f", Some("nobody"), 7).await, Added::New, "{engine}");
        let old = vouched(&store, "g", Some("a"), 1_000, 2, 8).await;
        assert_eq!(old, Added::New, "{engine}: too long ago");
        for (number, decision) in
            [Decision::Reject, Decision::Hold, Decision::Reopen, Decision::ApproveAsInstitute]
                .into_iter()
                .enumerate()
        {
            decide(&store, "a", decision).await;
            let id = format!("h{number}");
            assert_eq!(send(&store, &id, Some("a"), 9).await, Added::New, "{engine} {decision:?}");
        }
        decide(&store, "a", Decision::Approve).await;
        assert!(store.erase_contribution("a", 20).await.unwrap());
        assert_eq!(send(&store, "i", Some("a"), 21).await, Added::New, "{engine}: erased");
    }
}

#[tokio::test]
async fn nothing_more_is_shown_while_nobody_looks() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, "a", None, 1).await;
        decide(&store, "a", Decision::Approve).await;
        assert_eq!(send(&store, "b", Some("a"), 2).await, Added::Shown, "{engine}");
        assert_eq!(send(&store, "c", Some("a"), 3).await, Added::Shown, "{engine}");
        assert_eq!(send(&store, "d", Some("a"), 4).await, Added::New, "{engine}");
        let at = decide(&store, "b", Decision::Reject).await;
        assert_eq!(send(&store, "e", Some("a"), 5).await, Added::Shown, "{engine}");
        // Taken back, it stands where it stood.
        assert_eq!(undo(&store, "b", at).await, Decided::Done, "{engine}");
        assert_eq!(stands(&store, "b").await, (State::Approved, true, false), "{engine}");
    }
}

#[tokio::test]
async fn a_masked_passage_is_shown_to_nobody_and_comes_back_when_that_is_taken_back() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, "a", None, 1).await;
        let at = decide(&store, "a", Decision::Mask).await;
        assert_eq!(texts(&store).await, ["Appelez le […], merci."], "{engine}");
        let kept = store.contribution_of("a").await.unwrap().unwrap();
        assert_eq!((kept.body.as_str(), kept.masked), (BODY, true), "{engine}: its author's");
        assert_eq!(undo(&store, "a", at).await, Decided::Done, "{engine}");
        assert_eq!(stands(&store, "a").await, (State::Pending, false, false), "{engine}");
        assert_eq!(texts(&store).await, Vec::<String>::new(), "{engine}");
        decide(&store, "a", Decision::Mask).await;
        let at = decide(&store, "a", Decision::Approve).await;
        assert_eq!(texts(&store).await, [BODY], "{engine}");
        assert_eq!(undo(&store, "a", at).await, Decided::Done, "{engine}");
        assert_eq!(texts(&store).await, ["Appelez le […], merci."], "{engine}");
        assert!(store.erase_contribution("a", 20).await.unwrap());
        assert_eq!(texts(&store).await, Vec::<String>::new(), "{engine}");
    }
}
