//! A host for static files, as plain as the plainest that sites are put on.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use super::Folder;

/// Serves the files of a folder until dropped.
pub struct StaticHost {
    pub origin: String,
    stopped: Arc<AtomicBool>,
    /// Holds the files while they are served.
    _folder: Arc<Folder>,
}

impl StaticHost {
    /// A place to serve from, before there is anything: an export may have to be told its origin.
    pub fn bind() -> (TcpListener, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        (listener, origin)
    }

    pub fn serve(listener: TcpListener, folder: Arc<Folder>) -> StaticHost {
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let stopped = Arc::new(AtomicBool::new(false));
        let (root, stop) = (folder.path().to_owned(), stopped.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), root) = (stream, root.clone()) else { continue };
                thread::spawn(move || answer(&stream, &root));
            }
        });
        StaticHost { origin, stopped, _folder: folder }
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

impl Drop for StaticHost {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a visitor.
        let _ = TcpStream::connect(self.origin.trim_start_matches("http://"));
    }
}

/// One request for each connection. A browser that goes away is no failure.
fn answer(mut stream: &TcpStream, root: &Path) {
    let mut lines = BufReader::new(stream).lines();
    let Some(Ok(first)) = lines.next() else { return };
    while lines.next().is_some_and(|it| it.is_ok_and(|it| !it.is_empty())) {}
    let address = first.split(' ').nth(1).unwrap_or("/");
    let (path, query) = address.split_at(address.find('?').unwrap_or(address.len()));
    let (status, place, file) = find(root, path, query);
    let body = file.as_ref().map(|it| fs::read(it).unwrap()).unwrap_or_default();
    let kind = file.as_deref().map_or("text/plain", content_type);
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n{place}connection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

/// Status, location header and file: a folder is its `index.html`, at the address with a slash.
fn find(root: &Path, path: &str, query: &str) -> (&'static str, String, Option<PathBuf>) {
    let file = root.join(path.trim_start_matches('/'));
    // Dots only ever name files here.
    assert!(!path.contains(".."), "{path}");
    if file.is_file() {
        return ("200 OK", String::new(), Some(file));
    }
    if file.join("index.html").is_file() {
        if path.ends_with('/') {
            return ("200 OK", String::new(), Some(file.join("index.html")));
        }
        return ("301 Moved Permanently", format!("location: {path}/{query}\r\n"), None);
    }
    ("404 Not Found", String::new(), Some(root.join("404.html")))
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|it| it.to_str()).unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
