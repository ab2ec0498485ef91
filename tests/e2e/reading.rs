//! An article says at once what it is, how sure it is, and where it has that from.

use serde_json::json;
use thirtyfour::Key;

use crate::support::{Browser, Scripts, Server, http};

const ARTICLE: &str = "/articles/cellules-car-t";

/// What makes a page worth trusting, each with where it stands.
const PARTS: [(&str, &str); 11] = [
    ("the title", "main h1"),
    ("the lead", "main h1 + p"),
    ("the day it was published", "main header time"),
    ("the strength of evidence", "main section[aria-labelledby=t-evidence]"),
    ("the summary", "main section[aria-labelledby=t-minute] li"),
    ("the contents", "main nav[aria-labelledby=t-toc] a"),
    ("what is not known", "#inconnu"),
    ("when to see a doctor", "#consulter"),
    ("a mark of proof", "main button[popovertarget^=r-]"),
    ("the sources", "#sources li"),
    ("who wrote it", "main section[aria-labelledby=t-facts] dd"),
];

#[tokio::test]
async fn an_article_shows_what_it_is_and_what_it_rests_on() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address(ARTICLE), scripts).await;
        for (what, css) in PARTS {
            let shown = "const it = document.querySelector(arguments[0]);
                return Boolean(it && it.checkVisibility() && it.textContent.trim());";
            assert_eq!(browser.run(shown, vec![json!(css)]).await, json!(true), "{what}: {css}");
        }
        let text = browser.words().await;
        for words in
            ["Publié le", "Mis à jour le", "min de lecture", "Relecture médicale en attente"]
        {
            assert!(text.contains(words), "{words}");
        }
    }
}

// Raw HTML: what a browser can show before it has read a single script.
#[tokio::test]
async fn the_first_answer_holds_the_whole_article() {
    let html = http::get(&Server::real().origin, ARTICLE).text();
    let scripts = html.find("id=\"seed\"").expect("the app's own data stands behind the page");
    for words in ["<h1", "t-evidence", "t-minute", "id=\"inconnu\"", "id=\"sources\"", "popover"] {
        let place = html.find(words).unwrap_or_else(|| panic!("{words} is there"));
        assert!(place < scripts, "{words} comes before the app's data");
    }
    // The text is sent once: the data that takes the page over leaves out what the page shows.
    let sentence = "récepteur";
    assert!(html[..scripts].matches(sentence).count() > 3);
    let seed = html[scripts..].split("</script>").next().unwrap();
    assert!(seed.len() < 8 * 1024, "{} bytes of data", seed.len());
}

#[tokio::test]
async fn every_section_has_an_anchor_that_the_contents_lead_to() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address(ARTICLE), scripts).await;
        let lost = "[...document.querySelectorAll('main h2[id] > a, main h3[id] > a, nav[aria-labelledby=t-toc] a')]
            .filter((it) => !document.getElementById(it.hash.slice(1))).map((it) => it.hash).join()";
        assert_eq!(browser.text(lost).await, "");
        let count =
            browser.number("document.querySelectorAll('main h2[id] > a[aria-label]').length").await;
        assert!(3.0 < count, "{count} sections with a link to themselves");
        let own = browser.truth("document.querySelector('#inconnu > a').hash === '#inconnu'").await;
        assert!(own, "a section's link leads to itself");
    }
}

// Scrolling can only be followed by a script.
#[tokio::test]
async fn the_contents_mark_the_section_that_is_read() {
    let browser = Browser::at(&Server::real().address(ARTICLE), Scripts::On).await;
    let marked = "[...document.querySelectorAll('nav[aria-labelledby=t-toc] a[aria-current]')]
        .map((it) => it.hash).join()";
    browser.until_is(marked, "").await;
    for section in ["#inconnu", "#consulter", "#inconnu"] {
        let scroll = format!("document.querySelector('{section}').scrollIntoView();");
        browser.run(&scroll, Vec::new()).await;
        browser.until_is(marked, section).await;
    }
    browser.run("scrollTo(0, 0);", Vec::new()).await;
    browser.until_is(marked, "").await;
}

#[tokio::test]
async fn emergency_numbers_are_one_tap_away_where_they_may_be_needed() {
    for scripts in Scripts::BOTH {
        let browser = Browser::start(scripts).await;
        browser.resize(390, 844).await;
        browser.open(&Server::real().address("/articles/effets-indesirables")).await;
        for place in ["0", "document.body.scrollHeight / 2", "document.body.scrollHeight"] {
            browser.run(&format!("scrollTo(0, {place});"), Vec::new()).await;
            // In sight, wherever the reader is on a phone.
            let seen = "[...document.querySelectorAll('a[href=\"tel:15\"], a[href=\"tel:112\"]')].filter((it) => {
                const { top, bottom } = it.getBoundingClientRect();
                return 0 <= top && bottom <= innerHeight && it.checkVisibility();
            }).length >= 2";
            browser.until(seen).await;
        }
    }
}

#[tokio::test]
async fn a_page_whose_review_is_overdue_says_so() {
    for scripts in Scripts::BOTH {
        let browser =
            Browser::at(&Server::fixture().address("/articles/article-corrige"), scripts).await;
        let text = browser.words().await;
        assert!(text.contains("Cette page devait être relue avant le 10 juillet 2024"), "{text}");
        assert!(text.contains("Le nombre 12 a été remplacé par 21."), "what was mended is told");
    }
}

#[tokio::test]
async fn who_paid_for_a_page_comes_before_its_title() {
    for scripts in Scripts::BOTH {
        let browser =
            Browser::at(&Server::fixture().address("/articles/page-sponsorisee"), scripts).await;
        let first = "(() => {
            const sign = document.querySelector('aside[aria-labelledby=t-sponsor]');
            const title = document.querySelector('main h1');
            return sign.checkVisibility() && sign.innerText.includes('Annonceur Fictif')
                && Boolean(sign.compareDocumentPosition(title) & Node.DOCUMENT_POSITION_FOLLOWING);
        })()";
        assert!(browser.truth(first).await);
        assert!(!browser.truth("document.querySelector('[aria-labelledby=t-evidence]')").await);
        browser.open(&Server::fixture().address("/articles")).await;
        let listed = "[...document.querySelectorAll('main article')].some((it) =>
            it.querySelector('a[href=\"/articles/page-sponsorisee\"]') && it.innerText.includes('Annonceur Fictif'))";
        assert!(browser.truth(listed).await, "the list tells it too");
    }
}

#[tokio::test]
async fn a_transcript_opens_with_the_keyboard() {
    for scripts in Scripts::BOTH {
        let browser =
            Browser::at(&Server::fixture().address("/articles/tout-en-un"), scripts).await;
        let text = browser.words().await;
        assert!(text.contains("Pas de vidéo pour cet article"), "an announced video is not hidden");
        let summary = "[...document.querySelectorAll('summary')].find((it) => it.innerText === 'Lire la transcription')";
        browser.run(&format!("{summary}.focus();"), Vec::new()).await;
        browser.key(Key::Enter).await;
        browser.until(&format!("{summary}.parentElement.open")).await;
    }
}
