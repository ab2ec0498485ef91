//! The app takes over the page that the server rendered, as it is.
//!
//! Not made without scripts: then nothing takes over, which `no_script` is about.

use crate::support::{Browser, Scripts, Server};

/// The page as the server sent it and as it stands now, as lists of lines to compare. Left out is
/// only what scripts set on purpose: the current section, the sharing buttons this browser can
/// answer, the depth of scrolling, the map and what works only beside one; and comments, which mark
/// places for the app.
const BOTH: &str = "
    const tidy = (root) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
        const comments = [];
        while (walker.nextNode()) comments.push(walker.currentNode);
        for (const it of comments) it.remove();
        for (const it of root.querySelectorAll('.toc__link, .toc a')) it.removeAttribute('aria-current');
        for (const it of root.querySelectorAll('.late')) it.removeAttribute('data-settled');
        for (const it of root.querySelectorAll('[data-share], [data-atlas]')) it.removeAttribute('hidden');
        for (const it of root.querySelectorAll('.split__dock, [data-towns]')) it.remove();
        for (const it of root.querySelectorAll('[data-places]')) {
            for (const name of ['role', 'aria-autocomplete', 'aria-expanded', 'aria-controls']) {
                it.removeAttribute(name);
            }
        }
        const map = root.querySelector('.split__map');
        map?.replaceChildren();
        map?.removeAttribute('hidden');
        root.normalize();
        return root.innerHTML.replaceAll('<', '\\n<').split('\\n');
    };
    const done = arguments[arguments.length - 1];
    fetch(location.href).then((it) => it.text()).then((text) => {
        const sent = new DOMParser().parseFromString(text, 'text/html').getElementById('app');
        done([tidy(sent), tidy(document.getElementById('app').cloneNode(true))]);
    });
";

/// Counts elements of the app that are taken out while it takes over; not in the map, which is drawn
/// before.
const WATCH: &str = "
    window.takenOut = [];
    new MutationObserver((records) => {
        if (document.documentElement?.hasAttribute('data-hydrated')) return;
        for (const record of records) {
            if (!record.target.closest?.('#app') || record.target.closest('.split__map')) continue;
            for (const it of record.removedNodes) if (it.nodeType === 1) takenOut.push(it.outerHTML);
        }
    }).observe(document, { childList: true, subtree: true });
";

/// Compares the page at `path`, then goes on from it by a link of its footer, without a reload.
async fn check(browser: &Browser, server: &Server, path: &str) {
    browser.open(&server.address(path)).await;
    let both = browser.execute_async(BOTH, Vec::new()).await.unwrap();
    let [sent, live]: [Vec<String>; 2] = both.convert().unwrap();
    assert!(20 < sent.len(), "{path}: the server sent a page: {sent:?}");
    let differs = sent.iter().zip(&live).find(|(sent, live)| sent != live);
    assert_eq!(differs, None, "{path}: sent on the left, taken over on the right");
    assert_eq!(sent.len(), live.len(), "{path}: as many elements as were sent");
    let taken_out = browser.eval("takenOut").await;
    assert_eq!(taken_out, serde_json::json!([]), "{path}: elements were replaced");

    browser.mark().await;
    let target = if path == "/references" { "/glossaire" } else { "/references" };
    browser.click(&format!("footer a[href='{target}']")).await;
    browser.until_is("location.pathname", target).await;
    let heading = if path == "/references" { "Glossaire" } else { "Sources" };
    browser.until_is("document.querySelector('main h1').textContent", heading).await;
    assert!(browser.marked().await, "{path}: the app was asked, not the server");
}

async fn check_all(server: &Server, paths: &[&str]) {
    let browser = Browser::start(Scripts::On).await;
    browser.before_every_page(WATCH).await;
    for path in paths {
        check(&browser, server, path).await;
    }
    let console = browser.console().await;
    let faults: Vec<_> = console.iter().filter(|it| !it.contains("status of 404")).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn every_kind_of_page_is_taken_over_as_it_was_sent() {
    let paths = [
        "/",
        "/comprendre",
        "/comprendre/comparer",
        "/articles",
        "/articles/page/2",
        "/themes/cancer",
        "/articles/cellules-car-t",
        "/articles/cellules-car-t/en-1-minute",
        "/articles/cellules-car-t/pour-aller-plus-loin",
        "/glossaire",
        "/references",
        "/corrections",
        "/recherche",
        "/recherche?q=fi%C3%A8vre",
        "/recherche?q=zzzzzz",
        "/charte-editoriale",
        "/carte",
        "/carte?town=Lyon&remote=1",
        "/nulle-part",
        "/articles/nulle-part",
        "/a/b/c/d",
    ];
    check_all(Server::real(), &paths).await;
}

#[tokio::test]
async fn every_block_and_feature_is_taken_over_as_it_was_sent() {
    let paths = [
        "/",
        "/articles/tout-en-un",
        "/articles/tout-en-un/pour-aller-plus-loin",
        "/articles/page-sponsorisee",
        "/articles/article-corrige",
        "/articles/entretien-fictif",
        "/comprendre/comparer",
        "/corrections",
        "/themes/sans-page",
        "/carte",
        "/a-propos",
    ];
    check_all(Server::fixture(), &paths).await;
}
