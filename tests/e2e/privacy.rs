//! What a reader looks at is nobody else's business.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::support::{Browser, Scripts, Server};

/// Everything this document asked for, itself among it.
const ASKED: &str =
    "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map((it) => it.name)";

async fn assert_own(browser: &Browser, server: &Server, place: &str) {
    let asked = browser.eval(ASKED).await;
    let asked: Vec<_> = asked.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(2 < asked.len(), "{place}: the page asked for its parts: {asked:?}");
    let own = format!("{}/", server.origin);
    let foreign: Vec<_> =
        asked.iter().filter(|it| !it.starts_with(&own) && !it.starts_with("data:")).collect();
    assert!(foreign.is_empty(), "{place}: {foreign:?}");
}

async fn assert_nothing_kept(browser: &Browser, place: &str) {
    let cookies = browser.devtools("Network.getAllCookies", json!({})).await;
    assert_eq!(cookies["cookies"], json!([]), "{place}");
    let kept = "[localStorage.length, sessionStorage.length]";
    assert_eq!(browser.eval(kept).await, json!([0, 0]), "{place}");
}

#[tokio::test]
async fn every_page_asks_nobody_but_its_own_site_and_keeps_nothing() {
    for scripts in Scripts::BOTH {
        let browser = Browser::start(scripts).await;
        let (real, invented) = (Server::real(), Server::fixture());
        for (server, path) in [
            (real, "/"),
            (real, "/comprendre/comparer"),
            (real, "/articles"),
            (real, "/articles/cellules-car-t"),
            (real, "/glossaire"),
            (real, "/references"),
            (real, "/recherche?q=allergie"),
            (real, "/vie-privee"),
            (invented, "/"),
            (invented, "/articles/tout-en-un"),
            (invented, "/articles/page-sponsorisee"),
            (invented, "/carte"),
        ] {
            browser.open(&server.address(path)).await;
            assert_own(&browser, server, path).await;
            assert_nothing_kept(&browser, path).await;
        }
    }
}

#[tokio::test]
async fn a_visit_from_page_to_page_asks_nobody_else() {
    for scripts in Scripts::BOTH {
        let server = Server::real();
        let browser = Browser::at(&server.address("/"), scripts).await;
        for (css, heading) in [
            ("main a[href='/comprendre']", "Comprendre"),
            (
                "main a[href='/articles/cellules-car-t']",
                "CAR-\u{2060}T\u{a0}: soigner avec vos propres cellules",
            ),
            ("footer a[href='/glossaire']", "Glossaire"),
            ("footer a[href='/references']", "Sources"),
        ] {
            browser.click(css).await;
            browser.until_is("document.querySelector('main h1').textContent", heading).await;
            assert_own(&browser, server, css).await;
        }
        assert_nothing_kept(&browser, "after a visit").await;
    }
}

// Nothing can be chosen without scripts.
#[tokio::test]
async fn only_a_choice_of_comfort_is_kept_on_the_device() {
    let browser = Browser::at(&Server::real().address("/"), Scripts::On).await;
    assert_nothing_kept(&browser, "before").await;
    browser.click("header details:has(input) > summary").await;
    browser.run("document.querySelector('header input[value=dark]').click();", Vec::new()).await;
    browser.until("localStorage.length === 1").await;
    assert_eq!(browser.text("Object.values(localStorage).join()").await, "dark");
    let cookies = browser.devtools("Network.getAllCookies", json!({})).await;
    assert_eq!(cookies["cookies"], json!([]), "no cookie for it");
}

#[tokio::test]
async fn a_video_contacts_nobody_until_it_is_pressed() {
    for scripts in Scripts::BOTH {
        let server = Server::fixture();
        let browser = Browser::at(&server.address("/articles/tout-en-un"), scripts).await;
        let facade = "a[href='https://video.example/exemple']";
        browser
            .run(&format!("document.querySelector(\"{facade}\").scrollIntoView();"), Vec::new())
            .await;
        assert_own(&browser, server, "before it is pressed").await;
        assert!(!browser.truth("document.querySelector('iframe, video, link[rel=preconnect], link[rel=dns-prefetch]')").await);
        let text = browser.words().await;
        assert!(
            text.contains("La lecture contacte video.example"),
            "it says who would be contacted"
        );
        if scripts == Scripts::Off {
            // A plain link, to be followed or not.
            continue;
        }
        // The name leads nowhere, and nothing outside is asked: offline is offline.
        browser.devtools("Network.enable", json!({})).await;
        let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        browser.devtools("Network.emulateNetworkConditions", offline).await;
        browser.run(&format!("document.querySelector(\"{facade}\").focus();"), Vec::new()).await;
        browser.key(Key::Enter).await;
        browser.until("document.querySelector('iframe')").await;
        assert_eq!(
            browser.text("document.querySelector('iframe').src").await,
            "https://video.example/exemple"
        );
        assert_eq!(
            browser.text("document.querySelector('iframe').referrerPolicy").await,
            "no-referrer"
        );
        assert!(
            browser.truth("document.activeElement.tagName === 'IFRAME'").await,
            "the focus goes with it"
        );
        assert!(browser.truth("document.querySelector('iframe').title.trim()").await);
    }
}
