//! Schemas older and newer than this program.

use sqlx::Connection;
use store::{Store, StoreError};

use crate::support::Database;

#[tokio::test]
async fn a_schema_that_is_up_to_date_is_left_alone() {
    for database in Database::each() {
        database.open().await.close().await;
        database.open().await.close().await;
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    for database in Database::each() {
        database.open().await.close().await;
        let mut connection =
            sqlx::AnyConnection::connect(&database.address.to_string()).await.unwrap();
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             SELECT 9999, 'later', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
        )
        .execute(&mut connection)
        .await
        .unwrap();
        connection.close().await.unwrap();
        let error = Store::open(&database.address).await.unwrap_err();
        assert!(matches!(error, StoreError::Newer(9999)), "{}: {error}", database.engine);
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_told() {
    let address = "postgres://nobody@127.0.0.1:1/none".parse().unwrap();
    let error = Store::open(&address).await.unwrap_err();
    assert!(matches!(error, StoreError::Unreachable(_)), "{error}");
    let missing = tempfile::tempdir().unwrap();
    let address = store::Address::in_folder(&missing.path().join("gone"));
    let error = Store::open(&address).await.unwrap_err();
    assert!(matches!(error, StoreError::Unreachable(_)), "{error}");
}
