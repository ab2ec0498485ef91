//! One example of everything that crosses the wire: read into its type and written back unchanged.

#![expect(clippy::unwrap_used, reason = "a test whose scene cannot be set has failed")]

use std::{collections::BTreeSet, fs, path::Path};

use contract::{
    article::{Article, ArticleSummary, Topic},
    comment::Comments,
    desk::{Queue, Recorded, Who, accounts::Account, entries::DeskEntry},
    error::Problem,
    glossary::GlossaryTerm,
    kept::Kept,
    list::Listing,
    map::Features,
    page::{Comparison, Home, PageCorrection, StandingPage},
    practitioner::{Found, Place, Practitioner},
    receipt::Receipt,
    reference::Reference,
    search::Hit,
    site::Site,
    testimonial::PublicTestimonial,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

fn read(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

#[track_caller]
fn check<T: DeserializeOwned + Serialize>(name: &str) {
    let example = read(name);
    let value: T = match serde_json::from_value(example.clone()) {
        Ok(value) => value,
        Err(error) => panic!("{name}: {error}"),
    };
    assert_eq!(serde_json::to_value(value).unwrap(), example, "{name}");
}

type Check = fn(&str);

const EXAMPLES: [(&str, Check); 31] = [
    ("accounts.json", check::<Vec<Account>>),
    ("article.json", check::<Article>),
    ("article-sponsored.json", check::<Article>),
    ("clusters.json", check::<Features>),
    ("comments.json", check::<Comments>),
    ("comparison.json", check::<Comparison>),
    ("corrections.json", check::<Vec<PageCorrection>>),
    ("entries.json", check::<Listing<DeskEntry>>),
    ("entry-history.json", check::<Vec<Recorded>>),
    ("entry.json", check::<DeskEntry>),
    ("glossary.json", check::<Vec<GlossaryTerm>>),
    ("history.json", check::<Vec<Recorded>>),
    ("hits.json", check::<Listing<Hit>>),
    ("home.json", check::<Home>),
    ("journal.json", check::<Listing<Recorded>>),
    ("kept.json", check::<Kept>),
    ("listing.json", check::<Listing<ArticleSummary>>),
    ("page.json", check::<StandingPage>),
    ("places.json", check::<Vec<Place>>),
    ("practitioner.json", check::<Practitioner>),
    ("practitioners.json", check::<Found>),
    ("problem.json", check::<Problem>),
    ("queue.json", check::<Queue>),
    ("receipt.json", check::<Receipt>),
    ("receipt-testimonial.json", check::<Receipt>),
    ("references.json", check::<Vec<Reference>>),
    ("related.json", check::<Vec<ArticleSummary>>),
    ("session.json", check::<Who>),
    ("site.json", check::<Site>),
    ("testimonials.json", check::<Listing<PublicTestimonial>>),
    ("topics.json", check::<Vec<Topic>>),
];

#[test]
fn every_example_is_read_and_written_back_unchanged() {
    for (name, check) in EXAMPLES {
        check(name);
    }
}

#[test]
fn no_example_is_left_unread() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    let read: BTreeSet<String> = EXAMPLES.iter().map(|it| it.0.to_owned()).collect();
    assert_eq!(files, read);
}

#[test]
fn the_article_shows_every_kind_of_block() {
    let article = read("article.json");
    let shown: BTreeSet<&str> = article["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["type"].as_str().unwrap())
        .collect();
    // The kinds in the contract's own words: whoever adds one is told to show it.
    let source = include_str!("../src/block.rs");
    let body = source.split("pub enum Block {").nth(1).unwrap().split("\n}").next().unwrap();
    let kinds: BTreeSet<String> = body
        .lines()
        .filter_map(|it| it.strip_prefix("    "))
        .filter(|it| it.starts_with(char::is_uppercase))
        .map(|it| it.split([' ', '{', '(', ',']).next().unwrap().to_lowercase())
        .collect();
    assert!(10 < kinds.len());
    let shown: BTreeSet<String> = shown.into_iter().map(str::to_owned).collect();
    assert_eq!(shown, kinds);
}

#[test]
fn what_is_missing_or_impossible_is_refused() {
    let refused = |change: fn(&mut Value)| {
        let mut article = read("article.json");
        change(&mut article);
        serde_json::from_value::<Article>(article).is_err()
    };
    assert!(!refused(|_| {}));
    assert!(refused(|it| it["slug"] = "../x".into()));
    assert!(refused(|it| it["updated"] = "2026-02-30".into()));
    assert!(refused(|it| it["kind"] = "blog".into()));
    assert!(refused(|it| it["blocks"][0]["type"] = "marquee".into()));
    assert!(refused(|it| it["title"] = Value::Null));
}
