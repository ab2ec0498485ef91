//! `search`: how long an answer takes, over many different queries.

use std::fmt::Write;
use std::time::Instant;

use super::cores::Cores;
use super::stats::{number, percentile};
use super::table::Table;
use super::{Bench, content};
use crate::failure::{Failure, Outcome};

const PATH: &str = "/api/v1/search";
const QUERIES: usize = 2_000;
/// Asked before anything is timed.
const WARMING: usize = 50;

pub fn measure(bench: &Bench) -> Outcome<Table> {
    let queries = content::queries(&bench.workspace.root.join("content"), QUERIES)?;
    let server = bench.server(Cores::Any)?;
    let mut client = server.client()?;
    for query in queries.iter().take(WARMING) {
        client.get_ok(&address(query), "br")?;
    }
    let mut times = Vec::with_capacity(queries.len());
    let mut without_hits = 0;
    for query in &queries {
        let address = address(query);
        let started = Instant::now();
        let answer = client.get_ok(&address, "br")?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
        without_hits += usize::from(answer.body.starts_with(b"{\"items\":[]"));
    }
    if without_hits == queries.len() {
        return Err(Failure::new(format!("{PATH} finds nothing for any word of the content")));
    }
    let caption = format!(
        "`GET {PATH}?q=…` from the request to the last byte of its answer, one after the other on \
         one connection: {} different queries of the content’s own words, their beginnings and \
         pairs.",
        number(queries.len() as f64, 0)
    );
    let mut table = Table::new("Search", &caption, &["", "ms"]);
    for (name, part) in [("p50", 0.5), ("p99", 0.99), ("longest", 1.0)] {
        let value = percentile(&times, part).unwrap_or(f64::NAN);
        table.row(name, &[number(value, 2)], None);
    }
    Ok(table)
}

fn address(query: &str) -> String {
    format!("{PATH}?q={}", encoded(query))
}

/// Percent-encoding of all but letters and digits.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String never fails.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_encoded_for_an_address() {
        assert_eq!(address("antigène cd19"), "/api/v1/search?q=antig%C3%A8ne%20cd19");
    }
}
