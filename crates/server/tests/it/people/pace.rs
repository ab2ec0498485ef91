//! Forms that come faster than anybody writes: nothing is lost, and the second press counts.

use super::{ARTICLE, Scene};
use crate::support::{Answer, wait};

const CONTACT: [(&str, &str); 3] =
    [("subject", "Une question"), ("email", "zoe@example.org"), ("message", "Un texte à garder")];

fn comments() -> String {
    format!("/articles/{ARTICLE}/commentaires")
}

fn count(scene: &Scene) -> u32 {
    wait(scene.store.waiting()).unwrap().count
}

/// Names and values of a form's hidden fields.
fn hidden(answer: &Answer) -> Vec<(String, String)> {
    let page = answer.document();
    let fields = page.all("input").filter(|it| it.get("type") == Some("hidden"));
    let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
    fields.map(|it| (text(it.get("name")), text(it.get("value")))).collect()
}

/// What was typed, with what the form carried.
fn filled(typed: &[(&str, &str)], carried: &[(String, String)]) -> Vec<(String, String)> {
    let typed = typed.iter().map(|it| (it.0.to_owned(), it.1.to_owned()));
    typed.chain(carried.iter().cloned()).collect()
}

fn send(scene: &Scene, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|it| (&*it.0, &*it.1)).collect();
    scene.form(path, &fields)
}

#[track_caller]
fn check_asked_again(answer: &Answer, typed: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains(typed), "what was typed stays");
    let page = answer.document();
    let said = page.all("div").find(|it| it.get("id") == Some("erreurs")).unwrap();
    assert_eq!((said.get("role"), said.get("tabindex")), (Some("alert"), Some("-1")));
    assert!(answer.text().contains("appuyez encore une fois"));
    assert!(page.all("input").all(|it| it.get("aria-invalid").is_none()), "nothing is wrong");
}

#[test]
fn a_form_that_comes_back_at_once_is_pressed_again() {
    let scene = Scene::new();
    let id = scene.site.get("/api/v1/practitioners").json()["items"][0]["id"].clone();
    let report = format!("/praticiens/{}/signaler", id.as_str().unwrap());
    let comment = [("name", "Ana"), ("body", "Un texte à garder"), ("consent", "true")];
    for (path, typed) in [
        ("/contact", &CONTACT[..]),
        (&report, &[("body", "Un texte à garder")]),
        (&comments(), &comment),
    ] {
        let before = count(&scene);
        let carried = hidden(&scene.site.get(path));
        assert!(carried.iter().any(|it| it.0 == "drawn"), "{path}");
        let answer = send(&scene, path, &filled(typed, &carried));
        check_asked_again(&answer, "Un texte à garder");
        assert_eq!(count(&scene), before, "{path}");
        let again = send(&scene, path, &filled(typed, &hidden(&answer)));
        assert_eq!(again.status, 303, "{path}: {}", again.text());
        assert_eq!(count(&scene), before + 1, "{path}");
    }
    let page = scene.site.get(&comments()).document();
    let consent = page.all("input").find(|it| it.get("id") == Some("c-consent")).unwrap();
    assert_eq!(consent.get("checked"), None, "never ticked beforehand");
}

#[test]
fn what_is_ticked_stays_ticked_when_nothing_was_wrong() {
    let scene = Scene::new();
    let typed = [("name", "Ana"), ("body", "Texte"), ("consent", "true"), ("spent", "12")];
    let answer = scene.form(&comments(), &typed);
    check_asked_again(&answer, "Texte");
    let page = answer.document();
    assert!(
        page.all("input")
            .any(|it| it.get("id") == Some("c-consent") && it.get("checked").is_some())
    );
}

#[test]
fn a_mistake_is_mended_as_fast_as_one_can() {
    let scene = Scene::new();
    let carried = hidden(&scene.site.get("/contact"));
    let broken = send(&scene, "/contact", &filled(&CONTACT[..2], &carried));
    assert_eq!(broken.status, 422);
    assert!(!broken.text().contains("appuyez encore une fois"));
    let mended = send(&scene, "/contact", &filled(&CONTACT, &hidden(&broken)));
    assert_eq!(mended.status, 303);
}

#[test]
fn what_is_not_known_is_no_offence() {
    let scene = Scene::new();
    let typed = |spent: &str, drawn: &str| {
        let mut fields = filled(&CONTACT, &[]);
        fields[2].1 = format!("Texte {spent} {drawn}");
        fields.push(("spent".to_owned(), spent.to_owned()));
        fields.push(("drawn".to_owned(), drawn.to_owned()));
        send(&scene, "/contact", &fields).status
    };
    for (spent, drawn) in [
        ("", ""),
        ("3000", ""),
        ("x", "y"),
        ("-5000000000000", ""),
        ("99999999999999999999", "1.AAAA"),
        ("", "1700000000000.AAAA"),
    ] {
        assert_eq!(typed(spent, drawn), 303, "{spent:?} {drawn:?}");
    }
    assert_eq!(typed("2999", ""), 422);
}

#[test]
fn pages_that_are_kept_for_everybody_carry_nothing() {
    let scene = Scene::new();
    let article = format!("/articles/{ARTICLE}");
    let page = scene.site.get(&article);
    assert!(page.text().contains("id=\"ecrire\"") && !page.text().contains("name=\"drawn\""));
    let etag = page.header("etag").to_owned();
    assert!(!etag.is_empty());
    let again = scene.site.get_with(&article, &[("if-none-match", &etag)]);
    assert_eq!(again.status, 304);
}

#[test]
fn a_testimonial_is_asked_again_before_its_preview() {
    let scene = Scene::new();
    let path = "/temoignages/ecrire";
    let typed = [
        ("name", "Une voix"),
        ("body", "Ce que j’ai vécu"),
        ("treatments", "aucun"),
        ("publication", "true"),
        ("processing", "true"),
        ("step", "apercu"),
    ];
    let answer = send(&scene, path, &filled(&typed, &hidden(&scene.site.get(path))));
    check_asked_again(&answer, "Ce que j’ai vécu");
    let preview = send(&scene, path, &filled(&typed, &hidden(&answer)));
    assert_eq!(preview.status, 200);
    let mut all = hidden(&preview);
    all.push(("step".to_owned(), "envoyer".to_owned()));
    assert_eq!(send(&scene, path, &all).status, 303);
}

#[test]
fn one_press_on_whether_a_page_helped_is_never_too_fast() {
    let scene = Scene::new();
    let sent =
        scene.form(&format!("/articles/{ARTICLE}/avis"), &[("useful", "true"), ("spent", "5")]);
    assert_eq!(sent.status, 303);
}
