//! One request over a plain connection: what a browser hides, such as the bytes on the wire.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

/// An answer as it came.
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0 == name).map(|it| &*it.1)
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

/// `GET` without compression. `origin` is `http://host:port`.
pub fn get(origin: &str, path: &str) -> Answer {
    request("GET", origin, path, "identity", None, "")
}

/// `GET` as a browser asks that understands brotli.
pub fn get_brotli(origin: &str, path: &str) -> Answer {
    request("GET", origin, path, "br", None, "")
}

/// `DELETE`, whatever the answer.
pub fn delete(origin: &str, path: &str) {
    request("DELETE", origin, path, "identity", None, "");
}

/// `POST` of JSON, which is taken.
pub fn post_json(origin: &str, path: &str, body: &str) {
    let answer = request("POST", origin, path, "identity", Some(body), "");
    assert_eq!(answer.status, 201, "{}", answer.text());
}

/// The same from an address that a proxy tells; returns what is answered.
pub fn post_json_from(sender: &str, origin: &str, path: &str, body: &str) -> Answer {
    let header = format!("x-forwarded-for: {sender}\r\n");
    let answer = request("POST", origin, path, "identity", Some(body), &header);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer
}

/// `headers` are whole lines, each with its end.
fn request(
    method: &str,
    origin: &str,
    path: &str,
    encoding: &str,
    json: Option<&str>,
    headers: &str,
) -> Answer {
    let host = origin.strip_prefix("http://").expect("tests speak plain HTTP");
    let mut stream = TcpStream::connect(host).unwrap();
    let about = json.map_or(String::new(), |it| {
        format!("content-type: application/json\r\ncontent-length: {}\r\n", it.len())
    });
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\naccept-encoding: {encoding}\r\n{about}{headers}connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(json.unwrap_or_default().as_bytes()).unwrap();
    let mut stream = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let status = lines.first().and_then(|it| it.split(' ').nth(1)).expect("a status");
    let status = status.parse().unwrap();
    let headers = lines.iter().filter_map(|it| it.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    let mut answer = Answer { status, headers: headers.collect(), body: Vec::new() };
    // Not until the connection closes: the browser's driver keeps it open, asked or not.
    let length = answer.header("content-length").expect("a length").parse().unwrap();
    answer.body.resize(length, 0);
    stream.read_exact(&mut answer.body).unwrap();
    answer
}
