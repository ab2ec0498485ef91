//! The keyboard alone: everything is reached, seen, and left again.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::support::{Browser, Scripts, Server};

/// Numbers what the Tab key should stop at, in the order of the document. Of several radio buttons
/// of one name the chosen one is the stop.
const STOPS: &str = "(() => {
    const stops = [...document.querySelectorAll('a[href], button, input, summary, [tabindex]')].filter((it) =>
        it.tabIndex >= 0 && !it.disabled && it.checkVisibility({ visibilityProperty: true })
        && !(it.type === 'radio' && !it.checked));
    stops.forEach((it, at) => { it.dataset.stop = at; });
    return stops.length;
})()";

/// Where the focus is, and whether it can be seen: a ring around it, nothing lying over it.
const FOCUS: &str = "(() => {
    const it = document.activeElement;
    if (!it || it === document.body) return null;
    const outlined = (it, part) => {
        const style = getComputedStyle(it, part);
        return style.outlineStyle !== 'none' && 1 < parseFloat(style.outlineWidth);
    };
    // Around the element, or around what it stands for: its whole card, its field.
    const rings = (it) => outlined(it) || outlined(it, '::after') || outlined(it.parentElement);
    const boxes = [...it.getClientRects()];
    const bare = boxes.some(({ left, top, width, height }) => {
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        return there && (it.contains(there) || there.contains(it) || there.closest('label')?.contains(it));
    });
    return {
        stop: it.dataset.stop === undefined ? null : Number(it.dataset.stop),
        ringed: rings(it) || (it.type === 'radio' && rings(it.nextElementSibling)),
        bare,
        html: it.outerHTML.slice(0, 160),
    };
})()";

async fn walk(path: &str, width: u32, scripts: Scripts) {
    let browser = Browser::start(scripts).await;
    browser.resize(width, 844).await;
    browser.open(&Server::real().address(path)).await;
    let place = format!("{path} at {width} px, {scripts:?}");
    let stops = browser.number(STOPS).await as usize;
    assert!(20 < stops, "{place}: {stops} stops");
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    let mut last = None;
    // Twice as many presses as stops: who is caught in a trap never comes round.
    for _ in 0..stops * 2 {
        browser.key(Key::Tab).await;
        let focus = browser.eval(FOCUS).await;
        if focus == Value::Null {
            break;
        }
        let stop = focus["stop"].as_u64();
        if stop == Some(0) && !seen.is_empty() {
            break;
        }
        if stop.is_none() || stop <= last {
            faults.push(format!("out of order: {}", focus["html"]));
        }
        if focus["ringed"] != json!(true) {
            faults.push(format!("no ring: {}", focus["html"]));
        }
        if focus["bare"] != json!(true) {
            faults.push(format!("covered: {}", focus["html"]));
        }
        last = stop;
        seen.extend(stop);
    }
    for stop in (0..stops as u64).filter(|it| !seen.contains(it)) {
        let html =
            format!("document.querySelector('[data-stop=\"{stop}\"]').outerHTML.slice(0, 160)");
        faults.push(format!("never reached: {}", browser.text(&html).await));
    }
    assert!(faults.is_empty(), "{place}\n{}", faults.join("\n"));
}

#[tokio::test]
async fn the_tab_key_reaches_all_of_an_article() {
    walk("/articles/cellules-car-t", 1280, Scripts::On).await;
}

#[tokio::test]
async fn the_tab_key_reaches_all_of_an_article_on_a_narrow_screen() {
    walk("/articles/effets-indesirables", 390, Scripts::Off).await;
}

#[tokio::test]
async fn the_tab_key_reaches_all_of_the_front_page() {
    walk("/", 1280, Scripts::Off).await;
    walk("/", 390, Scripts::On).await;
}

#[tokio::test]
async fn the_first_stop_skips_to_the_page() {
    for scripts in Scripts::BOTH {
        let browser =
            Browser::at(&Server::real().address("/articles/cellules-car-t"), scripts).await;
        browser.key(Key::Tab).await;
        assert_eq!(browser.text("document.activeElement.textContent").await, "Aller au contenu");
        let seen = "document.activeElement.getBoundingClientRect().top >= 0";
        browser.until(seen).await;
        browser.key(Key::Enter).await;
        browser.until("document.activeElement === document.querySelector('main')").await;
        browser.key(Key::Tab).await;
        assert!(
            browser.truth("document.activeElement.closest('main')").await,
            "reading starts there"
        );
    }
}

#[tokio::test]
async fn menus_open_and_close_with_the_keyboard() {
    for scripts in Scripts::BOTH {
        let browser = Browser::start(scripts).await;
        browser.resize(390, 844).await;
        browser.open(&Server::real().address("/")).await;
        browser
            .run("document.querySelector('header details:has(nav) > summary').focus();", Vec::new())
            .await;
        browser.key(Key::Enter).await;
        browser.until("document.querySelector('header details:has(nav)').open").await;
        browser.key(Key::Tab).await;
        let inside = "document.activeElement.closest('header details nav') !== null";
        assert!(browser.truth(inside).await, "the menu comes next");
        browser.key(Key::Enter).await;
        browser.until_is("document.querySelector('main h1').textContent", "Comprendre").await;
        browser.until("!document.querySelector('header details:has(nav)').open").await;
    }
}
