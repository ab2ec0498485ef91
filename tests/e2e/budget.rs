//! Bytes on the wire, as a browser with brotli gets them.

use std::io::Write;

use crate::support::{
    Browser, Scripts, Server,
    http::{self, Answer},
};

const ARTICLE: &str = "/articles/cellules-car-t";

/// Values of an attribute in the page, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&start[..]).skip(1).filter_map(|it| it.split('"').next()).collect()
}

fn fetch(path: &str) -> Answer {
    let answer = http::get_brotli(&Server::real().origin, path);
    assert_eq!(answer.status, 200, "{path}");
    answer
}

fn brotli(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 4_096, 9, 22);
    writer.write_all(bytes).unwrap();
    drop(writer);
    out.len()
}

#[test]
fn the_app_is_small() {
    let html = http::get(&Server::real().origin, ARTICLE).text();
    let mut files: Vec<_> =
        values(&html, "src").into_iter().filter(|it| it.ends_with("js")).collect();
    files.extend(values(&html, "data-js"));
    files.extend(values(&html, "data-wasm"));
    let sizes: Vec<_> = files.iter().map(|it| (*it, fetch(it))).collect();
    for (path, answer) in &sizes {
        assert_eq!(answer.header("content-encoding"), Some("br"), "{path}");
    }
    assert!(sizes.iter().any(|it| it.0.ends_with(".wasm")), "{files:?}");
    assert!(files.len() >= 3, "the app, its glue and what starts it: {files:?}");
    let sum: usize = sizes.iter().map(|it| it.1.body.len()).sum();
    assert!(sum <= 220 * 1024, "{sum} bytes");
}

/// What comes with the first field that somebody writes in: most of it is the guard's words and weights.
#[test]
fn what_helps_while_somebody_writes_is_small() {
    let files = ["/immunotheque-writing.js", "/immunotheque-writing_bg.wasm"].map(fetch);
    for it in &files {
        assert_eq!(it.header("content-encoding"), Some("br"));
    }
    let [script, wasm] = files.map(|it| it.body.len());
    assert!(0 < script && script <= 6 * 1024, "{script} bytes");
    assert!(script < wasm && wasm <= 170 * 1024, "{wasm} bytes");
}

#[test]
fn the_styles_are_small() {
    let html = http::get(&Server::real().origin, ARTICLE).text();
    let inline = html.split("<style").nth(1).and_then(|it| it.split_once('>')).unwrap().1;
    let inline = brotli(inline.split("</style>").next().unwrap().as_bytes());
    let sheets: Vec<_> =
        values(&html, "href").into_iter().filter(|it| it.ends_with(".css")).collect();
    assert!(!sheets.is_empty());
    let linked: usize = sheets.iter().map(|it| fetch(it).body.len()).sum();
    assert!(0 < inline && 0 < linked);
    assert!(inline + linked <= 20 * 1024, "{inline} bytes inline, {linked} linked");
}

#[tokio::test]
async fn the_fonts_of_a_first_visit_are_small() {
    for scripts in Scripts::BOTH {
        let browser = Browser::at(&Server::real().address(ARTICLE), scripts).await;
        let fonts =
            "performance.getEntriesByType('resource').filter((it) => it.name.endsWith('.woff2'))";
        browser.until(&format!("document.fonts.status === 'loaded' && {fonts}.length === 2")).await;
        let sum = browser
            .number(&format!("{fonts}.reduce((sum, it) => sum + it.encodedBodySize, 0)"))
            .await;
        assert!(0.0 < sum && sum <= 60.0 * 1024.0, "{sum} bytes");
    }
}

#[test]
fn text_is_sent_compressed() {
    for path in [
        "/",
        ARTICLE,
        "/glossaire",
        "/recherche?q=allergie",
        "/nulle-part",
        "/api/v1/articles",
        "/api/v1/articles/cellules-car-t",
        "/api/v1/search?q=allergie",
        "/feed.xml",
        "/sitemap.xml",
    ] {
        let answer = http::get_brotli(&Server::real().origin, path);
        assert_eq!(answer.header("content-encoding"), Some("br"), "{path}");
        let plain = http::get(&Server::real().origin, path);
        assert_eq!(plain.header("content-encoding"), None, "{path}");
        assert!(answer.body.len() * 2 < plain.body.len(), "{path}");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
    }
}
