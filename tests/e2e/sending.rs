//! What somebody writes while things go wrong: a browser that is killed, a server that fails, an answer
//! that nobody hears. With scripts alone: without, a browser keeps and sends what is typed on its own.

use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

use serde_json::json;

use crate::{
    notices::put,
    people::{HEADING, fill, send, server},
    support::{Browser, Folder, Manner, Proxy, Scripts, Server, fixture_content, http, site_file},
};

const ARTICLE: &str = "/articles/exemple-02";
const FAILED: &str = "document.querySelector('form[data-failed]:not([data-busy])')";
const STATUS: &str = "document.querySelector('[data-form-status]').textContent";

/// What can be written and where: fields, and boxes to tick.
pub struct Form {
    pub path: String,
    pub fields: &'static [&'static str],
    pub boxes: &'static [&'static str],
    /// The field whose text is looked at.
    pub guarded: &'static str,
    /// Whether everybody may read it one day.
    pub is_public: bool,
}

/// A site with all forms, and each of them.
pub fn all_forms() -> (Server, Vec<Form>) {
    let folder = Folder::new();
    let site = folder.write("site.toml", &site_file());
    let content = fixture_content();
    let server = Server::start(&["--content", &content, "--site", &site, "--sample", "20"]);
    drop(folder);
    let list = http::get(&server.origin, "/api/v1/practitioners").text();
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let who = list["items"][0]["id"].as_str().unwrap();
    let form = |path: &str, fields, boxes, guarded, is_public| Form {
        path: path.to_owned(),
        fields,
        boxes,
        guarded,
        is_public,
    };
    let forms = vec![
        form(ARTICLE, &["#c-name", "#c-email", "#c-body"], &["#c-consent"], "#c-body", true),
        form(
            &format!("{ARTICLE}/commentaires"),
            &["#c-name", "#c-email", "#c-body"],
            &["#c-consent"],
            "#c-body",
            true,
        ),
        form(
            "/temoignages/ecrire",
            &["#v-name", "#v-title", "#v-body", "#v-treatments", "#v-ties"],
            &["#v-publication", "#v-processing"],
            "#v-body",
            true,
        ),
        form("/contact", &["#m-subject", "#m-email", "#m-message"], &[], "#m-message", false),
        form(&format!("{ARTICLE}/avis"), &["#f-message"], &["#f-useful"], "#f-message", false),
        form(
            &format!("/praticiens/{who}/signaler"),
            &["#m-body", "#m-email"],
            &[],
            "#m-body",
            false,
        ),
    ];
    (server, forms)
}

/// Opens a form's page, with what helps while it is written.
pub async fn begin(browser: &Browser, address: &str, form: &Form) {
    browser.open(address).await;
    let focus = "document.querySelector(arguments[0]).focus({ preventScroll: true });";
    browser.run(focus, vec![json!(form.fields[0])]).await;
    browser.until("document.documentElement.hasAttribute('data-writing')").await;
}

fn value(field: &str) -> String {
    format!("document.querySelector('{field}').value")
}

/// Ends a browser as a lack of memory does: all of it, at once.
fn kill(profile: &Folder) {
    let lock = fs::read_link(profile.path().join("SingletonLock")).unwrap();
    let lock = lock.to_str().unwrap();
    let (_, process) = lock.rsplit_once('-').unwrap();
    assert!(Command::new("kill").args(["-KILL", process]).status().unwrap().success());
}

fn typed(form: &Form, field: &str) -> String {
    match field {
        "#c-email" | "#m-email" => "zoe@exemple.example".to_owned(),
        _ => format!("Écrit « ici » 👋 {} {field}", form.path),
    }
}

/// All that was typed is there, and nothing is agreed to.
async fn check(browser: &Browser, server: &Server, form: &Form, when: &str) {
    browser.open(&server.address(&form.path)).await;
    browser.until(&value(form.fields[0])).await;
    for field in form.fields {
        let (kept, place) = (browser.text(&value(field)).await, &form.path);
        assert_eq!(kept, typed(form, field), "{place} {field} {when}");
    }
    for it in form.boxes {
        let ticked = format!("document.querySelector('{it}').checked");
        assert!(!browser.truth(&ticked).await, "{it} {when}: a consent is given anew");
    }
}

#[tokio::test]
async fn what_is_typed_survives_a_reload_on_every_form() {
    let (server, forms) = all_forms();
    let browser = Browser::start(Scripts::On).await;
    // The comments of an article and their own page are one draft.
    let forms = forms.iter().filter(|it| !it.path.ends_with("/commentaires"));
    let forms: Vec<&Form> = forms.collect();
    for form in &forms {
        begin(&browser, &server.address(&form.path), form).await;
        for field in form.fields {
            put(&browser, field, &typed(form, field)).await;
        }
        // At once: what was typed last is kept as the page goes.
        browser.refresh().await.unwrap();
        browser.ready().await;
        browser.until(&value(form.fields[0])).await;
    }
    // Opened anew: the browser's own memory of fields, which not all of them have, ends with a reload.
    for form in forms {
        check(&browser, &server, form, "after a reload").await;
    }
    assert_eq!(server.waiting(), 0, "nothing was sent");
}

/// Whether a file of the profile's storage holds a text.
fn is_on_disk(profile: &Folder, text: &str) -> bool {
    let folder = profile.path().join("Default/Local Storage/leveldb");
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let holds = |it: Vec<u8>| it.windows(text.len()).any(|it| it == text.as_bytes());
    files.filter_map(|it| fs::read(it.path()).ok()).any(holds)
}

#[tokio::test]
async fn what_is_typed_survives_a_killed_browser() {
    let (server, forms) = all_forms();
    let form = forms.iter().find(|it| it.path == "/temoignages/ecrire").unwrap();
    let profile = Folder::new();
    {
        let browser = Browser::start_in(&profile).await;
        begin(&browser, &server.address(&form.path), form).await;
        for field in form.fields {
            put(&browser, field, &typed(form, field)).await;
        }
        // Chromium writes what pages keep to the disk after five seconds, and at least every minute: that
        // is its own affair. What a page does not keep would never be there.
        let start = Instant::now();
        while !is_on_disk(&profile, "%23v-ties") {
            assert!(start.elapsed() < Duration::from_secs(90), "the last field is never kept");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        kill(&profile);
    }
    let browser = Browser::start_in(&profile).await;
    check(&browser, &server, form, "after the browser was killed").await;
    assert_eq!(server.waiting(), 0, "nothing was sent");
}

/// Writes a comment, up to the press on the button.
async fn write(browser: &Browser, proxy: &Proxy, text: &str) {
    browser.open(&proxy.address(ARTICLE)).await;
    fill(browser, "#c-name", "Zoé").await;
    browser.until("document.documentElement.hasAttribute('data-writing')").await;
    fill(browser, "#c-body", text).await;
    browser.click("#c-consent").await;
}

#[tokio::test]
async fn a_server_that_fails_loses_nothing_and_what_is_sent_again_is_kept_once() {
    let server = server();
    let proxy = Proxy::before(&server.origin);
    let browser = Browser::start(Scripts::On).await;
    let manners = [
        (Manner::Refused(500), 0),
        (Manner::Refused(503), 0),
        (Manner::Misheard(502), 1),
        (Manner::Unheard, 1),
    ];
    for (round, (manner, kept)) in manners.into_iter().enumerate() {
        let text = format!("Écrit pendant la panne {round}");
        let before = proxy.keys().len();
        write(&browser, &proxy, &text).await;
        proxy.behave(manner);
        send(&browser).await;
        browser.until(FAILED).await;
        assert!(browser.text(STATUS).await.contains("Rien n’est perdu"), "{manner:?}: told");
        assert_eq!(browser.text(&value("#c-body")).await, text, "{manner:?}: there");
        assert_eq!(server.waiting(), round + kept, "{manner:?}");
        // It still fails, and they reload, which takes the consent back and nothing else.
        browser.click("#ecrire button[type=submit]").await;
        browser.until(FAILED).await;
        browser.refresh().await.unwrap();
        browser.ready().await;
        browser.until_is(&value("#c-body"), &text).await;
        proxy.behave(Manner::Through);
        if !browser.truth("document.querySelector('#c-consent').checked").await {
            browser.click("#c-consent").await;
        }
        send(&browser).await;
        browser.until_is(HEADING, "Votre message").await;
        browser.ready().await;
        assert_eq!(browser.text(&value("#c-body")).await, text, "{manner:?}: its own receipt");
        assert_eq!(server.waiting(), round + 1, "{manner:?}: once");
        let keys = proxy.keys();
        assert!(before + 3 <= keys.len(), "{manner:?}: three presses");
        assert!(keys[before..].iter().all(|it| *it == keys[before]), "{manner:?}: {keys:?}");
        assert!(!keys[..before].contains(&keys[before]), "{manner:?}: a message of its own");
        browser.until("!Object.keys(localStorage).some((it) => it.startsWith('draft'))").await;
        browser.open(&proxy.address(ARTICLE)).await;
        assert_eq!(browser.text(&value("#c-body")).await, "", "{manner:?}: the draft is gone");
    }
}

/// The answer was never heard, the writer changes a word: that is another message, and both are kept.
#[tokio::test]
async fn what_was_changed_after_an_unheard_answer_is_a_message_of_its_own() {
    let server = server();
    let proxy = Proxy::before(&server.origin);
    let browser = Browser::start(Scripts::On).await;
    write(&browser, &proxy, "Une phrase").await;
    proxy.behave(Manner::Unheard);
    send(&browser).await;
    browser.until(FAILED).await;
    proxy.behave(Manner::Through);
    fill(&browser, "#c-body", " de plus").await;
    browser.click("#ecrire button[type=submit]").await;
    browser.until_is(HEADING, "Votre message").await;
    let keys = proxy.keys();
    assert_ne!(keys.first(), keys.last());
    assert_eq!(server.waiting(), 2);
}

/// The preview sends by itself, without scripts: its answer is lost, and the text is still here.
#[tokio::test]
async fn a_testimonial_whose_answer_is_lost_is_written_once_more_and_kept_once() {
    let server = server();
    let proxy = Proxy::before(&server.origin);
    let browser = Browser::start(Scripts::On).await;
    let text = "Une expérience racontée une seule fois";
    for round in 0..2 {
        browser.open(&proxy.address("/temoignages/ecrire")).await;
        if round == 0 {
            fill(&browser, "#v-name", "Une voix").await;
            browser.until("document.documentElement.hasAttribute('data-writing')").await;
            fill(&browser, "#v-body", text).await;
            fill(&browser, "#v-treatments", "aucun").await;
        }
        browser.until_is(&value("#v-body"), text).await;
        browser.click("#v-publication").await;
        browser.click("#v-processing").await;
        send(&browser).await;
        browser.until("document.querySelector('button[value=envoyer]')").await;
        browser.ready().await;
        if round == 0 {
            proxy.behave(Manner::Unheard);
            browser.run("document.querySelector('button[value=envoyer]').click();", vec![]).await;
            browser.until("location.protocol === 'chrome-error:'").await;
            assert_eq!(server.waiting(), 1, "kept, unheard");
            proxy.behave(Manner::Through);
        } else {
            browser.click("button[value=envoyer]").await;
        }
    }
    browser.until_is(HEADING, "Votre message").await;
    assert_eq!(server.waiting(), 1);
}

/// Refused for good: no other press would help, so the form says why and keeps what is in it.
#[tokio::test]
async fn a_page_that_went_meanwhile_is_told_in_the_form() {
    let server = server();
    let browser = Browser::at(&server.address(ARTICLE), Scripts::On).await;
    fill(&browser, "#c-name", "Zoé").await;
    browser.until("document.documentElement.hasAttribute('data-writing')").await;
    fill(&browser, "#c-body", "Trop tard").await;
    browser.click("#c-consent").await;
    let gone = "document.querySelector('#ecrire').action = '/articles/partie/commentaires';";
    browser.run(gone, vec![]).await;
    send(&browser).await;
    browser.until(&format!("({STATUS}).includes('n’existe plus')")).await;
    browser.until(FAILED).await;
    assert_eq!(browser.text(&value("#c-body")).await, "Trop tard");
    browser.refresh().await.unwrap();
    browser.ready().await;
    browser.until_is(&value("#c-body"), "Trop tard").await;
    assert_eq!(server.waiting(), 0);
}
