//! The store from outside, every test on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod arrivals;
mod backup;
mod contributions;
mod desk;
mod directory;
mod entries;
mod journal;
mod known;
mod lifetimes;
mod mails;
mod opinions;
mod postgres;
mod schema;
mod support;
mod upgrades;
mod voices;
