//! A site that takes comments, on a database of its own, and its desk.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::super::Bench;
use super::super::client::Client;
use super::super::cores::Cores;
use super::super::server::Server;
use crate::failure::{Failure, Outcome};
use crate::process;

const NAME: &str = "mesure";
const PASSWORD: &str = "un mot de passe pour mesurer";
/// What stands before the number of a comment in its name, and that number's digits.
pub const MARK: &str = "Mesure-";
pub const DIGITS: usize = 7;
/// Items that one decision takes.
const AT_ONCE: usize = 100;

/// Where it is kept. What was there before is gone.
pub struct Site<'a> {
    bench: &'a Bench<'a>,
    folder: PathBuf,
    /// The same after each start, for whoever was connected.
    port: u16,
}

impl<'a> Site<'a> {
    pub fn new(bench: &'a Bench<'a>, name: &str) -> Outcome<Self> {
        let folder = bench.workspace.target.join("xtask/bench-people").join(name);
        let failed = |error| Failure::new(format!("{} cannot be made: {error}", folder.display()));
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(failed)?;
        }
        fs::create_dir_all(&folder).map_err(failed)?;
        let text = fs::read_to_string(bench.workspace.root.join("site.toml")).map_err(failed)?;
        let on = text.replace("\ncomments = false", "\ncomments = true");
        if on == text && !text.contains("\ncomments = true") {
            return Err(Failure::new("site.toml has no `comments = false` to turn on"));
        }
        // What is measured is a flood: no device shall work for it.
        let on = on.replace("\nmessages_per_minute = 120", "\nmessages_per_minute = 0");
        fs::write(folder.join("site.toml"), on).map_err(failed)?;
        let free = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr());
        let port = free.map_err(failed)?.port();
        Ok(Self { bench, folder, port })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    pub fn start(&self) -> Outcome<Server> {
        let site = self.folder.join("site.toml").display().to_string();
        let listen = format!("127.0.0.1:{}", self.port);
        let given = ["--site", &site, "--data", &self.data(), "--listen", &listen, "--sample", "1"]
            .map(ToOwned::to_owned);
        let given = [&given[..], &["--behind-proxy".to_owned()]].concat();
        Server::start_given(&self.bench.binary, self.bench.workspace, Cores::Any, &given)
    }

    /// The numbers of all comments that are kept, out of a copy; each as often as it is there.
    pub fn kept(&self) -> Outcome<Vec<usize>> {
        let copy = self.folder.join("copy.jsonl");
        if copy.exists() {
            fs::remove_file(&copy).map_err(|error| Failure::new(error.to_string()))?;
        }
        let mut command = process::command(&self.bench.binary);
        command.arg("backup").arg(&copy).args(["--data", &self.data()]).stdin(Stdio::null());
        process::run(&mut command, "the database cannot be copied: read the message above")?;
        let text = fs::read_to_string(&copy).map_err(|error| Failure::new(error.to_string()))?;
        Ok(numbers(&text))
    }
}

/// The number after each mark.
fn numbers(text: &str) -> Vec<usize> {
    let after = text.split(MARK).skip(1);
    after.filter_map(|it| it.get(..DIGITS)?.parse().ok()).collect()
}

/// Somebody who is signed in.
pub struct Desk {
    client: Client,
    cookie: String,
}

impl Desk {
    pub fn open(site: &Site, server: &Server) -> Outcome<Self> {
        let mut command = process::command(&site.bench.binary);
        command.args(["moderator", "add", NAME, "--role", "admin", "--data", &site.data()]);
        command.stdin(Stdio::piped());
        let mut child = command.spawn().map_err(|error| process::not_started(&command, &error))?;
        let written = child.stdin.take().map(|mut it| it.write_all(PASSWORD.as_bytes()));
        let good =
            child.wait().is_ok_and(|it| it.success()) && written.is_some_and(|it| it.is_ok());
        if !good {
            return Err(Failure::new("no account for the desk could be made"));
        }
        let mut client = server.client()?;
        let json = format!("{{\"name\":\"{NAME}\",\"password\":\"{PASSWORD}\"}}");
        let answer = client.send("POST", "/api/v1/session", "", &json)?;
        let cookie = answer.header("set-cookie").and_then(|it| it.split(';').next());
        let cookie = cookie.ok_or_else(|| {
            Failure::new(format!("signing in at the desk answers {}", answer.status))
        })?;
        Ok(Self { client, cookie: format!("cookie: {cookie}\r\n") })
    }

    fn ask(&mut self, method: &str, path: &str, json: &str) -> Outcome<String> {
        let answer = self.client.send(method, path, &self.cookie, json)?;
        if answer.status != 200 {
            return Err(Failure::new(format!("{path} answers {} instead of 200", answer.status)));
        }
        String::from_utf8(answer.body).map_err(|error| Failure::new(format!("{path}: {error}")))
    }

    /// One page of what waits and holds all the words.
    pub fn search(&mut self, words: &str) -> Outcome<()> {
        let words = words.replace(' ', "%20");
        let page = self.ask("GET", &format!("/api/v1/moderation?q={words}"), "")?;
        if page.contains("\"total\":") {
            return Ok(());
        }
        Err(Failure::new("a search at the desk answers no list"))
    }

    /// Shows everything that waits. Returns how many there were.
    pub fn approve_all(&mut self) -> Outcome<usize> {
        let mut count = 0;
        loop {
            let mut items = String::new();
            let mut found = 0;
            let mut page = 1;
            while found < AT_ONCE {
                let list = self.ask("GET", &format!("/api/v1/moderation?page={page}"), "")?;
                let of_page = seen(&list);
                if of_page.is_empty() || items.contains(&of_page[0]) {
                    break;
                }
                for it in of_page.into_iter().take(AT_ONCE - found) {
                    let comma = if items.is_empty() { "" } else { "," };
                    items.push_str(&format!("{comma}{it}"));
                    found += 1;
                }
                page += 1;
            }
            if found == 0 {
                return Ok(count);
            }
            let json = format!("{{\"verdict\":\"approve\",\"items\":[{items}]}}");
            self.ask("POST", "/api/v1/moderation/decisions", &json)?;
            count += found;
        }
    }
}

/// Each item of a page of the queue, as a decision names it.
fn seen(list: &str) -> Vec<String> {
    let mut out = Vec::new();
    for it in list.split("{\"id\":\"").skip(1) {
        let id = it.split('"').next();
        let at = it.rsplit("\"seen\":").next().filter(|_| it.contains("\"seen\":"));
        let at = at.map(|it| it.chars().take_while(char::is_ascii_digit).collect::<String>());
        if let (Some(id), Some(at)) = (id, at) {
            out.push(format!("{{\"id\":\"{id}\",\"seen\":{at}}}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_counted_by_their_numbers_as_often_as_they_are_there() {
        let line = |number| format!("{{\"name\":\"{MARK}{number:07}\"}}\n");
        let copy = [line(3), line(12), line(3), "{}\n".to_owned()].concat();
        assert_eq!(numbers(&copy), [3, 12, 3]);
    }

    #[test]
    fn a_page_of_the_queue_is_decided_on_item_by_item() {
        let list = "{\"items\":[{\"id\":\"a\",\"body\":\"x\",\"sent_ms\":5,\"seen\":7},\
                    {\"id\":\"b\",\"seen\":9}],\"page\":1}";
        let wanted = ["{\"id\":\"a\",\"seen\":7}", "{\"id\":\"b\",\"seen\":9}"];
        assert_eq!(seen(list), wanted);
        assert_eq!(seen("{\"items\":[],\"page\":1}"), Vec::<String>::new());
    }
}
