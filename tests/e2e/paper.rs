//! A page on paper: all of the text, nothing that can only be pressed.

use serde_json::json;

use crate::support::{Browser, Scripts, Server};

#[tokio::test]
async fn paper_carries_the_text_and_its_notes_but_no_controls() {
    for scripts in Scripts::BOTH {
        let browser =
            Browser::at(&Server::real().address("/articles/cellules-car-t"), scripts).await;
        let definitions = "[...document.querySelectorAll('main dl dt')].filter((it) =>
            it.checkVisibility() && document.querySelector(`[popovertarget^=g-]`)
            && it.closest('section')?.innerText.includes('Mots expliqués')).length";
        assert_eq!(browser.number(definitions).await, 0.0, "on the screen they open in place");
        browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
        let terms = "new Set([...document.querySelectorAll('main div [popovertarget^=g-]')]
            .map((it) => it.getAttribute('popovertarget'))).size";
        let terms = browser.number(terms).await;
        assert!(3.0 < terms);
        let defined = browser.number(definitions).await;
        assert!(terms <= defined, "{terms} terms, {defined} definitions on paper");
        let shown = "[...document.querySelectorAll('header nav, header details, form, nav[aria-labelledby=t-toc], \
            nav[aria-labelledby=t-depths], section[aria-labelledby=t-share], footer nav')]
            .filter((it) => it.checkVisibility()).map((it) => it.outerHTML.slice(0, 80)).join('\\n')";
        assert_eq!(browser.text(shown).await, "", "of no use on paper");
        for css in [
            "main h1",
            "#inconnu",
            "#sources li",
            "section[aria-labelledby=t-evidence]",
            "footer a[href='tel:15']",
        ] {
            assert!(
                browser
                    .truth(&format!("document.querySelector(\"{css}\").checkVisibility()"))
                    .await,
                "{css}"
            );
        }
        let text = browser.words().await;
        assert!(text.contains("Page imprimée depuis http"), "paper says where it is from");
    }
}

#[tokio::test]
async fn printing_gives_a_document_of_some_pages() {
    let browser =
        Browser::at(&Server::real().address("/articles/cellules-car-t"), Scripts::Off).await;
    let printed = browser.devtools("Page.printToPDF", json!({ "preferCSSPageSize": true })).await;
    let data = printed["data"].as_str().unwrap();
    // Base64 of `%PDF-`. Its length tells text and embedded fonts from an empty sheet.
    assert!(data.starts_with("JVBERi0"), "a PDF");
    assert!(40_000 < data.len(), "{} characters of it", data.len());
}

#[tokio::test]
async fn a_practitioner_fits_on_a_card_of_paper() {
    let browser = Browser::at(&Server::fixture().address("/praticiens/demo-7"), Scripts::On).await;
    // Printing itself would wait for a person.
    browser.run("window.print = () => { window.printed = true; };", Vec::new()).await;
    browser.click("[data-share=print]").await;
    browser.until("window.printed").await;
    // A4, in inches.
    let paper = json!({ "paperWidth": 8.27, "paperHeight": 11.69 });
    let printed = browser.devtools("Page.printToPDF", paper.clone()).await;
    assert!(printed["data"].as_str().unwrap().starts_with("JVBERi0"), "a PDF");
    let mut second = paper;
    second["pageRanges"] = json!("2");
    let second = browser.cdp().send_raw("Page.printToPDF", second).await;
    assert!(second.is_err(), "one sheet is enough");
}
