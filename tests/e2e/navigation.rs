//! Going from page to page, as a screen reader can follow it.

use serde_json::json;
use thirtyfour::{Key, extensions::query::ElementQueryable};

use crate::support::{Browser, Scripts, Server, http};

const ARTICLE: &str = "/articles/cellules-car-t";
const HEADING: &str = "document.querySelector('main h1').textContent";

#[tokio::test]
async fn a_link_leads_to_its_page() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address(ARTICLE), scripts).await;
        browser.mark().await;
        browser.run("scrollTo(0, 1e6);", Vec::new()).await;
        browser.click("footer a[href='/charte-editoriale']").await;
        browser.until_is("location.pathname", "/charte-editoriale").await;
        browser
            .until(&format!("{HEADING}.includes('méthode') || {HEADING}.includes('Charte')"))
            .await;
        browser.until("scrollY === 0").await;
        let title = browser.title().await.unwrap();
        assert!(title.ends_with(" | Immunothèque"), "{title}");
        assert!(title.starts_with(&browser.text(HEADING).await), "{title}");
        let canonical = "new URL(document.querySelector('link[rel=canonical]').href).pathname";
        assert_eq!(browser.text(canonical).await, "/charte-editoriale");
        assert_eq!(browser.marked().await, scripts == Scripts::On, "{scripts:?}");
    }
}

// Without scripts the browser itself announces the page it loads.
#[tokio::test]
async fn a_new_page_is_announced_and_takes_the_focus_to_its_title() {
    let browser = Browser::at(&Server::real().address("/"), Scripts::On).await;
    let before = browser.text("document.querySelector('meta[name=description]').content").await;
    browser.click("main a[href='/comprendre']").await;
    browser.until_is(HEADING, "Comprendre").await;
    browser
        .until_is(
            "document.querySelector('[aria-live=polite]').textContent",
            "Comprendre | Immunothèque",
        )
        .await;
    browser.until("document.activeElement === document.querySelector('main h1')").await;
    assert_eq!(browser.title().await.unwrap(), "Comprendre | Immunothèque");
    let after = browser.text("document.querySelector('meta[name=description]').content").await;
    assert_ne!(before, after, "the description is the new page's");
    browser.key(Key::Tab).await;
    let inside =
        "document.activeElement.closest('main') !== null && document.activeElement.tagName === 'A'";
    assert!(browser.truth(inside).await, "reading goes on behind the title");
}

#[tokio::test]
async fn back_returns_to_the_place_that_was_left() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address("/articles"), scripts).await;
        browser.run("scrollTo(0, 700);", Vec::new()).await;
        browser.until("600 < scrollY").await;
        // The link is where the reader is, so pressing it does not scroll.
        let link = "[...document.querySelectorAll('main article a')].find((it) => 200 < it.getBoundingClientRect().top)";
        let left = browser.number("scrollY").await;
        browser.run(&format!("{link}.click();"), Vec::new()).await;
        browser
            .until("location.pathname !== '/articles' && document.querySelector('[data-depth]')")
            .await;
        browser.until("scrollY === 0").await;
        browser.run("scrollTo(0, 500);", Vec::new()).await;
        browser.until("scrollY === 500").await;
        browser.back().await.unwrap();
        browser.until_is("location.pathname", "/articles").await;
        browser.until_is(HEADING, "Tous les articles").await;
        browser.until(&format!("Math.abs(scrollY - {left}) <= 2")).await;
        browser.forward().await.unwrap();
        browser
            .until("document.querySelector('[data-depth]') && Math.abs(scrollY - 500) <= 2")
            .await;
    }
}

#[tokio::test]
async fn a_reload_returns_to_the_place_that_was_left() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address(ARTICLE), scripts).await;
        browser.run("scrollTo(0, 1500);", Vec::new()).await;
        browser.until("scrollY === 1500").await;
        let line = "document.elementFromPoint(300, 300).textContent.slice(0, 60)";
        let read = browser.text(line).await;
        browser.refresh().await.unwrap();
        browser.ready().await;
        browser.until("Math.abs(scrollY - 1500) <= 2").await;
        browser.until_is(line, &read).await;
    }
}

#[tokio::test]
async fn an_anchor_jumps_to_its_section() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address(ARTICLE), scripts).await;
        browser.mark().await;
        let link = browser.one("aside a[href='#inconnu']").await;
        link.scroll_into_view().await.unwrap();
        let left = browser.number("scrollY").await;
        link.click().await.unwrap();
        browser.until_is("location.hash", "#inconnu").await;
        browser
            .until("Math.abs(document.getElementById('inconnu').getBoundingClientRect().top) < 200")
            .await;
        assert!(browser.marked().await);
        browser.back().await.unwrap();
        browser.until(&format!("location.hash === '' && Math.abs(scrollY - {left}) <= 2")).await;
        assert!(browser.marked().await, "an anchor is no page");
    }
}

#[tokio::test]
async fn a_link_to_a_place_on_another_page_leads_to_that_place() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address("/"), scripts).await;
        let place =
            browser.text("document.querySelector('main a[href^=\"/glossaire#\"]').hash").await;
        browser.click("main a[href^='/glossaire#']").await;
        browser.until_is(HEADING, "Glossaire").await;
        browser.until_is("location.hash", &place).await;
        let term = format!("document.querySelector('{place}').getBoundingClientRect()");
        browser.until(&format!("0 <= {term}.top && {term}.bottom <= innerHeight")).await;
    }
}

// Only the app could take a link from the browser.
#[tokio::test]
async fn links_that_are_not_the_apps_are_left_to_the_browser() {
    let browser = Browser::at(&Server::real().address(ARTICLE), Scripts::On).await;
    // The window hears of a click last: what was not prevented until then is the browser's.
    let watch = "addEventListener('click', (event) => { window.taken = event.defaultPrevented; event.preventDefault(); });";
    browser.run(watch, Vec::new()).await;
    let taken = async |css: &str, init: serde_json::Value| {
        let press = "window.taken = undefined;
            document.querySelector(arguments[0]).dispatchEvent(
                new MouseEvent('click', { bubbles: true, cancelable: true, ...arguments[1] }));
            return window.taken;";
        browser.run(press, vec![json!(css), init]).await == json!(true)
    };
    assert!(
        taken("footer a[href='/glossaire']", json!({})).await,
        "a page of the site is the app's"
    );
    browser.until_is(HEADING, "Glossaire").await;
    browser.back().await.unwrap();
    browser.until("document.querySelector('[data-depth]')").await;
    for css in [
        "main a[href^='https:']",
        "footer a[href='/feed.xml']",
        "a[href='#contenu']",
        "a[href^='tel:']",
    ] {
        assert!(!taken(css, json!({})).await, "{css}");
    }
    for key in ["ctrlKey", "metaKey", "shiftKey", "altKey"] {
        assert!(!taken("footer a[href='/glossaire']", json!({ key: true })).await, "{key}");
    }
    assert!(
        !taken("footer a[href='/glossaire']", json!({ "button": 1 })).await,
        "the middle button"
    );
}

#[tokio::test]
async fn control_and_click_opens_a_window_of_its_own() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address("/"), scripts).await;
        let link = browser.one("footer a[href='/glossaire']").await;
        let chain = browser.action_chain().key_down(Key::Control).click_element(&link);
        chain.key_up(Key::Control).perform().await.unwrap();
        assert_eq!(browser.path().await, "/", "this window stays where it is");
        browser.until_windows(2).await;
    }
}

#[tokio::test]
async fn an_address_without_a_page_says_so() {
    for path in ["/nulle-part", "/articles/nulle-part", "/a/b/c/d", "/themes/nulle-part"] {
        assert_eq!(http::get(&Server::real().origin, path).status, 404, "{path}");
    }
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address("/"), scripts).await;
        for path in ["/articles/nulle-part", "/a/b/c/d"] {
            let add = "document.querySelector('main').insertAdjacentHTML(
                'afterbegin', `<a id='lost' href='${arguments[0]}'>x</a>`);";
            browser.run(add, vec![json!(path)]).await;
            browser.click("#lost").await;
            browser.until_is(HEADING, "Cette page n’existe pas").await;
            assert_eq!(browser.path().await, path);
            browser.until("document.title.startsWith('Cette page n’existe pas')").await;
            // The ways out work.
            browser.click("main a[href='/comprendre']").await;
            browser.until_is(HEADING, "Comprendre").await;
        }
    }
}

#[tokio::test]
async fn the_menu_of_small_screens_opens_and_leads_on() {
    for scripts in Scripts::BOTH {
        let browser = Browser::start(scripts).await;
        browser.resize(390, 844).await;
        browser.open(&Server::real().address(ARTICLE)).await;
        let entry = "header nav[aria-label=Menu] a[href='/glossaire']";
        let shown = format!("document.querySelector(\"{entry}\").checkVisibility()");
        assert!(!browser.truth(&shown).await, "closed at first");
        browser.click("header details:has(nav) > summary").await;
        browser.until(&shown).await;
        browser.click(entry).await;
        browser.until_is(HEADING, "Glossaire").await;
        browser.until(&format!("!({shown})")).await;
        let current = "document.querySelector('header a[aria-current=page]').getAttribute('href')";
        assert_eq!(browser.text(current).await, "/glossaire");
    }
}

#[tokio::test]
async fn the_menu_marks_the_section_that_is_read() {
    let browser = Browser::at(&Server::real().address("/"), Scripts::On).await;
    let current =
        "[...document.querySelectorAll('header nav[aria-label=Rubriques] a[aria-current]')]
        .map((it) => it.getAttribute('href') + ' ' + it.getAttribute('aria-current')).join()";
    assert_eq!(browser.text(current).await, "");
    browser.click("header nav a[href='/articles']").await;
    browser.until_is(current, "/articles page").await;
    browser.click("main a[href='/articles/page/2']").await;
    browser.until_is(current, "/articles true").await;
    browser.click("header nav a[href='/glossaire']").await;
    browser.until_is(current, "/glossaire page").await;
}

// Offline, nothing but the app could say anything.
#[tokio::test]
async fn a_lost_connection_is_told_and_mended_by_the_retry_link() {
    let browser = Browser::at(&Server::real().address("/"), Scripts::On).await;
    browser.devtools("Network.enable", json!({})).await;
    let connected = async |connected: bool| {
        let conditions = json!({
            "offline": !connected, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        browser.devtools("Network.emulateNetworkConditions", conditions).await;
    };
    connected(false).await;
    browser.click("footer a[href='/glossaire']").await;
    browser.until_is(HEADING, "La page n’a pas pu être chargée").await;
    assert_eq!(browser.path().await, "/glossaire", "the address is the one that was asked for");
    browser.until("document.title.startsWith('La page n’a pas pu être chargée')").await;
    connected(true).await;
    let retry = browser.query(thirtyfour::By::LinkText("Réessayer")).single().await.unwrap();
    retry.click().await.unwrap();
    browser.until_is(HEADING, "Glossaire").await;
    assert_eq!(browser.path().await, "/glossaire");
    browser.back().await.unwrap();
    browser.until_is("location.pathname", "/").await;
}
