//! The server from outside: what every address answers, and how the binary behaves.
//!
//! Most tests need no socket: the whole server is one value ([`server::router::build_router`]).
//! Those that start the binary take a port from the kernel and end it with the test.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test whose scene cannot be set has failed"
)]

mod arbitrary;
mod caching;
mod corrections;
mod cross_origin;
mod desk;
mod durable;
mod embed;
mod endpoints;
mod export;
mod feeds;
mod hostile;
mod killed;
mod links;
mod lists;
mod lost;
mod markup;
mod openapi;
mod pages;
mod people;
mod policy;
#[path = "../../../store/tests/it/postgres.rs"]
mod postgres;
mod practitioners;
mod privacy;
mod process;
mod refusals;
mod reload;
mod robots;
mod schema;
mod search;
mod slugs;
mod structured;
mod support;
mod terms;
mod together;
mod traces;
