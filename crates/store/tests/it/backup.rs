//! Copies of everything, made while others write, restored into either database.

use contract::{receipt::Kind, slug::Slug};
use sqlx::{Connection, Row};
use store::{
    Store,
    backup::BackupError,
    contributions::{Decision, NewContribution},
};

use crate::support::{Database, entry};

/// Fills every table.
async fn fill(store: &Store) {
    store.replace_directory(&[entry(1), entry(2)], 5).await.unwrap();
    store.replace_directory(&[entry(2)], 6).await.unwrap();
    store.secret("receipts", "made once").await.unwrap();
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
        };
        store.add_contribution(&new).await.unwrap();
    }
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
                writer.replace_directory(&[entry(round)], 10).await.unwrap();
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
