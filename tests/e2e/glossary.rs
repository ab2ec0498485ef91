//! Words and proofs that open where they stand: native popovers, with scripts or without.

use thirtyfour::Key;

use crate::support::{Browser, Scripts, Server};

const ARTICLE: &str = "/articles/cellules-car-t";
const OPEN: &str = "document.querySelector(':popover-open')";

/// Opens the note of the first `opener` in the text, closes it in every way a reader may try.
async fn check(browser: &Browser, opener: &str) {
    let named = "(() => {
        const note = document.querySelector(':popover-open');
        const title = document.getElementById(note.getAttribute('aria-labelledby'));
        return note.checkVisibility() && Boolean(title.innerText.trim()) && 20 < note.innerText.length;
    })()";
    let focused = format!("document.activeElement === document.querySelector(\"{opener}\")");

    browser.click(opener).await;
    browser.until(OPEN).await;
    assert!(browser.truth(named).await, "{opener}: the note has a name and says something");
    browser.key(Key::Escape).await;
    browser.until(&format!("!{OPEN}")).await;
    browser.until(&focused).await;

    for key in [Key::Enter, Key::Space] {
        browser.key(key.clone()).await;
        browser.until(OPEN).await;
        browser.key(Key::Escape).await;
        browser.until(&format!("!{OPEN}")).await;
        browser.until(&focused).await;
    }

    browser.key(Key::Enter).await;
    browser.until(OPEN).await;
    // The note comes next for the Tab key, wherever it stands in the document.
    browser.key(Key::Tab).await;
    browser.until("document.activeElement.closest(':popover-open')").await;
    assert_eq!(browser.text("document.activeElement.ariaLabel").await, "Fermer");
    browser.key(Key::Enter).await;
    browser.until(&format!("!{OPEN}")).await;
    browser.until(&focused).await;

    browser.click(opener).await;
    browser.until(OPEN).await;
    browser.click("main h1").await;
    browser.until(&format!("!{OPEN}")).await;
}

#[tokio::test]
async fn a_term_opens_its_definition_by_mouse_and_keyboard() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address(ARTICLE), scripts).await;
        check(&browser, "main h1 ~ p [popovertarget^=g-], main div [popovertarget^=g-]").await;
    }
}

#[tokio::test]
async fn a_mark_of_proof_opens_its_source_by_mouse_and_keyboard() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address(ARTICLE), scripts).await;
        check(&browser, "main div [popovertarget^=r-]").await;
    }
}

#[tokio::test]
async fn every_term_and_proof_has_its_note() {
    for scripts in Scripts::BOTH {
        let browser = Browser::start(scripts).await;
        for (server, path) in [
            (Server::real(), ARTICLE),
            (Server::real(), "/comprendre/comparer"),
            (Server::fixture(), "/articles/tout-en-un"),
            (Server::fixture(), "/articles/page-sponsorisee"),
            (Server::fixture(), "/comprendre/comparer"),
        ] {
            browser.open(&server.address(path)).await;
            let lost = "[...document.querySelectorAll('[popovertarget]')]
                .filter((it) => !it.popoverTargetElement).map((it) => it.outerHTML).join('\\n')";
            assert_eq!(browser.text(lost).await, "", "{path}");
            let count = browser
                .number("document.querySelectorAll('main [popovertarget^=r-]').length")
                .await;
            assert!(0.0 < count, "{path} has marks of proof");
        }
    }
}

#[tokio::test]
async fn a_word_is_underlined_once_in_a_section() {
    for scripts in Scripts::BOTH {
        let browser =
            Browser::at(&Server::fixture().address("/articles/tout-en-un"), scripts).await;
        let twice = "(() => {
            const seen = new Set();
            let section = '';
            const twice = [];
            for (const it of document.querySelectorAll('main h2, main [popovertarget^=g-]')) {
                if (it.tagName === 'H2') section = it.textContent;
                else if (it.closest('[popover]')) continue;
                else if (seen.has(section + it.getAttribute('popovertarget'))) twice.push(it.textContent);
                else seen.add(section + it.getAttribute('popovertarget'));
            }
            return [seen.size, twice.join()];
        })()";
        let found = browser.eval(twice).await;
        assert_eq!(found[1], "", "underlined again");
        assert!(1.0 < found[0].as_f64().unwrap());
    }
}

#[tokio::test]
async fn a_note_leads_on_to_the_glossary_and_to_the_source() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address(ARTICLE), scripts).await;
        browser.click("main div [popovertarget^=r-]").await;
        browser.until(OPEN).await;
        browser.click(":popover-open a[href^='#source-']").await;
        browser.until("location.hash.startsWith('#source-')").await;
        let seen = "(() => {
            const it = document.querySelector(location.hash);
            const { left, top } = it.getBoundingClientRect();
            return it.contains(document.elementFromPoint(left + 8, top + 8));
        })()";
        browser.until(seen).await;
        if let Scripts::On = scripts {
            browser.until(&format!("!{OPEN}")).await;
        }

        browser.open(&Server::real().address(ARTICLE)).await;
        browser.click("main div [popovertarget^=g-]").await;
        browser.until(OPEN).await;
        browser.click(":popover-open a[href^='/glossaire#']").await;
        browser.until_is("document.querySelector('main h1').textContent", "Glossaire").await;
        browser.until("document.querySelector(location.hash)").await;
        browser.until(seen).await;
    }
}

#[tokio::test]
async fn the_glossary_is_reached_by_its_letters() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address("/glossaire"), scripts).await;
        let terms = browser.number("document.querySelectorAll('main dt').length").await;
        assert!(55.0 <= terms, "{terms} terms");
        let lost = "[...document.querySelectorAll('nav[aria-label=Lettres] a')]
            .filter((it) => !document.querySelector(it.hash)).map((it) => it.hash).join()";
        assert_eq!(browser.text(lost).await, "");
        let letters = "[...document.querySelectorAll('nav[aria-label=Lettres] a')]";
        let late = browser.text(&format!("{letters}.at(-3).hash")).await;
        browser.click(&format!("nav[aria-label=Lettres] a[href='{late}']")).await;
        browser.until("location.hash.startsWith('#lettre-')").await;
        let seen = "(() => {
            const { top } = document.querySelector(location.hash).getBoundingClientRect();
            return 0 <= top && top < innerHeight / 2;
        })()";
        browser.until(seen).await;
    }
}
