//! People take part: a comment from its form to its end, and what a page thinks of itself.

use thirtyfour::Key;

use crate::{
    accessibility::{assert_none, faults},
    support::{Browser, Folder, Scripts, Server, fixture_content, site_file},
};

const ARTICLE: &str = "/articles/exemple-02";
const HEADING: &str = "document.querySelector('h1').textContent";

/// A site of its own, with comments: what one journey writes is nothing to the others.
fn server() -> Server {
    let folder = Folder::new();
    let site = folder.write("site.toml", &site_file());
    let server = Server::start(&["--content", &fixture_content(), "--site", &site]);
    // Read at start-up.
    drop(folder);
    server
}

async fn fill(browser: &Browser, field: &str, text: &str) {
    browser.click(field).await;
    browser.type_text(text).await;
}

/// axe is a script itself; without scripts the document is the same.
async fn accessible(browser: &Browser, scripts: Scripts, place: &str) {
    if scripts == Scripts::On {
        assert_none(&faults(browser, place).await);
    }
}

/// The names of the comments that are shown.
const SHOWN: &str =
    "[...document.querySelectorAll('.comment__name')].map((it) => it.textContent).join()";

#[tokio::test]
async fn a_comment_is_written_followed_read_by_others_and_erased() {
    for scripts in Scripts::BOTH {
        let server = server();
        let browser = Browser::at(&server.address(ARTICLE), scripts).await;
        fill(&browser, "#c-name", "Une lectrice").await;
        fill(&browser, "#c-body", "Merci. Où dormir près de l’hôpital ?").await;
        browser.click("#c-consent").await;
        browser.click("#ecrire button[type=submit]").await;
        browser.until_is(HEADING, "Votre message").await;
        browser.ready().await;
        assert!(
            browser.words().await.contains("Merci, votre message est bien arrivé"),
            "{scripts:?}"
        );
        let receipt = browser.path().await;
        accessible(&browser, scripts, "the receipt").await;

        browser.open(&server.address(ARTICLE)).await;
        assert_eq!(browser.text(SHOWN).await, "", "nobody has approved it");
        server.decide("approve");
        // Within a second, as other servers on the same database.
        for _ in 0..100 {
            browser.open(&server.address(ARTICLE)).await;
            if browser.text(SHOWN).await == "Une lectrice" {
                break;
            }
        }
        assert_eq!(browser.text(SHOWN).await, "Une lectrice", "{scripts:?}");
        browser.click(".comment__reply").await;
        browser.until("location.search.startsWith('?repondre=')").await;
        browser.ready().await;
        assert!(browser.words().await.contains("sous le commentaire de Une lectrice"));
        accessible(&browser, scripts, "an answer").await;

        browser.open(&server.address(&receipt)).await;
        assert!(browser.words().await.contains("Publié."), "{scripts:?}");
        browser.click(".receipt__erase > summary").await;
        browser.click(".receipt__erase button").await;
        browser.until_is(HEADING, "Votre message est effacé.").await;
        browser.open(&server.address(ARTICLE)).await;
        assert_eq!(browser.text(SHOWN).await, "", "{scripts:?}");
    }
}

#[tokio::test]
async fn a_form_that_comes_back_says_what_is_missing_and_keeps_the_rest() {
    let server = server();
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&server.address(ARTICLE), scripts).await;
        fill(&browser, "#c-body", "Un texte <b>à garder</b> 👋").await;
        fill(&browser, "#c-email", "sans arobase").await;
        browser.key(Key::Enter).await;
        browser.until("location.pathname.endsWith('/commentaires')").await;
        browser.ready().await;
        let kept = "document.getElementById('c-body').value";
        assert_eq!(browser.text(kept).await, "Un texte <b>à garder</b> 👋", "{scripts:?}");
        browser.until("document.activeElement.id === 'erreurs'").await;
        let links = browser
            .text("[...document.querySelectorAll('#erreurs a')].map((it) => it.hash).join()");
        assert_eq!(links.await, "#c-name,#c-email,#c-consent", "{scripts:?}");
        accessible(&browser, scripts, "a form with faults").await;
        browser.click("#erreurs a").await;
        browser
            .until("document.activeElement.id === 'c-name' || location.hash === '#c-name'")
            .await;
    }
}

#[tokio::test]
async fn a_page_is_judged_in_two_presses() {
    let server = server();
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&server.address(ARTICLE), scripts).await;
        browser.click(".feedback__choices a[href$='utile=non']").await;
        browser.until("location.pathname.endsWith('/avis')").await;
        browser.ready().await;
        assert!(browser.truth("document.querySelector('#f-useless').checked").await);
        accessible(&browser, scripts, "feedback").await;
        fill(&browser, "#f-message", "Trop de sigles").await;
        browser.click("#ecrire button[type=submit]").await;
        browser.until_is(HEADING, "Merci pour votre retour").await;
    }
}

/// Arriving inside of the app, or by the address: the same form, which works.
#[tokio::test]
async fn comments_are_there_after_a_navigation_in_the_app() {
    let server = server();
    let browser = Browser::at(&server.address("/articles"), Scripts::On).await;
    browser.mark().await;
    browser.click("main a[href^='/articles/exemple-']").await;
    browser.until("document.querySelector('#commentaires #ecrire')").await;
    assert!(browser.marked().await, "no document was loaded");
    fill(&browser, "#c-name", "Zoé").await;
    fill(&browser, "#c-body", "Depuis l’application").await;
    browser.click("#c-consent").await;
    browser.click("#ecrire button[type=submit]").await;
    browser.until_is(HEADING, "Votre message").await;
}

/// Only with scripts: without, a browser keeps what is typed on its own.
#[tokio::test]
async fn what_is_being_written_survives_a_reload_and_goes_when_it_is_sent() {
    let server = server();
    let browser = Browser::at(&server.address(ARTICLE), Scripts::On).await;
    fill(&browser, "#c-name", "Zoé").await;
    fill(&browser, "#c-body", "Un long texte").await;
    browser.click("#c-consent").await;
    let there = "document.getElementById('c-body').value";
    browser.open(&server.address("/articles")).await;
    browser.open(&server.address(ARTICLE)).await;
    assert_eq!(browser.text(there).await, "Un long texte");
    let ticked = "document.getElementById('c-consent').checked";
    assert!(!browser.truth(ticked).await, "a consent is given each time");
    browser.open(&server.address("/articles/exemple-03")).await;
    assert_eq!(browser.text(there).await, "", "another page's form is another's");

    browser.open(&server.address(ARTICLE)).await;
    browser.click("#c-consent").await;
    browser.click("#ecrire button[type=submit]").await;
    browser.until_is(HEADING, "Votre message").await;
    browser.ready().await;
    browser.open(&server.address(ARTICLE)).await;
    assert_eq!(browser.text(there).await, "");

    fill(&browser, "#c-body", "À oublier").await;
    browser.click("[data-draft-forget]").await;
    assert_eq!(browser.text(there).await, "");
    browser.open(&server.address(ARTICLE)).await;
    assert_eq!(browser.text(there).await, "");
}
