//! `directory`: how long the map, the list and the town search take to answer.

use std::time::Instant;

use super::client::Client;
use super::cores::Cores;
use super::draw::Draw;
use super::stats::{number, percentile};
use super::table::{Limit, Table};
use super::{Bench, content};
use crate::failure::Outcome;

const API: &str = "/api/v1";
const QUESTIONS: usize = 2_000;
/// Asked before anything is timed.
const WARMING: usize = 50;
/// France, as a map first shows it.
const COUNTRY: &str = "-5.5,41.2,9.8,51.2";

/// Makes one address after the other.
type Question = Box<dyn FnMut() -> String>;

impl Draw {
    /// Some of the filters, each in about half of the questions.
    fn filters(&mut self) -> String {
        let all = [
            "&profession=general_practitioner",
            "&language=en",
            "&remote=1",
            "&accessible=1",
            "&new_patients=1",
        ];
        all.into_iter().filter(|_| self.below(2) == 0).collect()
    }

    /// A screen of 1,280 by 800 pixels somewhere in France.
    fn view(&mut self) -> String {
        let zoom = 5 + self.below(13);
        let (lat, lon) =
            (42.5 + self.below(8_000) as f64 / 1e3, -4.0 + self.below(11_000) as f64 / 1e3);
        let wide = 360.0 * 1_280.0 / 256.0 / f64::from(1_u32 << zoom);
        let high = wide * 0.44;
        format!(
            "bbox={:.4},{:.4},{:.4},{:.4}&zoom={zoom}",
            (lon - wide / 2.0).max(-180.0),
            (lat - high / 2.0).max(-85.0),
            (lon + wide / 2.0).min(180.0),
            (lat + high / 2.0).min(85.0)
        )
    }
}

pub fn measure(bench: &Bench) -> Outcome<Vec<Table>> {
    [10_000, 100_000].into_iter().map(|count| of(bench, count)).collect()
}

fn of(bench: &Bench, count: u32) -> Outcome<Table> {
    let server = bench.server_with_sample(Cores::Any, count)?;
    let mut client = server.client()?;
    let mut draw = Draw(7);
    let caption = format!(
        "{} made-up practitioners; each question from the request to the last byte of its answer, \
         one after the other on one connection, {} different ones in a row.",
        number(f64::from(count), 0),
        number(QUESTIONS as f64, 0)
    );
    let title = format!("Directory of {}", number(f64::from(count), 0));
    let mut table = Table::new(&title, &caption, &["", "p50, ms", "p99, ms"]);
    let clusters = if count == 10_000 { 1.0 } else { 3.0 };
    let words = content::queries(&bench.workspace.root.join("content"), QUESTIONS)?;
    let kinds: [(&str, f64, Question); 4] = [
        ("map, no filter", clusters, {
            let mut draw = Draw(draw.below(u64::MAX));
            Box::new(move || format!("{API}/practitioners/clusters?{}", draw.view()))
        }),
        ("map, filters", clusters, {
            let mut draw = Draw(draw.below(u64::MAX));
            Box::new(move || {
                format!("{API}/practitioners/clusters?{}{}", draw.view(), draw.filters())
            })
        }),
        ("list around a place, filters", 10.0, {
            let mut draw = Draw(draw.below(u64::MAX));
            Box::new(move || {
                let (lat, lon) =
                    (42.5 + draw.below(800) as f64 / 1e2, draw.below(700) as f64 / 1e2);
                format!(
                    "{API}/practitioners?near={lat:.2},{lon:.2}&radius_m=100000{}",
                    draw.filters()
                )
            })
        }),
        ("town search", 10.0, {
            let mut words = words.into_iter().cycle();
            Box::new(move || {
                // Words of the content are typos of nothing: the hardest questions there are.
                let word: String = words.next().unwrap_or_default();
                let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
                format!("{API}/places?q={word}")
            })
        }),
    ];
    for (name, limit, mut question) in kinds {
        let times = times(&mut client, &mut question)?;
        let of = |part| percentile(&times, part).unwrap_or(f64::NAN);
        let limit = Limit::new(of(0.99), limit, format!("p99 ≤ {limit}"));
        table.row(name, &[number(of(0.5), 2), number(of(0.99), 2)], Some(limit));
    }
    let country =
        client.get_ok(&format!("{API}/practitioners/clusters?bbox={COUNTRY}&zoom=6"), "br")?;
    let size = country.body.len() as f64 / 1e3;
    let limit = Limit::new(size, 6.0, "≤ 6".to_owned());
    table.row("country view, KB of brotli", &[number(size, 1), String::new()], Some(limit));
    Ok(table)
}

fn times(client: &mut Client, question: &mut dyn FnMut() -> String) -> Outcome<Vec<f64>> {
    for _ in 0..WARMING {
        client.get_ok(&question(), "br")?;
    }
    (0..QUESTIONS)
        .map(|_| {
            let address = question();
            let started = Instant::now();
            client.get_ok(&address, "br")?;
            Ok(started.elapsed().as_secs_f64() * 1e3)
        })
        .collect()
}
