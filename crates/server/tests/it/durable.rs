//! What was acknowledged is there again: after a kill, and out of a copy.

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{
    POSTGRES, SITE,
    binary::{Raw, Server, command},
    fixture_content,
};

/// The site file, in a folder that outlives the servers.
pub fn scene() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.toml"), SITE).unwrap();
    folder
}

pub fn start(folder: &Path) -> Server {
    Server::start(arguments(folder, "data"))
}

/// The same, ready for [`Server::limit_files`].
pub fn start_on_a_small_disk(folder: &Path) -> Server {
    Server::start_patient(arguments(folder, "data"))
}

/// A server's that keeps its files in `folder`, below `data`.
pub fn arguments(folder: &Path, data: &str) -> Vec<String> {
    let content = fixture_content();
    let (site, data) = (folder.join("site.toml"), folder.join(data));
    let paths = [content, site, data].map(|it| it.to_str().unwrap().to_owned());
    let [content, site, data] = &paths;
    ["--content", content, "--site", site, "--data", data, "--behind-proxy"]
        .map(ToOwned::to_owned)
        .into()
}

/// Sends a comment; None when the server died before it said that it is kept.
pub fn send(server: &Server, number: usize) -> Option<String> {
    let answer = post(server, number)?;
    let json: Value = serde_json::from_slice(&answer.body).ok()?;
    (answer.status == 201).then(|| json["receipt"].as_str().unwrap().to_owned())
}

/// The same, whatever the answer.
pub fn post(server: &Server, number: usize) -> Option<Raw> {
    let body = format!("{{\"name\":\"n{number}\",\"body\":\"Texte {number}\",\"consent\":true}}");
    let request = format!(
        "POST /api/v1/articles/exemple-02/comments HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nx-forwarded-for: 192.0.2.{}\r\n\
         idempotency-key: key-of-number-{number:09}\r\n\r\n{body}",
        body.len(),
        number % 200,
    );
    server.try_send(request.as_bytes())
}

pub fn is_kept(server: &Server, receipt: &str) -> bool {
    server.get(&format!("/api/v1/receipts/{receipt}")).status == 200
}

/// Kills servers that are sent messages, and looks at what another one finds: all that was acknowledged, and
/// each message once, whether its sender has heard of it or not.
fn check_kills(more: &[String]) {
    let folder = scene();
    let start = || Server::start([&arguments(folder.path(), "data")[..], more].concat());
    let mut receipts: Vec<String> = Vec::new();
    let unheard = std::sync::Mutex::new(Vec::new());
    for round in 0..3_usize {
        let server = start();
        let killed = AtomicBool::new(false);
        let acknowledged = std::sync::Mutex::new(Vec::new());
        thread::scope(|scope| {
            for worker in 0..4_usize {
                let (server, killed, acknowledged) = (&server, &killed, &acknowledged);
                let unheard = &unheard;
                scope.spawn(move || {
                    for number in 0..1_000 {
                        let number = round * 100_000 + worker * 10_000 + number;
                        match send(server, number) {
                            Some(it) => acknowledged.lock().unwrap().push(it),
                            None => return unheard.lock().unwrap().push(number),
                        }
                        if killed.load(Ordering::Relaxed) {
                            return;
                        }
                    }
                });
            }
            // In the middle of what is being written.
            while acknowledged.lock().unwrap().len() < 20 + 7 * round {
                thread::yield_now();
            }
            server.kill();
            killed.store(true, Ordering::Relaxed);
        });
        receipts.extend(acknowledged.into_inner().unwrap());
    }
    let server = start();
    let lost = receipts.iter().filter(|it| !is_kept(&server, it)).count();
    assert_eq!(lost, 0, "of {}", receipts.len());
    // The same again is the same, as a form sends it that has heard nothing.
    let unheard = unheard.into_inner().unwrap();
    assert!(!unheard.is_empty(), "each kill leaves somebody without an answer");
    receipts.extend(unheard.iter().map(|it| send(&server, *it).unwrap()));
    let first = send(&server, 0).unwrap();
    assert!(receipts.contains(&first), "the first was acknowledged long ago");
    let count = receipts.len();
    receipts.sort();
    receipts.dedup();
    assert_eq!(receipts.len(), count, "no two messages have one receipt");
    drop(server);
    let listed =
        command(folder.path()).args(["moderation", "list", "--data", "data"]).args(more).output();
    let listed = String::from_utf8(listed.unwrap().stdout).unwrap();
    assert!(listed.contains(&format!("{count} wait for a decision")), "{count}: {listed}");
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed_and_nothing_is_doubled() {
    check_kills(&[]);
}

#[test]
fn nothing_is_lost_or_doubled_on_postgresql_either() {
    check_kills(&["--database-url".to_owned(), POSTGRES.create_database()]);
}

#[test]
fn a_copy_made_while_the_server_runs_brings_everything_back() {
    let (folder, other) = (scene(), scene());
    let server = start(folder.path());
    let receipts: Vec<String> = (0..5).map(|it| send(&server, it).unwrap()).collect();
    let copy = folder.path().join("copy.jsonl");
    let run = |arguments: &[&str]| {
        let output = command(folder.path()).args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (data, there) = (folder.path().join("data"), other.path().join("data"));
    let (data, there) = (data.to_str().unwrap(), there.to_str().unwrap());
    let copy = copy.to_str().unwrap();
    assert_eq!(run(&["backup", copy, "--data", data]), (true, String::new()));
    let (done, said) = run(&["backup", copy, "--data", data]);
    assert!(!done && said.contains("is there already"), "{said}");
    assert_eq!(run(&["restore", copy, "--data", there]), (true, String::new()));
    let (done, said) = run(&["restore", copy, "--data", there]);
    assert!(!done && said.contains("not empty"), "{said}");
    assert_eq!(run(&["migrate", "--data", there]), (true, String::new()));
    let again = start(other.path());
    for receipt in &receipts {
        assert!(is_kept(&again, receipt));
    }
    // People's words are for this account alone, wherever the folder lies.
    #[cfg(unix)]
    for (path, mode) in [
        ("data", 0o700),
        ("data/immunotheque.sqlite", 0o600),
        ("data/immunotheque.sqlite-wal", 0o600),
        ("copy.jsonl", 0o600),
    ] {
        let found = fs::metadata(folder.path().join(path)).unwrap();
        let found = std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o777;
        assert_eq!(found, mode, "{path}: {found:o}");
    }
    // The site's own secret came along: the same form learns the same receipt.
    assert_eq!(send(&again, 3).as_ref(), receipts.get(3));
}
