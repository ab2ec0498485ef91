//! The list of practitioners and the page of each, with and without scripts.

use crate::support::{Browser, Scripts, Server};

const HEADING: &str = "document.querySelector('main h1').textContent";
const COUNT: &str = "document.querySelector('#t-list').textContent";

#[tokio::test]
async fn a_town_is_typed_and_the_nearest_come_first() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::fixture().address("/carte"), scripts).await;
        browser
            .until("document.querySelector('.ribbon').innerText.includes('Données fictives')")
            .await;
        let town = browser.one("#town").await;
        town.send_keys("lyon").await.unwrap();
        browser.click("form[role=search] button[type=submit]").await;
        browser.until(&format!("{COUNT}.includes('autour de Lyon (69)')")).await;
        assert_eq!(browser.text("document.querySelector('#town').value").await, "lyon");
        let metres = "[...document.querySelectorAll('.place__distance')].map((it) => {
            const [, number, unit] = it.textContent.match(/([\\d,]+)\\s*(k?m)/);
            return Number(number.replace(',', '.')) * (unit === 'km' ? 1000 : 1);
        })";
        let sorted = format!("(({metres}).every((it, at, all) => at === 0 || all[at - 1] <= it))");
        assert!(browser.truth(&sorted).await, "{}", browser.eval(metres).await);
    }
}

#[tokio::test]
async fn a_practitioner_has_a_page_that_says_what_is_known_and_what_is_not() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::fixture().address("/carte"), scripts).await;
        let name = browser.text("document.querySelector('.place__link').textContent").await;
        browser.click(".place__link").await;
        browser.until_is(HEADING, &name).await;
        let text = browser.words().await;
        for words in ["Données fictives", "Cabinet fictif", "Adresse", "Langues", "Source"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!browser.truth("document.querySelector('main a[href^=\"tel:\"]')").await);
        browser.back().await.unwrap();
        browser.until(&format!("{COUNT}.includes('fiche')")).await;
    }
}

#[tokio::test]
async fn a_town_that_nobody_knows_is_told_beside_what_was_typed() {
    for scripts in Scripts::BOTH {
        let address = Server::fixture().address("/carte?town=xqzxqzxqz");
        let browser = Browser::at(&address, scripts).await;
        browser
            .until("document.querySelector('[role=alert]').innerText.includes('xqzxqzxqz')")
            .await;
        assert_eq!(browser.text("document.querySelector('#town').value").await, "xqzxqzxqz");
    }
}
