//! How long questions take, on seeded points spread like people over metropolitan France.
//!
//! `cargo run --release -p clusters --example clusters_timing`

use std::{hint::black_box, time::Instant};

use clusters::{Bbox, Index, Point};

const FRANCE: Bbox = Bbox { west: -5.2, south: 41.3, east: 9.6, north: 51.1 };
const QUESTIONS: usize = 200;

/// What part of the world is asked for: name, zooms, and whether a screen's worth of it.
const KINDS: [(&str, [u8; 2], View); 8] = [
    ("country 5-6", [5, 6], View::Screen),
    ("region 8-9", [8, 9], View::Screen),
    ("town 12-13", [12, 13], View::Screen),
    ("street 16-18", [16, 18], View::Screen),
    ("all of it 0-6", [0, 6], View::World),
    ("all of it 7-11", [7, 11], View::World),
    ("all of it 12-15", [12, 15], View::World),
    ("all of it 16-18", [16, 18], View::World),
];

#[derive(Clone, Copy)]
enum View {
    /// 1280 × 800 px around a point that is there.
    Screen,
    World,
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let it = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    /// 0 to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Normally distributed around 0 (Box and Muller).
    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.part()).ln()).sqrt() * (std::f64::consts::TAU * self.part()).cos()
    }

    fn anywhere(&mut self) -> Point {
        Point {
            lat: FRANCE.south + self.part() * (FRANCE.north - FRANCE.south),
            lon: FRANCE.west + self.part() * (FRANCE.east - FRANCE.west),
        }
    }
}

/// Three quarters in 600 towns of sizes as Zipf has them, the rest in the country, and 8 % of all at
/// an address where somebody is already.
fn people(count: usize) -> Vec<Point> {
    let mut seeded = Seeded(7);
    let towns: Vec<Point> = (0..600).map(|_| seeded.anywhere()).collect();
    let mut points: Vec<Point> = Vec::new();
    while points.len() < count {
        let kind = seeded.part();
        points.push(if kind < 0.08 && !points.is_empty() {
            points[seeded.below(points.len())]
        } else if kind < 0.25 {
            seeded.anywhere()
        } else {
            let rank = (towns.len() as f64).powf(seeded.part());
            let town = towns[(rank as usize - 1).min(towns.len() - 1)];
            let spread = 0.06 / rank.powf(0.4);
            Point {
                lat: town.lat + seeded.normal() * spread,
                lon: town.lon + seeded.normal() * spread * 1.4,
            }
        });
    }
    points
}

fn bbox(view: View, zoom: u8, centre: Point) -> Bbox {
    match view {
        View::World => Bbox::WORLD,
        View::Screen => {
            let degrees = 360.0 / 256.0 / f64::from(1_u32 << zoom);
            let (width, height) =
                (640.0 * degrees, 400.0 * degrees * centre.lat.to_radians().cos());
            Bbox {
                west: centre.lon - width,
                south: centre.lat - height,
                east: centre.lon + width,
                north: centre.lat + height,
            }
        }
    }
}

/// The least of three, since other programs take their turn on the processor: each a few milliseconds.
fn best<T>(work: impl Fn() -> T) -> (f64, T) {
    let (first, it) = milliseconds(&work);
    (first.min(milliseconds(&work).0).min(milliseconds(&work).0), it)
}

/// Milliseconds that half of them, 99 of 100, and all take at most.
fn spread(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part).ceil() as usize];
    format!("{:8.3} {:8.3} {:8.3}", at(0.5), at(0.99), at(1.0))
}

fn milliseconds<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let it = black_box(work());
    (start.elapsed().as_secs_f64() * 1e3, it)
}

fn main() {
    for count in [1_000, 10_000, 100_000] {
        let points = people(count);
        let built: Vec<f64> = (0..10).map(|_| best(|| Index::new(&points)).0).collect();
        let index = Index::new(&points);
        println!(
            "\n{count} points, {} KB; times in ms      p50      p99      max",
            index.bytes() / 1000
        );
        println!("  {:34}{}", "building", spread(built));
        // As a server would know them: for each point whether it is wanted.
        let mut seeded = Seeded(11);
        let chosen: Vec<f64> = points.iter().map(|_| seeded.part()).collect();
        for (name, zooms, view) in KINDS {
            for (share, keeps) in [(1.0, "all"), (0.2, "20 %"), (0.02, "2 %")] {
                let wanted: Vec<bool> = chosen.iter().map(|it| *it < share).collect();
                let (mut times, mut opened, mut found) = (Vec::new(), Vec::new(), 0);
                for _ in 0..QUESTIONS {
                    let zoom = zooms[0] + seeded.below(usize::from(zooms[1] - zooms[0]) + 1) as u8;
                    let bbox = bbox(view, zoom, points[seeded.below(points.len())]);
                    let keep = |it: u32| wanted[it as usize];
                    let (time, clusters) = best(|| index.clusters(bbox, zoom, keep));
                    times.push(time);
                    found += clusters.len();
                    if !clusters.is_empty() {
                        let id = clusters[seeded.below(clusters.len())].id;
                        opened.push(best(|| index.expansion_zoom(id, keep)).0);
                    }
                }
                let clusters = format!("{} clusters", found / QUESTIONS);
                print!("  {name:16}{keeps:>5}{clusters:>15}{}", spread(times));
                println!("   opening one{}", spread(opened));
            }
        }
    }
}
