//! Starting other programs.
//!
//! `cargo run` leaves variables about *this* crate in the environment. A cargo started from here
//! would hand them on to build scripts, which some take as a reason to build again: every program
//! is started without them.

use std::env;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::failure::{Failure, Outcome};
use crate::workspace::variable;

/// A program to start, free of what cargo said about this crate.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(about_this_crate) {
            command.env_remove(name);
        }
    }
    command
}

/// Whether a variable is what `cargo run` tells the program about itself.
fn about_this_crate(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"]
        .iter()
        .any(|prefix| variable.starts_with(prefix))
        || ["CARGO_PRIMARY_PACKAGE", "CARGO_TARGET_TMPDIR", "CARGO_MAKEFLAGS", "OUT_DIR"]
            .contains(&variable)
}

/// The cargo that started us, or the one on the PATH.
pub fn cargo() -> Command {
    command(variable("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The first program of that name on the PATH.
pub fn which(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&variable("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// The PATH with `folders` put before it.
pub fn path_with(command: &mut Command, folders: &[PathBuf]) -> Outcome<()> {
    let path = variable("PATH").unwrap_or_default();
    let joined = env::join_paths(folders.iter().cloned().chain(env::split_paths(&path)))
        .map_err(|error| Failure::new(format!("the tools' folder cannot be on a PATH: {error}")))?;
    command.env("PATH", joined);
    Ok(())
}

/// What a program prints when it ends well; nothing if it is absent or fails.
pub fn answer(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = command(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program to its end, its output being ours; `otherwise` is the sentence if it fails.
pub fn run(command: &mut Command, otherwise: &str) -> Outcome<()> {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(Failure::new(otherwise)) }
}

/// The sentence for a program that could not even be started.
pub fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    let program = Path::new(command.get_program()).display();
    Failure::new(format!("{program} could not be started ({error}): install it and try again"))
}

/// How a program ended, and all it said.
pub struct Ended {
    pub status: ExitStatus,
    pub output: String,
}

/// Runs a program to its end, showing its output as it comes and keeping it.
pub fn run_and_keep(command: &mut Command) -> Outcome<Ended> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    keep(command)
}

/// The same, but standard error stays as it is: cargo draws its progress there.
pub fn run_and_keep_stdout(command: &mut Command) -> Outcome<Ended> {
    command.stdout(Stdio::piped());
    keep(command)
}

fn keep(command: &mut Command) -> Outcome<Ended> {
    let mut child =
        command.stdin(Stdio::null()).spawn().map_err(|error| not_started(command, &error))?;
    let kept = Arc::new(Mutex::new(Vec::new()));
    let (finished, all_finished) = mpsc::channel::<()>();
    if let Some(stdout) = child.stdout.take() {
        copy(stdout, std::io::stdout(), Arc::clone(&kept), finished.clone());
    }
    if let Some(stderr) = child.stderr.take() {
        copy(stderr, std::io::stderr(), Arc::clone(&kept), finished.clone());
    }
    drop(finished);
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    // Ends when both copies are over. A browser left behind by a failed test still holds the pipe,
    // hence the limit.
    let _ = all_finished.recv_timeout(Duration::from_secs(2));
    let bytes = std::mem::take(&mut *kept.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(Ended { status, output: String::from_utf8_lossy(&bytes).into_owned() })
}

/// Copies `from` to `to` and to `kept` in the background, and drops `finished` at the end.
fn copy(
    mut from: impl Read + Send + 'static,
    mut to: impl Write + Send + 'static,
    kept: Arc<Mutex<Vec<u8>>>,
    finished: mpsc::Sender<()>,
) {
    std::thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            // A closed terminal must not stop the program whose output we copy.
            let _ = to.write_all(&buffer[..count]).and_then(|()| to.flush());
            kept.lock().unwrap_or_else(PoisonError::into_inner).extend(&buffer[..count]);
        }
        drop(finished);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_says_about_this_crate_is_not_handed_on() {
        for name in ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "CARGO_BIN_NAME", "OUT_DIR"] {
            assert!(about_this_crate(name), "{name}");
        }
    }

    #[test]
    fn what_the_user_says_to_cargo_is_handed_on() {
        for name in ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_NET_OFFLINE", "RUSTFLAGS", "PATH"] {
            assert!(!about_this_crate(name), "{name}");
        }
    }

    #[test]
    fn what_a_program_says_is_kept_whether_it_ends_well_or_not() {
        let mut shell = command("sh");
        let ended = run_and_keep(shell.args(["-c", "echo out; echo err >&2; exit 3"])).unwrap();
        assert_eq!(ended.status.code(), Some(3));
        assert!(ended.output.contains("out\n"));
        assert!(ended.output.contains("err\n"));
    }

    #[test]
    fn a_child_left_behind_does_not_hold_us_up() {
        let started = std::time::Instant::now();
        let mut shell = command("sh");
        let ended = run_and_keep(shell.args(["-c", "sleep 20 & echo done"])).unwrap();
        assert!(ended.output.contains("done"));
        assert!(started.elapsed() < Duration::from_secs(15));
    }

    #[test]
    fn a_program_that_is_absent_or_fails_gives_no_answer() {
        assert_eq!(answer("no-such-program-anywhere", &["--version"]), None);
        assert_eq!(answer("false", &[]), None);
    }

    #[test]
    fn a_program_that_cannot_be_started_is_named() {
        let failure = run(&mut command("no-such-program-anywhere"), "").unwrap_err();
        assert!(failure.to_string().starts_with("no-such-program-anywhere could not be started"));
    }
}
