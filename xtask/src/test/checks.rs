//! What each check runs.

use std::process::Command;

use super::plan::Check;
use crate::failure::{Cause, Failure, Outcome, cause};
use crate::process;
use crate::progress;
use crate::setup::{TestTools, Tools};
use crate::tally::Tally;
use crate::workspace::Workspace;

/// How a check ended.
pub struct Ended {
    pub ok: bool,
    /// What the table says of it.
    pub label: String,
    pub tally: Tally,
}

/// The workspace with the root package as the server uses it. Never `--all-features`: its `ssr`
/// and `hydrate` exclude each other. The same selection everywhere, because another would make
/// cargo build the dependencies again with other features.
const NATIVE: [&str; 3] = ["--workspace", "--features", "immunotheque/ssr"];

/// The server's tests of what is kept: they pass on SQLite first, and then on PostgreSQL. Those of
/// the store ask both by themselves.
const KEPT: [&str; 3] = ["desk::", "people::", "terms::"];

/// The browser's tests of the same. They run on SQLite too, in a step of their own.
const TAKING_PART: [&str; 8] = [
    "people::",
    "sending::",
    "typed::",
    "voices::",
    "desk::",
    "sitting::",
    "directory::",
    "privacy::",
];

/// Chooses the database of tests that are about neither.
const ENGINE: (&str, &str) = ("IMMUNOTHEQUE_TEST_ENGINE", "postgresql");

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

pub fn run(
    check: Check,
    workspace: &Workspace,
    tools: &Tools,
    filters: &[String],
) -> Outcome<Ended> {
    let testing =
        tools.testing.as_ref().ok_or_else(|| Failure::new("run `cargo xtask setup --tests`"))?;
    let here = |mut command: Command| {
        command.current_dir(&workspace.root);
        command
    };
    let plain = |ok| Ended { ok, label: check.name().to_owned(), tally: Tally::default() };
    match check {
        Check::Fmt => succeeds(&mut here(cargo(&["fmt", "--all", "--check"]))).map(plain),
        Check::Clippy => {
            for mut command in clippy() {
                if !succeeds(command.current_dir(&workspace.root))? {
                    return Ok(plain(false));
                }
            }
            Ok(plain(true))
        }
        Check::Deny => deny(check, || here(cargo_deny(testing))),
        Check::Tests => {
            let mut command = cargo(&["test"]);
            command.args(NATIVE);
            count(check, &mut here(command), filters)
        }
        Check::Postgresql => {
            let chosen = |usual: &[&str]| match filters {
                [] => usual.iter().map(|it| (*it).to_owned()).collect(),
                _ => filters.to_vec(),
            };
            let mut command = cargo(&["test"]);
            command.args(NATIVE).args(["--test", "it"]).env(ENGINE.0, ENGINE.1);
            let mut ended = count(check, &mut here(command), &chosen(&KEPT))?;
            if ended.ok {
                let mut command = in_browser(workspace, testing);
                command.env(ENGINE.0, ENGINE.1);
                let before = ended.tally;
                ended = count(check, &mut here(command), &chosen(&TAKING_PART))?;
                ended.tally += before;
            }
            Ok(ended)
        }
        Check::E2e => count(check, &mut here(in_browser(workspace, testing)), filters),
        Check::Content => {
            let mut command = process::command(workspace.server());
            command.args(["check-content", "--content", "content", "--site", "site.toml"]);
            succeeds(&mut here(command)).map(plain)
        }
    }
}

/// The journeys in a browser. Not run by a plain `cargo test`, being declared with `test = false`.
fn in_browser(workspace: &Workspace, testing: &TestTools) -> Command {
    let mut command = cargo(&["test"]);
    command
        .args(NATIVE)
        .args(["--test", "e2e"])
        .env("IMMUNOTHEQUE_BIN", workspace.server())
        .env("CHROME", &testing.browser.chrome)
        .env("CHROMEDRIVER", &testing.browser.driver)
        .env("AXE_JS", &testing.axe)
        .env("NODE", &testing.node);
    command
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = process::cargo();
    command.args(arguments);
    command
}

/// Clippy over all code: natively, over the browser tests (which `--all-targets` leaves out, as
/// they have `test = false`), and over everything that the browser runs, as it runs it.
fn clippy() -> [Command; 6] {
    let mut native = cargo(&["clippy"]);
    native.args(NATIVE).arg("--all-targets").args(DENY_WARNINGS);
    let mut e2e = cargo(&["clippy"]);
    e2e.args(NATIVE).args(["--test", "e2e"]).args(DENY_WARNINGS);
    let wasm = |package: &str, features: &str| {
        let mut wasm = cargo(&["clippy", "-p", package, "--features", features]);
        wasm.args(["--target", "wasm32-unknown-unknown"]).args(DENY_WARNINGS);
        wasm
    };
    [
        native,
        e2e,
        wasm("immunotheque", "hydrate"),
        wasm("immunotheque", "embed"),
        wasm("search", "device"),
        wasm("writing", "device"),
    ]
}

fn cargo_deny(testing: &TestTools) -> Command {
    let mut command = process::command(&testing.cargo_deny);
    // In English, because what git says of the network is read.
    command.env("LC_ALL", "C").args(["--workspace", "--all-features"]);
    command
}

/// Licences, sources and bans always; known vulnerabilities only if their database is within
/// reach: without a network, the other checks still say something.
fn deny(check: Check, cargo_deny: impl Fn() -> Command) -> Outcome<Ended> {
    let fetched = process::run_and_keep(cargo_deny().args(["fetch", "db"]))?;
    let mut command = cargo_deny();
    command.arg("check");
    let mut label = check.name().to_owned();
    if !fetched.status.success() {
        if cause(&fetched.output) != Some(Cause::Network) {
            return Ok(Ended { ok: false, label, tally: Tally::default() });
        }
        progress::note("advisories are skipped: their database is out of reach");
        label.push_str(" (without advisories)");
        command.args(["bans", "licenses", "sources"]);
    }
    Ok(Ended { ok: succeeds(&mut command)?, label, tally: Tally::default() })
}

/// Runs tests, those that `filters` name, and counts them.
fn count(check: Check, command: &mut Command, filters: &[String]) -> Outcome<Ended> {
    if !filters.is_empty() {
        command.arg("--").args(filters);
    }
    let ended = process::run_and_keep_stdout(command)?;
    let tally = Tally::of(&ended.output);
    Ok(Ended { ok: ended.status.success(), label: check.name().to_owned(), tally })
}

fn succeeds(command: &mut Command) -> Outcome<bool> {
    let status = command.status().map_err(|error| process::not_started(command, &error))?;
    Ok(status.success())
}
