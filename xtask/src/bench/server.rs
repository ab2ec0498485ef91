//! The server that is measured.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::client::Client;
use super::cores::{Cores, on_cores};
use crate::failure::{Failure, Outcome};
use crate::process;
use crate::serve::server_arguments;
use crate::workspace::Workspace;

/// A program that ends with this value.
pub struct Running(Child);

impl Running {
    pub fn new(child: Child) -> Self {
        Self(child)
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Whether it ended by itself.
    pub fn is_over(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|status| status.is_some())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already: then there is nothing to do.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub struct Server {
    running: Running,
    pub address: SocketAddr,
}

impl Server {
    /// Starts it with the repository's content at a free port of this machine.
    /// Its directory holds `sample` made-up practitioners, or as many as `serve` shows.
    pub fn start(
        binary: &Path,
        workspace: &Workspace,
        cores: Cores,
        sample: Option<u32>,
    ) -> Outcome<Self> {
        // A directory that was filled once stays as it is: one folder for each size.
        let size = sample.map_or_else(String::new, |it| format!("-{it}"));
        let data = workspace.target.join(format!("xtask/bench-data{size}"));
        let mut given = vec!["--data".to_owned(), data.display().to_string()];
        if let Some(count) = sample {
            given.extend(["--sample".to_owned(), count.to_string()]);
        }
        Self::start_given(binary, workspace, cores, &given)
    }

    /// Starts it with arguments in place of ours.
    pub fn start_given(
        binary: &Path,
        workspace: &Workspace,
        cores: Cores,
        given: &[String],
    ) -> Outcome<Self> {
        let mut command = on_cores(binary, cores);
        command.args(server_arguments("127.0.0.1:0", given)).current_dir(&workspace.root);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).env("IMMUNOTHEQUE_LOG", "warn");
        if cores == Cores::First {
            // As many threads as nginx has.
            command.env("TOKIO_WORKER_THREADS", "1");
        }
        let mut child = command.spawn().map_err(|error| process::not_started(&command, &error))?;
        let stdout = child.stdout.take();
        let running = Running::new(child);
        let address = stdout.and_then(announced).ok_or_else(|| {
            Failure::new(format!(
                "{} did not say where it listens: read its message above, or start it by hand \
                 with `cargo xtask serve`",
                binary.display()
            ))
        })?;
        Ok(Self { running, address })
    }

    pub fn id(&self) -> u32 {
        self.running.id()
    }

    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn client(&self) -> Outcome<Client> {
        Client::connect(self.address)
    }
}

/// The address the server prints once it listens.
fn announced(stdout: ChildStdout) -> Option<SocketAddr> {
    let (sender, receiver) = mpsc::channel();
    // Reads to the end: a server whose output nobody takes would stop.
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Some(address) = address_in(&line) {
                let _ = sender.send(address);
            }
        }
    });
    receiver.recv_timeout(Duration::from_secs(60)).ok()
}

fn address_in(line: &str) -> Option<SocketAddr> {
    line.split_once("listening on http://")?.1.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_announced_address_is_read() {
        let address = address_in("listening on http://127.0.0.1:40123").unwrap();
        assert_eq!(address.port(), 40123);
        assert_eq!(address_in("reading the content"), None);
    }

    #[test]
    fn a_program_ends_with_its_value() {
        let mut command = process::command("sleep");
        let running = Running::new(command.arg("60").spawn().unwrap());
        let stat = format!("/proc/{}", running.id());
        drop(running);
        assert!(!Path::new(&stat).exists());
    }
}
