//! Every decision has its key, and a full queue is cleared without a mouse. With scripts alone: without,
//! the desk is buttons (`desk`).

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{
    accessibility::{assert_none, faults},
    desk::PASSWORD,
    support::{Browser, Folder, Scripts, Server, fixture_content, http, site_file},
};

const TITLE: &str = "document.querySelector('#t-cas')?.textContent ?? ''";
const TOLD: &str = "document.querySelector('.told')?.textContent ?? ''";
/// How many stand on each shelf, in the page's order.
const COUNTS: &str = "[...document.querySelectorAll('.queue__tab .queue__count')]\
    .map((it) => it.textContent).join()";

/// A site where comments wait in which the guard has found something, and their receipts.
fn server(comments: u32) -> (Server, Vec<String>) {
    let folder = Folder::new();
    let site = folder.write("site.toml", &site_file());
    let content = fixture_content();
    let server = Server::start(&["--content", &content, "--site", &site, "--behind-proxy"]);
    server.add_moderator("Zoé", PASSWORD);
    let send = |number: u32| {
        let body = "Merci. Appelez-moi au 06 39 98 00 17.";
        let comment = json!({ "name": format!("L{number}"), "body": body, "consent": true });
        let path = "/api/v1/articles/exemple-02/comments";
        // Nobody sends as many.
        let sender = format!("10.0.0.{number}");
        let answer = http::post_json_from(&sender, &server.origin, path, &comment.to_string());
        let created: Value = serde_json::from_str(&answer.text()).unwrap();
        created["receipt"].as_str().unwrap().to_owned()
    };
    let receipts = (1..=comments).map(send).collect();
    (server, receipts)
}

/// In by the keyboard: the first field has the focus.
async fn enter(browser: &Browser, server: &Server) {
    sign_in(browser, server).await;
    browser.until("document.querySelector('.queue__list')").await;
    listening(browser).await;
}

/// The same, to a page of the desk where nothing waits.
pub async fn enter_at(browser: &Browser, server: &Server, path: &str) {
    sign_in(browser, server).await;
    browser.until("document.querySelector('[data-sign-out]')").await;
    browser.goto(server.address(path)).await.unwrap();
}

async fn sign_in(browser: &Browser, server: &Server) {
    browser.goto(server.address("/moderation")).await.unwrap();
    browser.until("document.activeElement.name === 'name'").await;
    browser.type_text("Zoé").await;
    browser.key(Key::Tab).await;
    browser.type_text(PASSWORD).await;
    browser.key(Key::Enter).await;
}

/// Where the keys are listened to.
async fn listening(browser: &Browser) {
    browser.until("document.documentElement.hasAttribute('data-keyboard')").await;
}

/// Presses keys of one decision, and waits until the next page says that it is done.
async fn decide(browser: &Browser, keys: &[&str], told: &str) {
    let before = browser.text(TITLE).await;
    for key in keys {
        browser.press(key).await;
    }
    browser.until(&format!("({TOLD}).includes({})", json!(told))).await;
    browser.until(&format!("({TITLE}) !== {}", json!(before))).await;
    listening(browser).await;
}

#[tokio::test]
async fn every_decision_has_its_key() {
    let (server, receipts) = server(6);
    let browser = Browser::start(Scripts::On).await;
    enter(&browser, &server).await;
    assert!(browser.truth("document.querySelector('blockquote mark')").await, "it is marked");

    // What the keys are is told, and while it is, they do nothing.
    let first = browser.text(TITLE).await;
    browser.press("?").await;
    browser.until("document.querySelector('[data-keys-help]').open").await;
    assert_none(&faults(&browser, "the keys' help").await);
    browser.press("a").await;
    browser.key(Key::Escape).await;
    browser.until("!document.querySelector('[data-keys-help]').open").await;
    assert_eq!((browser.text(TITLE).await, browser.text(TOLD).await), (first, String::new()));

    // Capitals are the same keys.
    decide(&browser, &["I"], "1 message publié comme réponse du site").await;
    decide(&browser, &["m"], "1 message publié, passage masqué").await;
    let chosen = "document.querySelector('[name=proposed]:checked').value";
    for number in ["1", "2", "3", "4"] {
        browser.press(number).await;
        browser.until_is(chosen, number).await;
        assert!(browser.truth("document.querySelector('.decide__reply').open").await);
    }
    browser.press("3").await;
    let reply = "document.querySelector('[name=proposed]:checked + span .small').textContent";
    let reply = browser.text(reply).await;
    decide(&browser, &["r"], "1 message refusé").await;
    let heard = |receipt: &String| {
        let answer = http::get(&server.origin, &format!("/api/v1/receipts/{receipt}"));
        let told: Value = serde_json::from_str(&answer.text()).unwrap_or_default();
        told["reply"].as_str().map(str::to_owned)
    };
    let replies: Vec<String> = receipts.iter().filter_map(heard).collect();
    assert_eq!(replies, [reply], "its author reads the one that was chosen, and nobody else any");

    // What cannot be taken back takes another key.
    let before = browser.text(COUNTS).await;
    browser.press("e").await;
    browser.until("document.activeElement.value === 'erase'").await;
    assert!(browser.truth("document.activeElement.checkVisibility()").await);
    assert_eq!(browser.text(COUNTS).await, before, "nothing is done yet");
    browser.key(Key::Enter).await;
    browser.until(&format!("({TOLD}).includes('1 message effacé')")).await;
    listening(&browser).await;
    assert_eq!(browser.text(COUNTS).await, "2,0,2,1", "one of six is nowhere");
}

#[tokio::test]
async fn sixty_items_are_cleared_without_the_mouse() {
    let (server, _) = server(60);
    let browser = Browser::start(Scripts::On).await;
    enter(&browser, &server).await;
    assert_eq!(browser.text(COUNTS).await, "60,0,0,0");
    // Ten that are alike are one decision.
    for number in 0..10 {
        if 0 < number {
            let before = browser.text(TITLE).await;
            browser.press("j").await;
            browser.until(&format!("({TITLE}) !== {}", json!(before))).await;
            listening(&browser).await;
        }
        browser.press("x").await;
    }
    browser.press("r").await;
    browser.until(&format!("({TOLD}).includes('10 messages refusés')")).await;
    listening(&browser).await;
    let keys: [(&[&str], &str); 5] = [
        (&["a"], "1 message publié"),
        (&["m"], "1 message publié, passage masqué"),
        (&["i"], "1 message publié comme réponse du site"),
        (&["2", "r"], "1 message refusé"),
        (&["h"], "1 message retenu"),
    ];
    for number in 0..50 {
        let (keys, told) = keys[number % keys.len()];
        for key in keys {
            browser.press(key).await;
        }
        browser.until(&format!("({COUNTS}).startsWith('{},')", 49 - number)).await;
        assert!(browser.text(TOLD).await.contains(told), "{keys:?}");
        listening(&browser).await;
    }
    assert_eq!(browser.text(COUNTS).await, "0,10,30,20");
    assert!(browser.truth("document.querySelector('.queue__none')").await);
    assert_none(&faults(&browser, "an empty queue").await);
}
