//! The moderators' desk: cleared without the mouse, and without scripts too.

use serde_json::json;
use thirtyfour::Key;

use crate::{
    accessibility::{assert_none, faults},
    support::{Browser, Folder, Scripts, Server, fixture_content, http, site_file},
};

pub const PASSWORD: &str = "un long mot de passe";
const TITLE: &str = "document.querySelector('#t-cas')?.textContent ?? ''";
const TOLD: &str = "document.querySelector('.told')?.textContent ?? ''";

/// A site where some comments wait, and who may decide on them.
fn server(comments: u32) -> Server {
    let folder = Folder::new();
    let site = folder.write("site.toml", &site_file());
    let server = Server::start(&["--content", &fixture_content(), "--site", &site]);
    server.add_moderator("Zoé", PASSWORD);
    for number in 1..=comments {
        let comment = json!({ "name": format!("L{number}"), "body": "Merci.", "consent": true });
        let path = "/api/v1/articles/exemple-02/comments";
        http::post_json(&server.origin, path, &comment.to_string());
    }
    server
}

pub async fn enter(browser: &Browser, server: &Server) {
    browser.goto(server.address("/moderation")).await.unwrap();
    browser.until("document.querySelector('[name=password]')").await;
    browser.click("[name=name]").await;
    browser.type_text("Zoé").await;
    browser.key(Key::Tab).await;
    browser.type_text(PASSWORD).await;
    browser.key(Key::Enter).await;
    browser.until("document.querySelector('.queue__list')").await;
}

/// Where the keys are listened to.
async fn listening(browser: &Browser) {
    browser.until("document.documentElement.hasAttribute('data-keyboard')").await;
}

#[tokio::test]
async fn a_queue_is_cleared_by_single_keys() {
    let server = server(6);
    let browser = Browser::start(Scripts::On).await;
    enter(&browser, &server).await;
    listening(&browser).await;
    assert_none(&faults(&browser, "the desk").await);
    let first = browser.text(TITLE).await;
    browser.press("j").await;
    browser.until(&format!("({TITLE}) !== {}", json!(first))).await;
    listening(&browser).await;
    browser.press("k").await;
    browser.until_is(TITLE, &first).await;
    listening(&browser).await;
    browser.press("a").await;
    browser.until(&format!("({TOLD}).includes('1 message publié')")).await;
    listening(&browser).await;
    browser.press("z").await;
    browser.until(&format!("({TOLD}).includes('1 décision annulée')")).await;
    browser.until_is(TITLE, &first).await;
    listening(&browser).await;
    // Two that are chosen, on pages of their own, are one decision.
    browser.press("x").await;
    browser.press("j").await;
    browser.until(&format!("({TITLE}) !== {}", json!(first))).await;
    listening(&browser).await;
    browser.press("x").await;
    browser.press("r").await;
    browser.until(&format!("({TOLD}).includes('2 messages refusés')")).await;
    listening(&browser).await;
    // While something is written, keys are letters.
    browser.press("/").await;
    browser.type_text("ar").await;
    browser.until_is("document.activeElement.value", "ar").await;
    browser.click("#t-file").await;
    for left in (0..4).rev() {
        listening(&browser).await;
        browser.press("h").await;
        browser.until(&format!("({TOLD}).includes('1 message retenu')")).await;
        browser
            .until_is("document.querySelector('.queue__count').textContent", &left.to_string())
            .await;
    }
}

#[tokio::test]
async fn single_keys_can_be_turned_off() {
    let server = server(1);
    let browser = Browser::start(Scripts::On).await;
    enter(&browser, &server).await;
    listening(&browser).await;
    browser.click("[data-keys-switch]").await;
    browser.press("a").await;
    assert!(!browser.truth("document.documentElement.hasAttribute('data-keyboard')").await);
    browser.refresh().await.unwrap();
    browser.until_is("document.querySelector('[data-keys-switch]').ariaPressed", "false").await;
    browser.press("a").await;
    assert_eq!(browser.text(TOLD).await, "");
}

#[tokio::test]
async fn without_scripts_everything_is_a_button() {
    let server = server(1);
    let browser = Browser::start(Scripts::Off).await;
    browser.resize(390, 844).await;
    enter(&browser, &server).await;
    let overflow = "document.documentElement.scrollWidth - innerWidth";
    assert!(browser.number(overflow).await <= 0.0);
    browser.click(".decide__reply > summary").await;
    browser.click("[name=proposed][value='2']").await;
    browser.click("#decision button[value=reject]").await;
    browser.until(&format!("({TOLD}).includes('1 message refusé')")).await;
    browser.click(".told button").await;
    browser.until(&format!("({TOLD}).includes('1 décision annulée')")).await;
    browser.click(".decide__erase > summary").await;
    browser.click(".decide__erase button").await;
    browser.until(&format!("({TOLD}).includes('1 message effacé')")).await;
    browser.click("[data-sign-out] button").await;
    browser.until("document.querySelector('[name=password]')").await;
}

/// Directory and accounts, by the keyboard's reading of the page and without a mouse's precision.
#[tokio::test]
async fn the_directory_and_the_accounts_are_kept_at_the_desk() {
    let folder = Folder::new();
    let site = folder.write("site.toml", &site_file());
    let server =
        Server::start(&["--content", &fixture_content(), "--site", &site, "--sample", "20"]);
    server.add_account("Zoé", PASSWORD, "admin");
    let comment = json!({ "name": "L1", "body": "Merci.", "consent": true });
    let path = "/api/v1/articles/exemple-02/comments";
    http::post_json(&server.origin, path, &comment.to_string());
    let browser = Browser::start(Scripts::On).await;
    enter(&browser, &server).await;
    for path in [
        "avis",
        "annuaire",
        "annuaire/nouveau",
        "annuaire/demo-1",
        "annuaire/import",
        "comptes",
        "mon-compte",
        "journal",
    ] {
        browser.goto(server.address(&format!("/moderation/{path}"))).await.unwrap();
        browser.until("document.querySelector('main h1')").await;
        assert_none(&faults(&browser, path).await);
    }

    let entry = server.address("/moderation/annuaire/demo-1");
    browser.goto(&entry).await.unwrap();
    let write = |number: &str| {
        format!(
            "(() => {{ const it = document.querySelector('form.form [name=phone]'); \
             it.value = {}; it.form.requestSubmit(); }})(), 1",
            json!(number)
        )
    };
    browser.eval(&write("12")).await;
    browser.until("document.getElementById('erreurs')").await;
    assert_none(&faults(&browser, "an entry with a mistake").await);
    let kept = browser.text("document.querySelector('[name=phone]').value").await;
    assert_eq!(kept, "12", "what was typed stays");
    browser.goto(&entry).await.unwrap();
    browser.eval(&write("01 23 45 67 89")).await;
    browser.until("document.querySelector('.told')").await;
    let start = std::time::Instant::now();
    while !http::get(&server.origin, "/praticiens/demo-1").text().contains("01 23 45 67 89") {
        assert!(start.elapsed().as_secs() < 20, "everybody sees it");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}
