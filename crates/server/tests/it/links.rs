//! No link, picture or file named on any page is dead.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    pages::real_pages,
    support::{Site, URL, html::Document, real},
};

/// Everything of the site that a page names: address and where it was found.
fn named(address: &str, page: &Document) -> Vec<String> {
    let mut found = Vec::new();
    for element in &page.elements {
        for (name, value) in element.attributes() {
            let is_address = matches!(name, "href" | "src" | "action" | "poster")
                || name == "content" && value.starts_with(URL)
                || name.starts_with("data-") && value.starts_with('/');
            if !is_address {
                continue;
            }
            let value = value.strip_prefix(URL).unwrap_or(value);
            if value.starts_with('#') {
                found.push(format!("{address}{value}"));
            } else if value.starts_with('/') {
                found.push(value.to_owned());
            }
        }
    }
    found
}

/// Pages that were looked at, for their anchors.
#[derive(Default)]
struct Seen(BTreeMap<String, Option<BTreeSet<String>>>);

impl Seen {
    /// The anchors of the page at `path`; none where there is no page.
    fn anchors(&mut self, site: &Site, path: &str) -> Option<&BTreeSet<String>> {
        let found = self.0.entry(path.to_owned()).or_insert_with(|| {
            let mut answer = site.get(path);
            if answer.status == 301 {
                answer = site.get(answer.header("location"));
            }
            if answer.status != 200 {
                return None;
            }
            let kind = answer.header("content-type").to_owned();
            if kind.starts_with("text/html") || kind.starts_with("image/svg") {
                Some(answer.document().ids().into_iter().map(str::to_owned).collect())
            } else {
                Some(BTreeSet::new())
            }
        });
        found.as_ref()
    }
}

#[test]
fn everything_a_page_names_is_there() {
    let (mut seen, mut checked, mut dead) = (Seen::default(), 0, Vec::new());
    let mut all: Vec<(&str, String)> = real_pages()
        .flat_map(|(address, page)| named(address, page).into_iter().map(move |it| (address, it)))
        .collect();
    let lost = real().get("/rien").document();
    all.extend(named("/rien", &lost).into_iter().map(|it| ("/rien", it)));
    for (address, target) in all {
        // The lost page is its own target, and answers 404.
        if target.starts_with("/rien") {
            continue;
        }
        checked += 1;
        let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
        match seen.anchors(real(), path) {
            None => dead.push(format!("{address}: {target} is not there")),
            Some(ids) if !anchor.is_empty() && !ids.contains(anchor) => {
                dead.push(format!("{address}: {target} has no such place"));
            }
            Some(_) => {}
        }
    }
    dead.sort();
    dead.dedup();
    assert!(dead.is_empty(), "{dead:#?}");
    assert!(1_000 < checked, "{checked}");
}

#[test]
fn every_page_can_be_reached_from_the_front_page() {
    let (mut seen, mut next) = (BTreeSet::new(), vec!["/".to_owned()]);
    while let Some(path) = next.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = real().get(&path);
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let page = answer.document();
        for href in page.all("a").filter_map(|it| it.get("href")) {
            let path = href.split(['#', '?']).next().unwrap();
            if path.starts_with('/') {
                next.push(path.to_owned());
            }
        }
    }
    let unreached: Vec<String> = real()
        .routes()
        .into_iter()
        .map(|it| it.to_string())
        .filter(|it| !seen.contains(it))
        .collect();
    // A topic nobody wrote about yet is not offered.
    let topics = real().snapshot();
    let empty: Vec<String> = topics
        .library
        .topics()
        .iter()
        .filter(|it| it.count == 0)
        .map(|it| format!("/themes/{}", it.slug))
        .collect();
    let unreached: Vec<_> = unreached.iter().filter(|it| !empty.contains(it)).collect();
    assert!(unreached.is_empty(), "{unreached:#?}");
}

#[test]
fn everything_the_styles_name_is_there() {
    let snapshot = real().snapshot();
    let sheets = snapshot.assets.iter().filter(|it| it.0.ends_with(".css"));
    let mut styles: Vec<String> =
        sheets.map(|it| String::from_utf8(it.1.identity().to_vec()).unwrap()).collect();
    assert!(!styles.is_empty());
    styles.extend(real().get("/").document().all("style").map(|it| it.text.clone()));
    for style in styles {
        for after in style.split("url(").skip(1) {
            let address = after.split(')').next().unwrap().trim_matches(['"', '\'']);
            if !address.starts_with("data:") {
                assert!(address.starts_with('/'), "{address}");
                assert_eq!(real().get(address).status, 200, "{address}");
            }
        }
    }
}
