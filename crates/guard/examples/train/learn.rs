//! Weights of words, learned from labelled lines: a linear model for each kind, a support vector
//! machine with squared hinge loss, solved by coordinate descent on its dual (Hsieh et al., 2008).
//! A feature counts the more the less often it occurs, and the more it parts lines with a label from
//! those without (after Wang and Manning, 2012). It is solved again and again, each time with the
//! features that said most: few are left to be carried to the device. Only sums, products, quotients
//! and square roots, in one order: the same weights come out on any machine.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt::Write as _,
    fs,
    path::Path,
};

use guard::{Kind, evidence};

pub const KINDS: [Kind; 2] = [Kind::StopsTreatment, Kind::Distress];

/// A feature counts if so many lines have it.
const MIN_LINES: usize = 3;
/// How many features are left for a kind, each time it is solved again. With 45,000 and 20,000 the device
/// is spared 18 KB, and two findings in a hundred more are wrong on lines that were not learned from.
const KEPT: [usize; 2] = [60_000, 30_000];
/// What an error costs, against large weights; and how many times that, if a label is missed.
const COST: f64 = 0.02;
const MISSED: f64 = 2.0;
/// How many times as much the lines of the first blocks count: the others have more of what is said in
/// a roundabout way than anybody sends.
const PLAIN_BLOCKS: usize = 11;
const PLAIN: f64 = 3.0;
/// How often all lines are gone through.
const ROUNDS: usize = 15;
/// How much of what a feature counts is owed to its parting the lines.
const PARTING: f64 = 0.7;
/// So many lines have a feature that counts one.
const USUAL: f64 = 20.0;
/// What the feature of every line counts.
const ALWAYS: f64 = 1.6;
/// The weight 1 in the file: weights are rounded to few numbers, which are packed well.
const UNIT: f64 = 40.0;
/// A sum above this is found; what a rule adds to a sum. Chosen by what `main` prints.
pub const LEAST: [f64; 2] = [0.0, 0.0];
pub const RULE: [f64; 2] = [0.4, 0.6];

/// A labelled line.
pub struct Line {
    pub labels: [bool; 2],
    /// A rule finds it.
    pub ruled: [bool; 2],
    /// Number of the block it stands in.
    pub block: usize,
    /// Places of its features among the names, and how often it has them.
    features: Vec<(usize, f64)>,
}

/// Lines, and the numbers and names of their features, of which the first is every line's. Of names
/// with one number the first stands for all.
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
                read.push((labels, block, evidence(text)));
            }
        }
        let mut known: BTreeMap<u32, (usize, &str)> = BTreeMap::new();
        for (.., it) in &read {
            for (number, name) in it.features.iter().collect::<BTreeSet<_>>() {
                let (count, first) = known.entry(*number).or_insert((0, name));
                *count += 1;
                *first = name.as_str().min(*first);
            }
        }
        known.retain(|_, it| MIN_LINES <= it.0);
        let places: BTreeMap<u32, usize> = known.keys().copied().zip(1..).collect();
        let names = known.values().map(|it| it.1.to_owned());
        let names = ["=always".to_owned()].into_iter().chain(names).collect();
        let line = |(labels, block, it): &([bool; 2], usize, guard::Evidence)| {
            let mut features = BTreeMap::from([(0, ALWAYS)]);
            for place in it.features.iter().filter_map(|it| places.get(&it.0)) {
                *features.entry(*place).or_default() += 1.0;
            }
            let ruled = KINDS.map(|kind| it.ruled.contains(&kind));
            let features = features.into_iter().collect();
            Line { labels: *labels, ruled, block: *block, features }
        };
        Ok(Self { lines: read.iter().map(line).collect(), names })
    }

    /// Rounded weights for a kind, learned from the lines that `with` lets in, by their places.
    pub fn learn(&self, kind: usize, with: impl Fn(usize) -> bool) -> Vec<f64> {
        let lines: Vec<_> = self.lines.iter().zip(0..).filter(|it| with(it.1)).collect();
        let case = |(it, _): (&Line, usize)| {
            let label = it.labels[kind];
            let missed = if label { MISSED } else { 1.0 };
            let plain = if it.block < PLAIN_BLOCKS { PLAIN } else { 1.0 };
            Case { label, cost: COST * missed * plain, features: it.features.clone() }
        };
        let mut lines: Vec<Case> = lines.into_iter().map(case).collect();
        let counts = counts(&lines, self.names.len());
        for (place, count) in lines.iter_mut().flat_map(|it| &mut it.features) {
            *count *= counts[*place];
        }
        let mut weights = solve(&lines, self.names.len());
        for kept in KEPT {
            let mut order: Vec<usize> = (1..weights.len()).collect();
            let said = |it: &usize| weights[*it].abs() * counts[*it];
            order.sort_by(|a, b| said(b).total_cmp(&said(a)));
            let mut keep = vec![false; weights.len()];
            keep[0] = true;
            order.iter().take(kept).for_each(|it| keep[*it] = true);
            lines.iter_mut().for_each(|it| it.features.retain(|it| keep[it.0]));
            weights = solve(&lines, self.names.len());
        }
        weights.iter_mut().zip(counts).for_each(|(it, count)| *it *= count);
        weights.iter_mut().skip(1).for_each(|it| *it = (*it * UNIT).round() / UNIT);
        weights
    }

    /// The file of weights.
    pub fn file(&self) -> String {
        let learned = [0, 1].map(|kind| self.learn(kind, |_| true));
        let round = |it: f64| (it * UNIT).round() as i32;
        let mut out = format!(
            "# What words weigh for stops_treatment and for distress, in {UNIT}ths; `src/score.rs` says how.\n\
             # Made from corpus/tuning.tsv by `cargo run --release -p guard --example train`.\n",
        );
        let mut row = |name: &str, weights: [i32; 2]| {
            let _ = writeln!(out, "{name}\t{}\t{}", weights[0], weights[1]);
        };
        row("=always", [0, 1].map(|kind| round(learned[kind][0] * ALWAYS - LEAST[kind])));
        row("=rule", RULE.map(round));
        let mut order: Vec<usize> = (1..self.names.len()).collect();
        order.sort_by_key(|it| &self.names[*it]);
        for place in order {
            let weights = [0, 1].map(|kind| round(learned[kind][place]).clamp(-127, 127));
            if weights != [0; 2] {
                row(&self.names[place], weights);
            }
        }
        out
    }
}

/// A line's label, what an error in it costs, and places of its features with what they count.
struct Case {
    label: bool,
    cost: f64,
    features: Vec<(usize, f64)>,
}

/// What each of so many features counts, when a line has it once.
fn counts(lines: &[Case], features: usize) -> Vec<f64> {
    let mut having = vec![[1.0, 1.0]; features];
    let mut all = [2.0, 2.0];
    for line in lines {
        let label = usize::from(line.label);
        all[label] += 1.0;
        line.features.iter().for_each(|it| having[it.0][label] += 1.0);
    }
    let count = |having: [f64; 2]| {
        let [without, with] = [0, 1].map(|it| having[it] / all[it]);
        let parting = 2.0 * (with - without).abs() / (with + without);
        let often = (having[0] + having[1] - 1.0) / USUAL;
        (1.0 - PARTING + PARTING * parting) / often.sqrt().sqrt()
    };
    let mut counts: Vec<f64> = having.into_iter().map(count).collect();
    counts[0] = 1.0;
    counts
}

/// Weights of so many features.
fn solve(lines: &[Case], features: usize) -> Vec<f64> {
    let norm = |it: &Case| it.features.iter().map(|it| it.1 * it.1).sum();
    let norms: Vec<f64> = lines.iter().map(norm).collect();
    let mut weights = vec![0.0; features];
    let mut duals = vec![0.0; lines.len()];
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let mut seed = 1_u64;
    for _ in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            order.swap(at, (seed >> 33) as usize % (at + 1));
        }
        for &at in &order {
            let Case { label, cost, features } = &lines[at];
            let sign = if *label { 1.0 } else { -1.0 };
            let ridge = 0.5 / cost;
            let slope = sign * dot(&weights, features) - 1.0 + duals[at] * ridge;
            let dual = f64::max(duals[at] - slope / (norms[at] + ridge), 0.0);
            let by = (dual - duals[at]) * sign;
            duals[at] = dual;
            for (place, count) in features {
                weights[*place] += by * count;
            }
        }
    }
    weights
}

fn dot(weights: &[f64], features: &[(usize, f64)]) -> f64 {
    features.iter().map(|(place, count)| weights[*place] * count).sum()
}

/// What a line's features weigh.
pub fn sum(weights: &[f64], line: &Line) -> f64 {
    dot(weights, &line.features)
}
