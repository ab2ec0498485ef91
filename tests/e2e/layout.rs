//! Nothing sticks out, nothing is too small to press, nothing jumps.

use serde_json::{Value, json};

use crate::support::{Browser, Scripts, Server};

/// One page of each make, invented ones with every block among them.
fn pages() -> Vec<String> {
    let real = [
        "/",
        "/comprendre",
        "/comprendre/comparer",
        "/articles",
        "/articles/page/2",
        "/themes/cancer",
        "/articles/cellules-car-t",
        "/articles/cellules-car-t/en-1-minute",
        "/articles/cellules-car-t/pour-aller-plus-loin",
        "/glossaire",
        "/references",
        "/corrections",
        "/recherche?q=fi%C3%A8vre",
        "/recherche?q=zzzzzz",
        "/mentions-legales",
        "/nulle-part",
    ];
    let invented = [
        "/",
        "/articles/tout-en-un/pour-aller-plus-loin",
        "/articles/page-sponsorisee",
        "/articles/article-corrige",
        "/comprendre/comparer",
        "/corrections",
    ];
    let real = real.iter().map(|it| Server::real().address(it));
    real.chain(invented.iter().map(|it| Server::fixture().address(it))).collect()
}

/// How far the page can be pushed sideways, and what sticks out furthest.
const SIDEWAYS: &str = "(() => {
    const root = document.documentElement;
    const over = Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth;
    if (over <= 0) return null;
    // What scrolls in a frame of its own pushes nothing.
    const out = [...document.querySelectorAll('body *')].filter((it) =>
        !it.closest('[role=region][tabindex]') && root.clientWidth < it.getBoundingClientRect().right)
        .map((it) => it.outerHTML.slice(0, 120));
    return [over, ...out.slice(0, 5)];
})()";

async fn check_width(scripts: Scripts, widths: &[u32], prepare: &str) {
    let browser = Browser::start(scripts).await;
    let mut faults = Vec::new();
    for address in pages() {
        browser.open(&address).await;
        browser.run(prepare, Vec::new()).await;
        for &width in widths {
            browser.resize(width, 800).await;
            let over = browser.eval(SIDEWAYS).await;
            if over != Value::Null {
                faults.push(format!("{address} at {width} px: {over}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn no_page_scrolls_sideways() {
    check_width(Scripts::On, &[320, 390, 768, 1280], "").await;
}

#[tokio::test]
async fn no_page_scrolls_sideways_without_scripts() {
    check_width(Scripts::Off, &[320, 1280], "").await;
}

#[tokio::test]
async fn no_page_scrolls_sideways_with_text_twice_as_large() {
    // Another word comes each week, and some are long.
    let prepare = "document.documentElement.style.fontSize = '200%';
        const word = document.querySelector('.word__term a');
        if (word) word.textContent = 'Immunohistochimiothérapie';";
    check_width(Scripts::On, &[640, 1280], prepare).await;
}

#[tokio::test]
async fn no_page_scrolls_sideways_with_the_largest_choices() {
    let prepare =
        "Object.assign(document.documentElement.dataset, { text: 'larger', spacing: 'wide' });";
    check_width(Scripts::On, &[320, 1280], prepare).await;
}

#[tokio::test]
async fn opened_notes_and_menus_stay_inside_a_narrow_screen() {
    for scripts in Scripts::BOTH {
        let browser = Browser::start(scripts).await;
        browser.resize(320, 640).await;
        browser.open(&Server::real().address("/articles/cellules-car-t")).await;
        browser.click("main div [popovertarget^=r-]").await;
        browser.until("document.querySelector(':popover-open')").await;
        let inside = |css: &str| {
            format!(
                "(() => {{ const {{ left, right }} = document.querySelector('{css}').getBoundingClientRect();
                return 0 <= left && right <= innerWidth; }})()"
            )
        };
        assert!(browser.truth(&inside(":popover-open")).await);
        browser.open(&Server::real().address("/")).await;
        browser.click("header details:has(nav) > summary").await;
        browser.until(&inside("header details nav")).await;
        assert_eq!(browser.eval(SIDEWAYS).await, Value::Null);
    }
}

#[tokio::test]
async fn what_is_pressed_is_large_enough_for_a_thumb() {
    let small = "const [css, least] = arguments;
        const all = [...document.querySelectorAll(css)].filter((it) => it.checkVisibility());
        return [all.length, all.filter((it) => {
            const { width, height } = it.getBoundingClientRect();
            return width < least || height < least;
        }).map((it) => it.outerHTML.slice(0, 120))];";
    for scripts in Scripts::BOTH {
        let browser = Browser::start(scripts).await;
        browser.resize(390, 844).await;
        let check = async |path: &str, css: &str, least: u32| {
            browser.open(&Server::real().address(path)).await;
            let found = browser.run(small, vec![json!(css), json!(least)]).await;
            assert_ne!(found[0], json!(0), "{path} has {css}");
            assert_eq!(found[1], json!([]), "{path}: smaller than {least} px");
        };
        check("/", "header summary, header a", 44).await;
        check("/", "main form button, main form input", 44).await;
        check("/articles/effets-indesirables", "a[href='tel:15'], a[href='tel:112']", 44).await;
        check("/articles/effets-indesirables", "main nav[aria-labelledby=t-depths] a", 44).await;
        check("/articles/cellules-car-t", "main button[popovertarget^=r-]", 24).await;
        check("/articles", "nav[aria-label='Pages de la liste'] a", 44).await;
        check("/glossaire", "nav[aria-label=Lettres] a", 24).await;
    }
}

/// Adds up every shift that the reader did not cause (Layout Instability, `layout-shift`).
const SHIFTS: &str = "
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const it of list.getEntries()) {
            if (!it.hadRecentInput) shifts.push([it.value, ...it.sources.map((it) => it.node?.outerHTML?.slice(0, 80))]);
        }
    }).observe({ type: 'layout-shift', buffered: true });
";

#[tokio::test]
async fn nothing_jumps_while_a_page_arrives() {
    for (width, height) in [(390, 844), (1280, 900)] {
        let browser = Browser::start(Scripts::On).await;
        browser.resize(width, height).await;
        browser.before_every_page(SHIFTS).await;
        browser.devtools("Network.enable", json!({})).await;
        // Slow enough for the text to be drawn before its fonts are there.
        let slow = json!({
            "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 100_000,
        });
        browser.devtools("Network.emulateNetworkConditions", slow).await;
        browser.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
        for path in ["/articles/cellules-car-t", "/", "/glossaire", "/comprendre/comparer"] {
            browser.open(&Server::real().address(path)).await;
            browser
                .until(
                    "[...document.fonts].filter((it) => it.status === 'loaded'
                        && !it.family.includes('repli')).length === 2",
                )
                .await;
            // A frame is drawn, and the observer told, before its values are added up.
            let drawn = "const done = arguments[arguments.length - 1];
                requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));";
            browser.execute_async(drawn, Vec::new()).await.unwrap();
            let sum = browser.number("shifts.reduce((sum, it) => sum + it[0], 0)").await;
            let shifts = browser.eval("shifts").await;
            assert!(sum <= 0.02, "{path} at {width} px shifts by {sum}: {shifts:#}");
        }
    }
}
