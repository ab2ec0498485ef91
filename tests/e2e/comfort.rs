//! Text size, spacing and colours. Without scripts nothing could keep a choice, so none is offered:
//! `no_script` sees to that.

use serde_json::json;

use crate::support::{Browser, Scripts, Server};

/// Presses a choice as a reader does: on its words.
async fn choose(browser: &Browser, words: &str) {
    if !browser.truth("document.querySelector('header details:has(input)').open").await {
        browser.click("header details:has(input) > summary").await;
    }
    let label = "[...document.querySelectorAll('header label')]
        .find((it) => it.textContent.trim() === arguments[0]).click();";
    browser.run(label, vec![json!(words)]).await;
}

const BACKGROUND: &str = "getComputedStyle(document.body).backgroundColor";
const SIZE: &str = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)";
const SPACING: &str = "getComputedStyle(document.body).letterSpacing";
const CHOSEN: &str =
    "[...document.querySelectorAll('header input:checked')].map((it) => it.value).join()";

#[tokio::test]
async fn a_choice_shows_at_once_and_lasts() {
    let browser = Browser::at(&Server::real().address("/"), Scripts::On).await;
    browser.prefer("light").await;
    assert_eq!(browser.text(CHOSEN).await, ",,");
    let light = browser.text(BACKGROUND).await;
    let size = browser.number(SIZE).await;
    let spacing = browser.text(SPACING).await;

    choose(&browser, "Sombres").await;
    browser.until(&format!("{BACKGROUND} !== '{light}'")).await;
    let dark = browser.text(BACKGROUND).await;
    choose(&browser, "Très grande").await;
    browser.until(&format!("{size} * 1.15 < {SIZE}")).await;
    let large = browser.number(SIZE).await;
    choose(&browser, "Aéré").await;
    browser.until(&format!("{SPACING} !== '{spacing}'")).await;

    let stays = async |what: &str| {
        browser.until_is(CHOSEN, "larger,wide,dark").await;
        assert_eq!(browser.text(BACKGROUND).await, dark, "{what}");
        assert_ne!(browser.text(SPACING).await, spacing, "{what}");
    };
    stays("at once").await;
    browser.refresh().await.unwrap();
    browser.ready().await;
    stays("after a reload").await;
    assert_eq!(browser.number(SIZE).await, large);
    browser.click("footer a[href='/glossaire']").await;
    browser.until_is("document.querySelector('main h1').textContent", "Glossaire").await;
    stays("on the next page").await;

    choose(&browser, "Comme l’appareil").await;
    browser.until_is(BACKGROUND, &light).await;
    choose(&browser, "Normale").await;
    choose(&browser, "Normal").await;
    browser.refresh().await.unwrap();
    browser.ready().await;
    assert_eq!(browser.text(CHOSEN).await, ",,");
    assert_eq!(browser.number("localStorage.length").await, 0.0, "what is default is not kept");
}

#[tokio::test]
async fn colours_follow_the_device_until_the_reader_chooses() {
    let browser = Browser::start(Scripts::On).await;
    browser.prefer("dark").await;
    browser.open(&Server::real().address("/")).await;
    let dark = browser.text(BACKGROUND).await;
    browser.prefer("light").await;
    browser.until(&format!("{BACKGROUND} !== '{dark}'")).await;
    choose(&browser, "Sombres").await;
    browser.until_is(BACKGROUND, &dark).await;
    browser.prefer("dark").await;
    choose(&browser, "Claires").await;
    browser.until(&format!("{BACKGROUND} !== '{dark}'")).await;
}

// The app needs a moment; dark must not flash light until then.
#[tokio::test]
async fn a_choice_is_kept_by_a_script_that_does_not_wait_for_the_app() {
    let browser = Browser::at(&Server::real().address("/"), Scripts::On).await;
    choose(&browser, "Sombres").await;
    let dark = browser.text(BACKGROUND).await;
    browser.devtools("Network.enable", json!({})).await;
    let blocked = json!({ "urls": ["*.wasm", "*boot.mjs"] });
    browser.devtools("Network.setBlockedURLs", blocked).await;
    browser.goto(Server::real().address("/glossaire")).await.unwrap();
    browser.until_is(BACKGROUND, &dark).await;
    assert!(!browser.truth("document.documentElement.hasAttribute('data-hydrated')").await);
    choose(&browser, "Claires").await;
    browser.until(&format!("{BACKGROUND} !== '{dark}'")).await;
}
