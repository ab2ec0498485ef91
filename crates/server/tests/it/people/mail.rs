//! Mail: written from what is kept, carried when a server takes it, kept when none does.

use std::{
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use serde_json::json;
use server::{
    clock,
    mail::{Carried, Courier, Login},
};
use store::contributions::Decision;

use super::{
    ARTICLE, Scene,
    smtp::{Mood, Smtp, header},
};
use crate::support::{SITE, binary::Server, fixture_content, wait};

/// A site whose mail goes to `smtp`, and who carries it.
fn scene(smtp: SocketAddr) -> (Scene, Courier) {
    let scene = Scene::with(&format!(
        "[mail]\nfrom = \"Site <site@example.org>\"\nto = \"equipe@example.org\"\n\
         smtp = \"smtp://{smtp}\"\n[comments]\n"
    ));
    let login = Login { user: "u".to_owned(), password: "p".to_owned() };
    let courier = Courier::new(&scene.site.snapshot().config, Some(login)).unwrap().unwrap();
    (scene, courier)
}

fn write_to(scene: &Scene, subject: &str) {
    let draft = json!({ "subject": subject, "email": "zoé@example.org", "message": "Bonjour,\n.\nà vous 👋" });
    let answer = scene.json("POST", "/contact", &draft, &[]);
    assert_eq!(answer.status, 201, "{}", answer.text());
}

fn carry(courier: &Courier, scene: &Scene, after_ms: i64) -> Carried {
    wait(courier.carry_next(&scene.store, clock::now_ms() + after_ms)).unwrap()
}

/// A mail whose words were made fit for its way (quoted-printable, RFC 2045).
fn quoted(mail: &str) -> String {
    let joined = mail.replace("=\r\n", "").replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()).filter(|_| *first == b'=') {
            Some(byte) => (bytes, rest) = ([bytes, vec![byte]].concat(), &after[2..]),
            None => (bytes, rest) = ([bytes, vec![*first]].concat(), after),
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_message_arrives_once_and_can_be_answered() {
    let smtp = Smtp::start(Mood::Good);
    let (scene, courier) = scene(smtp.address);
    write_to(&scene, "Une question\r\nBcc: tous@example.org");
    assert_eq!(carry(&courier, &scene, 0), Carried::Sent);
    assert_eq!(carry(&courier, &scene, 0), Carried::Nothing);
    assert_eq!(carry(&courier, &scene, 999_999_999), Carried::Nothing, "never twice");
    let mails = smtp.mails();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert!(mail.starts_with("RCPT TO:<equipe@example.org>\n"), "{mail}");
    assert_eq!(header(mail, "To"), "equipe@example.org");
    assert!(header(mail, "From").contains("<site@example.org>"), "{mail}");
    assert!(header(mail, "Reply-To").contains("zoé@example.org"), "{mail}");
    assert!(!mail.contains("\nBcc:"), "a subject is one line: {mail}");
    assert!(header(mail, "Message-ID").ends_with("@immunotheque.example>"), "{mail}");
    assert!(header(mail, "Content-Type").starts_with("text/plain"), "{mail}");
    assert!(!mail.contains("http://") && !mail.contains("<img"), "nothing is fetched: {mail}");
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 1, "the message itself stays");
}

#[test]
fn a_server_that_is_down_loses_nothing() {
    // Nobody listens where somebody just did.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (scene, courier) = scene(address);
    for number in 0..3 {
        write_to(&scene, &format!("n{number}"));
    }
    let mut after = 0;
    for round in 0..8 {
        for _ in 0..3 {
            assert_eq!(carry(&courier, &scene, after), Carried::Failed, "{round}");
        }
        assert_eq!(carry(&courier, &scene, after), Carried::Nothing, "{round}: each waits");
        let backlog = wait(scene.store.mail_backlog()).unwrap();
        assert_eq!(backlog.waiting, 3, "{round}");
        let failure = backlog.failure.unwrap();
        assert!(failure.starts_with("the mail server cannot be reached"), "{failure}");
        // Twice as long each time: one minute, two, four …
        after += (60_000 << round) + 1_000;
    }
    let smtp = Smtp::start(Mood::Good);
    let (_, courier) = self::scene(smtp.address);
    while carry(&courier, &scene, after) == Carried::Sent {}
    let mut subjects: Vec<String> = smtp.mails().iter().map(|it| header(it, "Subject")).collect();
    subjects.sort();
    assert_eq!(subjects.len(), 3);
    for (at, subject) in subjects.iter().enumerate() {
        assert!(subject.ends_with(&format!("n{at}")), "{subject}");
    }
    assert_eq!(wait(scene.store.mail_backlog()).unwrap().waiting, 0);
}

#[test]
fn a_server_that_refuses_is_asked_again_and_its_words_are_not_kept() {
    let smtp = Smtp::start(Mood::Refusing);
    let (scene, courier) = scene(smtp.address);
    write_to(&scene, "Une question");
    assert_eq!(carry(&courier, &scene, 0), Carried::Failed);
    let failure = wait(scene.store.mail_backlog()).unwrap().failure.unwrap();
    assert_eq!(failure, "the mail server refuses: 550");
    smtp.become_mood(Mood::Rude);
    assert_eq!(carry(&courier, &scene, 61_000), Carried::Failed);
    let failure = wait(scene.store.mail_backlog()).unwrap().failure.unwrap();
    assert!(!failure.contains("example.org"), "{failure}");
    smtp.become_mood(Mood::Good);
    assert_eq!(carry(&courier, &scene, 61_000), Carried::Nothing, "not at once");
    assert_eq!(carry(&courier, &scene, 200_000), Carried::Sent);
    assert_eq!(smtp.mails().len(), 1);
}

#[test]
fn while_a_server_is_slow_another_of_ours_sends_nothing_twice() {
    let smtp = Smtp::start(Mood::Slow(Duration::from_millis(400)));
    let (scene, courier) = scene(smtp.address);
    write_to(&scene, "Une question");
    let now = clock::now_ms();
    let (one, two) = wait(async {
        tokio::join!(courier.carry_next(&scene.store, now), courier.carry_next(&scene.store, now))
    });
    let mut both = [one.unwrap(), two.unwrap()];
    both.sort_by_key(|it| *it != Carried::Sent);
    assert_eq!(both, [Carried::Sent, Carried::Nothing]);
    assert_eq!(smtp.mails().len(), 1);
}

#[test]
fn what_is_taken_back_or_rejected_meanwhile_is_not_sent() {
    let smtp = Smtp::start(Mood::Good);
    let (scene, courier) = scene(smtp.address);
    let draft = json!({ "subject": "a", "email": "a@example.org", "message": "b" });
    let answer = scene.json("POST", "/contact", &draft, &[]).json();
    let receipt = format!("/receipts/{}", answer["receipt"].as_str().unwrap());
    assert_eq!(scene.json("DELETE", &receipt, &json!({}), &[]).status, 204);
    assert_eq!(carry(&courier, &scene, 0), Carried::Nothing);
    assert_eq!(scene.json("POST", "/contact", &draft, &[]).status, 201);
    scene.decide_unheard(&scene.id(""), Decision::Reject);
    assert_eq!(carry(&courier, &scene, 0), Carried::Dropped);
    assert!(smtp.mails().is_empty());
}

#[test]
fn an_author_hears_of_the_decision_and_nothing_of_what_they_wrote() {
    let smtp = Smtp::start(Mood::Good);
    let (scene, courier) = scene(smtp.address);
    let send = |name: &str, email: &str| {
        let draft = json!({ "name": name, "email": email, "body": "Ma maladie", "consent": true });
        let path = format!("/articles/{ARTICLE}/comments");
        assert_eq!(scene.json("POST", &path, &draft, &[]).status, 201);
    };
    send("Ana", "ana@example.org");
    send("Bo", "");
    send("Zoé", "zoe@example.org");
    assert_eq!(carry(&courier, &scene, 0), Carried::Nothing);
    scene.decide_unheard(&scene.id("Ana"), Decision::Approve);
    scene.decide_unheard(&scene.id("Bo"), Decision::Approve);
    assert_eq!(carry(&courier, &scene, 1_000), Carried::Sent);
    assert_eq!(carry(&courier, &scene, 1_000), Carried::Nothing);
    let mails = smtp.mails();
    let mail = &mails[0];
    assert_eq!(header(mail, "To"), "ana@example.org");
    assert_eq!(header(mail, "Auto-Submitted"), "auto-generated");
    for private in ["Ma maladie", "Ana", ARTICLE, "/recus/"] {
        assert!(!mail.contains(private), "{private}: {mail}");
    }
    // Too late to be news.
    scene.decide_unheard(&scene.id("Zoé"), Decision::Reject);
    assert_eq!(carry(&courier, &scene, 6 * 86_400_000), Carried::Dropped);
    assert_eq!(smtp.mails().len(), 1);
}

#[test]
fn an_author_hears_that_a_passage_is_masked_and_not_which() {
    let smtp = Smtp::start(Mood::Good);
    let (scene, courier) = scene(smtp.address);
    let body = "Ma maladie, au 06 39 98 00 17";
    let draft = json!({ "name": "Ana", "email": "ana@example.org", "body": body, "consent": true });
    let path = format!("/articles/{ARTICLE}/comments");
    assert_eq!(scene.json("POST", &path, &draft, &[]).status, 201);
    scene.decide_unheard(&scene.id("Ana"), Decision::Mask);
    assert_eq!(carry(&courier, &scene, 1_000), Carried::Sent);
    let mail = &smtp.mails()[0];
    let words = quoted(mail);
    assert!(words.contains("un numéro de téléphone"), "{words}");
    for private in ["06 39", "Ma maladie", "Ana"] {
        assert!(!words.contains(private), "{private}: {words}");
    }
}

#[test]
fn without_a_mail_server_all_stays_in_the_house() {
    let scene = Scene::new();
    write_to(&scene, "Une question");
    assert!(Courier::new(&scene.site.snapshot().config, None).unwrap().is_none());
    assert_eq!(wait(scene.store.mail_backlog()).unwrap().waiting, 1);
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 1);
}

#[test]
fn a_server_that_runs_carries_its_mail_and_tells_nobody_whose() {
    let smtp = Smtp::start(Mood::Refusing);
    let folder = tempfile::tempdir().unwrap();
    let site = SITE.replace("feedback = true, ", "feedback = true, contact = true, ");
    let mail = format!(
        "[mail]\nfrom = \"site@example.org\"\nto = \"equipe@example.org\"\nsmtp = \"smtp://{}\"\n",
        smtp.address
    );
    let file = folder.path().join("site.toml");
    std::fs::write(&file, format!("{site}\n{mail}")).unwrap();
    let content = fixture_content();
    let server = Server::start([
        "--content",
        content.to_str().unwrap(),
        "--site",
        file.to_str().unwrap(),
        "--smtp-user",
        "u",
        "--smtp-password",
        "p",
    ]);
    let send = |email: &str| {
        let body = json!({ "subject": "Un secret", "email": email, "message": "Rien" }).to_string();
        let request = format!(
            "POST /api/v1/contact HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        assert_eq!(server.try_send(request.as_bytes()).unwrap().status, 201);
    };
    send("ana@example.org");
    server.wait_for_log("the mail server refuses: 550");
    smtp.become_mood(Mood::Good);
    send("zoe@example.org");
    let log = server.wait_for_log("a mail is sent");
    for private in ["ana@", "zoe@", "equipe@", "Un secret", "Rien"] {
        assert!(!log.contains(private), "{private}: {log}");
    }
    assert!(header(&smtp.mails()[0], "Reply-To").contains("zoe@example.org"));
}
