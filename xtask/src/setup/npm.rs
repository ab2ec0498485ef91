//! Tools that are published on npm, all in one folder named after their versions.
//!
//! npm unpacks packages in place, so an interruption leaves half of one behind. The folder is
//! therefore filled under another name, and gets its own when all in it answers.

use std::fs;
use std::path::{Path, PathBuf};

use super::{ensure, rust};
use crate::failure::{Failure, Outcome};
use crate::process::{self, answer};
use crate::{pins, versions};

const PACKAGES: [(&str, &str); 4] = [
    ("axe-core", pins::AXE_CORE),
    ("binaryen", pins::BINARYEN),
    ("esbuild", pins::ESBUILD),
    ("playwright-core", pins::PLAYWRIGHT_CORE),
];

/// Without a network, npm would try each of some thirty packages for more than a minute.
const WITHOUT_DELAY: [&str; 4] = [
    "--prefer-offline",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=2000",
    "--fetch-retry-maxtimeout=10000",
];

pub struct Npm {
    /// The folder of `wasm-opt` and `esbuild`.
    pub programs: PathBuf,
    /// The script that checks accessibility in a page.
    pub axe: PathBuf,
    /// The module that drives the browser.
    pub playwright: PathBuf,
    pub node: PathBuf,
}

pub fn ensure_npm(tools: &Path) -> Outcome<Npm> {
    let node = node()?;
    let folder = tools.join(folder_name());
    let names = PACKAGES.map(|(name, version)| format!("{name} {version}")).join(", ");
    ensure(&names, || find(&folder, &node), || install(tools, &folder, &node, &names))
}

fn folder_name() -> String {
    let versions = PACKAGES.map(|(name, version)| format!("{name}-{version}"));
    format!("npm-{}", versions.join("-"))
}

/// Node.js, which runs npm and `wasm-opt`.
fn node() -> Outcome<PathBuf> {
    let needed = pins::NODE_MAJOR;
    let mend = format!("install Node.js {needed} or later from https://nodejs.org, with npm");
    let node = process::which("node")
        .ok_or_else(|| Failure::new(format!("node is missing from the PATH: {mend}")))?;
    let said = answer(&node, &["--version"])
        .ok_or_else(|| Failure::new(format!("{} does not run: {mend}", node.display())))?;
    let recent = versions::version_in(&said).is_some_and(|v| versions::at_least(v, (needed, 0)));
    if !recent {
        return Err(Failure::new(format!("node {said} is too old: {mend}")));
    }
    Ok(node)
}

fn find(folder: &Path, node: &Path) -> Option<Npm> {
    let modules = folder.join("node_modules");
    let programs = modules.join(".bin");
    let esbuild = answer(programs.join("esbuild"), &["--version"])?;
    let wasm_opt = answer(programs.join("wasm-opt"), &["--version"])?;
    let axe = modules.join("axe-core/axe.min.js");
    let playwright = modules.join("playwright-core/index.mjs");
    // `wasm-opt` answers with the first number of the package's version.
    let right = esbuild == pins::ESBUILD
        && versions::major(versions::version_in(&wasm_opt)?) == versions::major(pins::BINARYEN)
        && has(&modules, "axe-core", pins::AXE_CORE)
        && has(&modules, "playwright-core", pins::PLAYWRIGHT_CORE)
        && axe.is_file()
        && playwright.is_file();
    right.then(|| Npm { programs, axe, playwright, node: node.to_owned() })
}

/// Whether a package that is no program is there in that version.
fn has(modules: &Path, package: &str, version: &str) -> bool {
    fs::read_to_string(modules.join(package).join("package.json"))
        .is_ok_and(|text| text.contains(&format!("\"version\": \"{version}\"")))
}

fn install(tools: &Path, folder: &Path, node: &Path, names: &str) -> Outcome<()> {
    let npm = process::which("npm").ok_or_else(|| {
        Failure::new(
            "npm is missing from the PATH: install it (Debian: apt-get install npm) and try again",
        )
    })?;
    let partial = tools.join(format!("{}.partial", folder_name()));
    let failed = |error: std::io::Error| {
        Failure::new(format!("{} cannot be written ({error})", partial.display()))
    };
    for leftover in [&partial, folder] {
        if leftover.exists() {
            fs::remove_dir_all(leftover).map_err(failed)?;
        }
    }
    fs::create_dir_all(&partial).map_err(failed)?;
    fs::write(partial.join("package.json"), package_json()).map_err(failed)?;
    rust::download(
        process::command(npm)
            .args(["install", "--no-audit", "--no-fund", "--loglevel=error"])
            .args(WITHOUT_DELAY)
            .current_dir(&partial),
        names,
        "`npm install` failed: read its message above",
    )?;
    if find(&partial, node).is_none() {
        return Err(Failure::new(format!(
            "{names} were installed but do not run: see what `node_modules/.bin/wasm-opt \
             --version` and `node_modules/.bin/esbuild --version` say in {}",
            partial.display()
        )));
    }
    fs::rename(&partial, folder).map_err(failed)
}

/// Exact versions, and `private` so that npm asks for no more fields.
fn package_json() -> String {
    let packages = PACKAGES.map(|(name, version)| format!("\"{name}\": \"{version}\""));
    format!("{{\"private\": true, \"dependencies\": {{{}}}}}\n", packages.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_changes_with_every_version() {
        for (name, version) in PACKAGES {
            assert!(folder_name().contains(&format!("{name}-{version}")));
        }
    }

    #[test]
    fn npm_is_told_exact_versions() {
        let json = package_json();
        assert!(json.contains(&format!("\"esbuild\": \"{}\"", pins::ESBUILD)));
        assert!(!json.contains(['^', '~', '*']));
    }

    #[test]
    fn a_folder_that_npm_never_finished_is_not_trusted() {
        let folder = std::env::temp_dir().join(format!("xtask-npm-{}", std::process::id()));
        fs::create_dir_all(folder.join("node_modules/axe-core")).unwrap();
        fs::write(folder.join("node_modules/axe-core/axe.min.js"), "").unwrap();
        let found = find(&folder, Path::new("node"));
        fs::remove_dir_all(&folder).unwrap();
        assert!(found.is_none());
    }
}
