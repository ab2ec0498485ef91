//! axe-core on every page: WCAG 2.2, levels A and AA.
//!
//! Without scripts axe cannot run; the document it reads is the same one (`hydration`).

use serde_json::{Value, json};

use crate::support::{Browser, Scripts, Server, tool};

const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] })
        .then((it) => done(it.violations), (error) => done(String(error)));
";

const WCAG: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// What axe finds on the page as it stands. Best practices are printed, faults are returned.
pub async fn faults(browser: &Browser, place: &str) -> Vec<String> {
    let tags = [&WCAG[..], &["best-practice"]].concat();
    let found = run(browser, place, json!({ "type": "tag", "values": tags })).await;
    let (practices, faults): (Vec<_>, Vec<_>) = found.iter().partition(|it| {
        it["tags"].as_array().unwrap().iter().all(|tag| !WCAG.iter().any(|it| tag == it))
    });
    for it in practices {
        println!("best practice: {}", describe(place, it));
    }
    faults.into_iter().map(|it| describe(place, it)).collect()
}

/// The rules that read colours: of all rules only these can change with the scheme.
pub async fn colour_faults(browser: &Browser, place: &str) -> Vec<String> {
    let rules = json!({ "type": "rule", "values": ["color-contrast", "link-in-text-block"] });
    run(browser, place, rules).await.iter().map(|it| describe(place, it)).collect()
}

async fn run(browser: &Browser, place: &str, rules: Value) -> Vec<Value> {
    if !browser.truth("window.axe").await {
        let axe = std::fs::read_to_string(tool("AXE_JS")).unwrap();
        browser.execute(axe, Vec::new()).await.unwrap();
    }
    let found = browser.execute_async(RUN, vec![rules]).await.unwrap();
    let found = found.json();
    found.as_array().cloned().unwrap_or_else(|| panic!("{place}: axe did not run: {found}"))
}

fn describe(place: &str, violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().unwrap().iter().take(5).map(|node| {
        let why = node["failureSummary"].as_str().unwrap_or_default().replace('\n', "\n      ");
        format!("\n    {} {}\n      {why}", node["target"], node["html"])
    });
    let (id, help) = (&violation["id"], &violation["help"]);
    format!("{place}: {id} {help}{}", nodes.collect::<String>())
}

#[track_caller]
pub fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} violations\n{}", faults.len(), faults.join("\n"));
}

/// Every page of the site map, and `more`, in both schemes.
async fn check_site(server: &Server, more: &[&str]) {
    let browser = Browser::start(Scripts::On).await;
    let mut all = Vec::new();
    let mut routes = server.routes();
    routes.extend(more.iter().map(|it| (*it).to_owned()));
    for path in routes {
        browser.prefer("light").await;
        browser.open(&server.address(&path)).await;
        all.extend(faults(&browser, &path).await);
        browser.prefer("dark").await;
        all.extend(colour_faults(&browser, &format!("{path} in the dark")).await);
    }
    assert_none(&all);
}

const MORE: [&str; 5] = [
    "/nulle-part",
    "/recherche?q=fi%C3%A8vre",
    "/recherche?q=zzzzzz",
    "/articles/cellules-car-t/en-1-minute",
    "/articles/cellules-car-t/pour-aller-plus-loin",
];
const MORE_INVENTED: [&str; 2] =
    ["/articles/tout-en-un/en-1-minute", "/articles/tout-en-un/pour-aller-plus-loin"];

#[tokio::test]
async fn every_page_is_free_of_violations_in_light_and_dark() {
    check_site(Server::real(), &MORE).await;
}

#[tokio::test]
async fn every_block_is_free_of_violations_in_light_and_dark() {
    check_site(Server::fixture(), &MORE_INVENTED).await;
}

/// One page of each make.
const KINDS: [&str; 8] = [
    "/",
    "/comprendre",
    "/comprendre/comparer",
    "/articles",
    "/articles/cellules-car-t/pour-aller-plus-loin",
    "/glossaire",
    "/recherche?q=fi%C3%A8vre",
    "/nulle-part",
];

#[tokio::test]
async fn narrow_screens_are_free_of_violations() {
    let browser = Browser::start(Scripts::On).await;
    browser.resize(320, 640).await;
    let mut all = Vec::new();
    for path in KINDS {
        browser.open(&Server::real().address(path)).await;
        all.extend(faults(&browser, &format!("{path} at 320 px")).await);
    }
    assert_none(&all);
}

#[tokio::test]
async fn large_text_is_free_of_violations() {
    let browser = Browser::start(Scripts::On).await;
    let mut all = Vec::new();
    for path in KINDS {
        browser.open(&Server::real().address(path)).await;
        browser.run("document.documentElement.style.fontSize = '200%';", Vec::new()).await;
        all.extend(faults(&browser, &format!("{path} at 200 %")).await);
        browser
            .run(
                "document.documentElement.style.fontSize = '';
            document.documentElement.dataset.text = 'larger';
            document.documentElement.dataset.spacing = 'wide';",
                Vec::new(),
            )
            .await;
        all.extend(faults(&browser, &format!("{path}, largest and widest")).await);
    }
    assert_none(&all);
}

#[tokio::test]
async fn the_map_is_free_of_violations_in_all_its_states() {
    let server = Server::fixture();
    let browser = Browser::start(Scripts::On).await;
    let mut all = Vec::new();
    for scheme in ["light", "dark"] {
        browser.prefer(scheme).await;
        browser.resize(1280, 900).await;
        browser.open(&server.address("/carte?town=Lyon")).await;
        browser.until("document.querySelector('.marker--single')").await;
        all.extend(faults(&browser, &format!("map ({scheme})")).await);
        browser.run("document.querySelector('.marker--single').click();", Vec::new()).await;
        browser.until("document.querySelector('.bubble')").await;
        all.extend(faults(&browser, &format!("card open ({scheme})")).await);
        browser.open(&server.address("/carte")).await;
        browser.until("document.querySelector('.marker--cluster')").await;
        browser.run("document.querySelector('.marker--cluster').focus();", Vec::new()).await;
        all.extend(faults(&browser, &format!("cluster focused ({scheme})")).await);
        browser.run("document.querySelector('#town').focus();", Vec::new()).await;
        browser.type_text("saint").await;
        browser.until("document.querySelector('#town').ariaExpanded === 'true'").await;
        all.extend(faults(&browser, &format!("towns offered ({scheme})")).await);
        browser.resize(390, 844).await;
        browser.open(&server.address("/carte?town=Lyon")).await;
        browser.click("[data-atlas=open]").await;
        browser.until("document.querySelector('#carte[role=dialog] .marker')").await;
        all.extend(faults(&browser, &format!("sheet open ({scheme})")).await);
        browser.run("document.querySelector('.marker--single').click();", Vec::new()).await;
        browser.until("document.querySelector('.bubble')").await;
        all.extend(faults(&browser, &format!("card on the sheet ({scheme})")).await);
    }
    assert_none(&all);
}

#[tokio::test]
async fn whatever_opens_is_free_of_violations() {
    let server = Server::real();
    let browser = Browser::start(Scripts::On).await;
    let mut all = Vec::new();
    for scheme in ["light", "dark"] {
        browser.prefer(scheme).await;
        browser.resize(1280, 900).await;
        for opener in ["main [popovertarget^=g-]", "main [popovertarget^=r-]"] {
            browser.open(&server.address("/articles/cellules-car-t")).await;
            browser.click(opener).await;
            browser.until("document.querySelector(':popover-open')").await;
            all.extend(faults(&browser, &format!("{opener} opened ({scheme})")).await);
        }
        browser.open(&server.address("/")).await;
        browser.click("header details:has(input) > summary").await;
        browser.until("document.querySelector('header details[open]')").await;
        all.extend(faults(&browser, &format!("comfort opened ({scheme})")).await);
        browser.resize(390, 844).await;
        browser.open(&server.address("/articles/cellules-car-t")).await;
        browser.click("main details > summary").await;
        browser.click("header details:has(nav) > summary").await;
        browser.until("document.querySelectorAll('details[open]').length === 2").await;
        all.extend(faults(&browser, &format!("menu and contents opened ({scheme})")).await);
    }
    assert_none(&all);
}
