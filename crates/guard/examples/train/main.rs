//! Learns `weights.tsv` from the lines that rules are tuned on, and says how well that goes on
//! lines that were left out in turn: five times a fifth, and each writer's block as a whole.
//!
//! `cargo run --release -p guard --example train`; with `weights` behind it, it only learns them.

use std::{error::Error, fs, path::Path};

mod learn;

use learn::{Corpus, KINDS, LEAST, Line, RULE, sum};

/// Folds of lines that stand side by side are alike: so every fifth line makes one.
const FOLDS: usize = 5;

/// Blocks in which lines with and without a label are about as many as in what is really written,
/// and for which no pattern of these kinds was written: by these, the least sums are chosen.
const AS_WRITTEN: [usize; 2] = [3, 6];

/// Labels, those that were missed, and lines found without one.
fn errors<'a>(
    lines: impl Iterator<Item = (&'a Line, &'a f64)>,
    kind: usize,
    least: f64,
    rule: f64,
) -> [usize; 3] {
    let mut counts = [0; 3];
    for (line, sum) in lines {
        let found = least < sum + if line.ruled[kind] { rule } else { 0.0 };
        counts[0] += usize::from(line.labels[kind]);
        counts[1] += usize::from(line.labels[kind] && !found);
        counts[2] += usize::from(!line.labels[kind] && found);
    }
    counts
}

fn shares([labels, missed, wrong]: [usize; 3]) -> String {
    let found = labels - missed;
    let percent = |all: usize| 100.0 * found as f64 / all.max(1) as f64;
    let (recall, precision) = (percent(labels), percent(found + wrong));
    format!("{labels:5} {missed:6} {wrong:5} {recall:6.1}% {precision:8.1}%")
}

/// Sums of all lines, each by weights that were learned without its part.
fn left_out(corpus: &Corpus, kind: usize, part: impl Fn(usize) -> usize + Copy) -> Vec<f64> {
    let parts = (0..corpus.lines.len()).map(part).max().unwrap_or_default();
    let learned: Vec<_> =
        (0..=parts).map(|it| corpus.learn(kind, |line| part(line) != it)).collect();
    corpus.lines.iter().zip(0..).map(|(line, at)| sum(&learned[part(at)], line)).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = Corpus::read(root)?;
    let lines = &corpus.lines;
    if std::env::args().nth(1).as_deref() == Some("weights") {
        return Ok(fs::write(root.join("weights.tsv"), corpus.file())?);
    }
    let blocks = lines.iter().map(|it| it.block).max().unwrap_or_default();
    for (kind, name) in KINDS.iter().map(|it| it.name()).enumerate() {
        let fifths = left_out(&corpus, kind, |at| at % FOLDS);
        let whole = left_out(&corpus, kind, |at| lines[at].block);
        for (what, sums) in [("fifths left out", fifths), ("blocks left out", whole)] {
            println!("{name}, {what}:\nblock     labels missed wrong  recall precision");
            for block in 0..=blocks {
                let of_block = lines.iter().zip(&sums).filter(|it| it.0.block == block);
                println!("{block:10} {}", shares(errors(of_block, kind, LEAST[kind], RULE[kind])));
            }
            let all = lines.iter().zip(&sums);
            println!("all        {}", shares(errors(all.clone(), kind, LEAST[kind], RULE[kind])));
            println!("as visitors write, by least sum and by what a rule adds:");
            let plain = all.filter(|it| AS_WRITTEN.contains(&it.0.block));
            println!("rules only {}", shares(errors(plain.clone(), kind, 50.0, 100.0)));
            for least in [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6] {
                for rule in [0.0, 0.2, 0.4, 0.6] {
                    println!(
                        "{least:4.1} {rule:4.1}  {}",
                        shares(errors(plain.clone(), kind, least, rule))
                    );
                }
            }
        }
    }
    fs::write(root.join("weights.tsv"), corpus.file())?;
    Ok(())
}
