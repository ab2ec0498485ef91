//! A database that a newer version of the program has used: left alone, and said so.

use std::path::Path;

use sqlx::{Connection, SqliteConnection};

use crate::{
    postgres::{Postgres, run, unprivileged},
    support::{binary::command, files, wait},
};

/// As a later version leaves it.
const LATER: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, \
                     execution_time) SELECT 9999, 'later', success, checksum, 0 \
                     FROM _sqlx_migrations WHERE version = 1";

/// Runs the binary on the database of `place`: how it ended, and what it said.
fn ask(folder: &Path, arguments: &[&str], place: &[&str]) -> (Option<i32>, String) {
    let output = command(folder).args(arguments).args(place).output().unwrap();
    assert!(output.stdout.is_empty(), "it does not listen, and has done nothing to tell of");
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[track_caller]
fn check_refused(folder: &Path, place: &[&str]) {
    let copy = folder.join("copy.jsonl");
    for arguments in [
        &["migrate"][..],
        &["serve", "--listen", "127.0.0.1:0"],
        &["backup", copy.to_str().unwrap()],
        &["moderator", "list"],
    ] {
        let (code, said) = ask(folder, arguments, place);
        assert_eq!(code, Some(1), "{arguments:?}: {said}");
        let first = "immunotheque: the database was last used by a newer version";
        for words in [first, "step 9999", "start that version, or restore a backup made before"] {
            assert!(said.contains(words), "{arguments:?}: {said}");
        }
        assert!(!said.contains("panicked"), "{said}");
    }
    assert!(!files(folder).contains(&copy), "no copy of what is not understood");
}

#[test]
fn a_newer_schema_is_refused_by_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let place = ["--data", data.to_str().unwrap()];
    assert_eq!(ask(folder.path(), &["migrate"], &place), (Some(0), String::new()));
    wait(async {
        let file = data.join("immunotheque.sqlite");
        let mut connection = SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
        sqlx::query(LATER).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
    check_refused(folder.path(), &place);
}

#[test]
fn a_newer_schema_is_refused_on_the_other_database_too() {
    let (folder, postgres) = (tempfile::tempdir().unwrap(), Postgres::start());
    let address = postgres.create_database();
    let place = ["--database-url", address.as_str()];
    assert_eq!(ask(folder.path(), &["migrate"], &place), (Some(0), String::new()));
    let name = address.rsplit('/').next().unwrap();
    run(unprivileged("psql").arg("-h").arg(&postgres.folder).args([
        "-U",
        "tests",
        "-v",
        "ON_ERROR_STOP=1",
        "-c",
        LATER,
        name,
    ]));
    check_refused(folder.path(), &place);
}
