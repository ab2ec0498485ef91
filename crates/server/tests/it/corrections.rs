//! What a page admits: that it is late for its review, that it was wrong.

use std::{collections::BTreeSet, path::Path};

use server::{config::Config, content};

use crate::support::{SITE, Site, copy, fixture_content, fixture_day, fixtures};

/// The beginning of the sentence that a late page shows.
fn sentence() -> &'static str {
    locale::text().overdue().split('{').next().unwrap().trim_end()
}

fn late(site: &Site) -> BTreeSet<String> {
    let snapshot = site.snapshot();
    let slugs = snapshot.library.articles().map(|it| it.slug.to_string());
    slugs.filter(|it| site.get(&format!("/articles/{it}")).text().contains(sentence())).collect()
}

#[test]
fn a_page_says_when_its_review_is_late() {
    assert_eq!(late(fixtures()), BTreeSet::from(["article-corrige".to_owned()]));
    let page = fixtures().get("/articles/article-corrige").document();
    assert!(page.one("main").text.contains("10\u{a0}juillet 2024"), "and since when");
}

#[test]
fn on_the_day_itself_a_review_is_not_late_and_on_the_next_it_is() {
    let at = |day: &str| {
        let config = Config::parse(SITE, Path::new("site.toml"), None).unwrap();
        late(&Site::new(config, &fixture_content(), day.parse().unwrap()))
    };
    assert!(!at("2026-09-01").contains("tout-en-un"));
    assert!(at("2026-09-02").contains("tout-en-un"));
    // Nobody promised to check what was paid for.
    assert!(!at("2027-03-01").contains("page-sponsorisee"));
}

/// The day turns while the server runs: nothing but the calendar has changed.
#[test]
fn a_review_falls_due_without_a_restart() {
    let config = Config::parse(SITE, Path::new("site.toml"), None).unwrap();
    let site = Site::new(config, &fixture_content(), fixture_day());
    assert!(!late(&site).contains("tout-en-un"));
    site.current.reload(&fixture_content(), "2026-10-01".parse().unwrap()).unwrap();
    assert!(late(&site).contains("tout-en-un"));
}

#[test]
fn corrections_stand_on_their_page_and_on_the_page_of_all() {
    for address in ["/articles/article-corrige", "/corrections"] {
        let page = fixtures().get(address).document();
        let text = &page.one("main").text;
        for words in ["Le nombre 12 a été remplacé par 21.", "L’exemple B n’est pas l’exemple A."]
        {
            assert!(text.contains(words), "{address}: {words}");
        }
        let times: Vec<_> = page.all("time").filter_map(|it| it.get("datetime")).collect();
        assert!(times.contains(&"2024-02-01") && times.contains(&"2024-03-01"), "{address}");
        let thanks = format!("{} L’exemple B", locale::text().corrections_thanks());
        assert!(text.contains(&thanks), "{address}: {text}");
        assert_eq!(text.matches(locale::text().corrections_thanks()).count(), 1, "{address}");
    }
}

#[test]
fn all_corrections_come_newest_first_and_name_their_page() {
    let list = fixtures().get("/api/v1/corrections").json();
    let days: Vec<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["correction"]["date"].as_str().unwrap())
        .collect();
    assert_eq!(days, ["2024-03-01", "2024-02-01"]);
    assert!(list.as_array().unwrap().iter().all(|it| it["slug"] == "article-corrige"));
    assert_eq!(list[0]["correction"]["thanks"], true);
    assert!(list[1]["correction"].get("thanks").is_none(), "{list}");
    let page = fixtures().get("/corrections");
    assert!(page.text().contains("href=\"/articles/article-corrige\""));
}

#[test]
fn content_that_breaks_the_rules_is_refused_with_file_and_line() {
    let config = Config::parse(SITE, Path::new("site.toml"), None).unwrap();
    let faults = content::load(&fixture_content(), &config.facts, "2020-01-01".parse().unwrap());
    let faults = faults.unwrap_err().to_string();
    assert!(faults.contains("explainers/tout-en-un.md:"), "dates in the future: {faults}");
}

/// The page's frame has anchors of its own: a text that took one would leave a dead link.
#[test]
fn an_anchor_of_the_frame_cannot_be_taken_by_a_text() {
    let config = Config::parse(SITE, Path::new("site.toml"), None).unwrap();
    for anchor in ["sources", "contenu", "t-minute"] {
        let folder = tempfile::tempdir().unwrap();
        copy(&fixture_content(), folder.path());
        let file = folder.path().join("articles/exemple-01.md");
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace("{#fait}", &format!("{{#{anchor}}}"))).unwrap();
        let faults = content::load(folder.path(), &config.facts, fixture_day()).unwrap_err();
        let faults = faults.to_string();
        assert!(faults.contains("articles/exemple-01.md:") && faults.contains(anchor), "{faults}");
    }
}
