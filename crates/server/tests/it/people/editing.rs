//! What an author changes while nobody has decided.

use serde_json::json;
use store::contributions::Decision;

use super::Scene;
use crate::support::{check_problem, wait};

/// Sends a testimonial and returns the secret of its receipt.
fn testimonial(scene: &Scene) -> String {
    let draft = json!({
        "name": "Marguerite", "title": "Six mois", "body": "Le premier texte.",
        "treatments": "aucun", "ties": "", "publication": true, "processing": true,
    });
    let answer = scene.json("POST", "/testimonials", &draft, &[]);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["receipt"].as_str().unwrap().to_owned()
}

const CHANGED: [(&str, &str); 5] = [
    ("name", "Odette"),
    ("title", ""),
    ("body", "Le second texte.\r\n\r\nEn deux parties."),
    ("treatments", "De la marche"),
    ("ties", "Un cousin pharmacien"),
];

#[test]
fn a_testimonial_is_changed_until_somebody_has_decided() {
    let scene = Scene::new();
    let secret = testimonial(&scene);
    let address = format!("/recus/{secret}");
    let before = wait(scene.store.contribution(&scene.id("Marguerite"))).unwrap().unwrap();

    let page = scene.site.get(&address);
    let shown = page.document();
    let field = |id: &str| shown.all("input").find(|it| it.get("id") == Some(id)).unwrap();
    assert_eq!(field("v-name").get("value"), Some("Marguerite"));
    assert_eq!(field("v-title").get("value"), Some("Six mois"));
    assert!(!page.text().contains(locale::text().testimonial_again()), "it can be changed here");
    let edit = shown.all("form").find(|it| it.get("data-guard") == Some("all")).unwrap();
    assert_eq!(edit.get("data-draft"), None, "what was sent is no draft on the device");

    let saved = scene.form(&address, &CHANGED);
    assert_eq!(saved.header("location"), format!("{address}?modifie"), "{}", saved.text());
    let after = wait(scene.store.contribution(&scene.id("Odette"))).unwrap().unwrap();
    assert_eq!(after.body, "Le second texte.\n\nEn deux parties.");
    assert_eq!(after.subject, None);
    assert_eq!(after.treatments.as_deref(), Some("De la marche"));
    assert_eq!(after.ties.as_deref(), Some("Un cousin pharmacien"));
    let kept = (before.expires_ms, before.consent, before.consented_ms);
    assert_eq!((after.expires_ms, after.consent, after.consented_ms), kept);
    assert!(before.changed_ms < after.changed_ms, "who has the old text open is told");

    scene.decide(&after.id, Decision::Approve);
    check_problem(&scene.json("PATCH", &format!("/receipts/{secret}"), &json!({}), &[]), 409, "");
    assert_eq!(scene.form(&address, &CHANGED).status, 409);
    let page = scene.site.get(&address);
    assert!(page.text().contains(locale::text().testimonial_again()));
    assert!(!page.text().contains("id=\"v-name\""), "there is nothing to change any more");
    assert!(scene.site.get("/temoignages").text().contains("Le second texte."));
}

#[test]
fn what_breaks_a_rule_is_kept_as_it_was_typed_and_changes_nothing() {
    let scene = Scene::new();
    let secret = testimonial(&scene);
    let typed = [("name", ""), ("body", "<b>Gardé</b>"), ("treatments", ""), ("ties", "Gardés")];
    let answer = scene.form(&format!("/recus/{secret}"), &typed);
    assert_eq!(answer.status, 422);
    let page = answer.document();
    for id in ["v-name", "v-treatments"] {
        assert!(page.all("a").any(|it| it.get("href") == Some(&format!("#{id}"))), "{id}");
    }
    let edit = page.all("details").find(|it| it.get("class") == Some("receipt__edit")).unwrap();
    assert!(edit.get("open").is_some(), "the mistake is in sight");
    let text = answer.text();
    assert!(text.contains("&lt;b&gt;Gardé&lt;/b&gt;</textarea>"), "{text}");
    assert!(text.contains("Gardés</textarea>"), "{text}");
    assert!(!text.contains("<article class=\"testimonial\""), "it is no preview of anything");
    let kept = wait(scene.store.contribution(&scene.id("Marguerite"))).unwrap().unwrap();
    assert_eq!((kept.body.as_str(), kept.ties), ("Le premier texte.", None));
}

#[test]
fn what_only_the_site_reads_is_not_changed_under_its_eyes() {
    let scene = Scene::new();
    let draft = json!({ "subject": "Question", "message": "Bonjour", "email": "a@b.example" });
    let sent = scene.json("POST", "/contact", &draft, &[]);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let path = format!("/receipts/{}", sent.json()["receipt"].as_str().unwrap());
    let change = json!({ "name": "Zoé", "body": "Autre" });
    check_problem(&scene.json("PATCH", &path, &change, &[]), 409, "");
    assert_eq!(scene.site.get(&format!("/api/v1{path}")).json()["body"], "Bonjour");
}
