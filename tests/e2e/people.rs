//! People take part: a comment from its form to its end, and what a page thinks of itself.

use thirtyfour::Key;

use crate::{
    accessibility::{assert_none, faults},
    support::{Browser, Folder, Scripts, Server, fixture_content, site_file},
};

pub const ARTICLE: &str = "/articles/exemple-02";
pub const HEADING: &str = "document.querySelector('h1').textContent";

/// A site of its own, with comments: what one journey writes is nothing to the others.
pub fn server() -> Server {
    server_of(&site_file())
}

fn server_of(site: &str) -> Server {
    let folder = Folder::new();
    let site = folder.write("site.toml", site);
    let server = Server::start(&["--content", &fixture_content(), "--site", &site]);
    // Read at start-up.
    drop(folder);
    server
}

pub async fn fill(browser: &Browser, field: &str, text: &str) {
    browser.click(field).await;
    browser.type_text(text).await;
}

/// Presses the form's button as late as anybody who writes does.
pub async fn send(browser: &Browser) {
    tokio::time::sleep(std::time::Duration::from_millis(3_100)).await;
    browser.click("#ecrire button[type=submit]").await;
}

/// axe is a script itself; without scripts the document is the same.
pub async fn accessible(browser: &Browser, scripts: Scripts, place: &str) {
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
        send(&browser).await;
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
        if scripts == Scripts::Off {
            browser.until("location.pathname.endsWith('/commentaires')").await;
        }
        let kept = "document.getElementById('c-body').value";
        assert_eq!(browser.text(kept).await, "Un texte <b>à garder</b> 👋", "{scripts:?}");
        browser.until("document.activeElement.id === 'erreurs'").await;
        browser.ready().await;
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
    send(&browser).await;
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
    send(&browser).await;
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

/// What helps while somebody writes is there.
async fn helped(browser: &Browser) {
    browser.until("document.documentElement.hasAttribute('data-writing')").await;
}

async fn offline(browser: &Browser, is_on: bool) {
    let conditions = serde_json::json!({
        "offline": is_on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1
    });
    browser.devtools("Network.enable", serde_json::json!({})).await;
    browser.devtools("Network.emulateNetworkConditions", conditions).await;
}

const STATUS: &str = "document.querySelector('[data-form-status]').textContent";

#[tokio::test]
async fn a_comment_that_cannot_be_sent_is_kept_and_sent_once() {
    let server = server();
    let browser = Browser::at(&server.address(ARTICLE), Scripts::On).await;
    fill(&browser, "#c-name", "Zoé").await;
    helped(&browser).await;
    fill(&browser, "#c-body", "Écrit dans un tunnel").await;
    browser.click("#c-consent").await;
    offline(&browser, true).await;
    send(&browser).await;
    browser.until("document.querySelector('form[data-failed]')").await;
    assert!(browser.text(STATUS).await.contains("Rien n’est perdu"), "told");
    assert_eq!(
        browser.text("document.getElementById('c-body').value").await,
        "Écrit dans un tunnel"
    );
    assert_none(&faults(&browser, "a form that was not sent").await);
    offline(&browser, false).await;
    browser
        .until("!document.querySelector('[data-form-status]').textContent.includes('Rien')")
        .await;
    // Impatience sends nothing twice.
    browser
        .eval("document.querySelector('#ecrire').requestSubmit(), document.querySelector('#ecrire').requestSubmit(), 1")
        .await;
    browser.until_is(HEADING, "Votre message").await;
    assert_eq!(server.waiting(), 1);
}

/// What is wrong in a form, and what it says of each field.
const WRONG: &str = "(root) => [...root.querySelectorAll(\
    '.form__summary, .field__error, #ecrire [aria-invalid]')].map((it) => it.matches('[name]') \
    ? it.id + ' ' + it.getAttribute('aria-describedby') : it.outerHTML).join('\\n')";

/// The same rules hold on the device, in the server's own words and places.
#[tokio::test]
async fn what_is_missing_is_said_where_nobody_can_be_asked() {
    let server = server();
    let browser = Browser::at(&server.address(ARTICLE), Scripts::On).await;
    fill(&browser, "#c-name", "Zoé").await;
    helped(&browser).await;
    fill(&browser, "#c-email", "zoe@").await;
    let answer = format!(
        "(async () => {{ const it = document.querySelector('#ecrire'); \
         const sent = await fetch(it.action, {{ method: 'POST', \
         body: new URLSearchParams(new FormData(it)) }}); \
         const page = new DOMParser().parseFromString(await sent.text(), 'text/html'); \
         window.said = ({WRONG})(page); }})(), 1"
    );
    browser.eval(&answer).await;
    browser.until("window.said").await;
    offline(&browser, true).await;
    browser.click("#ecrire button[type=submit]").await;
    browser.until("document.activeElement.id === 'erreurs'").await;
    let said = browser.text(&format!("({WRONG})(document)")).await;
    assert_eq!(said, browser.text("window.said").await);
    assert_eq!(said.matches("field__error").count(), 3, "{said}");
    assert_none(&faults(&browser, "a form with mistakes").await);

    fill(&browser, "#c-body", "Merci").await;
    browser.click("#c-consent").await;
    browser.eval("document.getElementById('c-email').value = '', 1").await;
    offline(&browser, false).await;
    send(&browser).await;
    browser.until_is(HEADING, "Votre message").await;
    assert_eq!(server.waiting(), 1);
}

/// Without scripts a form is the browser's alone; pressed twice it is still one message.
#[tokio::test]
async fn a_form_without_scripts_sent_again_is_one_message() {
    let server = server();
    let browser = Browser::at(&server.address(ARTICLE), Scripts::Off).await;
    let mut receipts = Vec::new();
    for _ in 0..2 {
        browser.open(&server.address(ARTICLE)).await;
        fill(&browser, "#c-name", "Zoé").await;
        fill(&browser, "#c-body", "Deux fois le même").await;
        browser.click("#c-consent").await;
        send(&browser).await;
        browser.until_is(HEADING, "Votre message").await;
        receipts.push(browser.path().await);
    }
    assert_eq!(receipts[0], receipts[1]);
    assert_eq!(server.waiting(), 1);
}

/// Faster than anybody writes, which a browser that is driven is.
#[tokio::test]
async fn whoever_is_too_fast_presses_again_and_loses_nothing() {
    let server = server();
    for scripts in Scripts::BOTH {
        let browser = Browser::start(scripts).await;
        let early = format!("{HEADING} !== 'Votre message'");
        // Where the driver is slow, the page is drawn anew until it was fast enough.
        for _ in 0..8 {
            browser.open(&server.address("/contact")).await;
            fill(&browser, "#m-subject", "a").await;
            fill(&browser, "#m-email", "a@b.fr").await;
            fill(&browser, "#m-message", "Bonjour").await;
            browser.click("#ecrire button[type=submit]").await;
            browser.until(&format!("document.activeElement.id === 'erreurs' || !({early})")).await;
            if browser.truth(&early).await {
                break;
            }
        }
        browser.ready().await;
        let kept = "document.getElementById('m-message').value";
        assert_eq!(browser.text(kept).await, "Bonjour", "{scripts:?}");
        accessible(&browser, scripts, "a form to be sent again").await;
        browser.click("#ecrire button[type=submit]").await;
        browser.until_is(HEADING, "Votre message").await;
    }
}

#[tokio::test]
async fn in_a_flood_the_device_works_and_nobody_has_to() {
    let server =
        server_of(&site_file().replace("messages_per_minute = 120", "messages_per_minute = 1"));
    for number in 0..3 {
        let browser = Browser::at(&server.address(ARTICLE), Scripts::On).await;
        fill(&browser, "#c-name", "Zoé").await;
        helped(&browser).await;
        fill(&browser, "#c-body", &format!("Texte {number}")).await;
        browser.click("#c-consent").await;
        send(&browser).await;
        browser.until_is(HEADING, "Votre message").await;
    }
    assert_eq!(server.waiting(), 3);
}

#[tokio::test]
async fn who_has_been_published_before_is_published_at_once() {
    for scripts in Scripts::BOTH {
        let server = server_of(&site_file().replace("hold = \"all\"", "hold = \"first\""));
        let browser = Browser::at(&server.address(ARTICLE), scripts).await;
        fill(&browser, "#c-name", "Zoé").await;
        fill(&browser, "#c-body", "Un premier mot").await;
        browser.click("#c-consent").await;
        send(&browser).await;
        browser.until_is(HEADING, "Votre message").await;
        let receipt = browser.path().await;
        server.decide("approve");
        browser.open(&server.address(&receipt)).await;
        browser.ready().await;
        accessible(&browser, scripts, "a receipt that leads on").await;
        if scripts == Scripts::On {
            browser.until("localStorage.getItem('known-writer')").await;
            browser.open(&server.address(ARTICLE)).await;
        } else {
            browser.click("[data-writer] a").await;
            browser.until("location.pathname.endsWith('/commentaires')").await;
        }
        fill(&browser, "#c-name", "Zoé").await;
        if scripts == Scripts::On {
            helped(&browser).await;
        }
        fill(&browser, "#c-body", "Un second mot").await;
        browser.click("#c-consent").await;
        send(&browser).await;
        browser.until_is(HEADING, "Votre message").await;
        assert!(browser.words().await.contains("Publié."), "{scripts:?}");
        browser.open(&server.address(ARTICLE)).await;
        assert_eq!(browser.text(SHOWN).await, "Zoé,Zoé", "{scripts:?}");
    }
}
