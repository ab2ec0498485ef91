//! One article, three depths, three addresses, one document.

use thirtyfour::Key;

use crate::support::{Browser, Scripts, Server};

const MINUTE: &str = "/articles/cellules-car-t/en-1-minute";
const FULL: &str = "/articles/cellules-car-t";
const FURTHER: &str = "/articles/cellules-car-t/pour-aller-plus-loin";

/// What a reader sees of the article: the summary, a section of the text, the studies behind it.
const SEEN: &str = "[
    document.getElementById('t-minute'),
    document.getElementById('inconnu'),
    [...document.querySelectorAll('main p')].find((it) => it.textContent === 'Pour aller plus loin'),
].map((it) => it.checkVisibility()).join()";

const CHOSEN: &str =
    "document.querySelector('main nav a[href^=\"/articles/cellules-car-t\"][aria-current=true]')
    ?.getAttribute('href')";

fn seen(path: &str) -> &'static str {
    match path {
        MINUTE => "true,false,false",
        FULL => "true,true,false",
        _ => "true,true,true",
    }
}

async fn check_shown(browser: &Browser, path: &str) {
    browser.until_is("location.pathname", path).await;
    browser.until_is(CHOSEN, path).await;
    browser.until_is(SEEN, seen(path)).await;
}

fn link(path: &str) -> String {
    format!("nav[aria-labelledby=t-depths] a[href='{path}']")
}

#[tokio::test]
async fn each_depth_has_an_address_that_opens_it() {
    for scripts in Scripts::BOTH {
        let browser = Browser::start(scripts).await;
        for path in [MINUTE, FULL, FURTHER] {
            browser.open(&Server::real().address(path)).await;
            check_shown(&browser, path).await;
        }
    }
}

#[tokio::test]
async fn each_depth_is_a_link_to_the_others() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address(FULL), scripts).await;
        browser.mark().await;
        for path in [FURTHER, MINUTE, FULL, MINUTE, FURTHER, FULL] {
            browser.click(&link(path)).await;
            check_shown(&browser, path).await;
            // With the app the document stays; without, each depth is a page of its own.
            assert_eq!(browser.marked().await, scripts == Scripts::On, "{path} {scripts:?}");
        }
    }
}

// Without scripts the browser loads another page and starts at its top.
#[tokio::test]
async fn choosing_a_depth_keeps_the_place_and_the_focus() {
    let browser = Browser::at(&Server::real().address(FULL), Scripts::On).await;
    browser.resize(390, 844).await;
    let center = format!(
        "document.querySelector(\"{}\").scrollIntoView({{ block: 'center' }});",
        link(FURTHER)
    );
    browser.run(&center, Vec::new()).await;
    let before = browser.number("scrollY").await;
    assert!(100.0 < before, "there is something to keep: {before}");
    let requests = browser.number("performance.getEntriesByType('resource').length").await;
    for path in [FURTHER, FULL] {
        let focus =
            format!("document.querySelector(\"{}\").focus({{ preventScroll: true }});", link(path));
        browser.run(&focus, Vec::new()).await;
        browser.key(Key::Enter).await;
        check_shown(&browser, path).await;
        let after = browser.number("scrollY").await;
        assert!((after - before).abs() <= 1.0, "{path}: from {before} to {after}");
        assert_eq!(browser.text("document.activeElement.getAttribute('href')").await, path);
    }
    let after = browser.number("performance.getEntriesByType('resource').length").await;
    assert_eq!(after, requests, "a depth asks nobody for anything");
}

#[tokio::test]
async fn back_and_forward_go_through_the_depths() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address(FULL), scripts).await;
        browser.click(&link(MINUTE)).await;
        check_shown(&browser, MINUTE).await;
        browser.click(&link(FURTHER)).await;
        check_shown(&browser, FURTHER).await;
        browser.back().await.unwrap();
        check_shown(&browser, MINUTE).await;
        browser.back().await.unwrap();
        check_shown(&browser, FULL).await;
        browser.forward().await.unwrap();
        check_shown(&browser, MINUTE).await;
    }
}

// The canonical address is the full text's: the depths are no pages of their own for others.
#[tokio::test]
async fn all_depths_name_the_full_text_as_their_own_address() {
    let browser = Browser::start(Scripts::Off).await;
    for path in [MINUTE, FULL, FURTHER] {
        browser.open(&Server::real().address(path)).await;
        let canonical = "new URL(document.querySelector('link[rel=canonical]').href).pathname";
        assert_eq!(browser.text(canonical).await, FULL, "{path}");
    }
}
