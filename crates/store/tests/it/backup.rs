//! Copies of everything, made while others write, restored into either database.

use contract::{desk::Role, receipt::Kind, slug::Slug};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{Connection, Row};
use store::{
    Store,
    backup::BackupError,
    contributions::{Decision, NewContribution, Particulars},
    moderators::{By, Ended},
};

use crate::support::{Database, entry, replace};

/// Fills every table.
async fn fill(store: &Store) {
    replace(store, &[entry(1), entry(2)], 5).await.unwrap();
    replace(store, &[entry(2)], 6).await.unwrap();
    store.secret("receipts", "made once").await.unwrap();
    let by = By { actor: "essai", now_ms: 5 };
    store.add_moderator("Zoé", "a hash", Role::Editor, by).await.unwrap();
    let page = Slug::try_from("fievre").unwrap();
    for number in 0..1_200 {
        let id = Slug::try_from(format!("n{number}")).unwrap();
        let new = NewContribution {
            id: &id,
            kind: Kind::Comment,
            page: &page,
            parent: None,
            name: "Zoé \u{202e}\"; DROP TABLE",
            email: None,
            body: "a\n\nb 👩\u{200d}⚕",
            useful: None,
            consent: Some("1"),
            findings: "",
            now_ms: i64::MAX - 5_000 + number,
            receipt_hash: id.as_str(),
            request_hash: None,
            particulars: Particulars::default(),
        };
        store.add_contribution(&new).await.unwrap();
    }
    let id = Slug::try_from("n-message").unwrap();
    let new = NewContribution {
        id: &id,
        kind: Kind::Message,
        page: &page,
        parent: None,
        name: "",
        email: Some("zoe@example.org"),
        body: "Bonjour",
        useful: None,
        consent: None,
        findings: "",
        now_ms: 1,
        receipt_hash: id.as_str(),
        request_hash: None,
        particulars: Particulars { subject: Some("Une question"), ..Default::default() },
    };
    store.add_contribution(&new).await.unwrap();
    let mail = store.claim_mail(2, 1).await.unwrap().unwrap();
    store.mail_failed(&mail, "down", 9, 2).await.unwrap();
    let id = Slug::try_from("n7").unwrap();
    let seen = store.contribution(&id).await.unwrap().unwrap().changed_ms;
    store.decide(&id, seen, Decision::Approve, "anne", Some("Merci."), seen + 1).await.unwrap();
}

async fn copy(store: &Store) -> Vec<u8> {
    let mut out = Vec::new();
    store.back_up(&mut out).await.unwrap();
    out
}

#[tokio::test]
async fn a_copy_of_one_database_is_restored_into_the_other() {
    let [sqlite, postgres] = Database::each();
    let (from, to) = (sqlite.open().await, postgres.open().await);
    fill(&from).await;
    let first = copy(&from).await;
    to.restore(&first[..]).await.unwrap();
    assert_eq!(copy(&to).await, first, "every byte is there again");
    // And back.
    let [again, _] = Database::each();
    let again = again.open().await;
    again.restore(&first[..]).await.unwrap();
    assert_eq!(copy(&again).await, first);
    assert_eq!(again.directory().await.unwrap(), from.directory().await.unwrap());
}

#[tokio::test]
async fn a_copy_is_of_one_moment_whoever_writes_meanwhile() {
    for database in Database::each() {
        let store = database.open().await;
        fill(&store).await;
        let writer = store.clone();
        let (copied, ()) = tokio::join!(copy(&store), async {
            for round in 0..20 {
                replace(&writer, &[entry(round)], 10).await.unwrap();
            }
        });
        let text = String::from_utf8(copied.clone()).unwrap();
        let (mut there, mut archived) = (0, 0);
        for line in text.lines().filter(|it| it.contains("\"table\":\"practitioners\"")) {
            if line.ends_with(",null]}") || line.contains(",null],") {
                there += 1
            } else {
                archived += 1
            }
        }
        assert!(there <= 1, "{}: {there} shown and {archived} archived at once", database.engine);
        let [_, postgres] = Database::each();
        postgres.open().await.restore(&copied[..]).await.unwrap();
    }
}

#[tokio::test]
async fn a_copy_that_is_cut_short_or_changed_is_refused_and_nothing_is_written() {
    let [sqlite, _] = Database::each();
    let store = sqlite.open().await;
    fill(&store).await;
    let whole = String::from_utf8(copy(&store).await).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let without_last = lines[..lines.len() - 1].join("\n");
    let without_one = [&lines[..3], &lines[4..]].concat().join("\n");
    let changed = whole.replacen("Merci.", "Non.", 1);
    for broken in [&without_last, &without_one, &changed, ""] {
        for database in Database::each() {
            let store = database.open().await;
            let error = store.restore(broken.as_bytes()).await.unwrap_err();
            assert!(matches!(error, BackupError::Cut), "{error}");
            assert_eq!(store.waiting().await.unwrap().count, 0, "{}", database.engine);
            assert_eq!(store.contributions_version().await.unwrap(), 0, "{}", database.engine);
        }
    }
    for broken in
        ["{", "[]", "{\"table\":\"x\",\"row\":[]}", "{\"table\":\"secrets\",\"row\":[1,2]}"]
    {
        let [sqlite, _] = Database::each();
        let error = sqlite.open().await.restore(broken.as_bytes()).await.unwrap_err();
        assert!(matches!(error, BackupError::Line(1)), "{broken}: {error}");
    }
}

#[tokio::test]
async fn whoever_is_signed_in_is_not_in_a_copy() {
    let [sqlite, postgres] = Database::each();
    let (from, to) = (sqlite.open().await, postgres.open().await);
    fill(&from).await;
    let (zoe, never) = (
        from.moderator("Zoé").await.unwrap().unwrap(),
        Ended { created_before_ms: 0, seen_before_ms: 0 },
    );
    assert!(from.open_session("a-token", &zoe, never, 9).await.unwrap());
    let copied = copy(&from).await;
    assert!(!String::from_utf8_lossy(&copied).contains("a-token"));
    to.restore(&copied[..]).await.unwrap();
    assert_eq!(to.moderator("Zoé").await.unwrap(), from.moderator("Zoé").await.unwrap());
    assert_eq!(to.session("a-token", never).await.unwrap(), None);
}

/// As the version before the desk wrote one.
#[tokio::test]
async fn an_older_copy_without_the_newer_columns_is_restored() {
    let rows = [
        json!({ "table": "contributions_state", "row": [1, 3] }),
        json!({ "table": "decisions", "row": ["n1", 7, "approve", "anne", "Merci."] }),
    ];
    let text: String = rows.iter().map(|it| format!("{it}\n")).collect();
    let hash: String = Sha256::digest(&text).iter().map(|it| format!("{it:02x}")).collect();
    let copy = format!("{text}{}\n", json!({ "rows": rows.len(), "sha256": hash }));
    for database in Database::each() {
        let store = database.open().await;
        store.restore(copy.as_bytes()).await.unwrap();
        assert_eq!(store.contributions_version().await.unwrap(), 3, "{}", database.engine);
        assert_eq!(store.journal(1, 0).await.unwrap()[0].actor, "anne", "{}", database.engine);
    }
}

/// A table or a column that a migration brings is copied, or this says so.
#[tokio::test]
async fn nothing_of_the_schema_is_left_out() {
    let [sqlite, _] = Database::each();
    sqlite.open().await.close().await;
    let mut connection = sqlx::AnyConnection::connect(&sqlite.address.to_string()).await.unwrap();
    let rows = sqlx::query(
        "SELECT m.name AS named, p.name AS holds FROM sqlite_master m, pragma_table_info(m.name) p \
         WHERE m.type = 'table' AND m.name <> '_sqlx_migrations' ORDER BY 1, 2",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let schema: Vec<(String, String)> =
        rows.iter().map(|it| (it.get("named"), it.get("holds"))).collect();
    let mut copied: Vec<(String, String)> = store::backup::tables()
        .flat_map(|(table, columns)| {
            columns.into_iter().map(move |it| (table.to_owned(), it.to_owned()))
        })
        .collect();
    copied.sort();
    let (left_out, schema): (Vec<_>, Vec<_>) =
        schema.into_iter().partition(|it| store::backup::NOT_COPIED.contains(&it.0.as_str()));
    assert!(!left_out.is_empty());
    assert_eq!(copied, schema);
}

#[tokio::test]
async fn what_is_there_is_never_overwritten() {
    for database in Database::each() {
        let store = database.open().await;
        fill(&store).await;
        let before = copy(&store).await;
        let error = store.restore(&before[..]).await.unwrap_err();
        assert!(matches!(error, BackupError::NotEmpty), "{}: {error}", database.engine);
        assert_eq!(copy(&store).await, before, "{}", database.engine);
    }
}
