//! A client of our own server: one answer after the other on one connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::failure::{Failure, Outcome};

pub struct Client {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case, in the order they came.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Client {
    pub fn connect(address: SocketAddr) -> Outcome<Self> {
        let failed = |error| Failure::new(format!("{address} takes no connection: {error}"));
        let stream = TcpStream::connect(address).map_err(failed)?;
        stream.set_nodelay(true).map_err(failed)?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).map_err(failed)?;
        Ok(Self { stream: BufReader::new(stream), address })
    }

    /// The answer to a GET that takes `encoding`.
    pub fn get(&mut self, path: &str, encoding: &str) -> Outcome<Answer> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\naccept-encoding: {encoding}\r\n\r\n",
            self.address
        );
        self.stream
            .get_mut()
            .write_all(request.as_bytes())
            .and_then(|()| read(&mut self.stream))
            .map_err(|error| {
                Failure::new(format!("{path} at {} is not answered: {error}", self.address))
            })
    }

    /// The answer to a request with JSON in it. `headers` are whole lines, each with its end.
    pub fn send(&mut self, method: &str, path: &str, headers: &str, json: &str) -> Outcome<Answer> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n{headers}\r\n{json}",
            self.address,
            json.len()
        );
        self.stream
            .get_mut()
            .write_all(request.as_bytes())
            .and_then(|()| read(&mut self.stream))
            .map_err(|error| {
                Failure::new(format!("{path} at {} is not answered: {error}", self.address))
            })
    }

    /// The same as a GET in brotli, with a failure where it is not of that type or not compressed.
    pub fn get_compressed(&mut self, path: &str, content_type: &str) -> Outcome<Answer> {
        let answer = self.get_ok(path, "br")?;
        let its = answer.header("content-type").unwrap_or("nothing");
        if !its.starts_with(content_type) {
            return Err(Failure::new(format!("{path} answers {its} instead of {content_type}")));
        }
        if answer.header("content-encoding") != Some("br") {
            return Err(Failure::new(format!("{path} is not sent in brotli")));
        }
        Ok(answer)
    }

    /// The same as a GET, but any status other than 200 is a failure.
    pub fn get_ok(&mut self, path: &str, encoding: &str) -> Outcome<Answer> {
        let answer = self.get(path, encoding)?;
        if answer.status == 200 {
            return Ok(answer);
        }
        Err(Failure::new(format!("{path} answers {} instead of 200", answer.status)))
    }
}

/// One answer. Only what our servers send is understood: a body with its length.
fn read(stream: &mut impl BufRead) -> std::io::Result<Answer> {
    let invalid = |what: &str| std::io::Error::new(std::io::ErrorKind::InvalidData, what);
    let status = line(stream)?
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or_else(|| invalid("no status"))?;
    let mut headers = Vec::new();
    loop {
        let line = line(stream)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| invalid("a broken header"))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut answer = Answer { status, headers, body: Vec::new() };
    let length = answer
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .ok_or_else(|| invalid("no content-length"))?;
    answer.body.resize(length, 0);
    stream.read_exact(&mut answer.body)?;
    Ok(answer)
}

fn line(stream: &mut impl BufRead) -> std::io::Result<String> {
    let mut line = String::new();
    // A head without an end must not fill the memory.
    if stream.take(64 * 1024).read_line(&mut line)? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_one_after_the_other() {
        let bytes = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nouiX\
                     HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
        let mut stream = bytes.as_bytes();
        let first = read(&mut stream).unwrap();
        assert_eq!((first.status, first.body.as_slice()), (200, b"ouiX".as_slice()));
        assert_eq!(first.header("content-type"), Some("text/plain"));
        assert_eq!(read(&mut stream).unwrap().status, 404);
    }

    #[test]
    fn an_answer_that_is_cut_short_or_has_no_length_is_an_error() {
        for bytes in
            ["", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx"]
        {
            assert!(read(&mut bytes.as_bytes()).is_err(), "{bytes}");
        }
    }
}
