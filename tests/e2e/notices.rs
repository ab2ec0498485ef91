//! What is said beside a field while somebody writes: for each field, and never in the way of a press.

use serde_json::json;

use crate::{
    people::server,
    support::{Browser, Scripts},
};

const PHONE: &str = "06 39 98 00 17";
/// Longer than the pause after which a notice comes.
const LATER: std::time::Duration = std::time::Duration::from_millis(1_200);

/// Puts `text` into a field as a paste does: at once.
pub async fn put(browser: &Browser, field: &str, text: &str) {
    let put = "const [css, text] = arguments;
        const it = document.querySelector(css);
        it.focus({ preventScroll: true }); it.value = text; it.dispatchEvent(new Event('input', { bubbles: true }));";
    browser.run(put, vec![json!(field), json!(text)]).await;
}

/// A testimonial's form with what helps while it is written. Without scripts the server says it.
async fn form(browser: &Browser, origin: &str) {
    browser.open(origin).await;
    browser.click("#v-name").await;
    browser.until("document.documentElement.hasAttribute('data-writing')").await;
}

fn notices(field: &str) -> String {
    format!("(document.querySelector('{field} ~ [data-notices]')?.children.length ?? 0)")
}

#[tokio::test]
async fn two_fields_filled_in_at_once_are_both_looked_at() {
    let server = server();
    let browser = Browser::start(Scripts::On).await;
    form(&browser, &server.address("/temoignages/ecrire")).await;
    put(&browser, "#v-body", PHONE).await;
    put(&browser, "#v-ties", PHONE).await;
    browser.until(&notices("#v-body")).await;
    browser.until(&notices("#v-ties")).await;
}

#[tokio::test]
async fn a_notice_waits_while_something_is_pressed() {
    let server = server();
    let browser = Browser::start(Scripts::On).await;
    form(&browser, &server.address("/temoignages/ecrire")).await;
    let ticked = "document.querySelector('#v-publication').checked";
    let consent = browser.one("#v-publication").await;
    consent.scroll_into_view().await.unwrap();
    browser.action_chain().click_and_hold_element(&consent).perform().await.unwrap();
    put(&browser, "#v-body", PHONE).await;
    tokio::time::sleep(LATER).await;
    assert!(!browser.truth(&notices("#v-body")).await, "it moves what is being pressed");
    browser.action_chain().release().perform().await.unwrap();
    browser.until(&notices("#v-body")).await;
    assert!(browser.truth(ticked).await, "the press met what it was for");
}
