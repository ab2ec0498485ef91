//! `http`: what a kept answer costs the server, beside nginx handing out the same bytes.

use std::net::SocketAddr;

use super::cores::Cores;
use super::nginx::Nginx;
use super::stats::{median, number, spread};
use super::table::{Limit, Table};
use super::usage::processor_time;
use super::wrk::{self, Load};
use super::{ARTICLE, ARTICLE_JSON, Bench};
use crate::failure::{Failure, Outcome};
use crate::progress;

const ROUNDS: usize = 3;
const SECONDS: u32 = 4;
/// Processor time per request, ours to nginx's.
const RATIO: f64 = 2.0;

/// What is measured in one stretch.
struct Stretch {
    load: Load,
    /// Processor time of the server, in microseconds per request.
    cost: f64,
}

/// One server under load.
struct Side {
    name: &'static str,
    address: SocketAddr,
    pid: u32,
    stretches: Vec<Stretch>,
}

pub fn measure(bench: &Bench) -> Outcome<Vec<Table>> {
    let tools = bench.tools.load.as_ref();
    let tools = tools.ok_or_else(|| Failure::new("nginx and wrk were not set up"))?;
    let server = bench.server(Cores::First)?;
    let mut client = server.client()?;
    let mut answers = Vec::new();
    for (path, content_type) in [(ARTICLE, "text/html"), (ARTICLE_JSON, "application/json")] {
        answers.push((path, client.get_compressed(path, content_type)?));
    }
    let pairs: Vec<_> = answers.iter().map(|(path, answer)| (*path, answer)).collect();
    let folder = bench.workspace.target.join("xtask/bench-nginx");
    let nginx = Nginx::start(&tools.nginx, &folder, &pairs)?;

    let mut tables = Vec::new();
    for (path, answer) in &answers {
        let same = super::client::Client::connect(nginx.address)?.get_ok(path, "br")?;
        if same.body != answer.body || same.headers.len() != answer.headers.len() {
            return Err(Failure::new(format!(
                "nginx does not answer {path} as ours does: {} bytes and {} headers, not {} and {}",
                same.body.len(),
                same.headers.len(),
                answer.body.len(),
                answer.headers.len()
            )));
        }
        let mut sides =
            [("ours", server.address, server.id()), ("nginx", nginx.address, nginx.id())]
                .map(|(name, address, pid)| Side { name, address, pid, stretches: Vec::new() });
        for side in &sides {
            wrk::load(&tools.wrk, &side.url(path), 1)?;
        }
        for round in 0..ROUNDS {
            for side in &mut sides {
                side.run(&tools.wrk, path)?;
            }
            // In turn: what grows with time would otherwise favour the first.
            sides.reverse();
            progress::note(&format!("{path}, round {} of {ROUNDS}", round + 1));
        }
        sides.sort_by_key(|side| side.name != "ours");
        tables.push(table(path, answer.body.len(), answer.headers.len(), &sides));
    }
    Ok(tables)
}

impl Side {
    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn run(&mut self, wrk: &std::path::Path, path: &str) -> Outcome<()> {
        let before = processor_time(self.pid)?;
        let load = wrk::load(wrk, &self.url(path), SECONDS)?;
        let used = processor_time(self.pid)?.saturating_sub(before);
        let cost = used.as_secs_f64() * 1e6 / load.requests;
        self.stretches.push(Stretch { load, cost });
        Ok(())
    }

    fn values(&self, value: impl Fn(&Stretch) -> f64) -> Vec<f64> {
        self.stretches.iter().map(value).collect()
    }
}

fn table(path: &str, bytes: usize, headers: usize, [ours, nginx]: &[Side; 2]) -> Table {
    let caption = format!(
        "{} bytes of brotli and {headers} headers from either server, one thread each on one and \
         the same core; {} connections from another core, {ROUNDS} stretches of {SECONDS} s in \
         turn: median (least–most).",
        number(bytes as f64, 0),
        wrk::CONNECTIONS,
    );
    let mut table =
        Table::new(&format!("HTTP: `{path}`"), &caption, &["", "ours", "nginx", "ours / nginx"]);
    let mut row = |name: &str, decimals: usize, value: fn(&Stretch) -> f64, limited: bool| {
        let (one, other) = (ours.values(value), nginx.values(value));
        // Each round by itself: what else the machine does changes from round to round.
        let ratios: Vec<f64> = one.iter().zip(&other).map(|(one, other)| one / other).collect();
        let limit = limited.then(|| {
            Limit::new(median(&ratios).unwrap_or(f64::NAN), RATIO, format!("ratio ≤ {RATIO:.1}"))
        });
        let cells = [spread(&one, decimals), spread(&other, decimals), spread(&ratios, 2)];
        table.row(name, &cells, limit);
    };
    row("server processor time, µs per request", 1, |stretch| stretch.cost, true);
    row("requests per second", 0, |stretch| stretch.load.per_second, false);
    row("p50, ms", 2, |stretch| stretch.load.p50, false);
    row("p99, ms", 2, |stretch| stretch.load.p99, false);
    table
}
