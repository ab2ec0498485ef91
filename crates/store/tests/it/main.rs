//! The store from outside, every test on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backup;
mod contributions;
mod desk;
mod directory;
mod lifetimes;
mod mails;
mod schema;
mod support;
mod voices;
