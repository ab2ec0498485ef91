//! What readers, moderators and files bring to the desk stays text there, and what the desk answers stays
//! text on receipts.

use serde_json::{Value, json};
use thirtyfour::By;

use crate::{
    desk::{PASSWORD, enter},
    hostile::WATCH,
    support::{Browser, Folder, Scripts, Server, fixture_content, site_file},
    typed::{assert_quiet, cut, dense, filled, texts},
    vectors::VECTORS,
};

/// Once all that it loads has come, or has been stopped.
async fn quiet_at(browser: &Browser, server: &Server, path: &str) {
    browser.goto(server.address(path)).await.unwrap();
    browser.until("document.readyState === 'complete' && document.querySelector('main h1')").await;
    assert_quiet(browser, path).await;
}

/// Refuses all that waits, each with a text of its own.
async fn reject_all(browser: &Browser) {
    let reject = "
        const [replies, done] = arguments;
        (async () => {
            const ask = async (path, body) => (await fetch(`/api/v1/moderation${path}`, body && {
                method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' },
            })).json();
            let at = 0;
            for (const kind of ['comment', 'testimonial']) {
                for (;;) {
                    const { items } = await ask(`?kind=${kind}`);
                    if (!items.length) break;
                    for (const { id, seen } of items) {
                        const reply = replies[at++ % replies.length];
                        await ask('/decisions', { verdict: 'reject', items: [{ id, seen }], reply });
                    }
                }
            }
        })().then(() => done(''), (error) => done(String(error)));";
    let failed = browser.execute_async(reject, vec![json!(VECTORS[..])]).await.unwrap();
    assert_eq!(failed.json(), &json!(""));
}

fn encode(text: &str) -> String {
    contract::route::encode(text)
}

// Without scripts nothing could run.
#[tokio::test]
async fn what_is_typed_stays_text_at_the_desk_and_on_receipts() {
    let (server, receipts) = filled();
    let browser = Browser::start(Scripts::On).await;
    browser.before_every_page(WATCH).await;
    enter(&browser, &server).await;
    quiet_at(&browser, &server, "/moderation/avis").await;
    // What is looked for stands in the field, in the links to other pages, and in what is found.
    for text in VECTORS {
        let asked = cut(text, 60);
        quiet_at(&browser, &server, &format!("/moderation?q={}", encode(&asked))).await;
        let shown = browser.text("document.querySelector('[name=q]').value").await;
        assert_eq!(dense(&shown), dense(&asked));
        quiet_at(&browser, &server, &format!("/moderation/annuaire?q={}", encode(&asked))).await;
    }
    reject_all(&browser).await;
    for page in 1..=6 {
        let list = format!("/moderation?state=rejected&page={page}");
        quiet_at(&browser, &server, &list).await;
        assert!(!browser.text("document.querySelector('[name=reply]').value").await.is_empty());
    }
    quiet_at(&browser, &server, "/moderation/journal").await;

    let mut replies = 0;
    for receipt in &receipts.public {
        quiet_at(&browser, &server, &format!("/recus/{receipt}")).await;
        let told = texts(&browser, "[aria-labelledby=t-etat] h3 + p").await;
        assert_eq!(told.len(), 1, "the reply is shown");
        assert!(
            VECTORS.iter().any(|it| dense(&told[0]) == dense(it)),
            "as it was written: {told:?}"
        );
        replies += 1;
    }
    assert_eq!(replies, 2 * VECTORS.len());
}

/// One field of a table, quoted.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[tokio::test]
async fn what_a_file_brings_stays_text_in_its_report_and_in_the_directory() {
    let folder = Folder::new();
    let site = folder.write("site.toml", &site_file());
    let mut table = "id;nom;métier;cp;ville;tel;site;adresse\n".to_owned();
    for (at, text) in VECTORS.iter().enumerate() {
        let it = quoted(text);
        // Taken with a name, refused with a town, doubtful with the rest: all of it is shown.
        let (good, bad) = (format!("v-{at}"), format!("w-{at}"));
        table += &format!("{good};{it};nurse;69003;Lyon;{it};{it};{it}\n");
        table += &format!("{bad};{it};{it};{it};{it};{it};{it};{it}\n");
    }
    let file = folder.write("annuaire.csv", &table);
    let server = Server::start(&["--content", &fixture_content(), "--site", &site]);
    server.add_account("Zoé", PASSWORD, "admin");
    let browser = Browser::start(Scripts::On).await;
    browser.before_every_page(WATCH).await;
    crate::sitting::enter_at(&browser, &server, "/moderation/annuaire/import").await;
    browser.find(By::Css("#i-file")).await.unwrap().send_keys(&file).await.unwrap();
    browser.click("#i-source").await;
    browser.type_text(VECTORS[6]).await;
    browser.click("form[enctype] button[type=submit]").await;
    browser.until("document.querySelector('#t-remarques')").await;
    assert_quiet(&browser, "the report").await;
    let values = texts(&browser, "#t-remarques ~ * td:nth-child(3)").await;
    let shown = |it: &&&str| values.iter().any(|value| dense(value) == dense(it));
    let count = VECTORS.iter().filter(shown).count();
    assert!(VECTORS.len() / 2 < count, "{count} of them are quoted as they stand: {values:?}");

    browser.click("#i-partial").await;
    browser.click("form[action$=confirmer] button").await;
    browser.until("document.querySelector('.told')").await;
    assert_quiet(&browser, "the directory after it").await;
    let names =
        "[...document.querySelectorAll('main a[href^=\"/moderation/annuaire/v-\"]')].length";
    assert!(0.0 < browser.number(names).await, "they are in it");
    quiet_at(&browser, &server, "/moderation/journal").await;
    // Those that were taken, wherever they stand in the list.
    let mut entries: Vec<String> = Vec::new();
    for page in 1..=8 {
        quiet_at(&browser, &server, &format!("/moderation/annuaire?page={page}")).await;
        let all = "[...document.querySelectorAll('main a[href^=\"/moderation/annuaire/v-\"]')]\
            .map((it) => it.pathname)";
        let all: Value = browser.eval(all).await;
        entries.extend(all.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()));
    }
    entries.sort();
    entries.dedup();
    assert!(VECTORS.len() / 2 < entries.len(), "most names are taken: {}", entries.len());
    for path in entries {
        quiet_at(&browser, &server, &path).await;
        let name = browser.text("document.querySelector('form.form [name=name]').value").await;
        let typed = VECTORS.iter().any(|it| dense(it) == dense(&name));
        assert!(typed, "{path}: {name}");
    }
}

/// Who has an account, and what somebody tried to sign in as.
#[tokio::test]
async fn what_is_typed_at_the_door_and_for_accounts_stays_text() {
    let folder = Folder::new();
    let site = folder.write("site.toml", &site_file());
    let server = Server::start(&["--content", &fixture_content(), "--site", &site]);
    drop(folder);
    server.add_account("Zoé", PASSWORD, "admin");
    let browser = Browser::start(Scripts::On).await;
    browser.before_every_page(WATCH).await;
    let submit = "const [form, fields] = arguments;
        const it = document.querySelector(form);
        it.noValidate = true;
        for (const [name, value] of fields) it.elements[name].value = value;
        it.requestSubmit(it.querySelector('button'));";
    // Few may be tried: each try is slow, and counted.
    for text in VECTORS.iter().step_by(16) {
        browser.goto(server.address("/moderation")).await.unwrap();
        let fields = json!([["name", cut(text, 60)], ["password", text]]);
        browser.run(submit, vec![json!("form.door"), fields]).await;
        browser.until("document.querySelector('.door [role=alert]')").await;
        assert_quiet(&browser, "the door").await;
        let kept = browser.text("document.querySelector('[name=name]').value").await;
        assert_eq!(dense(&kept), dense(&cut(text, 60)));
    }
    crate::sitting::enter_at(&browser, &server, "/moderation/comptes").await;
    for text in VECTORS.iter().step_by(6) {
        quiet_at(&browser, &server, "/moderation/comptes").await;
        let fields = json!([["account", cut(text, 60)]]);
        let form = "form:has([name=account][type=text])";
        browser.run("window.old = true;", vec![]).await;
        browser.run(submit, vec![json!(form), fields]).await;
        browser.until("!window.old && document.querySelector('main h1')").await;
        assert_quiet(&browser, "the accounts").await;
    }
    let there = browser.text("document.querySelector('main').innerText").await;
    assert!(there.contains("window.pwned=1"), "some of them are names: {there}");
}
