//! What the site says that it keeps, and that it keeps no more and no longer.

use contract::{privacy::ADDRESS, receipt::Kind};
use server::{config::Config, people::lifetimes, privacy};
use store::contributions::Decision;

use crate::{
    people::{ARTICLE, Scene},
    support::{SITE, fixtures, real, wait},
};

const DAY: i64 = 86_400_000;

#[test]
fn every_column_of_what_people_send_is_declared() {
    let config = Config::parse(SITE, std::path::Path::new("site.toml"), None).unwrap();
    let declared = privacy::declaration(&config);
    let columns = store::backup::columns("contributions");
    assert!(columns.contains(&"body"), "{columns:?}");
    let said: Vec<&str> =
        declared.records.iter().flat_map(|it| &it.fields).map(|it| it.name.as_str()).collect();
    for column in &columns {
        let known = said.iter().any(|it| it.split(' ').any(|it| it == *column));
        assert!(known, "{column} is kept and not declared");
    }
    for name in privacy::ENVELOPE {
        assert!(columns.contains(&name), "{name} is declared and not kept");
    }
}

#[test]
fn every_kind_goes_some_day() {
    for kind in Kind::ALL {
        let (_, terms) = privacy::terms().find(|it| it.0 == kind).unwrap();
        let ends = terms.iter().any(|it| it.erases == privacy::Erases::All);
        assert!(ends, "{} stays for ever", kind.name());
    }
}

#[test]
fn the_page_and_the_file_say_the_same() {
    let page = fixtures().get("/vie-privee");
    let text = page.text();
    let file = fixtures().get(ADDRESS);
    assert_eq!(file.header("content-type"), "application/json");
    let records = file.json()["records"].as_array().unwrap().clone();
    let names: Vec<&str> = records.iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert!(names.starts_with(&["comment", "feedback"]), "{names:?}");
    for record in &records {
        assert!(text.contains(record["title"].as_str().unwrap()), "{record}");
        for field in record["fields"].as_array().unwrap() {
            // In HTML an apostrophe, a quotation mark or a space may be written otherwise.
            let purpose = field["purpose"].as_str().unwrap();
            let plain = |it: char| it.is_alphanumeric() || it == ' ';
            let first = purpose.split(|it| !plain(it)).max_by_key(|it| it.len()).unwrap();
            assert!(text.contains(first), "{first}");
        }
    }
    assert!(text.contains("la suite de la page"));
}

#[test]
fn where_nothing_can_be_sent_nothing_is_declared() {
    let file = real().get(ADDRESS).json();
    assert_eq!(file["records"].as_array().unwrap().len(), 0, "{file}");
    let page = real().get("/vie-privee");
    let (_, closed) = locale::text().privacy_closed().rsplit_once(':').unwrap();
    assert!(page.text().contains(closed.trim()), "{closed}");
}

#[test]
fn what_has_come_to_its_end_is_gone_from_every_answer() {
    let scene = Scene::new();
    let receipt = scene.comment("Marguerite", "Une expérience.");
    let id = scene.id("Marguerite");
    scene.decide(&id, Decision::Approve);
    let address = format!("/articles/{ARTICLE}");
    assert!(scene.site.get(&address).text().contains("Une expérience."));
    let decided = wait(scene.store.contribution(&id)).unwrap().unwrap().changed_ms;

    wait(lifetimes::apply(&scene.store, decided + 1_000 * DAY)).unwrap();
    assert!(wait(scene.store.contribution(&id)).unwrap().is_some(), "not yet");

    let version = scene.site.current.people().version();
    wait(lifetimes::apply(&scene.store, decided + 1_096 * DAY)).unwrap();
    scene.heard_since(version);
    assert!(!scene.site.get(&address).text().contains("Une expérience."));
    assert_eq!(scene.site.get(&format!("/api/v1/receipts/{receipt}")).status, 404);
}
