//! Whatever is typed into whichever field stands as it was typed wherever it is shown: to readers, to
//! its author, to moderators, in feeds and copies. Nothing of it becomes markup.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, header},
};
use contract::{
    desk::Role,
    form::{line, lines},
    receipt::Kind,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use server::clock;
use store::{
    Store,
    contributions::{Contribution, Decided, Decision, Queue},
    moderators::{By, Ended},
};

use super::{ARTICLE, Scene};
use crate::{
    desk::hash,
    feeds::xml,
    support::{Answer, database, html::Document, vectors::VECTORS, wait},
};

/// So many characters from the front: fields have ends.
fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// Without any white space, which pages may set otherwise.
fn dense(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// A page's elements with the names of their attributes.
fn shapes(page: &Document) -> BTreeSet<String> {
    let shape = |it: &crate::support::html::Element| {
        let mut names: Vec<&str> = it.attributes().map(|it| it.0).collect();
        names.sort_unstable();
        format!("{}[{}]", it.name, names.join(" "))
    };
    page.elements.iter().map(shape).collect()
}

impl Scene {
    /// A text in every field of every kind, and where it is sent.
    fn drafts(&self, text: &str, at: usize) -> [(String, Value); 5] {
        let name = format!("{at} {}", cut(text, 50));
        let found = self.site.get("/api/v1/practitioners").json();
        let who = found["items"][0]["id"].as_str().unwrap().to_owned();
        let (short, page) = (cut(text, 110), format!("/articles/{ARTICLE}"));
        [
            (
                format!("{page}/comments"),
                json!({ "name": name, "body": format!("{text}\n\nhttps://a.example/x fin"), "consent": true }),
            ),
            (
                "/testimonials".to_owned(),
                json!({
                    "name": name, "title": short, "body": text, "treatments": text, "ties": text,
                    "publication": true, "processing": true,
                }),
            ),
            (format!("{page}/feedback"), json!({ "useful": true, "message": text })),
            (
                "/contact".to_owned(),
                json!({ "subject": short, "email": "a@b.example", "message": text }),
            ),
            (format!("/practitioners/{who}/reports"), json!({ "body": text })),
        ]
    }

    /// Sends it in all of them, and returns what was kept of it.
    fn send_everywhere(&self, text: &str, at: usize) -> Vec<Contribution> {
        let sent = self.drafts(text, at);
        let send = |(path, body): &(String, Value)| {
            let answer = self.json("POST", path, body, &[]);
            assert_eq!(answer.status, 201, "{body}: {}", answer.text());
            let receipt = answer.json()["receipt"].as_str().unwrap().to_owned();
            // Its author reads it as it was typed, on both ways.
            let kept = wait(self.store.contribution_of(&hash(&receipt))).unwrap().unwrap();
            if !matches!(kept.kind, Kind::Comment | Kind::Message) {
                return kept;
            }
            let told = self.json("GET", &format!("/receipts/{receipt}"), &json!({}), &[]).json();
            let body = body["body"].as_str().or(body["message"].as_str()).unwrap();
            assert_eq!(told["body"], lines(body));
            let page = self.site.get(&format!("/recus/{receipt}"));
            assert_eq!(page.status, 200);
            let document = page.document();
            assert!(dense(&document.one("main").text).contains(&dense(&lines(body))), "{body}");
            check_faults(&document, body);
            kept
        };
        sent.iter().map(send).collect()
    }

    fn approve_all(&self) {
        let state = contract::receipt::State::Pending;
        let all = wait(self.store.queue(Queue { state, kind: None, limit: 1_000, offset: 0 }));
        let version = self.site.current.people().version();
        for it in all.unwrap() {
            let done = wait(self.store.decide(
                &it.id,
                it.changed_ms,
                Decision::Approve,
                "anne",
                Some(&cut(&it.body, 60)),
                it.changed_ms + 1,
            ));
            assert_eq!(done.unwrap(), Decided::Done);
        }
        self.heard_since(version);
    }

    /// A page of the desk, as an administrator sees it.
    pub(super) fn desk(&self, address: &str) -> Answer {
        self.site.get_with(address, &[("cookie", "__Host-session=token")])
    }

    pub(super) fn sign_in(&self) {
        wait(async {
            let (by, role) = (By { actor: "essai", now_ms: 1 }, Role::Admin);
            self.store.add_moderator("anne", "none", role, by).await.unwrap();
            let account = self.store.moderator("anne").await.unwrap().unwrap();
            let never = Ended { created_before_ms: 0, seen_before_ms: 0 };
            let now = clock::now_ms();
            assert!(self.store.open_session(&hash("token"), &account, never, now).await.unwrap());
        });
    }
}

/// A page is whole. Noncharacters are text, whatever a parser thinks of them.
#[track_caller]
fn check_faults(page: &Document, about: &str) {
    let faults = page.faults.iter().filter(|it| !it.contains("Bad character"));
    let faults: Vec<_> = faults.collect();
    assert!(faults.is_empty(), "{about}: {faults:?}");
}

/// All pages on which something of it is shown.
fn places() -> Vec<String> {
    let mut all = vec![format!("/articles/{ARTICLE}"), "/temoignages".to_owned()];
    for page in 1..=4 {
        all.push(format!("/articles/{ARTICLE}/commentaires?page={page}"));
    }
    all.extend((1..=8).map(|page| format!("/temoignages?page={page}")));
    all
}

fn desk_places() -> Vec<String> {
    let mut all = Vec::new();
    for state in ["pending", "approved"] {
        all.extend((1..=4).map(|page| format!("/moderation?state={state}&page={page}")));
    }
    all.push("/moderation/journal".to_owned());
    all
}

#[test]
fn nothing_typed_changes_a_page() {
    let (hostile, tame) = (Scene::new(), Scene::new());
    let mut kept = Vec::new();
    for (at, text) in VECTORS.iter().enumerate() {
        kept.extend(hostile.send_everywhere(text, at));
        for (path, body) in &tame.drafts("Un texte calme.", at)[..2] {
            assert_eq!(tame.json("POST", path, body, &[]).status, 201);
        }
    }
    for scene in [&hostile, &tame] {
        scene.sign_in();
    }
    let check = |place: &str, hostile: &Answer, tame: &Answer| {
        assert_eq!((hostile.status, tame.status), (200, 200), "{place}");
        let (page, other) = (hostile.document(), tame.document());
        check_faults(&page, place);
        let (page_shapes, known) = (shapes(&page), shapes(&other));
        let new: Vec<_> = page_shapes.difference(&known).collect();
        // Addresses are links in comments, and paragraphs and lines are breaks.
        let usual = [
            "a[href rel]",
            "br[]",
            "p[]",
            "mark[class]",
            "mark[]",
            "sup[]",
            "ol[class]",
            "li[aria-hidden class]",
        ];
        let new: Vec<_> = new.iter().filter(|it| !usual.contains(&it.as_str())).collect();
        assert!(new.is_empty(), "{place}: {new:?}");
        assert_eq!(page.all("script").count(), other.all("script").count(), "{place}");
        for link in page.all("a").filter_map(|it| it.get("href")) {
            let good = ["/", "#", "https://", "http://", "tel:", "mailto:exemple@", "mailto:?"];
            assert!(good.iter().any(|it| link.starts_with(it)), "{place}: {link}");
        }
    };
    for place in desk_places() {
        check(&place, &hostile.desk(&place), &tame.desk(&place));
    }
    let scripts = tame.desk("/moderation").document().all("script").count();
    for it in kept.iter().filter(|it| matches!(it.kind, Kind::Comment | Kind::Report)) {
        // The case in full, with what the guard has marked in it.
        let page = hostile.desk(&format!("/moderation?item={}", it.id));
        let document = page.document();
        check_faults(&document, &it.body);
        assert_eq!(document.all("script").count(), scripts, "{}", it.body);
        let quoted = document.all("blockquote").map(|it| dense(&it.text));
        let marked = Document::parse(&page.text().replace("<sup>", "<sup hidden>"));
        assert!(
            quoted.into_iter().any(|text| text.contains(&dense(&it.body)))
                || marked.all("mark").count() != 0,
            "{}",
            it.body
        );
    }
    hostile.approve_all();
    tame.approve_all();
    for place in places().into_iter().chain(desk_places()) {
        check(&place, &hostile.desk(&place), &tame.desk(&place));
    }
    shown_as_typed(&hostile, &kept);
}

/// What everybody reads, letter for letter.
fn shown_as_typed(scene: &Scene, kept: &[Contribution]) {
    let comments: Vec<_> = kept.iter().filter(|it| it.kind == Kind::Comment).collect();
    let mut listed: Vec<(String, String)> = Vec::new();
    let mut drawn: Vec<(String, String)> = Vec::new();
    for page in 1..=4 {
        let address = format!("/articles/{ARTICLE}/comments?page={page}");
        for it in scene.json("GET", &address, &json!({}), &[]).json()["items"].as_array().unwrap() {
            let text = |name: &str| it[name].as_str().unwrap().to_owned();
            listed.push((text("name"), text("body")));
        }
        let page = scene.site.get(&format!("/articles/{ARTICLE}/commentaires?page={page}"));
        let page = page.document();
        let of = |class: &'static str| {
            let all = page.elements.iter().filter(move |it| it.get("class") == Some(class));
            all.map(|it| it.text.clone()).collect::<Vec<_>>()
        };
        drawn.extend(of("comment__name").into_iter().zip(of("comment__text")));
    }
    assert_eq!((listed.len(), drawn.len()), (VECTORS.len(), VECTORS.len()));
    for ((at, it), (name, body)) in comments.iter().enumerate().zip(&drawn) {
        let typed = format!("{}\n\nhttps://a.example/x fin", VECTORS[at]);
        assert_eq!(it.body, lines(&typed));
        assert_eq!(listed[at], (it.name.clone(), it.body.clone()));
        assert_eq!((name, &dense(body)), (&it.name, &dense(&it.body)));
    }
    let feed = scene.site.get(&format!("/articles/{ARTICLE}/comments.xml"));
    let feed = xml(feed.text());
    let items: Vec<_> = feed.one("channel").all("item").collect();
    assert_eq!(items.len(), 30);
    for (item, it) in items.iter().zip(comments.iter().rev()) {
        // XML 1.0 has no place for noncharacters.
        let possible = |text: &str| text.replace(['\u{fffe}', '\u{ffff}'], "");
        assert_eq!(item.one("title").text, possible(&it.name));
        let body = Document::parse(&item.one("description").text);
        let text: String = body.all("p").map(|it| it.text.clone()).collect();
        assert_eq!(dense(&text), dense(&possible(&it.body)));
    }
    xml(scene.site.get("/temoignages.xml").text());
    let mut voices = Vec::new();
    for page in 1..=8 {
        let found = scene.json("GET", &format!("/testimonials?page={page}"), &json!({}), &[]);
        voices.extend(found.json()["items"].as_array().unwrap().clone());
    }
    voices.reverse();
    assert_eq!(voices.len(), VECTORS.len());
    for (it, text) in voices.iter().zip(VECTORS) {
        assert_eq!(it["title"], line(&cut(text, 110)));
        for field in ["body", "treatments", "ties"] {
            assert_eq!(it[field], lines(text));
        }
    }
}

#[test]
fn forms_give_back_what_was_typed_and_nothing_else() {
    let scene = Scene::new();
    let found = scene.site.get("/api/v1/practitioners").json();
    let who = found["items"][0]["id"].as_str().unwrap().to_owned();
    let forms: [(String, &[&str], &[&str]); 5] = [
        (format!("/articles/{ARTICLE}/commentaires"), &["name", "email"], &["body"]),
        ("/temoignages/ecrire".to_owned(), &["name", "title"], &["body", "treatments", "ties"]),
        (format!("/articles/{ARTICLE}/avis"), &[], &["message"]),
        ("/contact".to_owned(), &["subject", "email"], &["message"]),
        (format!("/praticiens/{who}/signaler"), &["email"], &["body"]),
    ];
    for (path, inputs, areas) in &forms {
        let usual = shapes(&scene.form(path, &[]).document());
        for text in VECTORS {
            // Nothing is ticked or chosen, and an address is none: it comes back.
            let fields: Vec<(&str, &str)> =
                inputs.iter().chain(*areas).map(|it| (*it, text)).collect();
            let answer = scene.form(path, &fields);
            assert_eq!(answer.status, 422, "{path}");
            let page = answer.document();
            check_faults(&page, path);
            let own = shapes(&page);
            let new: Vec<_> = own
                .difference(&usual)
                // Which fields are wrong differs.
                .filter(|it| !it.starts_with("input[") && !it.starts_with("textarea["))
                .collect();
            assert!(new.is_empty(), "{path}: {new:?}");
            for name in *inputs {
                let values = page.values("input", "name", name, "value");
                assert_eq!(values, [text], "{path} {name}");
            }
            for name in *areas {
                let area = page.all("textarea").find(|it| it.get("name") == Some(name)).unwrap();
                assert_eq!(area.text, text, "{path} {name}");
            }
        }
    }
}

#[test]
fn bytes_that_are_no_text_break_nothing() {
    let scene = Scene::new();
    let page = format!("/articles/{ARTICLE}/commentaires");
    let broken = ["%FF%FE", "%C0%BCscript%C0%BE", "a%00b", "%ED%A0%80", "%E2%82", "%F4%90%80%80"];
    for text in broken {
        let body = format!("name=A{text}&body={text}B&consent=true");
        let request = Request::builder()
            .method("POST")
            .uri(&page)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let answer = scene.site.send(request);
        assert_eq!(answer.status, 303, "{text}");
        let receipt = answer.header("location").trim_end_matches("?merci").to_owned();
        let shown = scene.site.get(&receipt);
        assert_eq!(shown.status, 200, "{text}");
        assert!(!shown.text().contains("<script") || shown.document().faults.is_empty());
        assert!(!shown.text().contains('\0'));
    }
    let latin = b"{\"name\":\"Zo\xe9\",\"body\":\"b\",\"consent\":true}".to_vec();
    let request = Request::builder()
        .method("POST")
        .uri(format!("/api/v1/articles/{ARTICLE}/comments"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(latin))
        .unwrap();
    assert_eq!(scene.site.send(request).status, 400);
}

#[test]
fn a_copy_brings_every_sign_back() {
    let scene = Scene::new();
    let mut kept = Vec::new();
    for (at, text) in VECTORS.iter().enumerate().rev().take(8) {
        kept.extend(scene.send_everywhere(text, at));
    }
    let mut copy = Vec::new();
    wait(scene.store.back_up(&mut copy)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let other = wait(Store::open(&database(folder.path()))).unwrap();
    wait(other.restore(&mut copy.as_slice())).unwrap();
    for it in kept {
        assert_eq!(wait(other.contribution(&it.id)).unwrap().as_ref(), Some(&it));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    /// Kept as it was typed, or refused with a reason: by letters that nobody has thought of.
    #[test]
    fn any_text_is_kept_or_refused(name in any::<String>(), body in "\\PC{0,200}|[\\s\\S]{0,80}") {
        use std::sync::LazyLock;
        static SCENE: LazyLock<Scene> = LazyLock::new(Scene::new);
        let draft = json!({ "name": name, "body": body, "consent": true });
        let answer = SCENE.json("POST", &format!("/articles/{ARTICLE}/comments"), &draft, &[]);
        if answer.status == 201 {
            let receipt = answer.json()["receipt"].as_str().unwrap().to_owned();
            let told = SCENE.json("GET", &format!("/receipts/{receipt}"), &json!({}), &[]).json();
            prop_assert_eq!(&told["name"], &json!(line(&name)));
            prop_assert_eq!(&told["body"], &json!(lines(&body)));
            prop_assert_eq!(SCENE.site.get(&format!("/recus/{receipt}")).status, 200);
        } else {
            prop_assert_eq!(answer.status, 422);
            prop_assert!(!answer.json()["errors"].as_array().unwrap().is_empty());
        }
    }
}
