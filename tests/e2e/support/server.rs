//! The server under test.

use std::{
    io::Write,
    process::{Command, Stdio},
    sync::OnceLock,
};

use super::{Folder, http, process::Process, repository, storage::Storage, tool};

/// A running server, ended when dropped.
pub struct Server {
    _process: Process,
    /// What it reads while it runs, if that is to go with it.
    _content: Option<Folder>,
    /// The options that say where it keeps what it remembers.
    storage: Vec<String>,
    /// `http://127.0.0.1:PORT`, no final slash.
    pub origin: String,
}

impl Server {
    /// Starts a server with more arguments: `--content`, `--site`.
    pub fn start(args: &[&str]) -> Server {
        Server::start_on(Storage::new(), args)
    }

    /// The same on a database in which there may be something already.
    fn start_on(storage: Storage, args: &[&str]) -> Server {
        let options = storage.options();
        let mut all = vec!["serve", "--listen", "127.0.0.1:0"];
        all.extend(options.iter().map(String::as_str));
        all.extend(args);
        let bin = tool("IMMUNOTHEQUE_BIN");
        let (process, origin) = Process::start(&bin, &all, storage.folder, |line| {
            line.strip_prefix("listening on ").map(str::to_owned)
        });
        Server { _process: process, _content: None, storage: options, origin }
    }

    /// Starts a server on content that goes with it.
    pub fn start_with(content: Folder, site: &str) -> Server {
        let server = Server::start(&["--content", content.text(), "--site", site]);
        Server { _content: Some(content), ..server }
    }

    /// The site as it is delivered: content, brand and app out of the binary.
    pub fn real() -> &'static Server {
        static SERVER: OnceLock<Server> = OnceLock::new();
        SERVER.get_or_init(|| Server::start(&[]))
    }

    /// Invented content that uses every block, with every feature on.
    pub fn fixture() -> &'static Server {
        static SERVER: OnceLock<Server> = OnceLock::new();
        SERVER.get_or_init(|| {
            let folder = Folder::new();
            let site = folder.write("site.toml", &site_file());
            Server::start(&["--content", &fixture_content(), "--site", &site, "--sample", "400"])
        })
    }

    /// The real site with the practitioners of a CSV table, and more arguments.
    pub fn with_practitioners(csv: &str, site: Option<&str>) -> Server {
        let storage = Storage::new();
        let table = storage.folder.write("practitioners.csv", csv);
        let output = Command::new(tool("IMMUNOTHEQUE_BIN"))
            .arg("practitioners")
            .args(storage.options())
            .args(["import", &table])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        let site = site.map(|text| storage.folder.write("site.toml", text));
        let mut args = vec![];
        if let Some(site) = &site {
            args.extend(["--site", site]);
        }
        Server::start_on(storage, &args)
    }

    /// Decides on the only item that waits, from the command line: `approve`, `reject`.
    pub fn decide(&self, decision: &str) {
        let listed = self.moderation(&["list"]);
        let id = listed.split_whitespace().next().unwrap();
        self.moderation(&[decision, id]);
    }

    /// How many messages wait for a decision.
    pub fn waiting(&self) -> usize {
        let listed = self.moderation(&["list"]);
        let mut counts = listed.lines().filter_map(|it| it.strip_suffix(" wait for a decision"));
        counts.next().unwrap().parse().unwrap()
    }

    fn moderation(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(tool("IMMUNOTHEQUE_BIN"));
        let output = command.arg("moderation").args(arguments).args(&self.storage).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Adds an account for the desk.
    pub fn add_moderator(&self, name: &str, password: &str) {
        self.add_account(name, password, "editor");
    }

    /// The same with a role.
    pub fn add_account(&self, name: &str, password: &str, role: &str) {
        let mut child = Command::new(tool("IMMUNOTHEQUE_BIN"))
            .args(["moderator", "add", name, "--role", role])
            .args(&self.storage)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Every page of the site map, as paths.
    pub fn routes(&self) -> Vec<String> {
        let answer = http::get(&self.origin, "/sitemap.xml");
        let text = answer.text();
        let places = text.split("<loc>").skip(1).filter_map(|it| it.split_once("</loc>"));
        // The map names the public address: keep what stands after the host.
        let path = |it: &str| {
            let host = it.find("://").map_or(0, |at| at + 3);
            it[host..].find('/').map_or("/".to_owned(), |at| it[host + at..].to_owned())
        };
        let routes: Vec<String> = places.map(|(place, _)| path(place)).collect();
        assert!(20 < routes.len(), "the site map holds the whole site: {routes:?}");
        routes
    }
}

pub fn fixture_content() -> String {
    repository("crates/server/tests/fixtures/content")
}

/// The repository's site file with every feature on, a video host and a contact.
pub fn site_file() -> String {
    let text = std::fs::read_to_string(repository("site.toml")).unwrap();
    let text = text
        .replace("email = \"\"", "email = \"redaction@exemple.example\"")
        .replace("hosts = []", "hosts = [\"video.example\"]");
    let on = ["map", "comments", "feedback", "testimonials", "contact", "professionals"];
    on.iter()
        .fold(text, |text, it| text.replace(&format!("\n{it} = false"), &format!("\n{it} = true")))
}

/// Writes the real site as static files, into a new folder.
pub fn export(args: &[&str]) -> Folder {
    let folder = Folder::new();
    let output = Command::new(tool("IMMUNOTHEQUE_BIN"))
        .arg("export")
        .args(args)
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}
