//! What is said beside a field while somebody writes: for each field, and never in the way of a press.

use serde_json::json;

use crate::{
    people::{ARTICLE, HEADING, fill, send, server},
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
async fn fields_of_one_line_are_looked_at_and_addresses_that_are_asked_for_are_not() {
    let server = server();
    let browser = Browser::start(Scripts::On).await;
    form(&browser, &server.address("/temoignages/ecrire")).await;
    put(&browser, "#v-name", "Docteur Martin").await;
    put(&browser, "[name=website]", PHONE).await;
    put(&browser, "#v-title", PHONE).await;
    browser.until(&notices("#v-title")).await;
    tokio::time::sleep(LATER).await;
    assert!(!browser.truth(&notices("#v-name")).await, "a name is a name");
    assert!(!browser.truth("document.querySelector('.form__trap [data-notices]')").await);
    put(&browser, "#v-name", &format!("Zoé {PHONE}")).await;
    browser.until(&notices("#v-name")).await;
    put(&browser, "#v-name", "Zoé").await;
    browser.until(&format!("!{}", notices("#v-name"))).await;
    assert!(browser.truth(&notices("#v-title")).await, "each field has its own");

    browser.open(&server.address("/contact")).await;
    browser.click("#m-email").await;
    browser.until("document.documentElement.hasAttribute('data-writing')").await;
    put(&browser, "#m-email", "zoe@example.org").await;
    put(&browser, "#m-subject", "Je veux mourir").await;
    browser.until(&notices("#m-subject")).await;
    tokio::time::sleep(LATER).await;
    assert!(!browser.truth("document.querySelector('#m-email ~ [data-notices]')").await);
}

/// What changes a message that was sent is looked at too, and kept nowhere: the draft of another stays.
#[tokio::test]
async fn what_is_changed_is_looked_at_and_is_no_draft() {
    let server = server();
    let browser = Browser::at(&server.address(ARTICLE), Scripts::On).await;
    fill(&browser, "#c-name", "Zoé").await;
    fill(&browser, "#c-body", "Merci.").await;
    browser.click("#c-consent").await;
    send(&browser).await;
    browser.until_is(HEADING, "Votre message").await;
    browser.ready().await;
    let receipt = browser.path().await;
    browser.open(&server.address(ARTICLE)).await;
    fill(&browser, "#c-body", "Un brouillon").await;
    let kept = "JSON.stringify(Object.entries(localStorage).sort())";
    browser.until("Object.values(localStorage).join().includes('brouillon')").await;
    let before = browser.text(kept).await;

    browser.open(&server.address(&receipt)).await;
    browser.click("#c-name").await;
    browser.until("document.documentElement.hasAttribute('data-writing')").await;
    put(&browser, "#c-name", &format!("Zoé {PHONE}")).await;
    put(&browser, "#c-body", PHONE).await;
    browser.until(&notices("#c-name")).await;
    browser.until(&notices("#c-body")).await;
    assert_eq!(browser.text(kept).await, before);
    browser.open(&server.address(ARTICLE)).await;
    assert_eq!(browser.text("document.getElementById('c-body').value").await, "Un brouillon");
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
