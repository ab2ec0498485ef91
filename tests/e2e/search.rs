//! Searching, from the keyboard.

use thirtyfour::Key;

use crate::support::{Browser, Scripts, Server};

const STATUS: &str = "document.querySelector('main [role=status]')?.textContent ?? ''";

#[tokio::test]
async fn words_typed_on_the_front_page_find_pages() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address("/"), scripts).await;
        browser.mark().await;
        browser.click("main input[name=q]").await;
        browser.type_text("fièvre").await;
        browser.key(Key::Enter).await;
        browser.until(&format!("/^\\d+ résultats?$/.test({STATUS})")).await;
        assert_eq!(browser.path().await, "/recherche");
        assert_eq!(browser.text("new URLSearchParams(location.search).get('q')").await, "fièvre");
        assert_eq!(
            browser.text("document.querySelector('main input[name=q]').value").await,
            "fièvre"
        );
        assert!(
            browser.truth("document.title.includes('fièvre')").await,
            "the title says what was asked"
        );
        assert_eq!(browser.marked().await, scripts == Scripts::On);

        let first = browser.text("document.querySelector('main li h2 a').textContent").await;
        browser.click("main li h2 a").await;
        browser
            .until("location.pathname !== '/recherche' && document.querySelector('main h1')")
            .await;
        browser.back().await.unwrap();
        browser.until_is("document.querySelector('main li h2 a')?.textContent", &first).await;
    }
}

#[tokio::test]
async fn a_second_search_replaces_the_first() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address("/recherche?q=allergie"), scripts).await;
        let before = browser.text("document.querySelector('main li h2').textContent").await;
        browser.click("main input[name=q]").await;
        let select = "document.activeElement.select();";
        browser.run(select, Vec::new()).await;
        browser.type_text("CAR-T").await;
        browser.key(Key::Enter).await;
        browser.until("new URLSearchParams(location.search).get('q') === 'CAR-T'").await;
        let now = "document.querySelector('main li h2')?.textContent ?? ''";
        browser
            .until(&format!("({now}) !== '' && ({now}) !== {}", serde_json::json!(before)))
            .await;
        let hit = "[...document.querySelectorAll('main li a')].some((it) => it.pathname === '/articles/cellules-car-t')";
        browser.until(hit).await;
    }
}

#[tokio::test]
async fn words_that_are_nowhere_find_ways_on() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address("/recherche?q=zzzzzz"), scripts).await;
        browser.until_is(STATUS, "0 résultat").await;
        let text = browser.words().await;
        assert!(text.contains("Rien trouvé pour"), "{text}");
        browser.click("main a[href='/glossaire']").await;
        browser.until_is("document.querySelector('main h1').textContent", "Glossaire").await;
    }
}

#[tokio::test]
async fn what_is_typed_is_text_and_nothing_else() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address("/recherche"), scripts).await;
        browser.click("main input[name=q]").await;
        browser.type_text("<zzzzzz>").await;
        browser.key(Key::Enter).await;
        browser.until("document.querySelector('main [role=status]')").await;
        assert!(!browser.truth("document.querySelector('main zzzzzz')").await);
        let text = browser.words().await;
        assert!(text.contains("<zzzzzz>"), "{text}");
    }
}
