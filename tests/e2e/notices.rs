//! What is said beside a field while somebody writes: for each field, and never in the way of a press.

use serde_json::json;

use crate::{
    people::{ARTICLE, HEADING, fill, send, server},
    sending::{Form, all_forms, begin},
    support::{Browser, Proxy, Scripts},
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
    browser.until("!Object.keys(localStorage).some((it) => it.startsWith('draft'))").await;
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
    browser.until("document.getElementById('c-body').value === 'Un brouillon'").await;
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

/// What is written, what is quoted of it, what is said, and whom to call in the order they are offered.
const STOPS: [&str; 4] = [
    "J’arrête mon traitement demain.",
    "J’arrête mon traitement",
    "Parlez-en à votre médecin",
    "tel:15,tel:112,sms:114",
];
const DISTRESS: [&str; 4] =
    ["Je veux mourir.", "veux mourir", "au 3114", "tel:3114,tel:15,tel:112,sms:114"];

/// The words and the calls of all notices of a field.
async fn said(browser: &Browser, form: &Form) -> (String, String) {
    let place = format!("document.querySelector('{} ~ [data-notices]')", form.guarded);
    browser.until(&notices(form.guarded)).await;
    let role = browser.text(&format!("{place}.getAttribute('role')")).await;
    assert_eq!(role, "status", "{}: it is read out without taking the focus", form.path);
    let words = browser.text(&format!("{place}.innerText")).await;
    let calls = "[...it.querySelectorAll('a')].map((it) => it.getAttribute('href')).join()";
    (words, browser.text(&format!("((it) => {calls})({place})")).await)
}

#[tokio::test]
async fn a_notice_says_why_and_what_to_do_on_every_form() {
    let (server, forms) = all_forms();
    let browser = Browser::start(Scripts::On).await;
    for form in &forms {
        begin(&browser, &server.address(&form.path), form).await;
        for [text, quoted, words, calls] in [STOPS, DISTRESS] {
            put(&browser, form.guarded, text).await;
            browser
                .until(&format!(
                    "document.querySelector('{} ~ [data-notices]')?.textContent.includes({})",
                    form.guarded,
                    json!(words)
                ))
                .await;
            let (said, offered) = said(&browser, form).await;
            assert!(said.contains(quoted), "{}: what it is about: {said}", form.path);
            assert_eq!(offered, calls, "{}: {said}", form.path);
            let far = format!(
                "[...document.querySelectorAll('{} ~ [data-notices] a')].every((it) => \
                 it.checkVisibility() && it.textContent === it.href.split(':')[1])",
                form.guarded
            );
            assert!(browser.truth(&far).await, "{}: each says its number", form.path);
        }
        // Whoever writes to the site alone may say who they are.
        put(&browser, form.guarded, PHONE).await;
        if form.is_public {
            let place = format!("document.querySelector('{} ~ [data-notices]')", form.guarded);
            browser.until(&format!("{place}.textContent.includes('{PHONE}')")).await;
            let (said, offered) = said(&browser, form).await;
            assert!(said.contains(PHONE) && said.contains("mieux vaut l’enlever"), "{said}");
            assert_eq!(offered, "", "{}", form.path);
        } else {
            browser.until(&format!("{} === 0", notices(form.guarded))).await;
        }
    }
}

/// Watched from outside: all that the browser asks for passes here, or would be in its own list.
#[tokio::test]
async fn nothing_is_sent_while_somebody_types() {
    let (server, forms) = all_forms();
    let proxy = Proxy::before(&server.origin);
    let browser = Browser::start(Scripts::On).await;
    let resources = "performance.getEntriesByType('resource').length";
    for form in &forms {
        begin(&browser, &proxy.address(&form.path), form).await;
        // What was on its way arrives.
        tokio::time::sleep(LATER).await;
        let before = (proxy.asked().len(), browser.number(resources).await);
        assert!(10 < before.0 && 3.0 < before.1, "the watch sees what is asked: {before:?}");
        for field in form.fields {
            browser.run("document.querySelector(arguments[0]).focus()", vec![json!(field)]).await;
            browser.type_text("Je veux mourir. J’arrête mon traitement, 06 39 98 00 17 ").await;
        }
        browser.until(&notices(form.guarded)).await;
        tokio::time::sleep(LATER).await;
        let asked: Vec<String> =
            proxy.asked().split_off(before.0).into_iter().map(|it| it.path).collect();
        assert_eq!(asked, Vec::<String>::new(), "{}", form.path);
        assert_eq!(browser.number(resources).await, before.1, "{}", form.path);
        browser.run("document.querySelector('[data-draft-forget]').click()", vec![]).await;
    }
}

#[tokio::test]
async fn what_a_notice_stands_beside_is_sent_all_the_same() {
    let (server, forms) = all_forms();
    let browser = Browser::start(Scripts::On).await;
    for (at, form) in forms.iter().enumerate() {
        begin(&browser, &server.address(&form.path), form).await;
        for field in form.fields.iter().filter(|it| **it != form.guarded) {
            let text = if field.ends_with("email") { "zoe@exemple.example" } else { "Zoé" };
            put(&browser, field, text).await;
        }
        put(&browser, form.guarded, &format!("Je veux mourir, {at}.")).await;
        browser.until(&notices(form.guarded)).await;
        for it in form.boxes {
            browser.run("document.querySelector(arguments[0]).click()", vec![json!(it)]).await;
        }
        assert_eq!(
            browser.text("document.querySelector('#ecrire').checkValidity().toString()").await,
            "true",
            "{}",
            form.path
        );
        send(&browser).await;
        if form.path == "/temoignages/ecrire" {
            browser.until("document.querySelector('button[value=envoyer]')").await;
            browser.ready().await;
            browser.click("button[value=envoyer]").await;
        }
        browser.until("location.pathname.startsWith('/recus/')").await;
        browser
            .until(&format!(
                "{HEADING}.startsWith('Votre message') || {HEADING}.startsWith('Merci')"
            ))
            .await;
        assert_eq!(server.waiting(), at + 1, "{}", form.path);
    }
}
