//! `page`: how soon a reader with a slow phone and network sees an article, beside a page made by
//! hand with the same text.

use std::collections::HashMap;

use super::cores::Cores;
use super::stats::{median, number, spread};
use super::table::{Limit, Table};
use super::{ARTICLE, Bench, content, script};
use crate::failure::{Failure, Outcome};

/// Largest paint, ours to the hand-made page's: the limit and the aim.
const RATIO: f64 = 1.25;
const AIM: f64 = 1.1;

/// Values by page, side (`ours`, `static`) and name, one of each run.
type Values = HashMap<(String, String, String), Vec<f64>>;

pub fn measure(bench: &Bench) -> Outcome<Vec<Table>> {
    let server = bench.server(Cores::Any)?;
    let mut client = server.client()?;
    let mut paths = vec![ARTICLE.to_owned()];
    for path in content::longest_first(&bench.workspace.root.join("content"))? {
        if client.get(&path, "br")?.status == 200 {
            if path != ARTICLE {
                paths.push(path);
            }
            break;
        }
    }
    let lines = script::run(
        bench,
        "page.mjs",
        &[
            ("origin", &server.origin()),
            ("paths", &paths.join(",")),
            ("runs", &bench.runs.to_string()),
        ],
    )?;
    let values = values(&lines);
    paths.iter().map(|path| table(path, bench.runs, &values)).collect()
}

/// Lines of path, side, name and value; others are not figures.
fn values(lines: &[Vec<String>]) -> Values {
    let mut values = Values::new();
    for line in lines {
        if let [path, side, name, value] = line.as_slice()
            && let Ok(value) = value.parse()
        {
            values.entry((path.clone(), side.clone(), name.clone())).or_default().push(value);
        }
    }
    values
}

fn table(path: &str, runs: usize, values: &Values) -> Outcome<Table> {
    let of = |side: &str, name: &str| -> &[f64] {
        let key = (path.to_owned(), side.to_owned(), name.to_owned());
        values.get(&key).map_or(&[], Vec::as_slice)
    };
    let one = |side: &str, name: &str| {
        median(of(side, name))
            .ok_or_else(|| Failure::new(format!("{path} ({side}): no {name} was measured")))
    };
    let caption = format!(
        "Chromium, 390 × 844, empty cache, 1.6 Mbit/s, 150 ms, processor ÷ 4, {runs} runs in turn: \
         median (least–most). Beside ours: one request for a page with the same text and our \
         inline CSS, without script, in the system’s fonts ({} KB of brotli; our HTML {} KB).",
        number(one("static", "bytes")? / 1e3, 1),
        number(one("ours", "bytes")? / 1e3, 1),
    );
    let mut table = Table::new(
        &format!("Page: `{path}`"),
        &caption,
        &["", "ours", "static page", "ours / static"],
    );
    let mut row = |label: &str, name: &str, decimals: usize, limit: Option<Limit>| {
        let (ours, others) = (of("ours", name), of("static", name));
        let ratio = match (median(ours), median(others)) {
            (Some(ours), Some(other)) if other > 0.0 && name != "elements" => {
                number(ours / other, 2)
            }
            _ => String::new(),
        };
        table.row(label, &[spread(ours, decimals), spread(others, decimals), ratio], limit);
    };
    let ratio = one("ours", "lcp")? / one("static", "lcp")?;
    let at_most = |name: &str, most: f64, text: &str| -> Outcome<Option<Limit>> {
        Ok(Some(Limit::new(one("ours", name)?, most, text)))
    };
    let ratio = Limit::new(ratio, RATIO, format!("ratio ≤ {RATIO} (aim {AIM})"));
    row("first paint (FCP), ms", "fcp", 0, None);
    row("largest paint (LCP), ms", "lcp", 0, Some(ratio));
    row("layout shift (CLS)", "cls", 3, at_most("cls", 0.02, "≤ 0.02")?);
    row("blocking time, ms", "blocking", 0, at_most("blocking", 50.0, "≤ 50")?);
    row("hydrated, ms", "hydrated", 0, at_most("hydrated", 2_000.0, "≤ 2,000")?);
    row("DOM elements", "elements", 0, None);
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(figures: &[(&str, &str, &str)]) -> Vec<Vec<String>> {
        let line = |(side, name, value): &(&str, &str, &str)| {
            ["/a", side, name, value].map(str::to_owned).to_vec()
        };
        figures.iter().map(line).collect()
    }

    const COMPLETE: [(&str, &str, &str); 10] = [
        ("ours", "bytes", "20000"),
        ("static", "bytes", "12000"),
        ("ours", "lcp", "1200"),
        ("ours", "lcp", "1300"),
        ("ours", "lcp", "1100"),
        ("static", "lcp", "1000"),
        ("ours", "cls", "0"),
        ("ours", "blocking", "61"),
        ("ours", "hydrated", "1900"),
        ("ours", "elements", "900"),
    ];

    #[test]
    fn the_ratio_is_that_of_the_medians() {
        let table = table("/a", 3, &values(&lines(&COMPLETE))).unwrap().to_string();
        let row = table.lines().find(|line| line.contains("LCP")).unwrap();
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        assert_eq!(
            cells[2..7],
            ["1,200 (1,100–1,300)", "1,000", "1.20", "ratio ≤ 1.25 (aim 1.1)", "✓"]
        );
        assert!(table.lines().any(|line| line.contains("blocking") && line.contains('✗')));
    }

    #[test]
    fn a_figure_that_was_never_measured_is_a_failure() {
        let failure = table("/a", 3, &values(&lines(&COMPLETE[..8]))).map(drop).unwrap_err();
        assert_eq!(failure.to_string(), "/a (ours): no hydrated was measured");
    }
}
