//! What readers type stays text in a real browser, wherever it is shown, and the policy never has to stop
//! anything of it.

use std::time::Duration;

use contract::form::{line, lines};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{
    desk::{PASSWORD, enter},
    hostile::WATCH,
    notices::put,
    support::{Browser, Folder, Scripts, Server, fixture_content, http, site_file},
    vectors::VECTORS,
};

const ARTICLE: &str = "/articles/exemple-02";
/// Vectors in one text: no field takes them all.
const IN_ONE: usize = 12;

pub fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// Without white space, which a page may set otherwise, as JavaScript and Rust both understand it.
pub fn dense(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace() && *it != '\u{feff}').collect()
}

/// The name under which a vector is sent.
pub fn name(at: usize) -> String {
    line(&format!("{at} {}", cut(VECTORS[at], 50)))
}

/// What was sent, by its receipts.
pub struct Receipts {
    /// Of comments and testimonials.
    pub public: Vec<String>,
    /// Of what only the site's own people read.
    pub own: Vec<String>,
}

/// A site to which each vector was sent in every field of every form.
pub fn filled() -> (Server, Receipts) {
    let folder = Folder::new();
    // Hundreds at once are a flood, for which a device would have to work.
    let file = site_file().replace("messages_per_minute = 120", "messages_per_minute = 0");
    let site = folder.write("site.toml", &file);
    let content = fixture_content();
    let more = ["--sample", "20", "--behind-proxy"];
    let server =
        Server::start(&[&["--content", &content, "--site", &site][..], &more[..]].concat());
    drop(folder);
    // Nobody else sees all kinds.
    server.add_account("Zoé", PASSWORD, "admin");
    let mut senders = 0..;
    let mut send = |path: &str, body: &Value| {
        // The order of two that arrive within a millisecond is nobody's business.
        std::thread::sleep(Duration::from_millis(2));
        // Nobody sends as much as this.
        let number: u32 = senders.next().unwrap();
        let sender = format!("10.0.{}.{}", number >> 8, number & 255);
        let path = format!("/api/v1{path}");
        let answer = http::post_json_from(&sender, &server.origin, &path, &body.to_string());
        let created: Value = serde_json::from_str(&answer.text()).unwrap();
        created["receipt"].as_str().unwrap().to_owned()
    };
    let mut public = Vec::new();
    for (at, text) in VECTORS.iter().enumerate() {
        let body = format!("{text}\n\nhttps://a.example/x fin");
        let comment = json!({ "name": name(at), "body": body, "consent": true });
        public.push(send(&format!("{ARTICLE}/comments"), &comment));
        let voice = json!({
            "name": name(at), "title": cut(text, 110), "body": text, "treatments": text, "ties": text,
            "publication": true, "processing": true,
        });
        public.push(send("/testimonials", &voice));
    }
    let list = http::get(&server.origin, "/api/v1/practitioners").text();
    let list: Value = serde_json::from_str(&list).unwrap();
    let who = list["items"][0]["id"].as_str().unwrap().to_owned();
    let mut receipts = Vec::new();
    for some in VECTORS.chunks(IN_ONE) {
        let text = some.join("\n");
        let feedback = json!({ "useful": false, "message": cut(&text, 1_000) });
        receipts.push(send(&format!("{ARTICLE}/feedback"), &feedback));
        let subject = cut(some[0], 110);
        let letter = json!({ "subject": subject, "email": "a@b.example", "message": text });
        receipts.push(send("/contact", &letter));
        let report = json!({ "body": cut(&text, 2_000) });
        receipts.push(send(&format!("/practitioners/{who}/reports"), &report));
    }
    (server, Receipts { public, own: receipts })
}

/// Nothing ran, nothing was stopped, no element came to be of it, nothing asks for a window.
pub async fn assert_quiet(browser: &Browser, place: &str) {
    assert!(!browser.truth("window.pwned").await, "{place}: something ran");
    let stopped = browser.text("window.stopped.join('\\n')").await;
    assert_eq!(stopped, "", "{place}: the policy had to stop something");
    let left = "[...document.querySelectorAll('*')].filter((it) =>
        [...it.attributes].some((it) => it.name.startsWith('on')
            || it.name !== 'value' && /^\\s*(javascript|data|vbscript):/i.test(it.value))
        || /^(object|embed|base|iframe|math|video|audio|marquee|foreignobject)$/i.test(it.localName)
        || it.localName === 'template' && !it.matches('[data-error], [data-summary]')
        || it.localName === 'script' && !(it.src ? new URL(it.src).origin === location.origin : /json$/.test(it.type))
        || it.localName === 'link' && it.rel !== 'canonical' && new URL(it.href).origin !== location.origin
        || it.localName === 'meta' && it.httpEquiv === 'refresh'
        || it.localName === 'form' && new URL(it.getAttribute('action') ?? '', location.href).origin !== location.origin
        || it.localName === 'img' && new URL(it.src).origin !== location.origin)
        .map((it) => it.outerHTML.slice(0, 160)).join('\\n')";
    assert_eq!(browser.text(left).await, "", "{place}");
}

/// The texts of all elements that `css` finds.
pub async fn texts(browser: &Browser, css: &str) -> Vec<String> {
    let all = format!("[...document.querySelectorAll({})].map((it) => it.textContent)", json!(css));
    let all = browser.eval(&all).await;
    all.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

/// Publishes all that waits, as the desk's own endpoints do.
async fn approve_all(browser: &Browser) {
    let approve = "
        const done = arguments[0];
        (async () => {
            const ask = async (path, body) => (await fetch(`/api/v1/moderation${path}`, body && {
                method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' },
            })).json();
            for (const kind of ['comment', 'testimonial']) {
                for (;;) {
                    const { items } = await ask(`?kind=${kind}`);
                    if (!items.length) break;
                    const seen = items.map(({ id, seen }) => ({ id, seen }));
                    await ask('/decisions', { verdict: 'approve', items: seen, reply: items[0].body.slice(0, 500) });
                }
            }
        })().then(() => done(''), (error) => done(String(error)));";
    let failed = browser.execute_async(approve, Vec::new()).await.unwrap();
    assert_eq!(failed.json(), &json!(""));
}

/// Comments `from` and on, as they stand on the page.
async fn assert_comments(browser: &Browser, from: usize, place: &str) {
    let names = texts(browser, ".comment__name").await;
    let bodies = texts(browser, ".comment__text").await;
    assert_eq!(names.len(), bodies.len(), "{place}");
    assert!(!names.is_empty(), "{place}");
    for (at, (shown, body)) in names.iter().zip(&bodies).enumerate() {
        let at = from + at;
        assert_eq!(shown, &name(at), "{place}");
        let typed = lines(&format!("{}\n\nhttps://a.example/x fin", VECTORS[at]));
        assert_eq!(dense(body), dense(&typed), "{place}");
    }
}

// Without scripts nothing could run.
#[tokio::test]
async fn what_readers_type_stays_text() {
    let (server, receipts) = filled();
    let browser = Browser::start(Scripts::On).await;
    browser.before_every_page(WATCH).await;
    enter(&browser, &server).await;
    assert_quiet(&browser, "the desk").await;
    // Each case as moderators see it: those that are never shown to anybody else.
    for kind in ["feedback", "message", "report"] {
        for page in 0..VECTORS.len() / IN_ONE {
            let list = format!("/moderation?kind={kind}");
            browser.goto(server.address(&list)).await.unwrap();
            let links = "document.querySelectorAll('.queue__list .item__link')";
            browser.until(&format!("{links}[{page}]")).await;
            browser.run(&format!("{links}[{page}].click()"), Vec::new()).await;
            browser.until("location.search.includes('item=')").await;
            browser.until("document.querySelector('blockquote')").await;
            assert_quiet(&browser, &format!("{list}, case {page}")).await;
        }
    }
    approve_all(&browser).await;
    for page in 1..=6 {
        let list = format!("/moderation?state=approved&page={page}");
        browser.goto(server.address(&list)).await.unwrap();
        browser.until("document.querySelector('blockquote')").await;
        assert_quiet(&browser, &list).await;
    }

    browser.open(&server.address(ARTICLE)).await;
    assert_quiet(&browser, ARTICLE).await;
    assert_comments(&browser, 0, ARTICLE).await;
    for page in 1..=4 {
        let list = format!("{ARTICLE}/commentaires?page={page}");
        browser.open(&server.address(&list)).await;
        assert_quiet(&browser, &list).await;
        assert_comments(&browser, (page - 1) * 20, &list).await;
    }
    // Once more as the app draws them itself, from JSON.
    browser.open(&server.address("/articles")).await;
    let go = format!(
        "document.querySelector('footer').insertAdjacentHTML('beforeend', `<a id='go' href='{ARTICLE}'>x</a>`);
        const link = document.getElementById('go'); link.click(); link.remove();"
    );
    browser.run(&go, Vec::new()).await;
    browser.until("document.querySelector('.comment__name')").await;
    assert_quiet(&browser, "the article by the app").await;
    assert_comments(&browser, 0, "the article by the app").await;

    for page in 1..=8 {
        let list = format!("/temoignages?page={page}");
        browser.open(&server.address(&list)).await;
        assert_quiet(&browser, &list).await;
        let bodies = texts(&browser, ".testimonial__body").await;
        assert!(!bodies.is_empty(), "{list}");
        for (at, body) in bodies.iter().enumerate() {
            // The newest first.
            let at = VECTORS.len() - 1 - ((page - 1) * 10 + at);
            assert_eq!(dense(body), dense(&lines(VECTORS[at])), "{list}");
        }
    }
    for receipt in &receipts.own {
        browser.open(&server.address(&format!("/recus/{receipt}"))).await;
        assert_quiet(&browser, "a receipt").await;
    }
    for feed in [format!("{ARTICLE}/comments.xml"), "/temoignages.xml".to_owned()] {
        let read = format!(
            "const done = arguments[0];
            fetch('{feed}').then((it) => it.text()).then((text) => {{
                const it = new DOMParser().parseFromString(text, 'text/xml');
                const names = [...it.querySelectorAll('*')].map((it) => it.localName);
                done(it.querySelector('parsererror') ? 'broken' : [...new Set(names)].sort().join());
            }});"
        );
        let names = browser.execute_async(&read, Vec::new()).await.unwrap();
        let wanted = "channel,description,guid,item,language,link,pubDate,rss,title";
        assert_eq!(names.json(), &json!(wanted), "{feed}");
        browser.goto(server.address(&feed)).await.unwrap();
        assert!(!browser.truth("window.pwned").await, "{feed}");
    }
}

/// While it is written: drafts, notices, what is missing, the preview.
#[tokio::test]
async fn what_is_being_typed_stays_text() {
    let folder = Folder::new();
    let site = folder.write("site.toml", &site_file());
    let server = Server::start(&["--content", &fixture_content(), "--site", &site]);
    drop(folder);
    let browser = Browser::start(Scripts::On).await;
    browser.before_every_page(WATCH).await;
    // What the guard points to is quoted beside the field.
    let marked = "j’arrête mon traitement, 06 39 98 00 17";
    for some in VECTORS.chunks(2 * IN_ONE) {
        let text = format!("{}\n{marked}", some.join("\n"));
        browser.open(&server.address(ARTICLE)).await;
        browser.click("#c-name").await;
        browser.until("document.documentElement.hasAttribute('data-writing')").await;
        put(&browser, "#c-name", some[0]).await;
        put(&browser, "#c-email", some[1]).await;
        put(&browser, "#c-body", &text).await;
        browser.until("document.querySelector('#c-body ~ [data-notices]')?.children.length").await;
        browser.click("#ecrire button[type=submit]").await;
        browser.until("document.activeElement.id === 'erreurs'").await;
        assert_quiet(&browser, "a form with faults").await;
        // Out of the device's memory.
        browser.open(&server.address("/articles")).await;
        browser.open(&server.address(ARTICLE)).await;
        browser.until("document.getElementById('c-body').value").await;
        assert_quiet(&browser, "a draft").await;
        let kept = browser.text("document.getElementById('c-body').value").await;
        assert_eq!(dense(&kept), dense(&text));
        browser.click("[data-draft-forget]").await;
    }
    for some in VECTORS.chunks(6) {
        browser.open(&server.address("/temoignages/ecrire")).await;
        let text = some.join("\n");
        for (field, value) in [
            ("#v-name", cut(some[0], 60)),
            ("#v-title", cut(some[1], 120)),
            ("#v-body", text.clone()),
            ("#v-treatments", cut(&text, 500)),
            ("#v-ties", cut(&text, 300)),
        ] {
            put(&browser, field, &value).await;
        }
        // With the keyboard: a driver looks where a box stands, and a notice comes before it presses.
        for consent in ["#v-publication", "#v-processing"] {
            browser.run("document.querySelector(arguments[0]).focus()", vec![json!(consent)]).await;
            browser.key(Key::Space).await;
        }
        crate::people::send(&browser).await;
        browser.until("document.querySelector('button[value=envoyer]')").await;
        browser.ready().await;
        assert_quiet(&browser, "the preview").await;
        let shown = texts(&browser, ".testimonial__body").await;
        assert_eq!(dense(&shown[0]), dense(&lines(&text)));
    }
}
