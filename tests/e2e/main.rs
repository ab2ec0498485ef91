//! Journeys in a real browser, against the built server.
//!
//! `cargo xtask test` runs them with `IMMUNOTHEQUE_BIN`, `CHROME`, `CHROMEDRIVER` and `AXE_JS` set.
//! Every journey is made with scripts and without, unless it says why not.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a step that fails ends the test")]

mod accessibility;
mod budget;
mod comfort;
mod depths;
mod desk;
mod directory;
mod embed;
#[path = "../../crates/server/tests/it/support/engine.rs"]
mod engine;
mod glossary;
mod hostile;
mod hydration;
mod layout;
mod map;
mod navigation;
mod no_script;
mod notices;
mod paper;
mod people;
#[path = "../../crates/store/tests/it/postgres.rs"]
mod postgres;
mod privacy;
mod reading;
mod search;
mod sending;
mod sitting;
mod states;
mod static_export;
mod support;
mod typed;
mod typed_desk;
#[path = "../../crates/server/tests/it/support/vectors.rs"]
mod vectors;
mod voices;
mod walk;
