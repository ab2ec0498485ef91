//! A PostgreSQL of the tests' own. The server's and the browser's tests use it too.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

/// A PostgreSQL server of the tests' own, reached by a socket in its folder only.
pub struct Postgres {
    pub folder: PathBuf,
    databases: AtomicU32,
}

/// Finds a program of PostgreSQL: on the path, or where Debian keeps it.
fn program(name: &str) -> PathBuf {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> = debian.map(|it| it.path().join("bin").join(name)).collect();
    versions.sort();
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&on_path)
        .map(|it| it.join(name))
        .chain(versions.into_iter().rev())
        .find(|it| it.is_file())
        .unwrap_or_else(|| panic!("{name} is missing: install PostgreSQL, or run cargo xtask test"))
}

fn is_root() -> bool {
    let answer = Command::new("id").arg("-u").output().unwrap();
    String::from_utf8_lossy(&answer.stdout).trim() == "0"
}

/// A command as somebody else than root, whom PostgreSQL refuses.
pub fn unprivileged(name: &str) -> Command {
    if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program(name));
        command
    } else {
        Command::new(program(name))
    }
}

#[track_caller]
pub fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {error}");
}

impl Postgres {
    pub fn start() -> Postgres {
        // Left to the operating system: statics are not dropped, but the server ends with us.
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").unwrap().keep();
        let data = folder.join("data");
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&folder));
        }
        run(unprivileged("initdb")
            .args(["--auth=trust", "--no-sync", "--username=tests", "-D"])
            .arg(&data));
        let started = Postgres { folder, databases: AtomicU32::new(0) };
        started.go_on();
        end_with_us(&data);
        started
    }

    /// Starts it, also once more where it was stopped.
    pub fn go_on(&self) {
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories={} -c fsync=off",
            self.folder.display()
        );
        run(unprivileged("pg_ctl")
            .args(["start", "-w", "-o", &options, "-D"])
            .arg(self.folder.join("data"))
            .arg("-l")
            .arg(self.folder.join("log")));
    }

    /// A database without anything in it; returns its address.
    pub fn create_database(&self) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("test{number}");
        run(unprivileged("createdb").arg("-h").arg(&self.folder).args(["-U", "tests", &name]));
        let socket: String = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://tests@{socket}/{name}")
    }
}

/// Stops the server and removes its folder once this process is gone, however it ends.
fn end_with_us(data: &Path) {
    let script = "while kill -0 \"$1\" 2>/dev/null; do sleep 0.2; done
        kill -QUIT \"$(head -1 \"$2/postmaster.pid\")\"
        while [ -e \"$2/postmaster.pid\" ] && kill -0 \"$(head -1 \"$2/postmaster.pid\")\" 2>/dev/null; do sleep 0.1; done
        rm -rf \"${2%/data}\"";
    let watcher = Command::new("sh")
        .args(["-c", script, "sh", &std::process::id().to_string()])
        .arg(data)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    // It outlives us: nobody waits for it.
    std::mem::forget(watcher.unwrap());
}
