//! What must be filled in is marked in every form, and every form says what the mark means.

use contract::receipt::Kind;

use super::{ARTICLE, Scene, copies};
use crate::support::html::{Document, Element};

/// A form with what stands in it.
fn forms(page: &Document) -> Vec<(&Element, Vec<&Element>)> {
    let mut forms: Vec<(&Element, Vec<&Element>)> = Vec::new();
    for it in &page.elements {
        if it.name == "form" {
            forms.push((it, Vec::new()));
        } else if it.around.iter().any(|it| it == "form") {
            forms.last_mut().unwrap().1.push(it);
        }
    }
    forms
}

/// What is read out before a field: its label; of some choices, their legend.
fn named<'a>(inside: &[&'a Element], field: &Element) -> &'a str {
    let radio = field.get("type") == Some("radio");
    let found = inside.iter().find(|it| {
        if radio {
            it.name == "legend"
        } else {
            it.name == "label" && it.get("for") == field.get("id")
        }
    });
    &found.unwrap_or_else(|| panic!("{field:?} has no name")).text
}

/// Checks every form of a page; returns how many ask for something.
#[track_caller]
fn check(page: &Document, about: &str) -> usize {
    let mut asking = 0;
    for (form, inside) in forms(page) {
        let visible = |it: &&&Element| {
            matches!(it.name.as_str(), "input" | "textarea" | "select")
                && !matches!(it.get("type"), Some("hidden" | "submit" | "search"))
                && it.get("id").is_some()
        };
        let (required, free): (Vec<&Element>, Vec<&Element>) =
            inside.iter().filter(visible).copied().partition(|it| it.get("required").is_some());
        for it in &required {
            assert!(named(&inside, it).trim_end().ends_with('*'), "{about}: {it:?} has no mark");
        }
        if required.is_empty() {
            continue;
        }
        asking += 1;
        for it in &free {
            assert!(!named(&inside, it).contains('*'), "{about}: {it:?} need not be filled in");
        }
        let said = form.text.contains(locale::text().form_required());
        assert!(said, "{about}: nothing says what * means");
    }
    asking
}

/// Checks that what is refused when it is left out was marked. Returns what was refused.
#[track_caller]
fn check_refused(scene: &Scene, path: &str) -> Vec<String> {
    let answer = scene.form(path, &[]);
    assert_eq!(answer.status, 422, "{path}: {}", answer.text());
    let page = answer.document();
    assert!(0 < check(&page, path), "{path}");
    let summary = page.all("a").filter(|it| it.around.iter().any(|it| it == "form"));
    let links = summary.filter_map(|it| it.get("href")?.strip_prefix('#'));
    let refused: Vec<String> = links.map(ToOwned::to_owned).collect();
    assert!(!refused.is_empty(), "{path}");
    for id in &refused {
        let field = page.elements.iter().find(|it| it.get("id") == Some(id));
        let field = field.unwrap_or_else(|| panic!("{path}: {id} is nowhere"));
        assert!(field.get("required").is_some(), "{path}: {id} is refused and was not asked for");
        // And what is wrong stands beside it.
        let error = format!("{id}-erreur");
        assert!(page.ids().contains(&error.as_str()), "{path}: {error}");
        let told = page.elements.iter().filter_map(|it| it.get("aria-describedby"));
        let told: Vec<&str> = told.flat_map(|it| it.split(' ')).collect();
        assert!(told.contains(&error.as_str()), "{path}: {error} is read out with nothing");
    }
    refused
}

#[test]
fn every_form_says_what_must_be_filled_in() {
    let scene = Scene::new();
    let found = scene.site.get("/api/v1/practitioners").json();
    let report = format!("/praticiens/{}/signaler", found["items"][0]["id"].as_str().unwrap());
    let comments = format!("/articles/{ARTICLE}/commentaires");
    let feedback = format!("/articles/{ARTICLE}/avis");
    let receipt = |kind| format!("/recus/{}", copies::send(&scene, kind));
    let (comment, story) = (receipt(Kind::Comment), receipt(Kind::Testimonial));
    for (path, ids) in [
        (comments.as_str(), &["c-name", "c-body", "c-consent"][..]),
        (&feedback, &["f-useful"]),
        (
            "/temoignages/ecrire",
            &["v-name", "v-body", "v-treatments", "v-publication", "v-processing"],
        ),
        ("/contact", &["m-subject", "m-email", "m-message"]),
        (&report, &["m-body"]),
        (&comment, &["c-name", "c-body"]),
        (&story, &["v-name", "v-body", "v-treatments"]),
    ] {
        let page = scene.site.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(check(&page.document(), path), 1, "{path}");
        assert_eq!(check_refused(&scene, path), ids, "{path}");
    }
    let mut asking = 0;
    for route in scene.site.routes() {
        let address = route.to_string();
        asking += check(&scene.site.get(&address).document(), &address);
    }
    assert!(0 < asking, "articles have a form");
    let scene = Scene::with("[comments]\nemail_required = true");
    assert!(check_refused(&scene, &comments).contains(&"c-email".to_owned()), "the site's choice");
}
