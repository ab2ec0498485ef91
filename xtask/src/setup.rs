//! Everything that building and testing need, installed where it is missing.
//!
//! A tool counts as present only when it runs and answers with the right version: whatever an
//! interrupted installation left behind is installed again.

mod apt;
mod browser;
mod cargo_tools;
mod load;
mod npm;
mod postgres;
mod rust;

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::failure::{Failure, Outcome};
use crate::progress::{self, Step};
use crate::workspace::Workspace;
use crate::{pins, process};
use cargo_tools::CargoTool;

pub use browser::Browser;
pub use load::LoadTools;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// What `build`, `serve` and `dev` need.
    Build,
    /// What `test` needs besides.
    Test,
}

/// What `setup` found or installed.
pub struct Tools {
    pub trunk: PathBuf,
    pub testing: Option<TestTools>,
    /// Folders of ours that must come before the PATH.
    folders: Vec<PathBuf>,
}

pub struct TestTools {
    pub browser: Browser,
    pub axe: PathBuf,
    pub node: PathBuf,
    pub cargo_deny: PathBuf,
}

/// What `bench` measures with.
pub struct BenchTools {
    pub node: PathBuf,
    pub playwright: PathBuf,
    /// Where pages are measured.
    pub chrome: Option<PathBuf>,
    /// Where the server is measured under load.
    pub load: Option<LoadTools>,
}

impl Tools {
    /// Lets a program find the tools.
    pub fn on_path(&self, command: &mut Command) -> Outcome<()> {
        process::path_with(command, &self.folders)
    }
}

pub fn run(workspace: &Workspace, level: Level) -> Outcome<Tools> {
    let started = Instant::now();
    let _lock = lock(&workspace.tools.join("lock"), "another setup")?;

    rust::compiler()?;
    rust::wasm_target()?;
    if level == Level::Test {
        rust::components()?;
    }
    rust::dependencies(&workspace.root)?;

    let wasm_bindgen = rust::wasm_bindgen_version(&workspace.root)?;
    let trunk = CargoTool::locked("trunk", "trunk", pins::TRUNK).ensure(&workspace.tools)?;
    let bindgen = CargoTool::newest_dependencies("wasm-bindgen-cli", "wasm-bindgen", &wasm_bindgen)
        .ensure(&workspace.tools)?;
    let npm = npm::ensure_npm(&workspace.tools)?;

    if level == Level::Test {
        // The tests find it as the set-up does.
        postgres::ensure_postgres()?;
    }
    let testing = match level {
        Level::Build => None,
        Level::Test => Some(TestTools {
            browser: browser::ensure_browser()?,
            axe: npm.axe,
            node: npm.node,
            cargo_deny: CargoTool::locked("cargo-deny", "cargo-deny", pins::CARGO_DENY)
                .ensure(&workspace.tools)?,
        }),
    };

    // Only our own folders: one already on the PATH may hold other tools of other versions.
    let mut folders: Vec<PathBuf> = [&trunk, &bindgen]
        .into_iter()
        .filter(|tool| tool.starts_with(&workspace.tools))
        .filter_map(|tool| tool.parent().map(Path::to_owned))
        .collect();
    folders.push(npm.programs);
    progress::done("setup", started);
    Ok(Tools { trunk, testing, folders })
}

/// What measuring needs beside a built server.
pub fn for_bench(workspace: &Workspace, pages: bool, load: bool) -> Outcome<BenchTools> {
    let _lock = lock(&workspace.tools.join("lock"), "another setup")?;
    let npm = npm::ensure_npm(&workspace.tools)?;
    Ok(BenchTools {
        node: npm.node,
        playwright: npm.playwright,
        chrome: pages.then(browser::ensure_browser).transpose()?.map(|browser| browser.chrome),
        load: load.then(load::ensure_load_tools).transpose()?,
    })
}

/// Waits for our turn: two installations into one folder would spoil each other. The lock lasts as
/// long as the returned file, and the system lifts it if we are killed.
pub fn lock(path: &Path, other: &str) -> Outcome<File> {
    let failed = |error: std::io::Error| {
        Failure::new(format!(
            "{} cannot be written ({error}): make its folder writable",
            path.display()
        ))
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let file = File::create(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let step = Step::begin(format!("waiting for {other} to end"));
            file.lock().map_err(failed)?;
            step.done();
        }
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    Ok(file)
}

/// Reports `what` as present, or installs it and looks again.
fn ensure<T>(
    what: &str,
    find: impl Fn() -> Option<T>,
    install: impl FnOnce() -> Outcome<()>,
) -> Outcome<T> {
    let started = Instant::now();
    if let Some(found) = find() {
        progress::done(what, started);
        return Ok(found);
    }
    println!("▸ {what}: installing…");
    install()?;
    let found = find().ok_or_else(|| {
        Failure::new(format!(
            "{what} was installed but does not answer: read what was printed above for the reason"
        ))
    })?;
    progress::done(what, started);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn what_is_present_is_not_installed_again() {
        let found = ensure("a tool", || Some(1), || Err(Failure::new("must not be called")));
        assert!(found.is_ok_and(|found| found == 1));
    }

    #[test]
    fn what_is_missing_is_installed_and_looked_for_again() {
        let installed = Cell::new(false);
        let find = || installed.get().then_some(2);
        let install = || {
            installed.set(true);
            Ok(())
        };
        assert!(ensure("a tool", find, install).is_ok_and(|found| found == 2));
    }

    #[test]
    fn an_installation_that_leaves_nothing_usable_is_a_failure() {
        let failure = ensure("a tool", || None::<()>, || Ok(())).unwrap_err();
        assert!(failure.to_string().starts_with("a tool was installed but does not answer"));
    }
}
