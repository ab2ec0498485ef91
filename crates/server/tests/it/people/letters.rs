//! Messages to the site, and errors told of in the directory.

use contract::{receipt::Kind, route::Route};
use serde_json::json;
use store::contributions::{Contribution, Queue};

use super::Scene;
use crate::support::{Site, check_problem, fixture_content, fixture_day, fixtures, wait};

const CONTACT: [(&str, &str); 3] =
    [("subject", "Une question"), ("email", "zoe@example.org"), ("message", "Bonjour\r\nà vous")];

/// Somebody of the made-up directory.
fn practitioner(scene: &Scene) -> String {
    let found = scene.site.get("/api/v1/practitioners").json();
    found["items"][0]["id"].as_str().unwrap().to_owned()
}

/// The only one that waits.
fn kept(scene: &Scene) -> Contribution {
    let state = contract::receipt::State::Pending;
    let queue = Queue { state, kind: None, limit: 10, offset: 0 };
    let mut found = wait(scene.store.queue(queue)).unwrap();
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[test]
fn a_message_is_kept_with_its_mail_and_followed_without_scripts() {
    let scene = Scene::new();
    let form = scene.site.get("/contact");
    assert_eq!(form.status, 200);
    let page = form.document();
    let email = page.all("input").find(|it| it.get("name") == Some("email")).unwrap();
    assert_eq!((email.get("autocomplete"), email.get("type")), (Some("email"), Some("email")));
    assert!(page.all("a").any(|it| it.get("href") == Some("tel:15")), "whom to call instead");
    let sent = scene.form("/contact", &CONTACT);
    assert_eq!(sent.status, 303, "{}", sent.text());
    let it = kept(&scene);
    assert_eq!((it.kind, it.page.as_str()), (Kind::Message, "contact"));
    assert_eq!(
        (it.subject.as_deref(), it.body.as_str()),
        (Some("Une question"), "Bonjour\nà vous")
    );
    assert_eq!(wait(scene.store.mail_backlog()).unwrap().waiting, 1);
    let receipt = scene.site.get(sent.header("location"));
    assert!(receipt.text().contains("Une question") && receipt.text().contains("Bonjour"));
    assert!(receipt.text().contains("La réponse arrive"));
    assert!(receipt.text().contains("data-sent=\"/contact\""), "its draft is forgotten");
    let path = sent.header("location").trim_end_matches("?merci").to_owned();
    assert_eq!(scene.form(&path, &[("name", "a"), ("body", "b")]).status, 409, "not to be changed");
    assert_eq!(scene.form(&path, &[("action", "effacer")]).status, 303);
    assert_eq!(scene.site.get(&path).status, 404);
    assert_eq!(wait(scene.store.mail_backlog()).unwrap().waiting, 0, "nothing goes out any more");
}

#[test]
fn what_is_missing_is_said_and_what_was_typed_stays() {
    let scene = Scene::new();
    let typed = [("subject", ""), ("email", "zoe@"), ("message", "Un texte <b>gardé</b>")];
    let answer = scene.form("/contact", &typed);
    assert_eq!(answer.status, 422);
    let page = answer.document();
    for id in ["m-subject", "m-email"] {
        let link = format!("#{id}");
        assert!(page.all("a").any(|it| it.get("href") == Some(&link)), "{id}");
        let field = page.all("input").find(|it| it.get("id") == Some(id)).unwrap();
        let error = field.get("aria-describedby").unwrap().split(' ').next().unwrap();
        assert!(page.all("p").any(|it| it.get("id") == Some(error)), "{error}");
    }
    assert!(answer.text().contains("value=\"zoe@\""));
    assert!(answer.text().contains("Un texte &lt;b&gt;gardé&lt;/b&gt;</textarea>"));
    let answer = scene.json("POST", "/contact", &json!({}), &[]);
    check_problem(&answer, 422, "empty");
    let errors = answer.json()["errors"].as_array().unwrap().clone();
    let fields: Vec<&str> = errors.iter().map(|it| it["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["subject", "email", "message"]);
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 0);
    assert_eq!(wait(scene.store.mail_backlog()).unwrap().waiting, 0);
}

#[test]
fn an_error_in_the_directory_is_told_on_a_page_of_its_own() {
    let scene = Scene::new();
    let id = practitioner(&scene);
    let own = format!("/praticiens/{id}");
    let form = format!("{own}/signaler");
    let card = scene.site.get(&own).document();
    assert!(card.all("a").any(|it| it.get("href") == Some(&form)));
    assert!(!card.all("a").any(|it| it.get("href").unwrap_or("").starts_with("mailto:exemple")));
    assert_eq!(scene.site.get(&form).status, 200);
    let broken = scene.form(&form, &[("body", " "), ("email", "<x>")]);
    assert_eq!(broken.status, 422);
    let broken = broken.document();
    for id in ["#m-body", "#m-email"] {
        assert!(broken.all("a").any(|it| it.get("href") == Some(id)), "{id}");
    }
    let sent = scene.form(&form, &[("body", "Le numéro <i>a changé</i>")]);
    assert_eq!(sent.status, 303, "{}", sent.text());
    let it = kept(&scene);
    assert_eq!((it.kind, it.page.as_str(), it.email), (Kind::Report, id.as_str(), None));
    assert_eq!(wait(scene.store.mail_backlog()).unwrap().waiting, 1);
    let receipt = scene.site.get(sent.header("location"));
    assert!(receipt.document().all("a").any(|it| it.get("href") == Some(&own)));
    assert!(receipt.text().contains("Le numéro &lt;i&gt;a changé&lt;/i&gt;"));
    for nobody in ["/praticiens/personne/signaler", "/praticiens/..%2F/signaler"] {
        assert_eq!(scene.site.get(nobody).status, 404, "{nobody}");
        assert_eq!(scene.form(nobody, &[("body", "x")]).status, 404, "{nobody}");
    }
    let path = format!("/practitioners/{id}/reports");
    assert_eq!(scene.json("POST", &path, &json!({ "body": "Fermé" }), &[]).status, 201);
    let nobody = scene.json("POST", "/practitioners/personne/reports", &json!({}), &[]);
    check_problem(&nobody, 404, "nobody");
}

#[test]
fn pages_of_other_sites_send_nothing_and_programs_are_forgotten() {
    let scene = Scene::new();
    let id = practitioner(&scene);
    let foreign = [("origin", "https://evil.example")];
    for path in ["/contact".to_owned(), format!("/practitioners/{id}/reports")] {
        check_problem(&scene.json("POST", &path, &json!({}), &foreign), 403, &path);
    }
    let mut fields = CONTACT.to_vec();
    fields.extend([("website", "https://spam.example"), ("body", "x")]);
    for path in ["/contact".to_owned(), format!("/praticiens/{id}/signaler")] {
        assert_eq!(scene.form(&path, &fields).status, 303, "{path}");
    }
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 0);
}

#[test]
fn what_is_off_is_nowhere() {
    // The fixtures' own site takes comments, and no messages.
    let site = fixtures();
    for path in ["/contact", "/api/v1/contact"] {
        assert_eq!(site.get(path).status, if path == "/contact" { 404 } else { 405 }, "{path}");
    }
    let home = site.get("/").document();
    assert!(!home.all("a").any(|it| it.get("href") == Some("/contact")));
    assert!(home.all("a").any(|it| it.get("href") == Some("mailto:exemple@example.org")));
    let on = Scene::new();
    let home = on.site.get("/").document();
    assert!(home.all("a").any(|it| it.get("href") == Some("/contact")));
    // Without the directory nobody reports on it.
    let config = server::config::Config::parse(
        &crate::support::SITE.replace("map = true, ", "contact = true, "),
        std::path::Path::new("site.toml"),
        None,
    );
    let id = practitioner(&on);
    let off = Site::new(config.unwrap(), &fixture_content(), fixture_day());
    assert_eq!(off.get(&format!("/praticiens/{id}/signaler")).status, 404);
}

#[test]
fn the_app_leaves_these_pages_to_the_browser() {
    for path in ["/contact", "/temoignages", "/temoignages/ecrire", "/praticiens/x/signaler"] {
        let route = Route::parse(path, "").unwrap();
        assert_eq!(route, Route::Document { path: path.to_owned() });
    }
}
