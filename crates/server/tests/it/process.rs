//! The binary itself: start, limits, stop.

use std::{
    fs,
    io::{Read, Write},
    path::Path,
    process::Output,
};

use crate::support::{
    SITE,
    binary::{Raw, Server, run},
    copy, fixture_content,
};

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_binary_alone_serves_the_content_it_was_built_with() {
    let server = Server::start::<&str>([]);
    let page = server.get("/articles/cellules-car-t");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<h1"));
    assert_eq!(server.get("/api/v1/site").status, 200);
    let js = page.text().split("data-js=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(server.get(&js).status, 200, "the app is built in");
    assert!(
        server.folder.path().join("immunotheque-data").is_dir(),
        "its own files stay where it was started"
    );
}

#[test]
fn the_public_address_can_be_given_at_start() {
    let server = Server::start(["--url", "https://autre.example"]);
    assert!(
        server.get("/").text().contains("<link rel=\"canonical\" href=\"https://autre.example/\">")
    );
}

#[test]
fn a_request_under_way_is_finished_when_the_server_is_told_to_stop() {
    let server = Server::start::<&str>([]);
    let page = server.get("/").text();
    let wasm = page.split("data-wasm=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let whole = server.get(&wasm).body;

    // More answers than the buffers between the two hold: one of them is under way for sure once
    // the first has begun to arrive, and stays so while nobody reads.
    let mut stream = server.connect();
    let request = format!("GET {wasm} HTTP/1.1\r\nhost: x\r\n\r\n");
    stream.write_all(request.repeat(32).as_bytes()).unwrap();
    let mut first = [0];
    stream.read_exact(&mut first).unwrap();

    server.terminate();
    // The signal has then been understood.
    server.wait_until_closed();
    let mut rest = first.to_vec();
    stream.read_to_end(&mut rest).unwrap();
    let mut finished = 0;
    while !rest.is_empty() {
        let answer = Raw::parse(&rest);
        assert_eq!(answer.status, 200);
        assert!(whole.len() <= answer.body.len(), "answer {finished} was cut short");
        assert_eq!(answer.body[..whole.len()], whole[..], "answer {finished}");
        rest.drain(..rest.len() - answer.body.len() + whole.len());
        finished += 1;
    }
    assert!(0 < finished);
    let (status, log) = server.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(log.contains("stopped") && !log.contains("cut short"), "{log}");
}

#[test]
fn an_idle_connection_does_not_keep_the_server_from_stopping() {
    let server = Server::start::<&str>([]);
    let mut stream = server.connect();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    server.terminate();
    let (status, log) = server.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(!log.contains("cut short"), "{log}");
}

#[test]
fn several_questions_are_answered_on_one_connection() {
    let server = Server::start::<&str>([]);
    let last = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let request = format!("{}{last}", "GET /api/v1/site HTTP/1.1\r\nhost: x\r\n\r\n".repeat(3));
    let answer = String::from_utf8(server.send(request.as_bytes())).unwrap();
    assert_eq!(answer.matches("HTTP/1.1 200").count(), 4, "{answer}");
}

#[track_caller]
fn check_refused(server: &Server, request: &[u8], status: u16) {
    let answer = Raw::parse(&server.send(request));
    assert_eq!(answer.status, status, "{}", answer.head);
    assert!(answer.head.contains("content-type: application/problem+json"), "{}", answer.head);
    assert!(answer.text().contains(&format!("\"status\":{status}")), "{}", answer.text());
}

#[test]
fn what_is_too_large_is_refused_with_an_explanation_over_the_wire() {
    let server = Server::start::<&str>([]);
    let end = "host: x\r\nconnection: close\r\n";
    let long = "a".repeat(20_000);
    let headers = format!("GET / HTTP/1.1\r\n{end}x-large: {long}\r\n\r\n");
    check_refused(&server, headers.as_bytes(), 431);
    let address = format!("GET /{long} HTTP/1.1\r\n{end}\r\n");
    check_refused(&server, address.as_bytes(), 414);
    let body = format!("POST /api/v1/site HTTP/1.1\r\n{end}content-length: 1000000\r\n\r\n");
    check_refused(&server, body.as_bytes(), 413);
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn what_is_no_request_ends_its_own_connection_and_nothing_else() {
    let server = Server::start::<&str>([]);
    let endless = [b"GET / HTTP/1.1\r\nx: ".to_vec(), vec![b'a'; 300_000]].concat();
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(1_000));
    for request in [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice(),
        b"\0\0\0\0\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        many.as_bytes(),
        &endless,
    ] {
        let answer = String::from_utf8_lossy(&server.send(request)).into_owned();
        let about = String::from_utf8_lossy(&request[..request.len().min(40)]).into_owned();
        assert!(!answer.starts_with("HTTP/1.1 2") && !answer.starts_with("HTTP/1.1 5"), "{about}");
        assert_eq!(server.get("/healthz").status, 200, "{about}");
    }
}

#[test]
fn nothing_that_is_logged_tells_who_asked_or_for_what() {
    let server = Server::start(["--log-json"]);
    let headers = "user-agent: Mon-Navigateur\r\nreferer: https://ailleurs.example/\r\n\
                   x-forwarded-for: 203.0.113.9\r\n";
    for address in [
        "/recherche?q=maladierare",
        "/api/v1/search?q=maladierare",
        "/maladierare",
        "/articles/maladierare",
        "/articles?topic=maladierare",
        "/api/v1/articles?topic=maladierare",
        "/pictures/maladierare.png",
    ] {
        server.get_with(address, headers);
    }
    server.send(b"maladierare\r\n\r\n");
    server.terminate();
    let (status, log) = server.end();
    assert!(status.success());
    for word in ["maladierare", "127.0.0.1", "203.0.113.9", "Mon-Navigateur", "ailleurs"] {
        assert!(!log.contains(word), "{word}: {log}");
    }
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["level"].is_string() && line["timestamp"].is_string(), "{line}");
    }
}

/// A copy of the fixtures and a site file in one folder.
fn scene() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&fixture_content(), &folder.path().join("content"));
    fs::write(folder.path().join("site.toml"), SITE).unwrap();
    folder
}

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    let (content, site) = (folder.join("content"), folder.join("site.toml"));
    let sources = ["--content", text(&content), "--site", text(&site)];
    run(arguments.iter().copied().chain(sources))
}

#[track_caller]
fn check_fails(folder: &Path, arguments: &[&str], words: &[&str]) {
    let output = run_in(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for word in words {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

#[test]
fn content_with_a_fault_stops_the_start_with_file_and_line() {
    let folder = scene();
    let file = folder.path().join("content/articles/exemple-01.md");
    let article = fs::read_to_string(&file).unwrap();
    fs::write(&file, article.replace("[@FICTIF-2021]", "[@INCONNUE-1999]")).unwrap();
    let line = 1 + article.lines().position(|it| it.contains("[@FICTIF-2021]")).unwrap();
    let place = format!("articles/exemple-01.md:{line}:");
    check_fails(folder.path(), &SERVE, &[&place, "INCONNUE-1999"]);
    check_fails(folder.path(), &["check-content"], &[&place, "INCONNUE-1999", "1 fault"]);
    let target = folder.path().join("out");
    check_fails(folder.path(), &["export", text(&target)], &[&place]);
    assert!(!target.exists(), "nothing is written of a faulty site");
}

#[test]
fn a_site_file_with_a_fault_stops_the_start_with_file_and_line() {
    let folder = scene();
    let file = folder.path().join("site.toml");
    fs::write(&file, format!("{SITE}\nunknown = 1\n")).unwrap();
    let line = format!("line {}", SITE.lines().count() + 2);
    check_fails(folder.path(), &SERVE, &["site.toml", &line, "unknown"]);
    fs::write(&file, SITE.replace("https://ami.example\"]", "https://ami.example/x\"]")).unwrap();
    check_fails(folder.path(), &SERVE, &["site.toml", "allowed_origins"]);
    fs::remove_file(&file).unwrap();
    check_fails(folder.path(), &SERVE, &["site.toml"]);
}

#[test]
fn a_folder_or_a_port_that_cannot_be_had_is_named() {
    let folder = scene();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    check_fails(folder.path(), &["serve", "--listen", &address], &[&address]);
    let file = folder.path().join("site.toml");
    check_fails(
        folder.path(),
        &["serve", "--listen", "127.0.0.1:0", "--data", text(&file)],
        &["site.toml"],
    );
    fs::remove_dir_all(folder.path().join("content")).unwrap();
    check_fails(folder.path(), &SERVE, &["content", "no such folder"]);
}

#[test]
fn content_without_fault_is_counted() {
    let folder = scene();
    let output = run_in(folder.path(), &["check-content"]);
    assert!(output.status.success());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("20 articles, 3 pages, 4 terms, 4 references"), "{said}");
    let built_in = run(["check-content"]);
    assert!(built_in.status.success(), "{}", String::from_utf8_lossy(&built_in.stderr));
}
