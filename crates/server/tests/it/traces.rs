//! What is left behind: nothing of what was erased, and nothing anywhere of where it came from.

use std::{fs, net::Ipv6Addr, path::Path};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    durable,
    support::{
        SITE,
        binary::{Server, command},
        chair::Chair,
        files,
    },
};

/// A site to which everything can be sent, with a directory.
fn scene() -> (TempDir, Chair) {
    let folder = durable::scene();
    let site = SITE.replace("feedback = true, ", "feedback = true, contact = true, ");
    fs::write(folder.path().join("site.toml"), site).unwrap();
    let data = folder.path().join("data");
    fs::create_dir_all(&data).unwrap();
    let anne = Chair::of(&store::Address::in_folder(&data));
    let made = command(folder.path())
        .args(["practitioners", "sample", "--count", "5", "--data", data.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (folder, anne)
}

/// It tells more than it does unasked.
fn start(folder: &Path) -> Server {
    Server::start_with("IMMUNOTHEQUE_LOG", "debug", durable::arguments(folder, "data"))
}

/// Where each kind is sent, and a draft in which every word bears a mark.
fn drafts(server: &Server) -> [(String, Value); 5] {
    let found = server.get("/api/v1/practitioners").json();
    let practitioner = found["items"][0]["id"].as_str().unwrap().to_owned();
    [
        (
            "/articles/exemple-02/comments".to_owned(),
            json!({ "name": "Zqnomun", "email": "zqmailun@example.org",
                    "body": "Zqcorpsun, au 06 39 98 00 17", "consent": true }),
        ),
        (
            "/articles/exemple-02/feedback".to_owned(),
            json!({ "useful": false, "message": "Zqcorpsdeux" }),
        ),
        (
            "/testimonials".to_owned(),
            json!({ "name": "Zqnomtrois", "title": "Zqtitretrois", "body": "Zqcorpstrois",
                    "treatments": "Zqsoinstrois", "ties": "Zqlienstrois",
                    "publication": true, "processing": true }),
        ),
        (
            "/contact".to_owned(),
            json!({ "subject": "Zqsujetquatre", "email": "zqmailquatre@example.org",
                    "message": "Zqcorpsquatre" }),
        ),
        (
            format!("/practitioners/{practitioner}/reports"),
            json!({ "body": "Zqcorpscinq", "email": "zqmailcinq@example.org" }),
        ),
    ]
}

/// Sends a draft and returns the secret of its receipt.
#[track_caller]
fn send(server: &Server, path: &str, headers: &str, draft: &Value) -> String {
    let sent = server.json("POST", path, headers, draft).unwrap();
    assert_eq!(sent.status, 201, "{path}: {}", sent.text());
    sent.json()["receipt"].as_str().unwrap().to_owned()
}

/// What `backup` writes while the server runs.
fn copy(folder: &Path, name: &str) -> String {
    let (file, data) = (folder.join(name), folder.join("data"));
    let paths = [&file, &data].map(|it| it.to_str().unwrap());
    let output = command(folder).args(["backup", paths[0], "--data", paths[1]]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(&file).unwrap();
    fs::remove_file(&file).unwrap();
    text
}

/// Whether `bytes` stand anywhere in `all`.
fn holds(all: &[u8], bytes: &[u8]) -> bool {
    all.windows(bytes.len()).any(|it| it.eq_ignore_ascii_case(bytes))
}

/// The files of a folder that hold `bytes`.
fn holding(folder: &Path, bytes: &[u8]) -> Vec<std::path::PathBuf> {
    let own = |it: &std::path::PathBuf| !it.starts_with(folder.join("data/built-in-public"));
    files(folder)
        .into_iter()
        .filter(own)
        .filter(|it| holds(&fs::read(it).unwrap(), bytes))
        .collect()
}

/// What only people write: fewer letters stand in a hash by chance.
const WORDS: [&str; 7] = ["zqcorps", "zqnom", "zqmail", "zqtitre", "zqsoins", "zqliens", "zqsujet"];

#[test]
fn of_what_was_erased_nothing_is_in_the_next_copy_and_nothing_on_the_disk() {
    let (folder, anne) = scene();
    let folder = folder.path();
    let server = start(folder);
    let sent: Vec<String> =
        drafts(&server).iter().map(|(path, draft)| send(&server, path, "", draft)).collect();
    // It has a history: changed by its author, refused, shown without a passage.
    let receipt = format!("/receipts/{}", sent[0]);
    let change = json!({ "name": "Zqnomsix", "email": "zqmailsix@example.org",
                         "body": "Zqcorpssix, au 06 39 98 00 17" });
    assert_eq!(server.json("PATCH", &receipt, "", &change).unwrap().status, 200);
    let item = anne.find(&server, "q=zqcorpssix").unwrap().remove(0);
    let item = anne.decide(&server, &item, "reject").unwrap();
    anne.decide(&server, &item, "mask").unwrap();
    let item = anne.find(&server, "q=zqcorpstrois").unwrap().remove(0);
    anne.decide(&server, &item, "approve").unwrap();

    let before = copy(folder, "before.jsonl").to_lowercase();
    for there in ["zqcorpsdeux", "zqcorpstrois", "zqcorpsquatre", "zqcorpscinq", "zqnomsix"] {
        assert!(before.contains(there), "{there}");
    }
    // By their authors, and the last at the desk.
    for secret in &sent[..4] {
        let gone = server.json("DELETE", &format!("/receipts/{secret}"), "", &json!({})).unwrap();
        assert_eq!(gone.status, 204);
    }
    let item = anne.find(&server, "q=zqcorpscinq").unwrap().remove(0);
    anne.decide(&server, &item, "erase").unwrap();

    let after = copy(folder, "after.jsonl").to_lowercase();
    assert!(after.contains("\"erase\""), "that it was erased is written down");
    for private in WORDS.into_iter().chain(["39 98 00", "@example.org"]) {
        // The made-up directory has numbers and addresses of its own.
        let sent = |it: &&str| !it.contains("\"practitioners\"");
        let at = after.lines().filter(sent).find(|it| it.contains(private));
        assert_eq!(at, None, "{private}");
    }
    server.terminate();
    let (status, log) = server.end();
    assert!(status.success(), "{log}");
    let log = log.to_lowercase();
    // Not even where the database has let go of the room it took.
    for private in WORDS {
        assert!(!log.contains(private), "{log}");
        assert_eq!(holding(folder, private.as_bytes()), Vec::<&Path>::new(), "{private}");
    }
}

#[test]
fn nothing_that_is_kept_or_logged_holds_an_address() {
    let (folder, anne) = scene();
    let folder = folder.path();
    let server = start(folder);
    let addresses = ["203.0.113.77", "2001:db8:5ca1:ab1e::77:1234"];
    for address in addresses {
        // The last one counts; the first is whatever somebody wrote there.
        let headers = format!("x-forwarded-for: 198.51.100.99, {address}\r\n");
        for (path, draft) in drafts(&server) {
            let secret = send(&server, &path, &headers, &draft);
            assert!(server.get_with(&format!("/recus/{secret}"), &headers).status == 200);
        }
        // As a form without scripts, which is told apart by where it comes from; what is refused too.
        let form = "subject=Bonjour&email=a%40example.org&message=Un+mot";
        for fields in [form, form, "subject=&email=&message="] {
            let request = format!(
                "POST /contact HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\
                 content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{fields}",
                fields.len()
            );
            let status = server.try_send(request.as_bytes()).unwrap().status;
            assert!([303, 422].contains(&status), "{status}");
        }
        let wrong = json!({ "name": "Anne", "password": "un mauvais mot de passe" });
        assert_eq!(server.json("POST", "/session", &headers, &wrong).unwrap().status, 401);
        // Until it is told that it was too much.
        let refused = (0..20).any(|number| {
            let draft = json!({ "useful": true, "message": format!("{number}") });
            let path = "/articles/exemple-02/feedback";
            server.json("POST", path, &headers, &draft).unwrap().status == 429
        });
        assert!(refused, "nobody is counted");
    }
    let item = anne.find(&server, "q=zqcorpsun").unwrap().remove(0);
    anne.decide(&server, &item, "approve").unwrap();
    let running = copy(folder, "running.jsonl");
    // As one reads it, its parts, and as it stands in memory.
    let bytes = addresses[1].parse::<Ipv6Addr>().unwrap().octets();
    let written = ["203.0.113.77", "203.0.113", "5ca1:ab1e", "5ca1ab1e", "198.51.100"];
    let sought: Vec<&[u8]> =
        written.iter().map(|it| it.as_bytes()).chain([&bytes[..], &bytes[..8]]).collect();
    let check = |when: &str| {
        for it in &sought {
            assert_eq!(holding(folder, it), Vec::<&Path>::new(), "{when}: {it:?}");
        }
    };
    for it in &sought {
        assert!(!holds(running.as_bytes(), it), "in a copy: {it:?}");
    }
    check("while it runs");
    server.terminate();
    let working = server.folder.path().to_owned();
    for it in &sought {
        assert_eq!(holding(&working, it), Vec::<&Path>::new(), "{it:?}");
    }
    let (status, log) = server.end();
    assert!(status.success(), "{log}");
    for it in &sought {
        assert!(!holds(log.as_bytes(), it), "logged: {it:?}: {log}");
    }
    check("afterwards");
}
