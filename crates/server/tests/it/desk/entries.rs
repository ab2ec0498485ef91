//! The directory at the desk: one entry after the other.

use std::time::{Duration, Instant};

use contract::{desk::Role, receipt::Kind};
use serde_json::{Value, json};
use server::register::Register;

use super::{Scene, Sent};
use crate::support::{Answer, check_problem, wait};

const LIST: &str = "/moderation/annuaire";

fn draft() -> Value {
    json!({
        "name": "Cabinet de l’Œuvre",
        "profession": "nurse",
        "street": "1, rue de l’Essai",
        "postcode": "69003",
        "town": "Lyon",
        "phone": "+33 1 99 00 12 34",
        "languages": "fr,fsl",
        "remote": "oui",
        "opening": "Mo-Fr 08:30-17:00",
        "verified_on": "2026-03-01",
    })
}

fn sent(token: &str) -> Sent<'_> {
    Sent { token: Some(token), ..Sent::default() }
}

fn add(scene: &Scene, token: &str, draft: &Value) -> Value {
    let answer = scene.ask("POST", "/moderation/practitioners", draft, sent(token));
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

fn edit(scene: &Scene, token: &str, id: &str, seen: &Value, draft: &Value) -> Answer {
    let body = json!({ "seen": seen, "entry": draft });
    scene.ask("PUT", &format!("/moderation/practitioners/{id}"), &body, sent(token))
}

/// Fields as the form has them now.
fn shown(scene: &Scene, token: &str, path: &str) -> Vec<(String, String)> {
    let page = scene.get(path, token);
    assert_eq!(page.status, 200, "{}", page.text());
    fields_of(&page)
}

/// The fields of the longest form of a page, as a browser would send them.
fn fields_of(page: &Answer) -> Vec<(String, String)> {
    let document = page.document();
    assert_eq!(document.faults, Vec::<String>::new());
    let mut found = Vec::new();
    for it in document.all("input") {
        let (Some(name), kind) = (it.get("name"), it.get("type").unwrap_or("text")) else {
            continue;
        };
        let ticked = kind != "checkbox" || it.get("checked").is_some();
        if ticked && name != "everywhere" && name != "q" {
            found.push((name.to_owned(), it.get("value").unwrap_or_default().to_owned()));
        }
    }
    found
}

fn refs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect()
}

fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    fields.retain(|it| it.0 != name);
    fields.push((name.to_owned(), value.to_owned()));
}

#[test]
fn an_entry_is_added_found_changed_archived_and_brought_back() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    let entry = add(&scene, &token, &draft());
    assert_eq!(entry["external_id"], "cabinet-de-l-oeuvre-lyon");
    let about = &entry["practitioner"];
    assert_eq!((&about["id"], &about["phone"]), (&entry["external_id"], &json!("01 99 00 12 34")));
    assert_eq!(
        (&about["position"]["precision"], &about["source"]),
        (&json!("town"), &json!("Site d'exemple"))
    );
    let path = "/api/v1/moderation/practitioners";
    for query in ["", "?q=OEUVRE", "?q=lyon%20cabinet", "?q=69003", "?q=cabinet-de-l"] {
        let found = scene.get(&format!("{path}{query}"), &token).json();
        assert_eq!(found["items"], json!([entry]), "{query}");
    }
    assert_eq!(scene.get(&format!("{path}?q=paris"), &token).json()["total"], 0);

    let id = "cabinet-de-l-oeuvre-lyon";
    let mut new = draft();
    new["phone"] = json!("");
    new["external_id"] = json!("somebody-else");
    let changed = edit(&scene, &token, id, &entry["seen"], &new);
    assert_eq!(changed.status, 200, "{}", changed.text());
    let changed = changed.json();
    assert_eq!(changed["external_id"], id, "it never changes");
    assert_eq!(changed["practitioner"].get("phone"), None);

    let away = |step: &str, seen: &Value| {
        let body = json!({ "seen": seen });
        scene.ask("POST", &format!("/moderation/practitioners/{id}/{step}"), &body, sent(&token))
    };
    check_problem(&away("restore", &changed["seen"]), 409, "not archived");
    let archived = away("archive", &changed["seen"]);
    assert_eq!(archived.status, 200, "{}", archived.text());
    assert_eq!(scene.get(path, &token).json()["total"], 0);
    assert_eq!(scene.get(&format!("{path}?archived=true"), &token).json()["total"], 1);
    let back = away("restore", &archived.json()["seen"]);
    assert_eq!(back.json().get("archived_ms"), None);

    let history = scene.get(&format!("{path}/{id}/history"), &token).json();
    let actions: Vec<&str> =
        history.as_array().unwrap().iter().map(|it| it["action"].as_str().unwrap()).collect();
    assert_eq!(
        actions,
        ["practitioner_add", "practitioner_change", "practitioner_archive", "practitioner_restore"]
    );
    assert_eq!(
        history[1]["changes"],
        json!([{ "field": "phone", "old": "01 99 00 12 34", "new": "" }])
    );
    assert_eq!(history[1]["actor"], "directory_manager");
    let page = scene.get(&format!("{LIST}/{id}"), &token);
    assert!(page.text().contains("01 99 00 12 34 → (vide)"), "{}", page.text());
    // The journal of everything tells of it too, to those who may read it.
    let admin = scene.signed(Role::Admin);
    let journal = scene.get("/api/v1/moderation/journal", &admin).json();
    let told = journal["items"].as_array().unwrap().iter();
    assert_eq!(told.filter(|it| it["item"] == format!("practitioners/{id}")).count(), 4);
    let page = scene.get("/moderation/journal", &admin);
    assert!(page.text().contains(&format!("href=\"{LIST}/{id}\"")));
}

#[test]
fn what_is_typed_is_read_by_the_rules_of_an_import() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    let broken = [
        ("name", "", "missing"),
        ("name", "=1+1", "formula"),
        ("name", "a\u{202e}b", "unseen"),
        ("profession", "gourou", "unknown"),
        ("postcode", "", "missing"),
        ("town", "Xyzville", "unknown"),
        ("country", "DE", "unknown"),
        ("lat", "nord", "unreadable"),
        ("phone", "15", "unreadable"),
        ("email", "a at b", "unreadable"),
        ("web", "javascript:alert(1)", "unreadable"),
        ("languages", "fr,klingon", "unreadable"),
        ("fees", "cher", "unreadable"),
        ("remote", "peut-être", "unreadable"),
        ("accessible", "bof", "unreadable"),
        ("new_patients", "?", "unreadable"),
        ("opening", "lundi matin", "unreadable"),
        ("verified_on", "hier", "unreadable"),
        ("verified_on", "2026-03-16", "future"),
        ("street", &"é".repeat(501), "too_long"),
        ("external_id", "…", "unreadable"),
    ];
    for (field, value, code) in broken {
        let mut it = draft();
        it[field] = json!(value);
        let answer = scene.ask("POST", "/moderation/practitioners", &it, sent(&token));
        check_problem(&answer, 422, field);
        let errors = answer.json()["errors"].clone();
        assert_eq!(
            (&errors[0]["field"], &errors[0]["code"]),
            (&json!(field), &json!(code)),
            "{errors}"
        );
        assert!(!errors[0]["message"].as_str().unwrap().is_empty());
    }
    let mut far = draft();
    (far["lat"], far["lon"]) = (json!("48.85"), json!("2.35"));
    let answer = scene.ask("POST", "/moderation/practitioners", &far, sent(&token));
    assert_eq!(answer.json()["errors"][0]["code"], "far_away");
    for bad in [json!({}), json!({ "nom": "x" }), json!([1]), json!({ "name": 1 })] {
        let answer = scene.ask("POST", "/moderation/practitioners", &bad, sent(&token));
        assert!([400, 422].contains(&answer.status), "{bad}: {}", answer.text());
    }
    assert_eq!(scene.get("/api/v1/moderation/practitioners", &token).json()["total"], 0);
}

#[test]
fn an_external_id_is_one_entrys_alone() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    let first = add(&scene, &token, &draft());
    // Without a name of its own the second finds another.
    let second = add(&scene, &token, &draft());
    assert_ne!(first["external_id"], second["external_id"]);
    let mut twin = draft();
    twin["external_id"] = first["external_id"].clone();
    let answer = scene.ask("POST", "/moderation/practitioners", &twin, sent(&token));
    check_problem(&answer, 422, "taken");
    assert_eq!(answer.json()["errors"][0]["field"], "external_id");
    // The names of the desk's own pages are nobody's.
    for name in ["nouveau", "import"] {
        let mut it = draft();
        it["external_id"] = json!(name);
        let id = add(&scene, &token, &it)["practitioner"]["id"].as_str().unwrap().to_owned();
        assert_ne!(id, name);
        assert!(scene.get(&format!("{LIST}/{id}"), &token).text().contains("Historique"));
    }
}

#[test]
fn the_form_keeps_what_is_typed_and_says_what_is_wrong_where() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    let mut fields = shown(&scene, &token, &format!("{LIST}/nouveau"));
    set(&mut fields, "name", "Cabinet <b> \"neuf\"");
    set(&mut fields, "email", "douze");
    set(&mut fields, "town", "Lyon");
    for language in ["fr", "en"] {
        fields.push(("languages".to_owned(), language.to_owned()));
    }
    set(&mut fields, "opening", "Mo-Fr 08:30-12:00\r\nMo-Fr 14:00-18:00\r\n");
    let answer = scene.form(&format!("{LIST}/nouveau"), &refs(&fields), sent(&token));
    assert_eq!(answer.status, 422);
    let document = answer.document();
    let field = |id: &str| document.all("input").find(|it| it.get("id") == Some(id)).unwrap();
    assert_eq!(field("e-name").get("value"), Some("Cabinet <b> \"neuf\""));
    assert_eq!(field("e-email").get("value"), Some("douze"));
    assert_eq!(field("e-email").get("aria-invalid"), Some("true"));
    assert_eq!(field("e-email").get("aria-describedby"), Some("e-email-erreur"));
    assert!(field("e-languages-en").get("checked").is_some());
    assert!(field("e-languages-ar").get("checked").is_none());
    assert!(answer.text().contains("Mo-Fr 08:30-12:00\nMo-Fr 14:00-18:00"));
    let hrefs: Vec<&str> = document.all("a").filter_map(|it| it.get("href")).collect();
    for id in ["#e-profession", "#e-postcode", "#e-email"] {
        assert!(hrefs.contains(&id), "{hrefs:?}");
    }
    set(&mut fields, "email", "cabinet@example.org");
    set(&mut fields, "postcode", "69003");
    set(&mut fields, "profession", "allergist");
    let answer = scene.form(&format!("{LIST}/nouveau"), &refs(&fields), sent(&token));
    assert_eq!(answer.status, 303, "{}", answer.text());
    let address = answer.header("location").to_owned();
    assert_eq!(address, format!("{LIST}/cabinet-b-neuf-lyon?fait=ajout"));
    let page = scene.get(&address, &token);
    assert!(page.text().contains("Fiche ajoutée.") && page.text().contains("position"));
    assert!(page.text().contains("le centre de la ville (approximative)"));
    // Saved as it is shown, nothing changes: a position that is the town's stays the town's.
    let mut fields = fields_of(&page);
    set(&mut fields, "profession", "allergist");
    set(&mut fields, "opening", "Mo-Fr 08:30-12:00\nMo-Fr 14:00-18:00");
    let path = format!("{LIST}/cabinet-b-neuf-lyon");
    assert_eq!(scene.form(&path, &refs(&fields), sent(&token)).status, 303);
    let history =
        scene.get("/api/v1/moderation/practitioners/cabinet-b-neuf-lyon/history", &token).json();
    assert_eq!(history.as_array().unwrap().len(), 1, "{history}");
}

#[test]
fn who_is_late_is_told_and_loses_nothing() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    let entry = add(&scene, &token, &draft());
    let id = entry["practitioner"]["id"].as_str().unwrap().to_owned();
    let path = format!("{LIST}/{id}");
    let mut fields = shown(&scene, &token, &path);
    set(&mut fields, "profession", "nurse");
    set(&mut fields, "phone", "01 99 00 00 01");
    let mut other = draft();
    other["name"] = json!("Cabinet renommé");
    assert_eq!(edit(&scene, &token, &id, &entry["seen"], &other).status, 200);
    check_problem(&edit(&scene, &token, &id, &entry["seen"], &draft()), 409, "late");

    let late = scene.form(&path, &refs(&fields), sent(&token));
    assert_eq!(late.status, 409, "{}", late.text());
    assert!(late.text().contains("Quelqu’un a changé cette fiche"));
    assert!(late.text().contains("Cabinet renommé → Cabinet de l’Œuvre"), "{}", late.text());
    let mut again = fields_of(&late);
    assert!(again.contains(&("phone".to_owned(), "01 99 00 00 01".to_owned())), "{again:?}");
    // Knowing it, they may.
    set(&mut again, "profession", "nurse");
    assert_eq!(scene.form(&path, &refs(&again), sent(&token)).status, 303);
    let now = scene.get(&format!("/api/v1/moderation/practitioners/{id}"), &token).json();
    assert_eq!(now["practitioner"]["name"], "Cabinet de l’Œuvre");
    assert_eq!(now["practitioner"]["phone"], "01 99 00 00 01");
    // Archived by a page that is late, it is not.
    let seen = entry["seen"].to_string();
    let away = scene.form(&format!("{path}/archiver"), &[("seen", &seen)], sent(&token));
    assert_eq!(away.status, 409);
    let seen = now["seen"].to_string();
    let away = scene.form(&format!("{path}/archiver"), &[("seen", &seen)], sent(&token));
    assert_eq!(away.header("location"), format!("{path}?fait=archive"));
    assert!(scene.get(&path, &token).text().contains("personne ne la voit"));
}

#[test]
fn a_change_shows_on_every_server_within_a_second() {
    let scene = Scene::with_directory();
    let other = wait(Register::follow(scene.store.clone())).unwrap();
    let token = scene.signed(Role::DirectoryManager);
    let entry = add(&scene, &token, &draft());
    let id = contract::slug::Slug::try_from(entry["practitioner"]["id"].as_str().unwrap()).unwrap();
    let start = Instant::now();
    let public = format!("/praticiens/{id}");
    while scene.site.get(&public).status != 200 || other.get().get(&id).is_none() {
        assert!(start.elapsed() < Duration::from_secs(1), "not shown within a second");
        std::thread::sleep(Duration::from_millis(20));
    }
    let body = json!({ "seen": entry["seen"] });
    let path = format!("/moderation/practitioners/{id}/archive");
    assert_eq!(scene.ask("POST", &path, &body, sent(&token)).status, 200);
    let start = Instant::now();
    while scene.site.get(&public).status != 404 || other.get().get(&id).is_some() {
        assert!(start.elapsed() < Duration::from_secs(1), "not gone within a second");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_report_leads_to_the_entry_and_the_entry_to_its_reports() {
    let scene = Scene::new();
    let token = scene.signed(Role::DirectoryManager);
    let mut named = draft();
    named["external_id"] = json!("exemple-02");
    add(&scene, &token, &named);
    scene.item("r1", Kind::Report, "Le cabinet <a déménagé>.", "");
    let queue = scene.get("/moderation?item=r1", &token);
    assert!(queue.text().contains(&format!("href=\"{LIST}/exemple-02\"")), "{}", queue.text());
    let page = scene.get(&format!("{LIST}/exemple-02"), &token);
    assert!(page.text().contains("Le cabinet &lt;a déménagé&gt;."));
    assert!(page.text().contains("href=\"/moderation?item=r1#cas\""));
    let seen = scene.state("r1").unwrap().2;
    assert_eq!(scene.decide(&token, "r1", "approve", seen).status, 200);
    let page = scene.get(&format!("{LIST}/exemple-02"), &token);
    assert!(page.text().contains("Aucun signalement en attente."));
}

#[test]
fn the_list_comes_a_page_at_a_time_whatever_is_asked() {
    let scene = Scene::new();
    let token = scene.signed(Role::Admin);
    for number in 0..30 {
        let mut it = draft();
        it["external_id"] = json!(format!("n{number}"));
        it["name"] = json!(format!("Cabinet {number:02}"));
        add(&scene, &token, &it);
    }
    let path = "/api/v1/moderation/practitioners";
    let second = scene.get(&format!("{path}?page=2"), &token).json();
    assert_eq!(
        (second["total"].as_u64(), second["items"].as_array().unwrap().len()),
        (Some(30), 5)
    );
    assert_eq!(second["items"][0]["practitioner"]["name"], "Cabinet 25");
    assert_eq!(scene.get(&format!("{path}?page=9"), &token).json(), second);
    for query in ["page=0", "page=x", "sort=y", "archived=2"] {
        check_problem(&scene.get(&format!("{path}?{query}"), &token), 400, query);
    }
    for query in ["page=-1", "page=99999999999999", "q=%00%FF%25", "q=%3Cscript%3E", "archives=oui"]
    {
        let page = scene.get(&format!("{LIST}?{query}"), &token);
        assert_eq!(page.status, 200, "{query}");
        assert_eq!(page.document().faults, Vec::<String>::new(), "{query}");
        assert!(!page.text().contains("<script>"), "{query}");
    }
    let page = scene.get(&format!("{LIST}?q=cabinet&page=2"), &token);
    assert!(page.text().contains("Cabinet 29") && page.text().contains("30 fiches"));
    let missing = scene.get(&format!("{LIST}/nobody"), &token);
    assert_eq!(missing.status, 404);
}
