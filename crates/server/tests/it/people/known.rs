//! Sites where only somebody's first comment waits: who is known, and what waits all the same.

use contract::slug::Slug;
use serde_json::{Value, json};
use store::contributions::Decision;

use super::{ARTICLE, Scene};
use crate::support::wait;

fn scene() -> Scene {
    Scene::with("[comments]\nhold = \"first\"")
}

fn comments() -> String {
    format!("/articles/{ARTICLE}/commentaires")
}

/// Somebody's first comment, approved, and what its receipt proves.
fn known(scene: &Scene, name: &str) -> (Slug, String, String) {
    let receipt = scene.comment(name, "Merci pour cette page.");
    let id = scene.id(name);
    assert_eq!(writer(scene, &receipt), None, "nobody has approved it yet");
    scene.decide(&id, Decision::Approve);
    let proof = writer(scene, &receipt).unwrap();
    (id, receipt, proof)
}

fn writer(scene: &Scene, receipt: &str) -> Option<String> {
    let it = scene.site.get(&format!("/api/v1/receipts/{receipt}")).json();
    it["writer"].as_str().map(ToOwned::to_owned)
}

/// What becomes of a comment that is sent along with a proof, and its receipt.
fn send(scene: &Scene, article: &str, proof: &str, body: &str) -> (String, String) {
    let draft = json!({ "name": "Zoé", "body": body, "consent": true, "writer": proof });
    let answer = scene.json("POST", &format!("/articles/{article}/comments"), &draft, &[]);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let it = answer.json();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    (text(&it["state"]), text(&it["receipt"]))
}

#[track_caller]
fn check(scene: &Scene, proof: &str, body: &str, state: &str) {
    assert_eq!(send(scene, ARTICLE, proof, body).0, state, "{proof:?} {body}");
}

fn is_public(scene: &Scene, words: &str) -> bool {
    let paths = [format!("/articles/{ARTICLE}"), format!("/articles/{ARTICLE}/comments.xml")];
    let shown = paths.map(|it| scene.site.get(&it).text().contains(words));
    assert_eq!(shown[0], shown[1]);
    shown[0]
}

#[test]
fn the_first_waits_and_the_next_are_shown_at_once() {
    let scene = scene();
    let (id, _, proof) = known(&scene, "Ana");
    check(&scene, &proof, "Merci pour cet article.", "approved");
    assert!(is_public(&scene, "Merci pour cet article."));
    // Without it, the same hand is unknown.
    check(&scene, "", "Autre chose.", "pending");
    assert!(!is_public(&scene, "Autre chose."));
    // Answers too, and wherever the site takes comments.
    let draft = json!({ "name": "Zoé", "body": "Une réponse.", "consent": true, "parent": id, "writer": proof });
    let answer = scene.json("POST", &format!("/articles/{ARTICLE}/comments"), &draft, &[]);
    assert_eq!(answer.json()["state"], "approved");
    assert_eq!(send(&scene, "exemple-03", &proof, "Sous une autre page.").0, "approved");
}

#[test]
fn what_was_shown_unread_speaks_for_nobody_before_a_person_has_looked() {
    let scene = scene();
    let (_, _, proof) = known(&scene, "Ana");
    let (state, receipt) = send(&scene, ARTICLE, &proof, "Une suite.");
    assert_eq!((state.as_str(), writer(&scene, &receipt)), ("approved", None));
    let shown = scene.site.get(&format!("/api/v1/articles/{ARTICLE}/comments")).json();
    let id = shown["items"][1]["id"].as_str().unwrap();
    scene.decide(&Slug::try_from(id).unwrap(), Decision::Approve);
    assert!(writer(&scene, &receipt).is_some());
}

#[test]
fn a_proof_is_worth_nothing_once_its_comment_is_not_shown() {
    let scene = scene();
    let (id, receipt, proof) = known(&scene, "Ana");
    for decision in [Decision::Reject, Decision::Hold, Decision::Reopen] {
        scene.decide(&id, decision);
        assert_eq!(writer(&scene, &receipt), None, "{decision:?}");
        check(&scene, &proof, &format!("Texte {decision:?}"), "pending");
    }
    scene.decide(&id, Decision::Approve);
    check(&scene, &proof, "De nouveau.", "approved");
    let erased = scene.json("DELETE", &format!("/receipts/{receipt}"), &json!({}), &[]);
    assert_eq!(erased.status, 204);
    check(&scene, &proof, "Après le retrait.", "pending");
    let (id, _, proof) = known(&scene, "Bo");
    scene.decide(&id, Decision::Erase);
    check(&scene, &proof, "Après l’effacement.", "pending");
}

#[test]
fn nobody_makes_a_proof_of_what_is_public() {
    let scene = scene();
    let (id, receipt, proof) = known(&scene, "Ana");
    let seal = proof.rsplit_once('.').unwrap().1;
    let (other, _, _) = known(&scene, "Bo");
    let mut forged = vec![
        id.to_string(),
        format!("{id}."),
        format!("{id}.{receipt}"),
        format!("{other}.{seal}"),
        format!("{id}.{}", "A".repeat(43)),
        format!("{proof} "),
        "é".repeat(500),
    ];
    // Senders choose what receipts are made of, and learn what comes of it.
    for key in [format!("writer {} {id}", id.as_str().len()), format!("writer\0{id}")] {
        let fields = [
            ("name", "Eve"),
            ("body", "Un texte."),
            ("consent", "true"),
            ("key", &key),
            ("proof", "x"),
        ];
        let sent = scene.form(&comments(), &fields);
        let made = sent.header("location").trim_start_matches("/recus/").trim_end_matches("?merci");
        forged.push(format!("{id}.{made}"));
    }
    for it in &forged {
        check(&scene, it, "Un texte tout simple.", "pending");
    }
    check(&scene, &proof, "Et le vrai.", "approved");
}

#[test]
fn what_the_guard_finds_and_what_leads_away_waits_for_a_person() {
    let scene = scene();
    let (_, _, proof) = known(&scene, "Ana");
    for body in [
        "Appelez-moi au 06 39 98 00 17.",
        "Écrivez à zoe@example.org.",
        "J’arrête mon traitement.",
        "Je veux mourir.",
        "Voyez https://exemple.fr/page",
        "Voyez exemple.fr, c’est bien.",
    ] {
        check(&scene, &proof, body, "pending");
    }
    let draft = json!({ "name": "exemple.fr", "body": "Merci.", "consent": true, "writer": proof });
    let answer = scene.json("POST", &format!("/articles/{ARTICLE}/comments"), &draft, &[]);
    assert_eq!(answer.json()["state"], "pending", "a name is shown too");
}

#[test]
fn nothing_more_is_shown_once_twenty_have_not_been_looked_at() {
    let scene = scene();
    let (_, _, proof) = known(&scene, "Ana");
    for number in 0..20 {
        check(&scene, &proof, &format!("Texte {number}"), "approved");
    }
    check(&scene, &proof, "Le texte de trop", "pending");
}

#[test]
fn where_every_comment_waits_a_proof_is_neither_given_nor_taken() {
    let first = scene();
    let (_, _, proof) = known(&first, "Ana");
    let scene = Scene::new();
    let receipt = scene.comment("Ana", "Merci.");
    scene.decide(&scene.id("Ana"), Decision::Approve);
    assert_eq!(writer(&scene, &receipt), None);
    check(&scene, &proof, "Une suite.", "pending");
    let page = scene.site.get(&format!("/recus/{receipt}"));
    assert!(!page.text().contains("data-writer"));
    let form = scene.site.get(&comments());
    assert!(form.text().contains("Chaque message est relu par une personne avant"));
    let form = first.site.get(&comments());
    assert!(form.text().contains("Un premier message est toujours relu"), "nothing untrue is said");
    assert!(form.text().contains("et relu, avant ou après"), "nor agreed to");
    let kept = |scene: &Scene| {
        let found = wait(scene.store.contributions(&[scene.id("Léa")])).unwrap();
        found[0].consent.clone().unwrap()
    };
    for it in [&first, &scene] {
        it.comment("Léa", "Un texte");
    }
    assert!(kept(&first).starts_with("comment-first 1 "));
    assert!(kept(&scene).starts_with("comment 1 "));
}

#[test]
fn without_scripts_a_link_on_the_receipt_leads_to_the_form() {
    let scene = scene();
    let (_, receipt, proof) = known(&scene, "Ana");
    let page = scene.site.get(&format!("/recus/{receipt}")).document();
    let link = page
        .all("a")
        .filter_map(|it| it.get("href"))
        .find(|it| it.contains("?auteur="))
        .unwrap()
        .trim_end_matches("#ecrire")
        .to_owned();
    assert!(page.all("section").any(|it| it.get("data-writer") == Some(&proof)));
    let form = scene.site.get(&link);
    assert_eq!(form.header("cache-control"), "no-store");
    assert_eq!(form.header("referrer-policy"), "no-referrer");
    let hidden = |answer: &crate::support::Answer| {
        let page = answer.document();
        let field = page.all("input").find(|it| it.get("name") == Some("writer"));
        field.and_then(|it| it.get("value").map(ToOwned::to_owned))
    };
    assert_eq!(hidden(&form), Some(proof.clone()));
    // So has what is written as an answer to somebody.
    let answer = form.document();
    let answer =
        answer.all("a").filter_map(|it| it.get("href")).find(|it| it.contains("?repondre="));
    let answer = scene.site.get(answer.unwrap().trim_end_matches("#ecrire"));
    assert_eq!(hidden(&answer), Some(proof.clone()));
    // What comes back for a mistake still has it.
    let typed = [("name", "Ana"), ("body", "Une suite écrite ici."), ("writer", proof.as_str())];
    let broken = scene.form(&comments(), &typed);
    assert_eq!((broken.status, hidden(&broken)), (422, Some(proof.clone())));
    let mut fields = typed.to_vec();
    fields.push(("consent", "true"));
    assert_eq!(scene.form(&comments(), &fields).status, 303);
    assert!(is_public(&scene, "Une suite écrite ici."));
    // What is none is not carried on.
    let forged = scene.site.get(&format!("{}?auteur=k3v7.AAAA", comments()));
    assert_eq!(hidden(&forged), None);
}

#[test]
fn a_proof_stands_in_no_public_answer() {
    let scene = scene();
    let (id, _, proof) = known(&scene, "Ana");
    check(&scene, &proof, "Une suite.", "approved");
    let seal = proof.rsplit_once('.').unwrap().1;
    for path in [
        format!("/articles/{ARTICLE}"),
        comments(),
        format!("{}?repondre={id}", comments()),
        format!("/articles/{ARTICLE}/comments.xml"),
        format!("/api/v1/articles/{ARTICLE}"),
        format!("/api/v1/articles/{ARTICLE}/comments"),
        "/api/v1/site".to_owned(),
        "/feed.xml".to_owned(),
        "/sitemap.xml".to_owned(),
        "/vie-privee.json".to_owned(),
    ] {
        let answer = scene.site.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.text().contains(seal), "{path}");
    }
    let mut copy = Vec::new();
    wait(scene.store.back_up(&mut copy)).unwrap();
    assert!(!String::from_utf8(copy).unwrap().contains(seal), "nor is it kept");
}
