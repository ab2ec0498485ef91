//! Learns `weights.tsv` from the lines that rules are tuned on, and says how well that goes on
//! lines that were left out in turn, five times a fifth.
//!
//! `cargo run --release -p guard --example train`

use std::{error::Error, fs, path::Path};

mod learn;

use learn::{Corpus, KINDS, LEAST, Line, RULE, TUNED, sum};

/// Labels that were missed, and lines found without one.
fn errors<'a>(
    lines: impl Iterator<Item = (&'a Line, &'a f64)>,
    kind: usize,
    least: f64,
    rule: f64,
) -> (usize, usize) {
    let (mut missed, mut wrong) = (0, 0);
    for (line, sum) in lines {
        let found = least < sum + if line.ruled[kind] { rule } else { 0.0 };
        missed += usize::from(line.labels[kind] && !found);
        wrong += usize::from(!line.labels[kind] && found);
    }
    (missed, wrong)
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = Corpus::read(root)?;
    for (kind, name) in KINDS.iter().map(|it| it.name()).enumerate() {
        let folds: Vec<_> = (0..5).map(|fold| corpus.learn(kind, Some(fold))).collect();
        let sums: Vec<f64> =
            corpus.lines.iter().zip(0..).map(|(line, at)| sum(&folds[at % 5], line)).collect();
        for block in [TUNED, TUNED + 1] {
            let lines = || corpus.lines.iter().zip(&sums).filter(|it| it.0.block == block);
            let labels = lines().filter(|it| it.0.labels[kind]).count();
            println!(
                "{name}, block {block}: {} lines, {labels} labels; missed and wrong:",
                lines().count()
            );
            println!("  rules alone: {:?}", errors(lines(), kind, 50.0, 100.0));
            for rule in [0.0, 0.3, 0.6, 0.9] {
                print!("  rule {rule}:");
                for least in [-0.2, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8] {
                    print!("  {least} {:?}", errors(lines(), kind, least, rule));
                }
                println!();
            }
            println!("  as chosen: {:?}", errors(lines(), kind, LEAST[kind], RULE[kind]));
        }
    }
    fs::write(root.join("weights.tsv"), corpus.file())?;
    Ok(())
}
