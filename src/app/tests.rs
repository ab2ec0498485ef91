//! What the server renders, and that the browser would find it there.

use contract::{
    article::{Article, ArticleKind, Review, Sponsor},
    block::Block,
    date::Date,
    error::ProblemKind,
    route::Depth,
    slug::Slug,
};

use super::*;
use crate::page::{ArticlePage, IN_THE_DOM};

fn site() -> Site {
    Site {
        name: "A & B".into(),
        description: String::new(),
        url: "https://example.org".into(),
        languages: vec!["fr".into()],
        logo: None,
        contact_email: None,
        social: Vec::new(),
        features: Default::default(),
        comments: Default::default(),
        emergency_numbers: Vec::new(),
        side_effects_url: String::new(),
        tiles: None,
        embedding: false,
    }
}

fn slug() -> Slug {
    Slug::try_from("un-article").unwrap()
}

fn article(sponsor: Option<Sponsor>) -> Page {
    let article = Article {
        slug: slug(),
        kind: ArticleKind::Article,
        title: "1 < 2".into(),
        short_title: "Court".into(),
        excerpt: String::new(),
        image: "rayon".into(),
        topics: Vec::new(),
        published: Date::EPOCH,
        updated: Date::EPOCH,
        reading_minutes: 6,
        evidence: Vec::new(),
        sponsor,
        question: String::new(),
        lead_html: "<em>x</em>".into(),
        minute: vec!["y".into()],
        minute_minutes: 1,
        further_minutes: 12,
        authors: Vec::new(),
        review: Review::Pending,
        checked: Date::EPOCH,
        review_due: Date::EPOCH,
        emergency: false,
        comments: false,
        editors_note_html: String::new(),
        blocks: vec![Block::Paragraph { html: "z".into() }],
        toc: Vec::new(),
        terms: Vec::new(),
        references: Vec::new(),
        corrections: Vec::new(),
        questions: Vec::new(),
    };
    Page::Article(Box::new(ArticlePage {
        article,
        related: Vec::new(),
        comments: None,
        overdue: false,
    }))
}

fn sponsored() -> Page {
    article(Some(Sponsor { name: "S".into(), disclosure: "D".into() }))
}

fn drawn(depth: Depth, page: Page) -> String {
    render(site(), Route::Article { slug: slug(), depth }, page)
}

/// Hydration walks the elements that it draws itself: all of them must stand in the server's HTML,
/// in the same order, around what it leaves alone.
#[track_caller]
fn check_hydrates(page: Page) {
    let seed = page.seed(&site());
    let server = drawn(Depth::Full, page);
    let browser = drawn(Depth::Full, Page::Rendered(seed.article));
    let mut rest = server.as_str();
    for piece in browser.split(IN_THE_DOM) {
        let at = rest.find(piece).unwrap_or_else(|| panic!("{piece} is not in {server}"));
        rest = &rest[at + piece.len()..];
    }
    assert_eq!(rest, "");
}

#[test]
fn the_browser_finds_what_it_would_draw() {
    check_hydrates(article(None));
    check_hydrates(sponsored());
    check_hydrates(Page::Glossary(Vec::new()));
    check_hydrates(Page::Missing);
    check_hydrates(Page::Failed(ProblemKind::Internal.problem("", "")));
}

#[test]
fn the_depth_of_the_address_is_the_one_that_is_read() {
    let html = drawn(Depth::Minute, article(None));
    assert!(html.contains(r#"data-depth="minute""#), "{html}");
    let link = r#"href="/articles/un-article/en-1-minute" aria-current="true""#;
    assert_eq!(html.matches(link).count(), 1, "{html}");
    assert_eq!(html.matches(r#"aria-current="true""#).count(), 1, "{html}");
}

#[test]
fn a_sponsored_page_offers_no_depths_and_hides_nothing() {
    let html = drawn(Depth::Full, sponsored());
    assert!(!html.contains("depths__link"), "{html}");
    assert!(html.contains(r#"data-depth="further""#), "{html}");
    assert_eq!(sponsored().seed(&site()).article, None);
}

#[test]
fn text_is_escaped_and_sanitised_html_is_not() {
    let html = drawn(Depth::Full, article(None));
    assert!(html.contains("1 &lt; 2") && html.contains("<em>x</em>"), "{html}");
    assert!(html.contains("A &amp; B") && !html.contains("A & B"), "{html}");
}
