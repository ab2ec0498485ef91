//! Which database tests have that are about neither. The browser's tests use it too.

use std::sync::LazyLock;

use crate::postgres::Postgres;

/// The PostgreSQL of all tests of this process that want one.
pub static POSTGRES: LazyLock<Postgres> = LazyLock::new(Postgres::start);

/// `postgresql`, or `sqlite` as where it is not set.
const ENGINE: &str = "IMMUNOTHEQUE_TEST_ENGINE";

/// The address of a new database, where tests run on PostgreSQL.
///
/// # Panics
///
/// Where the variable names no database there is.
pub fn new_database() -> Option<String> {
    match std::env::var(ENGINE).as_deref() {
        Ok("postgresql") => Some(POSTGRES.create_database()),
        Ok(other) if other != "sqlite" => panic!("{ENGINE} is sqlite or postgresql, not {other}"),
        _ => None,
    }
}
