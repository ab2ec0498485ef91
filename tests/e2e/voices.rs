//! Testimonials and messages to the site, with scripts and without.

use crate::{
    people::{HEADING, accessible, fill, send, server},
    support::{Browser, Scripts},
};

const WORDS: &str = "document.querySelector('.testimonial').outerHTML";

#[tokio::test]
async fn a_testimonial_is_seen_before_it_is_sent_and_gone_when_it_is_taken_back() {
    for scripts in Scripts::BOTH {
        let server = server();
        let browser = Browser::at(&server.address("/temoignages"), scripts).await;
        accessible(&browser, scripts, "no testimonials").await;
        browser.click("main a[href='/temoignages/ecrire']").await;
        browser.until_is(HEADING, "Raconter votre expérience").await;
        browser.ready().await;
        accessible(&browser, scripts, "the form of a testimonial").await;
        fill(&browser, "#v-name", "Une voix").await;
        fill(&browser, "#v-body", "Un texte <b>à moi</b>").await;
        fill(&browser, "#v-treatments", "aucun").await;
        browser.click("#v-publication").await;
        browser.click("#v-processing").await;
        send(&browser).await;
        browser.until_is(HEADING, "Aperçu de votre témoignage").await;
        browser.ready().await;
        accessible(&browser, scripts, "the preview").await;
        let preview = browser.text(WORDS).await;
        browser.click("button[value=envoyer]").await;
        browser.until_is(HEADING, "Votre message").await;
        browser.ready().await;
        let receipt = browser.path().await;
        accessible(&browser, scripts, "the receipt of a testimonial").await;

        browser.open(&server.address("/temoignages")).await;
        let none = "!document.querySelector('.testimonial')";
        assert!(browser.truth(none).await, "{scripts:?}: nobody has approved it");
        server.decide("approve");
        browser.open(&server.address("/temoignages")).await;
        assert_eq!(browser.text(WORDS).await, preview, "{scripts:?}");
        accessible(&browser, scripts, "a testimonial").await;

        browser.open(&server.address(&receipt)).await;
        browser.click(".receipt__withdraw button").await;
        browser.until_is(HEADING, "Votre message est effacé.").await;
        browser.open(&server.address("/temoignages")).await;
        assert!(browser.truth(none).await, "{scripts:?}");
    }
}

#[tokio::test]
async fn a_message_that_lacks_something_comes_back_and_then_arrives() {
    let server = server();
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&server.address("/contact"), scripts).await;
        accessible(&browser, scripts, "contact").await;
        fill(&browser, "#m-message", "Bonjour").await;
        browser.click("#ecrire button[type=submit]").await;
        browser.until("document.activeElement.id === 'erreurs'").await;
        browser.ready().await;
        accessible(&browser, scripts, "contact with faults").await;
        fill(&browser, "#m-subject", "Une question").await;
        fill(&browser, "#m-email", "zoe@example.org").await;
        send(&browser).await;
        browser.until_is(HEADING, "Votre message").await;
        assert!(browser.words().await.contains("Une question"), "{scripts:?}");
    }
}
