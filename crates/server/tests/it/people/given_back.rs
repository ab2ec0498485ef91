//! What is refused for good or for now, without scripts: said in a sentence that is true of it, and
//! everything that was typed is on the page that says so.

use std::path::Path;

use contract::route::encode;
use server::{config::Config, people::limits::Sender};
use store::contributions::Decision;

use super::{ARTICLE, Scene};
use crate::support::{Answer, SITE, Site, fixture_day};

const TEXT: &str = "Un texte <b>à garder</b>,\r\nlong à écrire";
const COMMENT: [(&str, &str); 4] =
    [("name", "Ana"), ("email", "ana@example.org"), ("body", TEXT), ("consent", "true")];
const TESTIMONIAL: [(&str, &str); 8] = [
    ("name", "Odette"),
    ("title", "Six mois \"après\""),
    ("body", TEXT),
    ("treatments", "De la marche"),
    ("ties", "Un cousin pharmacien"),
    ("publication", "true"),
    ("processing", "true"),
    ("step", "envoyer"),
];
const CONTACT: [(&str, &str); 3] =
    [("subject", "Une question"), ("email", "zoe@example.org"), ("message", TEXT)];
const FEEDBACK: [(&str, &str); 2] = [("useful", "true"), ("message", TEXT)];
const REPORT: [(&str, &str); 2] = [("body", TEXT), ("email", "zoe@example.org")];
/// What is ticked, chosen or carried: nobody wrote it.
const UNSEEN: [&str; 4] = ["consent", "publication", "processing", "useful"];

fn comments() -> String {
    format!("/articles/{ARTICLE}/commentaires")
}

/// The page is in French, says why, and holds every field that somebody wrote in, under a label.
#[track_caller]
fn check(answer: &Answer, status: u16, words: &str, typed: &[(&str, &str)]) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{status}");
    assert_eq!(answer.header("cache-control"), "no-store", "{status}");
    let page = answer.document();
    assert!(page.faults.is_empty(), "{status}: {:?}", page.faults);
    assert_eq!(page.one("html").get("lang"), Some("fr"), "{status}");
    let alert = page.all("p").find(|it| it.get("role") == Some("alert")).unwrap();
    assert!(alert.text.contains(words), "{status}: {}", alert.text);
    for (name, value) in typed.iter().filter(|it| !UNSEEN.contains(&it.0) && it.0 != "step") {
        let area = page.all("textarea").find(|it| it.get("name") == Some(name));
        let line = page.all("input").find(|it| it.get("name") == Some(name));
        let (field, shown) = match (area, line) {
            // A parser reads each end of a line as one sign, and none right after the tag.
            (Some(it), _) => (it, it.text.trim_start_matches('\n').replace('\n', "\r\n")),
            (_, Some(it)) => (it, it.get("value").unwrap_or_default().to_owned()),
            _ => panic!("{status}: {name} is lost"),
        };
        assert_eq!(&shown, value, "{status}: {name}");
        assert_ne!(field.get("type"), Some("hidden"), "{status}: {name} cannot be read");
        assert!(page.all("label").any(|it| it.get("for") == field.get("id")), "{status}: {name}");
    }
}

/// Whether the page offers to send it once more as it stands.
fn is_offered_again(answer: &Answer) -> bool {
    let page = answer.document();
    let main = answer.text().split("<main").nth(1).unwrap_or_default();
    page.all("form").any(|it| it.get("method") == Some("post"))
        && main.contains("type=\"submit\"")
        && main.contains("Envoyer à nouveau")
}

/// As a browser at one address sends it.
fn from_one(site: &Site, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body: Vec<String> =
        fields.iter().map(|it| format!("{}={}", encode(it.0), encode(it.1))).collect();
    let request = axum::http::Request::builder()
        .method("POST")
        .uri(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .extension(Sender::new([192, 0, 2, 7].into()));
    site.send(request.body(body.join("&").into()).unwrap())
}

#[test]
fn one_who_sends_too_much_keeps_what_was_typed_and_may_send_it_later() {
    let scene = Scene::new();
    for number in 0..10 {
        let fields = [("subject", "a"), ("email", "a@b.fr"), ("message", &*format!("n{number}"))];
        assert_eq!(from_one(&scene.site, "/contact", &fields).status, 303, "{number}");
    }
    for (path, typed) in [
        (&*comments(), &COMMENT[..]),
        ("/contact", &CONTACT),
        ("/temoignages/ecrire", &TESTIMONIAL),
        (&format!("/articles/{ARTICLE}/avis"), &FEEDBACK),
    ] {
        let answer = from_one(&scene.site, path, typed);
        check(&answer, 429, "Réessayez dans quelques minutes", typed);
        assert!(is_offered_again(&answer), "{path}");
        assert!(!answer.header("retry-after").is_empty(), "{path}");
        // What is ticked and carried is sent again too.
        let page = answer.document();
        for (name, value) in typed.iter().filter(|it| UNSEEN.contains(&it.0) || it.0 == "step") {
            let hidden = page.all("input").find(|it| it.get("name") == Some(name)).unwrap();
            assert_eq!((hidden.get("type"), hidden.get("value")), (Some("hidden"), Some(*value)));
        }
    }
}

#[test]
fn comments_that_were_closed_meanwhile_say_so_and_give_all_of_it_back() {
    let scene = Scene::new();
    // The same article on a site whose comments close on the day they open.
    let text = format!("{SITE}\n[comments]\nclose_after_days = 1\n");
    let config = Config::parse(&text, Path::new("site.toml"), None).unwrap();
    let site = Site::with_people(config, fixture_day(), &scene.store);
    let answer = from_one(&site, &comments(), &COMMENT);
    check(&answer, 409, "fermés pendant que vous écriviez", &COMMENT);
    assert!(!is_offered_again(&answer), "it would be refused again");
    let json = serde_json::json!({ "name": "Ana", "body": "Texte", "consent": true });
    let request = axum::http::Request::post(format!("/api/v1/articles/{ARTICLE}/comments"))
        .header("content-type", "application/json");
    let told = site.send(request.body(json.to_string().into()).unwrap());
    assert_eq!(told.status, 409);
    assert!(told.text().contains("fermés"), "{}", told.text());
}

#[test]
fn a_receipt_that_was_decided_or_erased_meanwhile_gives_the_change_back() {
    let scene = Scene::new();
    let change = [("name", "Ana B."), ("email", "ana@example.org"), ("body", TEXT)];
    let secret = scene.comment("Ana", "Texte");
    scene.decide(&scene.id("Ana"), Decision::Approve);
    let answer = scene.form(&format!("/recus/{secret}"), &change);
    check(&answer, 409, "déjà été lu par la modération", &change);
    assert!(!is_offered_again(&answer));

    let secret = scene.comment("Bo", "Texte");
    let path = format!("/recus/{secret}");
    assert_eq!(scene.form(&path, &[("action", "effacer")]).status, 303);
    let answer = scene.form(&path, &change);
    check(&answer, 404, "n’existe plus", &change);
    assert!(!is_offered_again(&answer));
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    // Nothing was typed: the page of receipts says it.
    let gone = scene.form(&path, &[("action", "effacer")]);
    assert_eq!(gone.status, 404);
    assert!(gone.text().contains("Ce message n’existe pas, ou plus."));
}

#[test]
fn a_page_that_went_meanwhile_gives_back_what_was_written_to_it() {
    let scene = Scene::new();
    for (path, typed) in [
        ("/articles/parti-entretemps/commentaires", &COMMENT[..]),
        ("/articles/parti-entretemps/avis", &FEEDBACK),
        ("/praticiens/parti-entretemps/signaler", &REPORT),
    ] {
        let answer = scene.form(path, typed);
        check(&answer, 404, "n’existe plus", typed);
        assert!(!is_offered_again(&answer), "{path}");
    }
    // Switched off since the form was drawn.
    let text = SITE.replace("testimonials = true", "testimonials = false");
    let config = Config::parse(&text, Path::new("site.toml"), None).unwrap();
    let site = Site::with_people(config, fixture_day(), &scene.store);
    check(
        &from_one(&site, "/temoignages/ecrire", &TESTIMONIAL),
        404,
        "n’existe plus",
        &TESTIMONIAL,
    );
    check(&from_one(&site, "/contact", &CONTACT), 404, "n’existe plus", &CONTACT);
    // Nothing typed is the page for any address that names nothing.
    let empty = scene.form("/articles/parti-entretemps/commentaires", &[("body", "")]);
    assert_eq!(empty.status, 404);
    assert!(empty.text().contains(locale::text().missing_title()));
}

#[test]
fn what_is_too_long_comes_back_to_be_shortened() {
    let scene = Scene::new();
    // Browsers hold to the field's length; what they do not know of it comes here.
    let long = "é".repeat(20_000);
    let typed = [("name", "Ana"), ("email", ""), ("body", &*long), ("consent", "true")];
    let answer = scene.form(&comments(), &typed);
    check(&answer, 413, "raccourcissez-le", &typed[..1]);
    assert!(answer.text().contains(&*long) && is_offered_again(&answer));
    // Far too much is not read at all: the page before still has it.
    let body = "a".repeat(300_000);
    let request = axum::http::Request::post(comments())
        .header("content-type", "application/x-www-form-urlencoded")
        .header("content-length", body.len())
        .header("sec-fetch-site", "same-origin");
    let answer = scene.site.send(request.body(body.into()).unwrap());
    check(&answer, 413, "revenez à la page d’avant", &[]);
}

/// The preview of a testimonial, with the key under which it is sent.
fn previewed(scene: &Scene) -> Vec<(String, String)> {
    let preview = from_one(&scene.site, "/temoignages/ecrire", &TESTIMONIAL[..7]);
    assert_eq!(preview.status, 200, "{}", preview.text());
    let page = preview.document();
    let hidden = page.all("input").filter(|it| it.get("type") == Some("hidden"));
    let of = |name: Option<&str>| name.unwrap_or_default().to_owned();
    hidden.map(|it| (of(it.get("name")), of(it.get("value")))).collect()
}

/// Whoever heard no answer begins again: with another preview, and with the same words.
#[test]
fn a_testimonial_that_is_begun_again_is_one_until_it_is_taken_back() {
    let scene = Scene::new();
    let send = || {
        let fields = previewed(&scene);
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|it| (&*it.0, &*it.1)).collect();
        fields.push(("step", "envoyer"));
        let answer = from_one(&scene.site, "/temoignages/ecrire", &fields);
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.header("location").trim_end_matches("?merci").to_owned()
    };
    let first = send();
    assert_eq!(send(), first, "the same receipt");
    assert_eq!(scene.form(&first, &[("action", "effacer")]).status, 303);
    let second = send();
    assert_ne!(second, first, "taken back and written again, it is another");
    assert_eq!(scene.site.get(&second).status, 200);
    assert_eq!(scene.site.get(&first).status, 404);
}

#[test]
fn what_was_erased_can_be_written_again() {
    let scene = Scene::new();
    let send = || {
        let answer = from_one(&scene.site, &comments(), &COMMENT);
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.header("location").trim_end_matches("?merci").to_owned()
    };
    let first = send();
    assert_eq!(send(), first, "twice the same is once");
    assert_eq!(scene.form(&first, &[("action", "effacer")]).status, 303);
    let second = send();
    assert_ne!(second, first);
    assert_eq!(scene.site.get(&second).status, 200);
    assert_eq!(scene.site.get(&first).status, 404, "what is erased stays so");
    assert_eq!(crate::support::wait(scene.store.waiting()).unwrap().count, 1);
}
