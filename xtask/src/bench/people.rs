//! `people`: what it costs to keep what readers send, to show it, to find it at the desk; whether
//! anything is lost or doubled when the server is killed; what the guard costs whoever types.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::draw::Draw;
use super::stats::{number, percentile};
use super::table::{Limit, Table};
use super::{ARTICLE, Bench, script};
use crate::failure::{Failure, Outcome};
use site::{Desk, Site};

mod disk;
mod site;
mod storm;

/// Comments sent in a second, and for how long.
const RATE: usize = 500;
const SECONDS: usize = 30;
/// As many as are under way at once before one waits for its turn, which then counts.
const AT_ONCE: usize = 48;
/// Sent while the server is killed, and how often it is.
const STORM: usize = 100_000;
const KILLS: usize = 24;
/// Comments of one article, and how often some of them are asked for.
const THREAD: usize = 10_000;
const PAGES: usize = 1_000;
/// Comments on a page of the endpoint: as many as the site shows, and what there is a limit for.
const ON_A_PAGE: [usize; 2] = [20, 50];
const QUESTIONS: usize = 1_000;

pub fn measure(bench: &Bench) -> Outcome<Vec<Table>> {
    let mut table = Table::new(
        "People: the server",
        &format!(
            "SQLite, every answer on the disk before it is given. Comments are sent by a plan that \
             waits for nobody ({RATE} a second for {SECONDS} s), each time from when it was due; the rest \
             one after the other on one connection. {} comments are sent with keys while the server is \
             killed {KILLS} times at drawn moments; what got no answer is sent again.",
            number(STORM as f64, 0)
        ),
        &["", "p50", "p99", "longest"],
    );
    post(bench, &mut table)?;
    thread(bench, &mut table)?;
    storm(bench, &mut table)?;
    Ok(vec![table, guard(bench)?])
}

/// A row of times in milliseconds, with a limit for 99 of 100.
fn times(table: &mut Table, name: &str, times: &[f64], most: impl Into<Option<f64>>) {
    let of = |part| percentile(times, part).unwrap_or(f64::NAN);
    let limit = |most| Limit::new(of(0.99), most, format!("p99 ≤ {most}"));
    let cells = [of(0.5), of(0.99), of(1.0)].map(|it| number(it, 2));
    table.row(name, &cells, most.into().map(limit));
}

/// How many there are, of which there should be none.
fn none(table: &mut Table, name: &str, count: usize) {
    let limit = Limit::new(count as f64, 0.0, "0".to_owned());
    table.row(name, &[number(count as f64, 0)], Some(limit));
}

fn post(bench: &Bench, table: &mut Table) -> Outcome<()> {
    let site = Site::new(bench, "post")?;
    let flushed = disk::flushes(site.folder())?;
    let cells = [0.5, 0.99, 1.0].map(|part| percentile(&flushed, part).unwrap_or(f64::NAN));
    table.row("the disk alone, 4 KB, ms", &cells.map(|it| number(it, 2)), None);
    let server = site.start()?;
    let (next, all) = (AtomicUsize::new(0), RATE * SECONDS);
    let (taken, failed) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    // Connected, and warm, before anything is due.
    let begin = Instant::now() + Duration::from_secs(1);
    std::thread::scope(|scope| {
        for worker in 0..AT_ONCE {
            let (server, next, taken, failed) = (&server, &next, &taken, &failed);
            scope.spawn(move || {
                let Ok(mut client) = server.client() else { return };
                // Not counted: the code and its pages come into memory.
                let _ = storm::send(&mut client, all + worker);
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if all <= number {
                        return;
                    }
                    let due = begin + Duration::from_secs_f64(number as f64 / RATE as f64);
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    match storm::send(&mut client, number) {
                        Ok(201) => {
                            let time = due.elapsed().as_secs_f64() * 1e3;
                            if let Ok(mut taken) = taken.lock() {
                                taken.push(time);
                            }
                        }
                        _ => {
                            failed.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                }
            });
        }
    });
    let taken = taken.into_inner().unwrap_or_default();
    let failed = failed.into_inner();
    times(table, "a comment is kept, ms", &taken, 15.0);
    none(table, "comments that were not taken", failed);
    let kept = site.kept()?.iter().filter(|it| **it < all).count();
    none(table, "taken, and not there", taken.len().saturating_sub(kept));
    Ok(())
}

fn thread(bench: &Bench, table: &mut Table) -> Outcome<()> {
    let site = Site::new(bench, "thread")?;
    let server = site.start()?;
    storm::send_all(&server, THREAD)?;
    let mut desk = Desk::open(&site, &server)?;
    let shown = desk.approve_all()?;
    if shown != THREAD {
        return Err(Failure::new(format!("{shown} of {THREAD} comments could be approved")));
    }
    let mut client = server.client()?;
    let of = number(THREAD as f64, 0);
    let mut draw = Draw(11);
    for per_page in ON_A_PAGE {
        let path = format!("/api/v1{ARTICLE}/comments?per_page={per_page}&page=");
        let mut taken = Vec::new();
        for _ in 0..PAGES {
            let page = 1 + draw.below((THREAD / per_page) as u64);
            let asked = Instant::now();
            client.get_ok(&format!("{path}{page}"), "br")?;
            taken.push(asked.elapsed().as_secs_f64() * 1e3);
        }
        times(table, &format!("{per_page} comments of a thread of {of}, ms"), &taken, 5.0);
    }
    Ok(())
}

fn storm(bench: &Bench, table: &mut Table) -> Outcome<()> {
    let site = Site::new(bench, "storm")?;
    let begun = Instant::now();
    let kills = storm::rage(&site, STORM, KILLS)?;
    let seconds = begun.elapsed().as_secs_f64();
    let mut kept = site.kept()?;
    kept.sort_unstable();
    let all = kept.len();
    kept.dedup();
    none(
        table,
        &format!("lost of {}, {kills} kills", number(STORM as f64, 0)),
        STORM - kept.len().min(STORM),
    );
    none(table, "doubled of them", all - kept.len());
    table.row("sending them, s", &[number(seconds, 0)], None);
    let server = site.start()?;
    let mut desk = Desk::open(&site, &server)?;
    // The first question reads them all.
    desk.search("bonjour")?;
    let mut draw = Draw(13);
    let mut taken = Vec::new();
    for at in 0..QUESTIONS {
        let question = storm::question(&mut draw, at);
        let asked = Instant::now();
        desk.search(&question)?;
        taken.push(asked.elapsed().as_secs_f64() * 1e3);
    }
    times(table, &format!("search at the desk over {}, ms", number(STORM as f64, 0)), &taken, 50.0);
    Ok(())
}

fn guard(bench: &Bench) -> Outcome<Table> {
    let site = Site::new(bench, "guard")?;
    let server = site.start()?;
    let lines =
        script::run(bench, "guard.mjs", &[("origin", &server.origin()), ("path", ARTICLE)])?;
    let of = |wanted: &str, field: usize| -> Vec<f64> {
        let named = lines.iter().filter(|it| it.first().is_some_and(|it| it == wanted));
        named.filter_map(|it| it.get(field)?.parse().ok()).collect()
    };
    let mut table = Table::new(
        "People: whoever writes",
        "Chromium without a slow processor, the comment field of an article, 2,000 characters in it: \
         time of all scripts of the page while a key is pressed, when the draft is kept, and when the \
         guard looks, each for every key. Milliseconds of the processor are what our code takes; on the \
         wall, other work on the machine counts too. Sizes are bodies as they are sent.",
        &["", "p50", "p99", "longest"],
    );
    let rows = [("key", "one key"), ("draft", "the draft"), ("guard", "the guard")];
    for (name, shown) in rows {
        let clocks = [("processor", 1, Some(2.0)), ("wall", 2, None)];
        for (clock, field, limit) in clocks {
            let taken = of(name, field);
            if taken.is_empty() {
                return Err(Failure::new("xtask/bench/guard.mjs printed no measure"));
            }
            times(&mut table, &format!("{shown}, ms of the {clock}"), &taken, limit);
        }
    }
    let bytes: f64 = of("bundle", 1).iter().sum();
    table.row("fetched with the first field, KB", &[number(bytes / 1e3, 1)], None);
    Ok(table)
}
