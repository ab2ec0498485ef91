//! Weights of words, learned from labelled lines: a linear model for each kind, a support vector
//! machine with squared hinge loss, solved by coordinate descent on its dual (Hsieh et al., 2008).
//! Only sums, products and quotients, in one order: the same weights come out on any machine.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt::Write as _,
    fs,
    path::Path,
};

use guard::{Kind, evidence};

pub const KINDS: [Kind; 2] = [Kind::StopsTreatment, Kind::Distress];

/// The first block of lines that rules were not tuned on: only there they say how far to trust them.
pub const TUNED: usize = 3;
/// A feature counts if so many lines have it.
const MIN_LINES: usize = 4;
/// What an error costs, against large weights; and how many times that, if a label is missed.
const COST: f64 = 0.01;
const MISSED: f64 = 2.0;
/// How often all lines are gone through.
const ROUNDS: usize = 30;
/// What the feature of every line counts.
const ALWAYS: f64 = 1.6;
/// The weight 1 in the file.
const UNIT: f64 = 200.0;
/// Rounded weights up to this are left out: nothing is found by them.
const LIGHT: i32 = 4;
/// A sum above this is found; what a rule adds to a sum. Chosen by what `main` prints.
pub const LEAST: [f64; 2] = [0.15, 0.03];
pub const RULE: [f64; 2] = [0.3, 0.4];

/// A labelled line.
pub struct Line {
    pub labels: [bool; 2],
    /// A rule finds it.
    pub ruled: [bool; 2],
    /// Number of the block it stands in.
    pub block: usize,
    /// Numbers of its features, and how often it has them.
    features: Vec<(usize, f64)>,
}

/// Lines and the names of their features, of which the first is every line's.
pub struct Corpus {
    pub lines: Vec<Line>,
    names: Vec<String>,
}

impl Corpus {
    /// Reads `corpus/tuning.tsv` of the crate at `root`.
    pub fn read(root: &Path) -> Result<Self, Box<dyn Error>> {
        let source = fs::read_to_string(root.join("corpus/tuning.tsv"))?;
        let mut read = Vec::new();
        let mut block = 0;
        for line in source.lines() {
            block += usize::from(line.starts_with('#'));
            if let Some((labels, text)) = line.split_once('\t') {
                let labels = KINDS.map(|kind| labels.split(',').any(|it| it == kind.name()));
                let mut evidence = evidence(text);
                if TUNED <= block {
                    evidence.features.append(&mut evidence.fits);
                }
                read.push((labels, block, evidence));
            }
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (.., it) in &read {
            for name in it.features.iter().collect::<BTreeSet<_>>() {
                *counts.entry(name).or_default() += 1;
            }
        }
        let common = counts.into_iter().filter(|it| MIN_LINES <= it.1).map(|it| it.0.to_owned());
        let names: Vec<String> = ["=always".to_owned()].into_iter().chain(common).collect();
        let numbers: BTreeMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
        let line = |(labels, block, it): ([bool; 2], usize, guard::Evidence)| {
            let mut features = BTreeMap::from([(0, ALWAYS)]);
            for number in it.features.iter().filter_map(|it| numbers.get(it.as_str())) {
                *features.entry(*number).or_default() += 1.0;
            }
            let ruled = KINDS.map(|kind| it.ruled.contains(&kind));
            Line { labels, ruled, block, features: features.into_iter().collect() }
        };
        let lines = read.into_iter().map(line).collect();
        Ok(Self { lines, names })
    }

    /// Weights for a kind, learned from all lines but those of one fold of five.
    pub fn learn(&self, kind: usize, but: Option<usize>) -> Vec<f64> {
        let lines: Vec<_> = self.lines.iter().zip(0..).filter(|it| Some(it.1 % 5) != but).collect();
        let norms: Vec<f64> = lines.iter().map(|it| dot(&it.0.features, &it.0.features)).collect();
        let mut weights = vec![0.0; self.names.len()];
        let mut duals = vec![0.0; lines.len()];
        let mut order: Vec<usize> = (0..lines.len()).collect();
        let mut seed = 1_u64;
        for _ in 0..ROUNDS {
            for at in (1..order.len()).rev() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                order.swap(at, (seed >> 33) as usize % (at + 1));
            }
            for &at in &order {
                let (line, _) = lines[at];
                let (sign, cost) =
                    if line.labels[kind] { (1.0, COST * MISSED) } else { (-1.0, COST) };
                let ridge = 0.5 / cost;
                let slope = sign * sum(&weights, line) - 1.0 + duals[at] * ridge;
                let dual = f64::max(duals[at] - slope / (norms[at] + ridge), 0.0);
                let by = (dual - duals[at]) * sign;
                duals[at] = dual;
                for (number, count) in &line.features {
                    weights[*number] += by * count;
                }
            }
        }
        weights
    }

    /// The file of weights.
    pub fn file(&self) -> String {
        let learned = [0, 1].map(|kind| self.learn(kind, None));
        let round = |it: f64| (it * UNIT).round() as i32;
        let mut out = String::from(
            "# What words weigh for stops_treatment and for distress, in 200ths; `src/score.rs` says how.\n\
             # Made from corpus/tuning.tsv by `cargo run --release -p guard --example train`.\n",
        );
        let mut row = |name: &str, weights: [i32; 2]| {
            let _ = writeln!(out, "{name}\t{}\t{}", weights[0], weights[1]);
        };
        row("=always", [0, 1].map(|kind| round(learned[kind][0] * ALWAYS - LEAST[kind])));
        row("=rule", RULE.map(round));
        for (number, name) in self.names.iter().enumerate().skip(1) {
            let weights = [0, 1].map(|kind| round(learned[kind][number]).clamp(-127, 127));
            if weights.iter().any(|it| LIGHT < it.abs()) {
                row(name, weights);
            }
        }
        out
    }
}

fn dot(a: &[(usize, f64)], b: &[(usize, f64)]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a.1 * b.1).sum()
}

/// What a line's features weigh.
pub fn sum(weights: &[f64], line: &Line) -> f64 {
    line.features.iter().map(|(number, count)| weights[*number] * count).sum()
}
