//! What the site says that it keeps, and that it keeps no more and no longer.

use std::collections::BTreeSet;

use contract::{privacy::ADDRESS, receipt::Kind};
use server::{
    config::Config,
    people::lifetimes,
    privacy::{self, STANDING, Standing},
};
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
fn every_column_of_whoever_else_is_known_is_declared() {
    for table in ["mails", "moderators", "sessions", "decisions", "practitioners", "uploads"] {
        let columns: BTreeSet<String> = schema(table).into_iter().collect();
        assert!(!columns.is_empty(), "{table}");
        let said: BTreeSet<String> = STANDING
            .iter()
            .flat_map(Standing::kept)
            .filter(|it| it.table == table)
            .flat_map(|it| it.names.split_whitespace().map(ToOwned::to_owned))
            .collect();
        assert_eq!(said, columns, "{table}: what is declared, and what is kept");
    }
}

/// The columns of a table, as the migrations make it.
fn schema(table: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../store/migrations");
    let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let files = files.filter(|it| it.is_file());
    let (made, more) =
        (format!("CREATE TABLE {table} ("), format!("ALTER TABLE {table} ADD COLUMN "));
    let mut columns = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let body = text.split_once(&made).and_then(|it| it.1.split_once("\n);"));
        let lines = body.map_or("", |it| it.0).lines().map(str::trim);
        let added = text.lines().filter_map(|it| it.strip_prefix(&more));
        let named = |it: &&str| it.starts_with(|it: char| it.is_ascii_lowercase());
        let first = |it: &str| it.split(' ').next().map(ToOwned::to_owned);
        columns.extend(lines.chain(added).filter(named).filter_map(first));
    }
    columns
}

#[test]
fn who_works_here_is_forgotten_in_time() {
    let scene = Scene::new();
    let now = server::clock::now_ms();
    wait(async {
        // The journal is kept by the database's clock: long ago, not some day.
        let by = store::moderators::By { actor: "test", now_ms: now - 1_096 * DAY };
        let store = &scene.store;
        store.add_moderator("anne", "hash", contract::desk::Role::Editor, by).await.unwrap();
        store.change_account("anne", store::moderators::Step::Disable, by).await.unwrap();
        lifetimes::apply(store, now - 96 * DAY).await.unwrap();
        assert!(store.moderator("anne").await.unwrap().is_some(), "not yet");
        assert_eq!(store.journal_length().await.unwrap(), 2, "not yet");
        lifetimes::apply(store, now).await.unwrap();
        assert!(store.moderator("anne").await.unwrap().is_none());
        assert_eq!(store.journal_length().await.unwrap(), 0);
    });
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
    let names: Vec<_> = file["records"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["directory"], "and the directory, which is open");
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
    // Of the journal nothing goes before its time, by the database's own clock.
    let ahead = wait(lifetimes::apply(&scene.store, decided + 1_096 * DAY)).unwrap_err();
    assert!(ahead.to_string().contains("journal"), "{ahead}");
    scene.heard_since(version);
    assert!(!scene.site.get(&address).text().contains("Une expérience."));
    assert_eq!(scene.site.get(&format!("/api/v1/receipts/{receipt}")).status, 404);
}

/// The page promises no more than the site does.
#[test]
fn it_says_whether_every_comment_is_read_before() {
    let page = |hold: &str| {
        let text = format!("{SITE}\n[comments]\nhold = \"{hold}\"\n");
        let config = Config::parse(&text, std::path::Path::new("site.toml"), None).unwrap();
        privacy::markdown(&config.site)
    };
    let (always, first) = (locale::text().privacy_read(), locale::text().privacy_read_first());
    assert!(page("all").contains(always) && !page("all").contains(first));
    assert!(page("first").contains(first) && !page("first").contains(always));
}
