//! How long searches take: `cargo run --release -p gazetteer --example towns_timing`.
//!
//! Each query is asked three times and its best time counts: on a busy machine the others tell how
//! long the system let something else run.

#![expect(clippy::unwrap_used, reason = "a measure that cannot be taken has failed")]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use gazetteer::Gazetteer;

const LIMIT: usize = 10;

fn main() {
    let before = resident();
    let started = Instant::now();
    let gazetteer = Gazetteer::embedded().unwrap();
    let places = gazetteer.places();
    println!("read {} places in {:.0?}", places.len(), started.elapsed());
    if let (Some(before), Some(after)) = (before, resident()) {
        println!("memory: {:.1} MB", (after - before) / 1024.0);
    }

    let names = || places.iter().step_by(17).map(|it| it.name.clone());
    let prefixes = |length: usize| names().filter_map(move |it| Some(cut(&it, length)?.to_owned()));
    measure("whole names", gazetteer, names());
    for length in [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30] {
        measure(&format!("beginnings of {length}"), gazetteer, prefixes(length));
    }
    measure("first letter wrong", gazetteer, names().map(|it| format!("x{}", tail(&it))));
    measure("middle letter missing", gazetteer, names().map(|it| without_middle(&it)));
    measure("two letters too many", gazetteer, names().map(|it| format!("{it}qq")));
    let numbered = places.iter().step_by(17).map(|it| format!("{} {}", it.name, &it.area));
    measure("name and area", gazetteer, numbered);
    let codes: Vec<&String> = places.iter().flat_map(|it| &it.postcodes).collect();
    for length in 1..=5 {
        let codes = codes.iter().step_by(17).map(|it| it[..length].to_owned());
        measure(&format!("postal code, {length} digits"), gazetteer, codes);
    }
    let hard = ["saint 6", "zaint", "saint m", "sante", "l", "st", "a b c d e f g h"];
    measure("hard ones", gazetteer, hard.iter().cycle().take(700).map(|it| (*it).to_owned()));
    let long = ["saint ".repeat(40), "a".repeat(500), "é-".repeat(500), "9 a ".repeat(50)];
    measure("long ones", gazetteer, long.iter().cycle().take(400).cloned());
}

fn measure(what: &str, gazetteer: &Gazetteer, queries: impl Iterator<Item = String>) {
    let mut times = Vec::new();
    for query in queries {
        let once = || {
            let started = Instant::now();
            black_box(gazetteer.search(black_box(&query), LIMIT));
            started.elapsed()
        };
        times.extend((0..3).map(|_| once()).min());
    }
    times.sort();
    let at = |share: usize| times.get((times.len() - 1) * share / 100).copied().unwrap_or_default();
    let ms = |it: Duration| it.as_secs_f64() * 1000.0;
    println!(
        "{what:24} {:5} queries  p50 {:6.3}  p99 {:6.3}  max {:6.3} ms",
        times.len(),
        ms(at(50)),
        ms(at(99)),
        ms(at(100)),
    );
}

fn cut(name: &str, length: usize) -> Option<&str> {
    let (end, letter) = name.char_indices().nth(length - 1)?;
    name.get(..end + letter.len_utf8())
}

fn tail(name: &str) -> String {
    name.chars().skip(1).collect()
}

fn without_middle(name: &str) -> String {
    let middle = name.chars().count() / 2;
    name.chars().enumerate().filter(|(at, _)| *at != middle).map(|(_, it)| it).collect()
}

/// Memory in use, KB; unknown where there is no `/proc`.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
