//! The map on other people's pages: another origin, a strict policy, a sandbox.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    accessibility::{assert_none, faults},
    support::{Browser, Folder, Scripts, Server, StaticHost, http},
};

/// All that the embedded map downloads, and all before it is wanted, in bytes.
const WHOLE: usize = 140_000;
const BEFORE: usize = 15_000;

const ELEMENT: &str = "document.querySelector('carte-praticiens')";
const INSIDE: &str = "document.querySelector('carte-praticiens').shadowRoot";

/// A page of somebody else's, on an origin of its own, that allows next to nothing.
fn partner(body: &str) -> StaticHost {
    let ours = &Server::fixture().origin;
    let policy = format!(
        "default-src 'none'; script-src {ours}; frame-src {ours}; img-src {ours}; style-src 'none'"
    );
    let folder = Folder::new();
    folder.write(
        "index.html",
        &format!(
            "<!doctype html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Partenaire</title>\
             <meta http-equiv=\"content-security-policy\" content=\"{policy}\"></head>\
             <body><h1>Partenaire</h1>{body}</body></html>"
        ),
    );
    let (listener, _) = StaticHost::bind();
    StaticHost::serve(listener, Arc::new(folder))
}

fn element(attributes: &str) -> String {
    let ours = &Server::fixture().origin;
    // Far down: what is not seen is not loaded.
    let far = "<br>".repeat(200);
    format!(
        "{far}<script src=\"{ours}/embed.js\" async></script>\
         <carte-praticiens {attributes}><a href=\"{ours}/carte\">La carte</a></carte-praticiens>"
    )
}

async fn at(host: &StaticHost, scripts: Scripts) -> Browser {
    let browser = Browser::start(scripts).await;
    browser.goto(host.address("/")).await.unwrap();
    browser
}

/// Goes into the frame that `expression` finds, and waits until its map is there.
async fn enter(browser: &Browser, expression: &str) {
    browser.until(expression).await;
    let found = browser.execute(format!("return {expression};"), Vec::new()).await.unwrap();
    found.element().unwrap().enter_frame().await.unwrap();
    browser.until("document.documentElement.dataset.hydrated === ''").await;
    browser.until("document.querySelector('.marker')").await;
}

#[tokio::test]
async fn the_element_shows_a_picture_then_the_map_and_says_who_is_chosen() {
    let host = partner(&element("town=\"Lyon\" theme=\"dark\" profession=\"<x>\""));
    let browser = at(&host, Scripts::On).await;
    browser.until(&format!("{ELEMENT}.shadowRoot?.querySelector('img')")).await;
    assert!(!browser.truth(&format!("{INSIDE}.querySelector('iframe')")).await);
    let source = browser.text(&format!("{INSIDE}.querySelector('img').src")).await;
    assert!(source.ends_with("/embed/apercu.svg?town=Lyon&theme=dark"), "{source}");
    browser
        .run(
            &format!(
                "window.heard = []; for (const kind of ['ready', 'selection'])
                addEventListener(kind, (it) => heard.push([kind, it.detail, it.target === {ELEMENT}]));
                {ELEMENT}.scrollIntoView();"
            ),
            Vec::new(),
        )
        .await;
    browser.until(&format!("{INSIDE}.querySelector('iframe')")).await;
    browser.until("heard.some((it) => it[0] === 'ready' && it[2])").await;
    // Not the height it starts with: that of its page, within bounds.
    browser
        .until(&format!("![0, 640].includes({INSIDE}.querySelector('iframe').offsetHeight)"))
        .await;
    browser.run(&format!("{ELEMENT}.setAttribute('height', '9999');"), Vec::new()).await;
    browser.until(&format!("{INSIDE}.querySelector('iframe').offsetHeight === 1200")).await;

    enter(&browser, &format!("{INSIDE}.querySelector('iframe')")).await;
    assert_eq!(browser.text("self.origin").await, "null");
    assert_eq!(browser.text("document.documentElement.dataset.theme").await, "dark");
    browser.until("document.querySelector('.marker--single')").await;
    browser.run("document.querySelector('.marker--single').click();", Vec::new()).await;
    browser.until("document.querySelector('.bubble a')").await;
    browser.enter_default_frame().await.unwrap();
    browser.until("heard.some((it) => it[0] === 'selection')").await;
    let heard = browser.eval("heard.find((it) => it[0] === 'selection')[1]").await;
    let id = heard["id"].as_str().unwrap();
    assert!(!heard["name"].as_str().unwrap().is_empty());
    let page = Server::fixture().address(&format!("/praticiens/{id}"));
    assert_eq!(heard["url"], Value::from(page));
}

#[tokio::test]
async fn a_plain_frame_works_too_and_leaves_the_wheel_to_the_page() {
    let ours = &Server::fixture().origin;
    let sandbox = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox";
    let host = partner(&format!(
        "<iframe title=\"Carte\" width=\"390\" height=\"700\" sandbox=\"{sandbox}\" \
         src=\"{ours}/embed/carte?profession=nurse\"></iframe>"
    ));
    let browser = at(&host, Scripts::On).await;
    enter(&browser, "document.querySelector('iframe')").await;
    let hint = browser.text("document.querySelector('[data-hint]').innerText").await;
    assert!(hint.contains("molette"), "{hint}");
    let taken = "(() => {
        const it = new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY: -100 });
        document.querySelector('[data-ground]').dispatchEvent(it);
        return it.defaultPrevented;
    })()";
    assert!(!browser.truth(taken).await, "the wheel scrolls the page around");
    browser.run("document.querySelector('[data-ground]').click();", Vec::new()).await;
    assert!(browser.truth(taken).await, "the map was asked for");
    // Another question, without leaving the frame.
    let before = browser.text("document.querySelector('#t-list').textContent").await;
    browser.one("#town").await.send_keys("Lille").await.unwrap();
    browser.click("form[role=search] button[type=submit]").await;
    browser.until("document.querySelector('#t-list').textContent.includes('Lille')").await;
    assert_ne!(browser.text("document.querySelector('#t-list').textContent").await, before);
    let whole = browser.text("document.querySelector('[data-whole]').href").await;
    assert!(whole.contains("/carte?town=Lille") && whole.contains("profession=nurse"), "{whole}");
}

#[tokio::test]
async fn without_scripts_the_link_stays_and_the_frame_answers() {
    let host = partner(&element(""));
    let browser = at(&host, Scripts::Off).await;
    assert!(browser.one("carte-praticiens > a").await.is_displayed().await.unwrap());
    browser.goto(Server::fixture().address("/embed/carte?town=Lyon")).await.unwrap();
    assert!(browser.truth("document.querySelectorAll('.place').length > 3").await);
    browser.one("#town").await.clear().await.unwrap();
    browser.one("#town").await.send_keys("Lille").await.unwrap();
    browser.click("form[role=search] button[type=submit]").await;
    browser.until("document.querySelector('#t-list').textContent.includes('Lille')").await;
    assert_eq!(browser.path().await, "/embed/carte");
}

#[tokio::test]
async fn no_other_page_may_be_framed() {
    let ours = &Server::fixture().origin;
    let host = partner(&format!("<iframe title=\"Carte\" src=\"{ours}/carte\"></iframe>"));
    let browser = at(&host, Scripts::On).await;
    browser.enter_frame(0).await.unwrap();
    browser.until("location.protocol === 'chrome-error:'").await;
}

#[tokio::test]
async fn the_embedded_map_is_free_of_violations() {
    let browser = Browser::start(Scripts::On).await;
    let mut all = Vec::new();
    for (width, theme) in [(390, "light"), (1280, "dark")] {
        browser.resize(width, 900).await;
        let address = format!("/embed/carte?town=Lyon&theme={theme}");
        browser.goto(Server::fixture().address(&address)).await.unwrap();
        browser.until("document.querySelector('.marker--single')").await;
        all.extend(faults(&browser, &address).await);
        browser.run("document.querySelector('.marker--single').click();", Vec::new()).await;
        browser.until("document.querySelector('.bubble')").await;
        all.extend(faults(&browser, &format!("{address}, somebody chosen")).await);
    }
    assert_none(&all);
}

#[tokio::test]
async fn a_partner_sees_what_they_will_get() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::fixture().address("/carte"), scripts).await;
        browser.click(".atlas__note a").await;
        browser.until("location.pathname === '/integrer'").await;
        browser.ready().await;
        browser.one("#town").await.send_keys("Lyon").await.unwrap();
        browser.click(".embedding__form button").await;
        browser.until("location.search.includes('town=Lyon')").await;
        browser.until("document.querySelector('code').textContent.includes('town=\"Lyon\"')").await;
        browser.run("document.querySelector('iframe').scrollIntoView();", Vec::new()).await;
        browser.enter_frame(0).await.unwrap();
        browser.until("document.querySelector('#t-list')?.textContent.includes('Lyon')").await;
    }
}

#[tokio::test]
async fn the_embedded_map_is_light() {
    let server = Server::fixture();
    let size = |path: &str| {
        let answer = http::get_brotli(&server.origin, path);
        assert_eq!(answer.status, 200, "{path}");
        answer.body.len()
    };
    let before = size("/embed.js") + size("/embed/apercu.svg");
    assert!(before <= BEFORE, "{before} bytes before the map is wanted");

    let browser = Browser::start(Scripts::On).await;
    browser.resize(390, 844).await;
    browser.goto(server.address("/embed/carte")).await.unwrap();
    browser.until("document.querySelector('.marker')").await;
    let names = "performance.getEntriesByType('resource').map((it) => it.name)";
    browser.until(&format!("{names}.some((it) => it.includes('/map/towns'))")).await;
    let loaded = browser.eval(&format!("[...new Set({names})]")).await;
    let loaded = loaded.as_array().unwrap().iter().map(|it| it.as_str().unwrap());
    let paths: Vec<&str> =
        loaded.map(|it| it.strip_prefix(&server.origin).expect("nothing from elsewhere")).collect();
    assert!(paths.iter().any(|it| it.ends_with(".wasm")), "{paths:?}");
    let sizes: Vec<_> = paths.iter().map(|it| (size(it), *it)).collect();
    let sum = size("/embed/carte") + sizes.iter().map(|it| it.0).sum::<usize>();
    println!("{before} bytes before, {sum} after: {sizes:?}");
    assert!(sum <= WHOLE, "{sum} bytes: {sizes:?}");
}
