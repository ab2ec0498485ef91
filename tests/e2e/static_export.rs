//! The site as files on a plain host: read without scripts, taken over with them.

use std::{
    fs,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use serde_json::json;
use thirtyfour::Key;

use crate::support::{Browser, Folder, Scripts, Server, StaticHost, export, repository};

const HEADING: &str = "document.querySelector('main h1').textContent";

/// A host of one's own for one export, which goes with the last journey that uses it.
fn host() -> StaticHost {
    static EXPORT: Mutex<Weak<Folder>> = Mutex::new(Weak::new());
    // Another journey's failure leaves the export as good as it was.
    let mut shared = EXPORT.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = shared.upgrade().unwrap_or_else(|| Arc::new(export(&[])));
    *shared = Arc::downgrade(&folder);
    StaticHost::serve(StaticHost::bind().0, folder)
}

#[tokio::test]
async fn every_exported_page_is_the_page_itself() {
    let host = host();
    for scripts in Scripts::BOTH {
        let browser = Browser::start(scripts).await;
        // The directory needs a server to ask: files are exported without it.
        for path in Server::real()
            .routes()
            .iter()
            .filter(|it| !["/carte", "/integrer"].contains(&it.as_str()))
        {
            browser.open(&host.address(path)).await;
            let heading = browser.text(HEADING).await;
            assert_ne!(heading, "Cette page n’existe pas", "{path}");
            assert!(
                browser.truth("40 < document.querySelector('main').innerText.length").await,
                "{path}"
            );
        }
        let console = browser.console().await;
        assert!(console.is_empty(), "{console:#?}");
    }
}

#[tokio::test]
async fn exported_pages_lead_to_each_other() {
    let host = host();
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&host.address("/"), scripts).await;
        browser.mark().await;
        for (css, heading) in [
            ("main a[href='/comprendre']", "Comprendre"),
            (
                "main a[href='/articles/cellules-car-t']",
                "CAR-\u{2060}T\u{a0}: soigner avec vos propres cellules",
            ),
            ("footer a[href='/glossaire']", "Glossaire"),
            ("footer a[href='/references']", "Sources"),
            ("footer a[href='/corrections']", "Corrections"),
            ("header nav a[href='/comprendre/comparer']", ""),
            ("header nav a[href='/articles']", "Tous les articles"),
            ("main a[rel=next]", "Tous les articles"),
            ("main nav a[href='/themes/cancer']", "Thème\u{a0}: Cancers"),
            ("footer a[href='/mentions-legales']", "Mentions légales"),
            ("header a[href='/']", "Comprendre l’immunothérapie, à votre rythme"),
        ] {
            let target = browser.text(&format!("document.querySelector(\"{css}\").pathname")).await;
            browser.click(css).await;
            // A host adds a slash where it serves a folder.
            browser
                .until(&format!("location.pathname.replace(/(.)\\/$/, '$1') === '{target}'"))
                .await;
            browser.ready().await;
            if !heading.is_empty() {
                browser.until_is(HEADING, heading).await;
            }
            assert_ne!(browser.text(HEADING).await, "La page n’a pas pu être chargée", "{target}");
        }
        assert_eq!(browser.marked().await, scripts == Scripts::On, "{scripts:?}");
    }
}

#[tokio::test]
async fn depths_have_files_of_their_own() {
    let host = host();
    for scripts in Scripts::BOTH {
        for depth in ["/en-1-minute", "", "/pour-aller-plus-loin"] {
            let path = format!("/articles/cellules-car-t{depth}");
            let browser = Browser::at(&host.address(&path), scripts).await;
            let chosen = "document.querySelector('nav[aria-labelledby=t-depths] [aria-current=true]').pathname";
            assert_eq!(browser.text(chosen).await, path, "{scripts:?}");
        }
    }
}

// No server is there to search: the device does.
#[tokio::test]
async fn an_exported_site_is_searched_on_the_device() {
    let host = host();
    let browser = Browser::at(&host.address("/"), Scripts::On).await;
    browser.mark().await;
    browser.click("main input[name=q]").await;
    browser.type_text("fièvre").await;
    browser.key(Key::Enter).await;
    let status = "document.querySelector('main [role=status]')?.textContent ?? ''";
    browser.until(&format!("/^\\d+ résultats?$/.test({status})")).await;
    assert!(browser.marked().await);
    let here = browser.text(
        "[...document.querySelectorAll('main li h2')].map((it) => it.textContent).join('\\n')",
    );
    let here = here.await;
    browser.open(&Server::real().address("/recherche?q=fi%C3%A8vre")).await;
    let there = browser.text(
        "[...document.querySelectorAll('main li h2')].map((it) => it.textContent).join('\\n')",
    );
    assert_eq!(here, there.await, "the device finds what the server finds");
    // Loaded anew, the file of the empty search page asks for the words in its address.
    browser.open(&host.address("/recherche?q=fi%C3%A8vre")).await;
    browser.until(&format!("/^\\d+ résultats?$/.test({status})")).await;
}

#[tokio::test]
async fn a_lost_address_shows_the_page_for_it() {
    let host = host();
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&host.address("/nulle-part"), scripts).await;
        browser.until_is(HEADING, "Cette page n’existe pas").await;
        browser.click("main a[href='/glossaire']").await;
        browser.until_is(HEADING, "Glossaire").await;
    }
}

// Without scripts an export asks for nothing but its files, wherever its endpoints are.
#[tokio::test]
async fn an_export_may_ask_a_server_that_knows_its_origin() {
    let (listener, origin) = StaticHost::bind();
    let folder = Folder::new();
    let allowed = format!("allowed_origins = [\"{origin}\"]");
    let text = fs::read_to_string(repository("site.toml")).unwrap();
    let text = text.replace("allowed_origins = []", &allowed);
    let site = folder.write("site.toml", &text);
    let server = Server::start(&["--site", &site]);
    let api = server.address("/api/v1");
    let host = StaticHost::serve(listener, Arc::new(export(&["--api", &api])));
    let browser = Browser::at(&host.address("/"), Scripts::On).await;
    browser.mark().await;
    browser.click("footer a[href='/glossaire']").await;
    browser.until_is(HEADING, "Glossaire").await;
    browser.click("header nav a[href='/articles']").await;
    browser.until_is(HEADING, "Tous les articles").await;
    assert!(browser.marked().await);
    let asked = format!(
        "performance.getEntriesByType('resource').some((it) => it.name.startsWith('{api}'))"
    );
    assert!(browser.truth(&asked).await, "the server was asked");
    let console = browser.console().await;
    assert!(console.is_empty(), "{console:#?}");

    // A stranger's page gets no answer it could read.
    let stranger = StaticHost::serve(StaticHost::bind().0, Arc::new(Folder::new()));
    browser.goto(stranger.address("/")).await.unwrap();
    let read = "const done = arguments[arguments.length - 1];
        fetch(arguments[0]).then(() => done('read'), () => done('refused'));";
    let answer = browser.execute_async(read, vec![json!(format!("{api}/site"))]).await.unwrap();
    assert_eq!(*answer.json(), json!("refused"));
}
