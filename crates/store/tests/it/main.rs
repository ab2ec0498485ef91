//! The store from outside, every test on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backup;
mod contributions;
mod directory;
mod schema;
mod support;
