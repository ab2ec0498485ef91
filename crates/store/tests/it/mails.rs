//! The queue of mail, on both engines: in with what it is about, out once, never lost.

use contract::{receipt::Kind, slug::Slug};
use store::{
    Store,
    contributions::{Added, Decision, NewContribution, Particulars},
    mails::{Backlog, Mail, Purpose},
};

use crate::support::Database;

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

async fn send(store: &Store, kind: Kind, id: &str, email: Option<&str>, now_ms: i64) -> Added {
    let (id, page) = (slug(id), slug("contact"));
    let new = NewContribution {
        id: &id,
        kind,
        page: &page,
        parent: None,
        name: "",
        email,
        body: "Un texte",
        useful: None,
        consent: None,
        findings: "",
        now_ms,
        receipt_hash: id.as_str(),
        request_hash: Some(id.as_str()),
        particulars: Particulars::default(),
    };
    store.add_contribution(&new).await.unwrap()
}

async fn decide(store: &Store, id: &str, decision: Decision) -> i64 {
    let id = slug(id);
    let seen = store.contribution(&id).await.unwrap().unwrap().changed_ms;
    store.decide(&id, seen, decision, "anne", None, seen + 1).await.unwrap();
    seen + 1
}

/// Takes what is due, for ten milliseconds.
async fn claim(store: &Store, now_ms: i64) -> Option<Mail> {
    store.claim_mail(now_ms, 10).await.unwrap()
}

#[tokio::test]
async fn what_is_sent_to_the_site_brings_its_mail_once() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        for (kind, id) in [(Kind::Message, "m"), (Kind::Report, "r")] {
            assert_eq!(send(&store, kind, id, Some("a@b.fr"), 5).await, Added::New, "{engine}");
            assert_eq!(send(&store, kind, id, Some("a@b.fr"), 6).await, Added::Again, "{engine}");
        }
        for kind in [Kind::Comment, Kind::Feedback, Kind::Testimonial] {
            send(&store, kind, kind.name(), Some("a@b.fr"), 7).await;
        }
        let backlog = store.mail_backlog().await.unwrap();
        assert_eq!((backlog.waiting, backlog.oldest_ms), (2, Some(5)), "{engine}");
        assert_eq!(claim(&store, 4).await, None, "{engine}: not before it is due");
        let mut items = Vec::new();
        while let Some(mail) = claim(&store, 10).await {
            assert_eq!((mail.purpose, mail.queued_ms, mail.attempts), (Purpose::Message, 5, 1));
            items.push(mail.item.to_string());
            assert!(store.mail_sent(&mail, 11).await.unwrap(), "{engine}");
        }
        assert_eq!(items, ["m", "r"], "{engine}");
        assert_eq!(store.mail_backlog().await.unwrap(), Backlog::default(), "{engine}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_never_have_the_same_mail() {
    for database in Database::each() {
        let (one, two) = (database.open().await, database.open().await);
        for number in 0..60 {
            send(&one, Kind::Message, &format!("n{number}"), Some("a@b.fr"), 1).await;
        }
        let workers: Vec<_> = [&one, &two, &one, &two]
            .into_iter()
            .map(|store| {
                let store = store.clone();
                tokio::spawn(async move {
                    let mut mine = Vec::new();
                    while let Some(mail) = store.claim_mail(10, 1_000).await.unwrap() {
                        assert!(store.mail_sent(&mail, 11).await.unwrap());
                        mine.push(mail.item.to_string());
                    }
                    mine
                })
            })
            .collect();
        let mut all = Vec::new();
        for it in workers {
            all.extend(it.await.unwrap());
        }
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!((all.len(), count), (60, 60), "{}", database.engine);
    }
}

#[tokio::test]
async fn a_mail_that_failed_is_due_again_and_one_whose_server_died_too() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, Kind::Message, "m", Some("a@b.fr"), 1).await;
        let first = claim(&store, 10).await.unwrap();
        assert_eq!(claim(&store, 19).await, None, "{engine}: somebody has it");
        // Its server says nothing any more.
        let second = claim(&store, 20).await.unwrap();
        assert_eq!(second.attempts, 2, "{engine}");
        assert!(!store.mail_sent(&first, 21).await.unwrap(), "{engine}: it came too late");
        assert!(store.mail_failed(&second, "the server is down", 500, 21).await.unwrap());
        let backlog = store.mail_backlog().await.unwrap();
        assert_eq!(backlog.failure.as_deref(), Some("the server is down"), "{engine}");
        assert_eq!(claim(&store, 499).await, None, "{engine}");
        let third = claim(&store, 500).await.unwrap();
        assert_eq!((third.attempts, third.queued_ms), (3, 1), "{engine}");
        // Also by another process, later.
        store.close().await;
        let store = database.open().await;
        let fourth = claim(&store, 510).await.unwrap();
        assert!(store.drop_mail(&fourth, "nobody", 511).await.unwrap(), "{engine}");
        assert_eq!(claim(&store, 9_999).await, None, "{engine}");
        let backlog = store.mail_backlog().await.unwrap();
        assert_eq!((backlog.waiting, backlog.dropped), (0, 1), "{engine}");
    }
}

#[tokio::test]
async fn news_go_to_who_left_an_address_with_the_last_decision() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, Kind::Comment, "a", Some("a@b.fr"), 1).await;
        send(&store, Kind::Comment, "b", None, 1).await;
        send(&store, Kind::Testimonial, "t", None, 1).await;
        assert_eq!(claim(&store, 100).await, None, "{engine}: nothing is decided");
        let at = decide(&store, "a", Decision::Approve).await;
        decide(&store, "b", Decision::Approve).await;
        decide(&store, "t", Decision::Approve).await;
        let mail = claim(&store, 100).await.unwrap();
        assert_eq!((mail.item.as_str(), mail.purpose), ("a", Purpose::News), "{engine}");
        assert_eq!(mail.queued_ms, at, "{engine}");
        assert_eq!(claim(&store, 100).await, None, "{engine}: nobody else is written to");
        // Decided on again while it is on its way: that is news too.
        decide(&store, "a", Decision::Reject).await;
        assert!(!store.mail_sent(&mail, 101).await.unwrap(), "{engine}");
        let mail = claim(&store, 100).await.unwrap();
        assert_eq!(mail.attempts, 1, "{engine}");
        assert!(store.mail_sent(&mail, 101).await.unwrap(), "{engine}");
        // Put aside and looked at again: no news.
        decide(&store, "a", Decision::Reopen).await;
        decide(&store, "a", Decision::Hold).await;
        assert_eq!(claim(&store, 200).await, None, "{engine}");
    }
}

#[tokio::test]
async fn nothing_goes_out_about_what_is_erased() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        send(&store, Kind::Message, "m", Some("a@b.fr"), 1).await;
        assert!(store.erase_contribution("m", 2).await.unwrap(), "{engine}");
        send(&store, Kind::Comment, "c", Some("a@b.fr"), 3).await;
        decide(&store, "c", Decision::Approve).await;
        decide(&store, "c", Decision::Erase).await;
        assert_eq!(claim(&store, 100).await, None, "{engine}");
        assert_eq!(store.mail_backlog().await.unwrap(), Backlog::default(), "{engine}");
    }
}
