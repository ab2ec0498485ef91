//! Without scripts: every page is read, every link followed, every form sent.
//!
//! The journeys of other files are made without scripts too; here is what is only found so.

use crate::support::{Browser, Scripts, Server};

#[tokio::test]
async fn every_page_can_be_read() {
    for server in [Server::real(), Server::fixture()] {
        let browser = Browser::start(Scripts::Off).await;
        let routes = server.routes();
        for path in &routes {
            browser.open(&server.address(path)).await;
            let read = "(() => {
                const title = document.querySelector('main h1');
                const text = document.querySelector('main').innerText;
                return document.querySelectorAll('main h1').length === 1 && title.checkVisibility()
                    && 40 < text.length && document.title.length > 5 && document.documentElement.lang === 'fr'
                    && document.querySelector('footer').checkVisibility();
            })()";
            assert!(browser.truth(read).await, "{path}");
            let offered =
                "[...document.querySelectorAll('header details:has(input), [data-share]')]
                .filter((it) => it.checkVisibility()).length";
            assert_eq!(
                browser.number(offered).await,
                0.0,
                "{path}: nothing is shown that cannot work"
            );
        }
    }
}

/// Follows every link of the site to its own pages: whatever is shown can be reached, and answers.
#[tokio::test]
async fn every_page_is_reached_by_links_from_the_front_page() {
    let server = Server::real();
    let browser = Browser::start(Scripts::Off).await;
    let mut known = vec!["/".to_owned()];
    let mut next = 0;
    while let Some(path) = known.get(next).cloned() {
        next += 1;
        browser.open(&server.address(&path)).await;
        let lost = browser.truth("document.title.startsWith('Cette page n’existe pas')").await;
        assert!(!lost, "{path} is linked, but is not there");
        let links = browser
            .eval("[...document.querySelectorAll('a[href^=\"/\"]')].map((it) => it.pathname)")
            .await;
        for link in links.as_array().unwrap().iter().filter_map(|it| it.as_str()) {
            // Files, and the same articles at other depths, are no pages of their own.
            let page = !link.contains('.')
                && !link.ends_with("/en-1-minute")
                && !link.ends_with("/pour-aller-plus-loin");
            if page && !known.iter().any(|it| it == link) {
                known.push(link.to_owned());
            }
        }
    }
    for route in server.routes() {
        // The search page is reached by its form.
        assert!(route == "/recherche" || known.contains(&route), "no link leads to {route}");
    }
}

#[tokio::test]
async fn lists_are_turned_page_by_page() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::fixture().address("/articles"), scripts).await;
        let titles =
            "[...document.querySelectorAll('main article h2')].map((it) => it.textContent).join()";
        let first = browser.text(titles).await;
        let at = async |page: u32| {
            let words =
                format!("/Page.{page}.sur.3/.test(document.querySelector('main').innerText)");
            browser.until(&words).await;
            let current = "document.querySelector('nav[aria-label=\"Pages de la liste\"] \
                [aria-current=page]').textContent.trim()";
            assert_eq!(browser.text(current).await, page.to_string());
        };
        browser.click("main a[rel=next]").await;
        browser.until_is("location.pathname", "/articles/page/2").await;
        at(2).await;
        assert_ne!(browser.text(titles).await, first);
        browser.click("main a[rel=next]").await;
        at(3).await;
        assert!(
            !browser.truth("document.querySelector('main a[rel=next]')").await,
            "the last page"
        );
        browser.click("main a[rel=prev]").await;
        at(2).await;
        browser.click("main a[rel=prev]").await;
        at(1).await;
        assert_eq!(browser.path().await, "/articles", "the first page is the list itself");
        browser.until_is(titles, &first).await;
        browser.click("main nav a[href='/themes/biologie']").await;
        browser.until_is("location.pathname", "/themes/biologie").await;
        browser
            .until("document.querySelector('main h1').textContent.endsWith('Biologie d’exemple')")
            .await;
    }
}

#[tokio::test]
async fn the_whole_text_is_there_without_styles_or_scripts() {
    let browser = Browser::start(Scripts::Off).await;
    browser.open(&Server::fixture().address("/articles/tout-en-un/pour-aller-plus-loin")).await;
    let text = browser.words().await;
    for words in [
        "81",
        "allaient mieux dans le groupe A",
        "Une étude inventée",
        "Urgence d’exemple",
        "Appeler le 15",
        "Un cadre d’attention",
        "un témoignage inventé",
        "Revue inventée",
        "An invented trial",
        "Camille Exemple",
        "Dominique Fictif",
    ] {
        assert!(text.contains(words), "{words}");
    }
}
