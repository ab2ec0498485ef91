//! `dev`: the server and `trunk serve` side by side.
//!
//! trunk builds the app again at every change and hands what is under /api to the server, as
//! Trunk.toml says. When one of the two ends, so does the other: half of them looks like a fault
//! of the site.

use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::Duration;

use crate::failure::{Failure, Outcome};
use crate::serve::{ADDRESS, server_arguments};
use crate::setup::{self, Level};
use crate::workspace::Workspace;
use crate::{build, process};

/// Where the server listens for trunk; Trunk.toml names it too.
const BEHIND: &str = "127.0.0.1:8081";

pub fn run(workspace: &Workspace) -> Outcome<()> {
    let tools = setup::run(workspace, Level::Build)?;

    let mut cargo = process::cargo();
    cargo.args(["run", "-p", "server", "--bin", "immunotheque", "--"]);
    cargo.args(server_arguments(BEHIND, &[])).current_dir(&workspace.root);
    let mut server = Running::start("the server", &mut cargo)?;

    let (host, port) = ADDRESS.split_once(':').unwrap_or((ADDRESS, "8080"));
    let mut trunk = build::trunk(workspace, &tools, "serve")?;
    trunk.args(["--address", host, "--port", port]);
    let mut app = Running::start("trunk", &mut trunk)?;

    println!("▸ http://{ADDRESS} as soon as both are built (Ctrl-C ends them)");
    loop {
        for running in [&mut server, &mut app] {
            if let Some(status) = running.ended()? {
                return Err(Failure::new(format!(
                    "{} ended ({status}), so both were: read its last message above",
                    running.name
                )));
            }
        }
        thread::sleep(Duration::from_millis(200));
    }
}

/// A program that is ended when we stop looking after it.
struct Running {
    name: &'static str,
    child: Child,
}

impl Running {
    fn start(name: &'static str, command: &mut Command) -> Outcome<Self> {
        let child = command.spawn().map_err(|error| process::not_started(command, &error))?;
        Ok(Self { name, child })
    }

    fn ended(&mut self) -> Outcome<Option<ExitStatus>> {
        self.child
            .try_wait()
            .map_err(|error| Failure::new(format!("{} cannot be watched: {error}", self.name)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Neither can fail in a way that matters: the program has ended, or ends now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_ends_when_it_is_no_longer_looked_after() {
        let mut sleep = process::command("sleep");
        let running = Running::start("sleep", sleep.arg("60")).unwrap();
        let id = running.child.id().to_string();
        drop(running);
        assert!(process::answer("kill", &["-0", &id]).is_none());
    }

    #[test]
    fn a_program_that_ended_is_noticed() {
        let mut running = Running::start("true", &mut process::command("true")).unwrap();
        running.child.wait().unwrap();
        assert!(running.ended().unwrap().is_some_and(|status| status.success()));
    }
}
