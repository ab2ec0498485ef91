//! What the library answers.

use contract::{
    article::{ArticleKind, Review},
    date::Date,
    list::{Listing, MAX_PER_PAGE},
    search::{Hit, HitKind, MAX_QUERY_CHARS},
};
use proptest::prelude::*;

use super::{ARTICLE, Folder, date, fixture, slug};
use crate::content::{Library, cut};

fn slugs<'a>(of: impl IntoIterator<Item = &'a contract::article::ArticleSummary>) -> Vec<&'a str> {
    of.into_iter().map(|it| it.slug.as_str()).collect()
}

#[test]
fn lists_are_newest_first_and_paginate() {
    let library = fixture();
    let dates: Vec<Date> = library.articles().map(|it| it.updated).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b));
    let first = library.list(None, None, 1, 8);
    let third = library.list(None, None, 3, 8);
    assert_eq!((first.total, first.items.len(), first.last_page()), (20, 8, 3));
    assert_eq!(slugs(&third.items)[3], "article-corrige");
    let past = library.list(None, None, u32::MAX, MAX_PER_PAGE);
    assert_eq!((past.items.len(), past.total), (0, 20));
    let odd = library.list(None, None, 0, 0);
    assert_eq!((odd.page, odd.per_page, odd.items.len()), (1, 1, 1));
    assert_eq!(library.list(None, None, 1, u32::MAX).per_page, MAX_PER_PAGE);
}

#[test]
fn lists_can_be_narrowed() {
    let library = fixture();
    let explainers = library.list(Some(ArticleKind::Explainer), None, 1, 20);
    assert_eq!(
        slugs(&explainers.items),
        ["tout-en-un", "deuxieme-explication", "explication-discrete"]
    );
    let topic = slug("biologie");
    let articles = library.list(Some(ArticleKind::Article), Some(&topic), 1, 20);
    assert_eq!(slugs(&articles.items), ["exemple-12", "exemple-09", "exemple-06", "exemple-03"]);
    assert_eq!(library.list(None, Some(&slug("rien")), 1, 20).total, 0);
}

#[test]
fn topics_are_counted_in_their_order() {
    let library = fixture();
    let topics: Vec<_> = library.topics().iter().map(|it| (it.slug.as_str(), it.count)).collect();
    assert_eq!(topics, [("exemple", 14), ("biologie", 7), ("sans-page", 0)]);
}

#[test]
fn related_pages_are_the_chosen_ones_then_those_that_share_topics() {
    let library = fixture();
    let related = library.related(&slug("tout-en-un")).unwrap();
    assert_eq!(slugs(&related), ["exemple-03", "entretien-fictif", "deuxieme-explication"]);
    let related = library.related(&slug("exemple-01")).unwrap();
    assert_eq!(slugs(&related), ["tout-en-un", "entretien-fictif", "exemple-14"]);
    assert_eq!(library.related(&slug("rien")), None);
    for article in library.articles() {
        let related = library.related(&article.slug).unwrap();
        assert!(related.len() == 3 && related.iter().all(|it| it.kind != ArticleKind::Sponsored));
    }
}

#[test]
fn glossary_and_references_are_sorted() {
    let library = fixture();
    let terms: Vec<_> = library.glossary().iter().map(|it| it.slug.as_str()).collect();
    assert_eq!(terms, ["car-t", "cellule-exemple", "epitope", "zone"]);
    let keys: Vec<_> = library.references().iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["EXEMPLE-2020", "FICTIF-2021", "LOI-EXEMPLE", "JAMAIS-CITEE"]);
    assert_eq!(library.cited_by("LOI-EXEMPLE"), [slug("entretien-fictif")]);
    assert!(library.cited_by("JAMAIS-CITEE").is_empty());
    assert!(library.cited_by("RIEN").is_empty());
}

#[test]
fn corrections_are_newest_first() {
    let library = fixture();
    let dates: Vec<_> =
        library.corrections().iter().map(|it| it.correction.date.to_string()).collect();
    assert_eq!(dates, ["2024-03-01", "2024-02-01"]);
    assert_eq!(library.corrections()[0].slug, slug("article-corrige"));
}

#[test]
fn pages_and_the_comparison_are_there() {
    let library = fixture();
    let pages: Vec<_> = library.pages().map(|it| it.slug.as_str()).collect();
    assert_eq!(pages, ["a-propos", "professionnels", "vie-privee"]);
    assert!(library.page(&slug("rien")).is_none());
    let comparison = library.comparison();
    assert_eq!(
        (comparison.rows.len(), comparison.references.len(), comparison.terms.len()),
        (2, 2, 1)
    );
    assert_eq!(comparison.rows[1].left_unknown_html, "");
}

#[test]
fn people_are_named() {
    let library = fixture();
    let article = library.article(&slug("tout-en-un")).unwrap();
    assert!(
        matches!(&article.review, Review::By { reviewer, .. } if reviewer.name == "Dominique Fictif")
    );
    let article = library.article(&slug("exemple-01")).unwrap();
    assert_eq!(
        (article.authors[0].name.as_str(), &article.review),
        ("La rédaction", &Review::Pending)
    );
    let sponsored = library.article(&slug("page-sponsorisee")).unwrap();
    assert!(sponsored.sponsor.is_some() && sponsored.evidence.is_empty());
    assert!(sponsored.editors_note_html.contains("<strong>cet avis</strong>"));
}

#[test]
fn the_word_of_the_week_changes_on_mondays_and_is_the_same_all_week() {
    let library = fixture();
    let word = |it: &str| library.home(date(it)).word.slug;
    // 2026-11-16 is a Monday.
    assert_eq!(word("2026-11-16"), word("2026-11-22"));
    assert_ne!(word("2026-11-15"), word("2026-11-16"));
    assert_ne!(word("2026-11-22"), word("2026-11-23"));
    word("0001-01-01");
    word("9999-12-31");
}

#[test]
fn the_front_page_shows_what_the_editors_put_forward() {
    let home = fixture().home(date("2026-11-20"));
    assert_eq!(slugs(&home.explainers), ["tout-en-un", "deuxieme-explication"]);
    assert_eq!(home.explainer_count, 3);
    assert_eq!(
        slugs(&home.latest),
        ["page-sponsorisee", "entretien-fictif", "exemple-14", "exemple-13"]
    );
    assert_eq!(home.searches, ["Tout en un", "Deuxième"]);
}

/// One page of hits.
fn search(
    library: &Library,
    query: &str,
    kind: Option<HitKind>,
    page: u32,
    per_page: u32,
) -> Listing<Hit> {
    cut(&library.search(query, kind), page, per_page, |it| it.hit())
}

#[track_caller]
fn check_first(library: &Library, query: &str, href: &str) {
    let hits = search(library, query, None, 1, 5).items;
    let found: Vec<_> = hits.iter().map(|it| it.href.as_str()).collect();
    assert_eq!(found.first().copied(), Some(href), "{query:?}: {found:?}");
}

#[test]
fn search_ignores_accents_case_apostrophes_and_hyphens() {
    let library = fixture();
    check_first(&library, "epitope", "/glossaire#epitope");
    check_first(&library, "ÉPITOPE", "/glossaire#epitope");
    check_first(&library, "e\u{301}pito", "/glossaire#epitope");
    check_first(&library, "car t", "/glossaire#car-t");
    check_first(&library, "CAR-T", "/glossaire#car-t");
    check_first(&library, "l'epitope", "/glossaire#epitope");
    check_first(&library, "numéro 7", "/articles/exemple-07");
    check_first(&library, "prelevement", "/articles/tout-en-un");
    check_first(&library, "cote a cote", "/comprendre/comparer");
}

#[test]
fn titles_count_more_than_questions_headings_and_text() {
    let article = |title: &str, question: &str, heading: &str, text: &str| {
        ARTICLE
            .replace("Un titre", title)
            .replace("Une question ?", question)
            .replace("Une section", heading)
            .replace("TEXTE", text)
    };
    let library = Folder::new()
        .file("articles/a.md", article("A", "x", "x", "Zygote zygote zygote."))
        .file("articles/b.md", article("B", "x", "Un zygote", "x"))
        .file("articles/c.md", article("C", "Quel zygote ?", "x", "x"))
        .file("articles/d.md", article("Le zygote", "x", "x", "x"))
        .file("articles/e.md", article("E", "x", "x", "Des zygotes, zygotes, zygotes."))
        .library();
    let hits = search(&library, "zygote", None, 1, 9).items;
    let found: Vec<_> = hits.iter().map(|it| it.href.trim_start_matches("/articles/")).collect();
    assert_eq!(found, ["d", "c", "b", "a", "e"]);
}

#[test]
fn a_single_letter_among_words_is_a_whole_word() {
    let library = Folder::with_text("Un lymphocyte T très tard.").library();
    let hit = |query: &str| search(&library, query, None, 1, 1).items[0].excerpt_html.clone();
    assert!(hit("lymphocyte t").contains("<mark>lymphocyte</mark> <mark>T</mark> très tard."));
    assert!(hit("t").contains("<mark>T</mark> <mark>très</mark> <mark>tard</mark>."));
}

#[test]
fn search_wants_all_words_and_takes_any_when_no_page_has_all() {
    let library = fixture();
    assert_eq!(search(&library, "numéro 7", None, 1, 5).total, 1);
    assert_eq!(search(&library, "zzzz numéro", None, 1, 5).total, 14);
    assert_eq!(search(&library, "zzzz", None, 1, 5).total, 0);
    for nothing in ["", " ", "?!…", "\u{301}", "'"] {
        assert_eq!(search(&library, nothing, None, 1, 5).total, 0, "{nothing:?}");
    }
}

#[test]
fn search_can_be_narrowed_and_paginates() {
    let library = fixture();
    let terms = search(&library, "exemple", Some(HitKind::Glossary), 1, 2);
    assert_eq!((terms.total, terms.items.len()), (4, 2));
    assert!(terms.items.iter().all(|it| it.kind == HitKind::Glossary));
    let all = search(&library, "exemple", None, 1, 100);
    let second = search(&library, "exemple", None, 2, 3);
    assert_eq!(second.items, all.items[3..6]);
    assert_eq!(search(&library, "exemple", None, u32::MAX, 100).items, []);
}

#[test]
fn an_excerpt_shows_the_match_and_is_escaped() {
    let library =
        Folder::with_text("Avant. Si a < b & c, l'immunité\u{a0}: « gagne ». Après.").library();
    let hits = search(&library, "immunite", None, 1, 5).items;
    assert_eq!(hits.len(), 1);
    let excerpt = &hits[0].excerpt_html;
    assert!(
        excerpt
            .contains("a &lt; b &amp; c, l’<mark>immunité</mark>\u{a0}: «\u{202f}gagne\u{202f}»"),
        "{excerpt}"
    );
    let marked = &search(&library, "l'immunite", None, 1, 5).items[0].excerpt_html;
    assert_eq!(marked, excerpt);
}

#[test]
fn a_long_query_is_cut() {
    let library = fixture();
    let long = format!("{} epitope", "x".repeat(MAX_QUERY_CHARS));
    assert_eq!(search(&library, &long, None, 1, 5).total, 0);
}

proptest! {
    #[test]
    fn no_query_stops_the_search(query in "\\PC{0,250}", page in any::<u32>(), per_page in any::<u32>()) {
        LIBRARY.with(|it| search(it, &query, None, page, per_page));
    }

    #[test]
    fn every_excerpt_is_escaped_and_short(query in "[a-zéàç<>&' ]{1,12}") {
        LIBRARY.with(|library| {
            for hit in search(library, &query, None, 1, 100).items {
                let text = hit.excerpt_html.replace("<mark>", "").replace("</mark>", "");
                assert!(!text.contains(['<', '>']), "{text}");
                assert!(text.chars().count() < 400, "{text}");
            }
        });
    }
}

thread_local! {
    static LIBRARY: Library = fixture();
}
