//! What gives somebody away is found in whichever field it was written, marked there at the desk, and
//! masked there for everybody.

use contract::desk::Field;
use serde_json::{Value, json};
use store::contributions::{Contribution, Decision};

use super::{ARTICLE, Scene};
use crate::{desk::hash, support::wait};

const PHONE: &str = "06 39 98 00 17";

impl Scene {
    fn kept(&self, receipt: &str) -> Contribution {
        wait(self.store.contribution_of(&hash(receipt))).unwrap().unwrap()
    }

    fn sent(&self, path: &str, draft: &Value) -> String {
        let answer = self.json("POST", path, draft, &[]);
        assert_eq!(answer.status, 201, "{path}: {}", answer.text());
        answer.json()["receipt"].as_str().unwrap().to_owned()
    }
}

/// Field, kind and passage of all that was found.
fn found(it: &Contribution) -> Vec<(Field, String, String)> {
    let texts = it.texts();
    let passage = |at: &contract::desk::Finding| texts.of(at.field)[at.from..at.to].to_owned();
    it.found().into_iter().map(|at| (at.field, at.kind.clone(), passage(&at))).collect()
}

fn testimonial() -> Value {
    json!({
        "name": "Marguerite", "title": "Six mois", "body": "Un texte.", "treatments": "aucun", "ties": "",
        "publication": true, "processing": true,
    })
}

#[test]
fn each_field_of_each_form_is_looked_at() {
    let scene = Scene::new();
    let comments = format!("/articles/{ARTICLE}/comments");
    let feedback = format!("/articles/{ARTICLE}/feedback");
    let listed = scene.site.get("/api/v1/practitioners").json();
    let reports = format!("/practitioners/{}/reports", listed["items"][0]["id"].as_str().unwrap());
    let comment =
        json!({ "name": "Zoé", "email": "zoe@example.org", "body": "Merci.", "consent": true });
    let message =
        json!({ "subject": "Question", "email": "zoe@example.org", "message": "Bonjour." });
    let opinion = json!({ "useful": true, "message": "Merci." });
    let report = json!({ "body": "Une faute.", "email": "zoe@example.org" });
    let check = |path: &str, draft: &Value, typed: &[(&str, Field)]| {
        // An address that was asked for is no finding.
        assert_eq!(found(&scene.kept(&scene.sent(path, draft))), [], "{path}");
        for (name, field) in typed {
            let mut draft = draft.clone();
            draft[*name] = json!(format!("Zoé, {PHONE}"));
            let kept = scene.kept(&scene.sent(path, &draft));
            let expected = [(*field, "phone".to_owned(), PHONE.to_owned())];
            assert_eq!(found(&kept), expected, "{path}: {name}");
        }
    };
    check(&comments, &comment, &[("name", Field::Name), ("body", Field::Body)]);
    let told = [
        ("name", Field::Name),
        ("title", Field::Subject),
        ("treatments", Field::Treatments),
        ("ties", Field::Ties),
        ("body", Field::Body),
    ];
    check("/testimonials", &testimonial(), &told);
    check("/contact", &message, &[("subject", Field::Subject), ("message", Field::Body)]);
    check(&feedback, &opinion, &[("message", Field::Body)]);
    check(&reports, &report, &[("body", Field::Body)]);
}

#[test]
fn who_asks_for_help_in_a_title_is_seen_and_a_name_is_a_name() {
    let scene = Scene::new();
    let mut draft = testimonial();
    draft["name"] = json!("Docteur Martin");
    draft["title"] = json!("J’arrête mon traitement");
    let kept = scene.kept(&scene.sent("/testimonials", &draft));
    let told: Vec<_> = found(&kept).into_iter().map(|it| (it.0, it.1)).collect();
    assert_eq!(told, [(Field::Subject, "stops_treatment".to_owned())]);
    let draft = json!({ "subject": "Je veux mourir", "email": "a@b.example", "message": "Voilà." });
    let kept = scene.kept(&scene.sent("/contact", &draft));
    let told: Vec<_> = found(&kept).into_iter().map(|it| (it.0, it.1)).collect();
    assert_eq!(told, [(Field::Subject, "distress".to_owned())]);
}

#[test]
fn what_is_changed_is_looked_at_again() {
    let scene = Scene::new();
    let fields =
        [("name", "Odette"), ("title", "Un an"), ("body", "Autre."), ("treatments", "aucun")];
    let receipt = scene.sent("/testimonials", &testimonial());
    let told = format!("Le {PHONE}");
    for (name, field) in
        [("title", Field::Subject), ("treatments", Field::Treatments), ("ties", Field::Ties)]
    {
        let mut typed: Vec<(&str, &str)> = fields.into_iter().filter(|it| it.0 != name).collect();
        typed.push((name, &told));
        assert_eq!(scene.form(&format!("/recus/{receipt}"), &typed).status, 303);
        let places: Vec<Field> = found(&scene.kept(&receipt)).into_iter().map(|it| it.0).collect();
        assert_eq!(places, [field]);
    }
    assert_eq!(scene.form(&format!("/recus/{receipt}"), &fields).status, 303);
    assert_eq!(found(&scene.kept(&receipt)), []);

    let receipt = scene.comment("Zoé", "Merci.");
    let change = json!({ "name": format!("Zoé {PHONE}"), "body": "Merci." });
    let changed = scene.json("PATCH", &format!("/receipts/{receipt}"), &change, &[]);
    assert!(changed.status < 300, "{}", changed.text());
    assert_eq!(found(&scene.kept(&receipt))[0].0, Field::Name);
}

/// A page without what a press opens.
fn closed(html: &str) -> String {
    let after = |it: &str| it.split_once("</details>").map_or(it, |it| it.1).to_owned();
    let mut parts = html.split("<details");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |all, it| all + &after(it))
}

#[test]
fn the_desk_marks_each_passage_in_its_field_and_shows_it_on_request() {
    let scene = Scene::new();
    scene.sign_in();
    let mut draft = testimonial();
    draft["name"] = json!(format!("Marguerite {PHONE}"));
    draft["title"] = json!("Écrivez à zoe@example.org");
    draft["treatments"] = json!(format!("Au {PHONE}"));
    draft["ties"] = json!("12 rue des Lilas, 69003 Lyon");
    let kept = scene.kept(&scene.sent("/testimonials", &draft));
    let list = closed(scene.desk("/moderation").text());
    let secrets = ["06 39", "zoe@example.org", "rue des Lilas"];
    assert!(list.contains("Marguerite […]"));
    let page = scene.desk(&format!("/moderation?item={}", kept.id));
    assert_eq!(page.document().faults, Vec::<String>::new());
    let shut = closed(page.text());
    for secret in secrets {
        assert!(!list.contains(secret) && !shut.contains(secret), "{secret}: {shut}");
    }
    assert!(shut.contains("Message de «\u{202f}Marguerite […]\u{202f}»"), "{shut}");
    let document = page.document();
    let marks: Vec<&str> = document.all("mark").map(|it| it.text.as_str()).collect();
    let numbered = |text: &str, number| format!("{text}{number}");
    let expected = [
        numbered(PHONE, 1),
        numbered("zoe@example.org", 2),
        numbered(PHONE, 3),
        numbered("12 rue des Lilas, 69003 Lyon", 4),
    ];
    assert_eq!(marks, expected);
    let beside: Vec<&str> = document.all("dd").map(|it| it.text.as_str()).collect();
    for (start, mark) in [("Marguerite ", PHONE), ("Écrivez à ", "zoe@"), ("Au ", PHONE)] {
        assert!(beside.iter().any(|it| it.starts_with(start) && it.contains(mark)), "{beside:?}");
    }
    for field in ["Prénom ou pseudonyme", "Titre ou objet", "Autres soins suivis en même temps"] {
        let told = format!("Dans «\u{202f}{field}\u{202f}»");
        assert!(page.text().contains(&told), "{told}");
    }
    // Each with its rule.
    assert_eq!(page.text().matches("Règle").count(), 4);
}

#[test]
fn a_name_is_masked_wherever_everybody_reads_it() {
    let scene = Scene::new();
    let name = format!("Zoé {PHONE}");
    let receipt = scene.comment(&name, "Merci à zoe@example.org pour tout.");
    let id = scene.id(&name);
    scene.decide(&id, Decision::Mask);
    let answer = format!("/articles/{ARTICLE}?repondre={id}");
    let list = format!("/articles/{ARTICLE}/commentaires");
    for path in [
        format!("/articles/{ARTICLE}"),
        format!("{list}?repondre={id}"),
        format!("{list}.xml").replace("commentaires", "comments"),
        format!("/api/v1/articles/{ARTICLE}/comments"),
        list,
        answer,
    ] {
        let shown = scene.site.get(&path);
        assert_eq!(shown.status, 200, "{path}");
        assert!(shown.text().contains("Zoé […]"), "{path}: {}", shown.text());
        assert!(!shown.text().contains("06 39") && !shown.text().contains("zoe@"), "{path}");
    }
    // Who is answered is named in the form, too.
    let form = scene.site.get(&format!("/articles/{ARTICLE}/commentaires?repondre={id}"));
    assert!(form.text().contains("sous le commentaire de Zoé […]"), "{}", form.text());
    let own = scene.site.get(&format!("/api/v1/receipts/{receipt}")).json();
    assert_eq!((&own["name"], &own["masked"]), (&json!(name), &json!(["email", "phone"])));
}

#[test]
fn what_was_found_before_fields_were_looked_at_is_masked_in_the_text() {
    let scene = Scene::new();
    let receipt = scene.comment("Zoé", "Appelez le 06 39 98 00 17.");
    let kept = scene.kept(&receipt);
    // A row as it was stored then.
    assert_eq!(kept.findings, "phone phone 11 25");
    scene.decide(&kept.id, Decision::Mask);
    let shown = scene.site.get(&format!("/api/v1/articles/{ARTICLE}/comments")).json();
    let item = &shown["items"][0];
    assert_eq!((&item["name"], &item["body"]), (&json!("Zoé"), &json!("Appelez le […].")));
}
