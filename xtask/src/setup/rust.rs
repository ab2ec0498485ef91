//! The Rust side: compiler, browser target, lint and format programs, dependencies.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::ensure;
use crate::failure::{Failure, Outcome};
use crate::process::{self, answer};
use crate::{pins, progress, versions};

const WASM: &str = "wasm32-unknown-unknown";

/// The compiler must be recent enough; a rustup that may not install by itself leaves an old one.
pub fn compiler() -> Outcome<()> {
    let started = Instant::now();
    let said = answer("rustc", &["--version"]).ok_or_else(|| {
        Failure::new("rustc does not run: install rustup from https://rustup.rs and try again")
    })?;
    let version = versions::version_in(&said).unwrap_or_default();
    if !versions::at_least(version, pins::RUSTC) {
        let (major, minor) = pins::RUSTC;
        return Err(Failure::new(format!(
            "rustc {major}.{minor} or later is needed and this one is {version}: run \
             `rustup update stable`"
        )));
    }
    progress::done(&format!("rustc {version}"), started);
    Ok(())
}

/// The standard library for the browser.
pub fn wasm_target() -> Outcome<()> {
    let find = || {
        let folder = answer("rustc", &["--print", "target-libdir", "--target", WASM])?;
        let mut files = fs::read_dir(folder).ok()?.flatten();
        files.find(|file| file.file_name().to_string_lossy().starts_with("libcore-")).map(drop)
    };
    ensure(&format!("the {WASM} target"), find, || {
        rustup(
            &["target", "add", WASM],
            &format!("the {WASM} target"),
            &format!("`rustup target add {WASM}` failed: read its message above"),
        )
    })
}

/// What the format and lint steps run.
pub fn components() -> Outcome<()> {
    let find = || {
        let cargo = process::cargo();
        answer(cargo.get_program(), &["fmt", "--version"])?;
        answer(cargo.get_program(), &["clippy", "--version"]).map(drop)
    };
    ensure("rustfmt and clippy", find, || {
        rustup(
            &["component", "add", "rustfmt", "clippy"],
            "rustfmt and clippy",
            "`rustup component add rustfmt clippy` failed: read its message above",
        )
    })
}

fn rustup(arguments: &[&str], what: &str, otherwise: &str) -> Outcome<()> {
    if process::which("rustup").is_none() {
        return Err(Failure::new(format!(
            "rustup is missing, so {what} cannot be added: install rustup from https://rustup.rs \
             and try again"
        )));
    }
    download(process::command("rustup").args(arguments), what, otherwise)
}

/// Every dependency, so that trunk can build without asking the network for anything. Also writes
/// Cargo.lock if there is none yet.
pub fn dependencies(root: &Path) -> Outcome<()> {
    let started = Instant::now();
    let mut fetch = process::cargo();
    fetch.args(["fetch", "--quiet"]).current_dir(root);
    download(
        &mut fetch,
        "the dependencies",
        "`cargo fetch` failed: read its message above, which may be about a Cargo.toml",
    )?;
    progress::done("dependencies", started);
    Ok(())
}

/// The version of the library `wasm-bindgen`, which its command line must have too.
pub fn wasm_bindgen_version(root: &Path) -> Outcome<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock"))
        .map_err(|error| Failure::new(format!("Cargo.lock cannot be read: {error}")))?;
    versions::locked_version(&lock, "wasm-bindgen").map(str::to_owned).ok_or_else(|| {
        Failure::new("Cargo.lock names no wasm-bindgen: the app's Cargo.toml must depend on it")
    })
}

/// Runs something that downloads, and judges its failure.
pub fn download(command: &mut Command, what: &str, otherwise: &str) -> Outcome<()> {
    let ended = process::run_and_keep(command)?;
    if ended.status.success() {
        return Ok(());
    }
    Err(Failure::from_output(what, &ended.output, otherwise))
}
