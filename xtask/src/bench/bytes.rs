//! `bytes`: what a first visit to an article takes over the wire.

use super::cores::Cores;
use super::stats::number;
use super::table::{Limit, Table};
use super::{ARTICLE, ARTICLE_JSON, Bench, script};
use crate::failure::{Failure, Outcome};

/// Limits in KB of 1,000 bytes.
const SCRIPTS: f64 = 200.0;
const STYLES: f64 = 20.0;
const FONTS: f64 = 60.0;

/// One answer of a first load.
#[derive(Debug)]
struct Loaded {
    url: String,
    bytes: f64,
}

impl Loaded {
    fn path(&self) -> &str {
        let after_scheme = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        let path = after_scheme.find('/').map_or("", |start| &after_scheme[start..]);
        path.split(['?', '#']).next().unwrap_or_default()
    }

    fn ends(&self, extensions: &[&str]) -> bool {
        extensions.iter().any(|extension| self.path().ends_with(extension))
    }
}

pub fn measure(bench: &Bench) -> Outcome<Table> {
    let server = bench.server(Cores::Any)?;
    // In a connection and answer of its own: the page needs no such request.
    let json = server.client()?.get_compressed(ARTICLE_JSON, "application/json")?;
    let lines =
        script::run(bench, "bytes.mjs", &[("origin", &server.origin()), ("path", ARTICLE)])?;
    let (loaded, inline) = read(&lines)?;
    Ok(table(&server.origin(), &loaded, inline, json.body.len() as f64))
}

/// Lines `request URL bytes`, and one `inline bytes` for the page's own style.
fn read(lines: &[Vec<String>]) -> Outcome<(Vec<Loaded>, f64)> {
    let unusable = || Failure::new("xtask/bench/bytes.mjs printed what is no measure");
    let mut loaded = Vec::new();
    let mut inline = None;
    for line in lines {
        let fields: Vec<&str> = line.iter().map(String::as_str).collect();
        match fields.as_slice() {
            ["request", url, bytes] => loaded.push(Loaded {
                url: (*url).to_owned(),
                bytes: bytes.parse().map_err(|_| unusable())?,
            }),
            ["inline", bytes] => inline = bytes.parse().ok(),
            _ => return Err(unusable()),
        }
    }
    Ok((loaded, inline.ok_or_else(unusable)?))
}

fn table(origin: &str, loaded: &[Loaded], inline: f64, json: f64) -> Table {
    let sum = |belongs: &dyn Fn(&Loaded) -> bool| -> f64 {
        loaded.iter().filter(|it| belongs(it)).map(|it| it.bytes).sum()
    };
    let wasm = sum(&|it| it.ends(&[".wasm"]));
    let js = sum(&|it| it.ends(&[".js", ".mjs"]));
    let css = sum(&|it| it.ends(&[".css"]));
    let fonts = sum(&|it| it.ends(&[".woff2", ".woff"]));
    let html = sum(&|it| it.path() == ARTICLE);
    let all = sum(&|_| true);

    let caption = format!(
        "First load of `{ARTICLE}` with an empty cache; bodies as they are sent, 1 KB = 1,000 bytes."
    );
    let mut table = Table::new("Bytes", &caption, &["", "KB"]);
    let kb = |bytes: f64| [number(bytes / 1e3, 1)];
    let at_most = |bytes: f64, most: f64| {
        Some(Limit::new(bytes / 1e3, most, format!("≤ {}", number(most, 0))))
    };
    table.row("wasm", &kb(wasm), None);
    table.row("JS", &kb(js), None);
    table.row("wasm and JS", &kb(wasm + js), at_most(wasm + js, SCRIPTS));
    table.row("CSS in the page (compressed alone)", &kb(inline), None);
    table.row("CSS file", &kb(css), None);
    table.row("CSS", &kb(inline + css), at_most(inline + css, STYLES));
    table.row("fonts", &kb(fonts), at_most(fonts, FONTS));
    table.row("HTML of the article", &kb(html), None);
    table.row("the article as JSON (not loaded here)", &kb(json), None);
    table.row("icons, drawings and the rest", &kb(all - wasm - js - css - fonts - html), None);
    table.row("all", &kb(all), None);

    let elsewhere =
        loaded.iter().filter(|it| !it.url.starts_with(&format!("{origin}/"))).count() as f64;
    table.row("requests", &[number(loaded.len() as f64, 0)], None);
    table.row(
        "requests to other hosts",
        &[number(elsewhere, 0)],
        Some(Limit::new(elsewhere, 0.0, "none")),
    );
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[&[&str]]) -> Vec<Vec<String>> {
        lines.iter().map(|line| line.iter().map(|it| (*it).to_owned()).collect()).collect()
    }

    #[test]
    fn requests_are_counted_by_what_they_bring_and_where_they_go() {
        let page = format!("http://127.0.0.1:1{ARTICLE}");
        let lines = lines(&[
            &["request", &page, "20000"],
            &["request", "http://127.0.0.1:1/app.wasm", "150000"],
            &["request", "http://127.0.0.1:1/boot.mjs?v=1", "40000"],
            &["request", "http://127.0.0.1:10/spy.gif", "43"],
            &["inline", "6000"],
        ]);
        let (loaded, inline) = read(&lines).unwrap();
        let table = table("http://127.0.0.1:1", &loaded, inline, 9e3).to_string();
        let row = |name: &str| {
            let row = table.lines().find(|line| line.starts_with(&format!("| {name} "))).unwrap();
            row.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()[2..5].join(" ")
        };
        assert_eq!(row("wasm and JS"), "190.0 ≤ 200 ✓");
        assert_eq!(row("HTML of the article"), "20.0  ");
        assert_eq!(row("requests"), "4  ");
        assert_eq!(row("requests to other hosts"), "1 none ✗");
    }

    #[test]
    fn output_that_is_no_measure_is_refused() {
        assert!(read(&lines(&[&["request", "http://x/"]])).is_err());
        assert!(read(&lines(&[&["request", "http://x/", "1"]])).is_err(), "no inline style");
    }
}
