//! nginx as the measure of what a server need cost: it hands out the very bytes that ours answers.
//!
//! Compressed beforehand, from files that it keeps open, with as many headers as ours sends.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::client::{Answer, Client};
use super::cores::{Cores, on_cores};
use super::server::Running;
use crate::failure::{Failure, Outcome};
use crate::process;

pub struct Nginx {
    running: Running,
    pub address: SocketAddr,
}

/// Headers that nginx writes by itself: the same as ours writes.
const ITS_OWN: [&str; 4] = ["content-type", "content-length", "date", "connection"];
/// Headers that nginx adds and ours has not: `Server` and `Connection`. As many short ones of ours
/// are left out, so that both write the same number.
const LEFT_OUT: [&str; 2] = ["x-content-type-options", "x-frame-options"];

impl Nginx {
    /// Starts it in `folder` with the answer to each path.
    pub fn start(nginx: &Path, folder: &Path, answers: &[(&str, &Answer)]) -> Outcome<Self> {
        let failed = |error: std::io::Error| {
            Failure::new(format!("{} cannot be written ({error})", folder.display()))
        };
        fs::create_dir_all(folder).map_err(failed)?;
        // Free a moment ago; nginx cannot be given a port by the system.
        let address =
            TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).map_err(
                |error| Failure::new(format!("no port of this machine is free: {error}")),
            )?;
        let mut locations = String::new();
        for (index, (path, answer)) in answers.iter().enumerate() {
            let file = folder.join(format!("body-{index}"));
            fs::write(&file, &answer.body).map_err(failed)?;
            locations.push_str(&location(path, &file, answer));
        }
        let file = folder.join("nginx.conf");
        fs::write(&file, configuration(folder, address, &locations)).map_err(failed)?;
        let mut command = on_cores(nginx, Cores::First);
        command.arg("-p").arg(folder).arg("-c").arg(&file).arg("-e").arg(folder.join("error.log"));
        command.stdin(Stdio::null());
        let child = command.spawn().map_err(|error| process::not_started(&command, &error))?;
        let mut nginx = Self { running: Running::new(child), address };
        nginx.wait(folder)?;
        Ok(nginx)
    }

    pub fn id(&self) -> u32 {
        self.running.id()
    }

    fn wait(&mut self, folder: &Path) -> Outcome<()> {
        for _ in 0..100 {
            if Client::connect(self.address).is_ok() {
                return Ok(());
            }
            if self.running.is_over() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = folder.join("error.log");
        Err(Failure::new(format!("nginx does not start: {} tells why", log.display())))
    }
}

/// What answers one path.
fn location(path: &str, file: &Path, answer: &Answer) -> String {
    let content_type = answer.header("content-type").unwrap_or("application/octet-stream");
    let mut text = format!(
        "    location = {path} {{\n      alias {};\n      types {{}} default_type {};\n",
        file.display(),
        quoted(content_type),
    );
    for (name, value) in &answer.headers {
        if !ITS_OWN.contains(&name.as_str()) && !LEFT_OUT.contains(&name.as_str()) {
            text.push_str(&format!("      add_header {name} {};\n", quoted(value)));
        }
    }
    text.push_str("      add_header Last-Modified \"\";\n    }\n");
    text
}

/// A value for nginx's configuration. A `$` would begin a variable there and cannot be escaped;
/// one byte for another changes nothing of what is measured.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "S"))
}

/// One process that is its own worker, so that its processor time is that of its process.
fn configuration(folder: &Path, address: SocketAddr, locations: &str) -> String {
    let folder = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|what| format!("  {what}_temp_path {folder}/temp;\n"))
        .concat();
    format!(
        "daemon off;\nmaster_process off;\nworker_processes 1;\npid {folder}/nginx.pid;\n\
         error_log {folder}/error.log warn;\nevents {{ worker_connections 1024; }}\nhttp {{\n\
         {temporary}  access_log off;\n  etag off;\n  max_ranges 0;\n  sendfile on;\n  tcp_nopush on;\n  \
         tcp_nodelay on;\n  keepalive_requests 100000000;\n  open_file_cache max=100 \
         inactive=600s;\n  open_file_cache_valid 600s;\n  server {{\n    listen {address};\n\
         {locations}  }}\n}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_repeated_except_those_nginx_writes_itself() {
        let headers = [
            ("content-type", "text/html; charset=utf-8"),
            ("etag", "\"abc-br\""),
            ("content-encoding", "br"),
            ("x-frame-options", "DENY"),
            ("date", "now"),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let answer = Answer { status: 200, headers, body: Vec::new() };
        let text = location("/articles/x", Path::new("/tmp/body"), &answer);
        assert!(text.starts_with("    location = /articles/x {\n      alias /tmp/body;\n"));
        assert!(text.contains("default_type \"text/html; charset=utf-8\";"));
        assert!(text.contains("add_header etag \"\\\"abc-br\\\"\";"));
        assert!(text.contains("add_header content-encoding \"br\";"));
        assert!(!text.contains("date") && !text.contains("DENY"));
    }

    #[test]
    fn a_value_cannot_end_its_quotes_or_name_a_variable() {
        assert_eq!(quoted(r#"a"b\c$d"#), r#""a\"b\\cSd""#);
    }
}
