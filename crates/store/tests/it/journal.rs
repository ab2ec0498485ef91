//! The journal is only added to: the database says so, whoever asks.

use std::time::{SystemTime, UNIX_EPOCH};

use contract::{receipt::Kind, slug::Slug};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use store::{
    Store, StoreError,
    contributions::{Decided, Decision, NewContribution},
};

use crate::support::Database;

const DAY: i64 = 86_400_000;
/// As the site declares it.
const KEPT: i64 = 1_095 * DAY;

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// A comment that was approved at `at_ms`.
async fn decide(store: &Store, id: &str, at_ms: i64) {
    let (id, page) = (Slug::try_from(id).unwrap(), Slug::try_from("fievre").unwrap());
    let new = NewContribution {
        id: &id,
        kind: Kind::Comment,
        page: &page,
        parent: None,
        name: "Zoé",
        email: None,
        body: "Merci.",
        useful: None,
        consent: Some("1"),
        findings: "",
        now_ms: at_ms - 1,
        receipt_hash: id.as_str(),
        request_hash: None,
        particulars: Default::default(),
    };
    store.add_contribution(&new).await.unwrap();
    let done = store.decide(&id, at_ms - 1, Decision::Approve, "anne", None, at_ms).await.unwrap();
    assert_eq!(done, Decided::Done);
}

/// As somebody does who holds the database in their hands.
async fn by_hand(database: &Database, sql: &str) -> Result<u64, sqlx::Error> {
    let mut connection = AnyConnection::connect(&database.address.to_string()).await.unwrap();
    let done = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await;
    connection.close().await.unwrap();
    done.map(|it| it.rows_affected())
}

#[tokio::test]
async fn nobody_changes_or_removes_a_line_before_its_time() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        decide(&store, "young", now_ms()).await;
        let before = store.journal(10, 0).await.unwrap();
        let mut refused = vec![
            "UPDATE decisions SET actor = 'zoe'",
            "UPDATE decisions SET actor = actor WHERE item = 'young'",
            "DELETE FROM decisions",
            "DELETE FROM decisions WHERE item = 'young'",
        ];
        // Other words for the same in one of them.
        let own = [
            "INSERT OR REPLACE INTO decisions (item, at, actor, action, detail) \
                    SELECT item, at, 'zoe', action, 'x' FROM decisions",
            "INSERT OR REPLACE INTO decisions (rowid, item, at, actor, action, detail, was, part) \
                    SELECT rowid, 'x', 1, 'zoe', action, '', '', 0 FROM decisions",
            "UPDATE OR REPLACE decisions SET at = 1",
            "TRUNCATE decisions",
        ];
        refused.extend(if engine == "SQLite" { &own[..3] } else { &own[3..] });
        for sql in refused {
            let error = by_hand(&database, sql).await.expect_err(sql).to_string();
            assert!(error.contains("the journal"), "{engine}: {sql}: {error}");
            assert_eq!(store.journal(10, 0).await.unwrap(), before, "{engine}: {sql}");
        }
        // This program is held to it too.
        let error = store.remove_decisions(i64::MAX).await.unwrap_err();
        assert!(matches!(error, StoreError::Query(_)), "{engine}: {error}");
        assert_eq!(store.journal(10, 0).await.unwrap(), before, "{engine}");
    }
}

#[tokio::test]
async fn what_is_old_enough_goes_and_the_rest_stays() {
    for database in Database::each() {
        let (store, engine) = (database.open().await, database.engine);
        let now = now_ms();
        decide(&store, "old", now - KEPT - 1).await;
        decide(&store, "almost", now - KEPT + DAY).await;
        assert_eq!(store.remove_decisions(now - KEPT).await.unwrap(), 1, "{engine}");
        let left = store.journal(10, 0).await.unwrap();
        assert_eq!(left.len(), 1, "{engine}");
        assert_eq!(left[0].item, "almost", "{engine}");
        // Of a day less, one line too young keeps all of them: nothing is half removed.
        decide(&store, "older", now - 2 * KEPT).await;
        store.remove_decisions(now - KEPT + 2 * DAY).await.unwrap_err();
        assert_eq!(store.journal(10, 0).await.unwrap().len(), 2, "{engine}");
    }
}

#[tokio::test]
async fn erasing_taking_back_and_copying_need_no_line_to_change() {
    let [sqlite, postgres] = Database::each();
    for (database, other) in [(&sqlite, &postgres), (&postgres, &sqlite)] {
        let (store, engine) = (database.open().await, database.engine);
        let now = now_ms();
        decide(&store, "a", now).await;
        decide(&store, "b", now).await;
        let a = Slug::try_from("a").unwrap();
        assert_eq!(store.undo(&a, now, "zoe", now + 1).await.unwrap(), Decided::Done, "{engine}");
        assert!(store.erase_contribution("a", now + 2).await.unwrap(), "{engine}");
        assert!(store.erase_contribution("b", now + 2).await.unwrap(), "{engine}");
        let actions: Vec<String> =
            store.history(&a).await.unwrap().into_iter().map(|it| it.action).collect();
        assert_eq!(actions, ["approve", "undo", "erase"], "{engine}");
        let mut copy = Vec::new();
        store.back_up(&mut copy).await.unwrap();
        // Into the other kind, which then is held to it as well.
        let [fresh_sqlite, fresh_postgres] = Database::each();
        let fresh = if other.engine == "SQLite" { fresh_sqlite } else { fresh_postgres };
        let restored = fresh.open().await;
        restored.restore(&copy[..]).await.unwrap();
        assert_eq!(restored.history(&a).await.unwrap(), store.history(&a).await.unwrap());
        by_hand(&fresh, "UPDATE decisions SET actor = 'zoe'").await.unwrap_err();
    }
}
