//! `build`: the app into dist/, then the server, whose release build holds dist/ within.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::failure::{Failure, Outcome};
use crate::progress::{self, Step};
use crate::setup::{self, Level, Tools};
use crate::workspace::{Workspace, variable};
use crate::{process, stamp};

/// How the app is built; the server is always a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum App {
    Dev,
    Release,
}

pub fn run(workspace: &Workspace, app: App) -> Outcome<Tools> {
    let tools = setup::run(workspace, Level::Build)?;
    with_tools(workspace, &tools, app)?;
    Ok(tools)
}

/// The same with tools already set up.
pub fn with_tools(workspace: &Workspace, tools: &Tools, app: App) -> Outcome<()> {
    build_app(workspace, tools, app)?;
    let step = Step::begin("server");
    let mut cargo = process::cargo();
    cargo.args(["build", "--release", "-p", "server", "--bin", "immunotheque"]);
    process::run(
        cargo.current_dir(&workspace.root),
        "the server does not build: mend the first error above",
    )?;
    step.done();
    Ok(())
}

fn build_app(workspace: &Workspace, tools: &Tools, app: App) -> Outcome<()> {
    let started = Instant::now();
    let dist = workspace.root.join("dist");
    let state_folder = workspace.target.join("xtask");
    let stamp = state_folder.join("dist.stamp");
    // Two trunks at once would mix their files in dist/.
    let _lock = setup::lock(&state_folder.join("dist.lock"), "another build")?;

    let kind = match app {
        App::Dev => "dev",
        App::Release => "release",
    };
    let sources = stamp::sources(&workspace.root, kind)
        .map_err(|error| Failure::new(format!("a source file cannot be read: {error}")))?;
    if stamp::is_fresh(&stamp, sources, &dist) {
        progress::done("app, unchanged", started);
        return Ok(());
    }
    let step = Step::begin(format!("app ({kind})"));
    remove(&stamp)?;
    // The embedded map builds into a folder of the app's, which Trunk empties first.
    for configuration in ["Trunk.toml", "Trunk.embed.toml"] {
        let mut trunk = trunk(workspace, tools, "build")?;
        trunk.args(["--config", configuration]);
        if app == App::Release {
            trunk.arg("--release");
        }
        process::run(&mut trunk, "the app does not build: mend the first error above")?;
    }
    stamp::write(&stamp, sources, &dist)
        .map_err(|error| Failure::new(format!("{} is not writable: {error}", stamp.display())))?;
    step.done();
    Ok(())
}

/// A stamp must not outlive what it vouches for.
fn remove(stamp: &Path) -> Outcome<()> {
    match fs::remove_file(stamp) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::new(format!("{} cannot be removed: {error}", stamp.display())))
        }
        _ => Ok(()),
    }
}

/// trunk with the tools that were set up, and forbidden to download others.
pub fn trunk(workspace: &Workspace, tools: &Tools, subcommand: &str) -> Outcome<Command> {
    let mut trunk = process::command(&tools.trunk);
    trunk.arg(subcommand).current_dir(&workspace.root);
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true").env("TRUNK_OFFLINE", "true");
    // trunk wants `true` or `false` here and refuses the usual `NO_COLOR=1`.
    trunk.env_remove("NO_COLOR");
    if variable("NO_COLOR").is_some() {
        trunk.env("TRUNK_COLOR", "never").env("CARGO_TERM_COLOR", "never");
    }
    tools.on_path(&mut trunk)?;
    Ok(trunk)
}
