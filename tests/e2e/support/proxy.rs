//! What may stand between a browser and the server: it listens to what is said, and fails when told to.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// What becomes of what is posted. Everything else goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Through,
    /// Answered with a status, and never brought to the server.
    Refused(u16),
    /// The server answers, and nobody hears it: the connection ends.
    Unheard,
    /// The server answers, and another status is heard.
    Misheard(u16),
}

/// One request as it was made.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    /// The header by which the same again is known.
    pub key: Option<String>,
}

struct Shared {
    upstream: String,
    manner: Mutex<Manner>,
    asked: Mutex<Vec<Asked>>,
    stopped: AtomicBool,
}

/// Stands before a server until dropped.
pub struct Proxy {
    pub origin: String,
    shared: Arc<Shared>,
}

impl Proxy {
    /// Before the server at `upstream`, `http://host:port`.
    pub fn before(upstream: &str) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            upstream: upstream.trim_start_matches("http://").to_owned(),
            manner: Mutex::new(Manner::Through),
            asked: Mutex::default(),
            stopped: AtomicBool::new(false),
        });
        let state = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                if state.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), state) = (stream, state.clone()) else { continue };
                thread::spawn(move || carry(stream, &state));
            }
        });
        Proxy { origin, shared }
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    pub fn behave(&self, manner: Manner) {
        *self.shared.manner.lock().unwrap() = manner;
    }

    /// All requests until now.
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap().clone()
    }

    /// The keys of all that was posted until now.
    pub fn keys(&self) -> Vec<String> {
        let posted = self.asked().into_iter().filter(|it| it.method == "POST");
        posted.map(|it| it.key.expect("a script sends it")).collect()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a visitor.
        let _ = TcpStream::connect(self.origin.trim_start_matches("http://"));
    }
}

/// One request for each connection. None where one of both sides goes away, which is no failure.
fn carry(mut browser: TcpStream, shared: &Shared) -> Option<()> {
    let mut reader = BufReader::new(browser.try_clone().ok()?);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        // A connection that was opened ahead and never used ends here.
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_owned()),
        }
    }
    let value = |name: &str| {
        let mut pairs = head.iter().filter_map(|it| it.split_once(':'));
        pairs.find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.trim().to_owned())
    };
    let length = value("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let mut words = head.first()?.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let is_post = method == "POST";
    shared.asked.lock().ok()?.push(Asked { method, path, key: value("idempotency-key") });
    let manner = if is_post { *shared.manner.lock().ok()? } else { Manner::Through };
    if let Manner::Refused(status) = manner {
        return browser.write_all(refusal(status).as_bytes()).ok();
    }
    // One answer for each connection: it ends where the connection does.
    let kept = head.iter().filter(|it| !it.to_lowercase().starts_with("connection:"));
    let head: String = kept.map(|it| format!("{it}\r\n")).collect();
    let mut server = TcpStream::connect(&shared.upstream).ok()?;
    server.write_all(format!("{head}connection: close\r\n\r\n").as_bytes()).ok()?;
    server.write_all(&body).ok()?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).ok()?;
    match manner {
        Manner::Unheard => None,
        Manner::Misheard(status) => browser.write_all(refusal(status).as_bytes()).ok(),
        _ => browser.write_all(&answer).ok(),
    }
}

/// As something that knows nothing of the site would say it.
fn refusal(status: u16) -> String {
    let body = "<!doctype html><title>x</title><h1>Upstream</h1><p>nothing to see";
    format!(
        "HTTP/1.1 {status} X\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}
