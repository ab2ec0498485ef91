//! Forms without scripts, which have no key: pressed twice they are one message, corrected they are two.

use axum::{
    body::Body,
    http::{Request, header},
};
use contract::{challenge::Puzzle, challenge::proof, route::encode};
use server::people::limits::Sender;
use store::contributions::Decision;

use super::{ARTICLE, Scene};
use crate::support::{Answer, wait};

type Typed = Vec<(&'static str, String)>;

/// As a browser sends a form without scripts, from an address.
fn send(scene: &Scene, at: usize, path: &str, fields: &Typed) -> Answer {
    let fields: Vec<String> =
        fields.iter().map(|it| format!("{}={}", encode(it.0), encode(&it.1))).collect();
    let request = Request::builder()
        .method("POST")
        .uri(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    let mut request = request.body(Body::from(fields.join("&"))).unwrap();
    request.extensions_mut().insert(Sender::new(format!("192.0.2.{at}").parse().unwrap()));
    scene.site.send(request)
}

fn count(scene: &Scene) -> u32 {
    wait(scene.store.waiting()).unwrap().count
}

fn typed(fields: &[(&'static str, &str)]) -> Typed {
    fields.iter().map(|it| (it.0, it.1.to_owned())).collect()
}

/// Every form: where it is sent, what is typed, and another value for each field that is kept.
fn forms(scene: &Scene) -> Vec<(String, Typed, Typed)> {
    let article = format!("/articles/{ARTICLE}");
    scene.comment("Ana", "Un fil");
    let parent = scene.id("Ana");
    scene.decide(&parent, Decision::Approve);
    let found = scene.site.get("/api/v1/practitioners").json();
    let report = format!("/praticiens/{}/signaler", found["items"][0]["id"].as_str().unwrap());
    vec![
        (
            format!("{article}/commentaires"),
            typed(&[("name", "Zoé"), ("email", ""), ("body", "Merci"), ("consent", "true")]),
            typed(&[
                ("name", "Zoë"),
                ("email", "zoe@example.org"),
                ("body", "Merci."),
                ("parent", parent.as_str()),
            ]),
        ),
        (
            format!("{article}/avis"),
            typed(&[("useful", "true"), ("message", "")]),
            typed(&[("useful", "false"), ("message", "Un mot")]),
        ),
        (
            "/temoignages/ecrire".to_owned(),
            typed(&[
                ("name", "Zoé"),
                ("title", ""),
                ("body", "Un récit"),
                ("treatments", "aucun"),
                ("ties", ""),
                ("publication", "true"),
                ("processing", "true"),
                ("step", "envoyer"),
            ]),
            typed(&[
                ("name", "Zoë"),
                ("title", "Six mois"),
                ("body", "Un récit."),
                ("treatments", "De la marche"),
                ("ties", "Un cousin pharmacien"),
            ]),
        ),
        (
            "/contact".to_owned(),
            typed(&[("subject", "Une qestion"), ("email", "a@example.org"), ("message", "Mot")]),
            typed(&[
                ("subject", "Une question"),
                ("email", "b@example.org"),
                ("message", "Mot juste"),
            ]),
        ),
        (
            report,
            typed(&[("body", "Fermé"), ("email", "")]),
            typed(&[("body", "Fermé."), ("email", "a@example.org")]),
        ),
    ]
}

#[test]
fn a_second_press_doubles_nothing_and_a_corrected_field_is_not_lost() {
    let scene = Scene::new();
    for (at, (path, fields, others)) in (1..).zip(forms(&scene)) {
        let before = count(&scene);
        let first = send(&scene, at, &path, &fields);
        assert_eq!(first.status, 303, "{path}: {}", first.text());
        let again = send(&scene, at, &path, &fields);
        assert_eq!(again.header("location"), first.header("location"), "{path}");
        assert_eq!(count(&scene), before + 1, "{path}");
        let mut receipts = vec![first.header("location").to_owned()];
        for (name, value) in others {
            let mut corrected: Typed = fields.iter().filter(|it| it.0 != name).cloned().collect();
            corrected.push((name, value));
            let sent = send(&scene, at, &path, &corrected);
            assert_eq!(sent.status, 303, "{path}, {name}: {}", sent.text());
            let receipt = sent.header("location").to_owned();
            assert!(!receipts.contains(&receipt), "{path}: another {name} is another message");
            receipts.push(receipt);
        }
        let kept = u32::try_from(receipts.len()).unwrap();
        assert_eq!(count(&scene), before + kept, "{path}");
        // Nor is what somebody else says in the same words.
        let other = send(&scene, at + 100, &path, &fields);
        assert!(!receipts.contains(&other.header("location").to_owned()), "{path}");
    }
}

#[test]
fn in_a_flood_a_corrected_subject_is_a_message_of_its_own() {
    let scene = Scene::with("[flood]\nmessages_per_minute = 1");
    let of = |subject: &str| {
        typed(&[("subject", subject), ("email", "a@example.org"), ("message", "Mot")])
    };
    assert_eq!(send(&scene, 1, "/contact", &of("Un autre")).status, 303);
    let asked = send(&scene, 2, "/contact", &of("Une qestion"));
    assert_eq!(asked.status, 429);
    let page = asked.document();
    let carried = |name: &str| page.values("input", "name", name, "value")[0].to_owned();
    let (key, puzzle) = (carried("key"), carried("proof"));
    let puzzle = puzzle.trim_end_matches(':');
    let count = Puzzle::new(puzzle, &key).unwrap().search(0, u64::MAX).unwrap();
    let paid = [("key", key.clone()), ("proof", proof(puzzle, count))];
    let with = |subject: &str| [of(subject), paid.to_vec()].concat();
    let sent = send(&scene, 2, "/contact", &with("Une qestion"));
    assert_eq!(sent.status, 303, "{}", sent.text());
    let again = send(&scene, 2, "/contact", &with("Une qestion"));
    assert_eq!(again.header("location"), sent.header("location"));
    let corrected = send(&scene, 2, "/contact", &with("Une question"));
    assert_eq!(corrected.status, 429, "the first one's receipt would lose the correction");
    assert!(corrected.text().contains("Une question"));
}
