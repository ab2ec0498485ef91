//! `weights.tsv` as tables: keys and weights, in parts that are found by their features' numbers.

use std::{error::Error, fmt::Write as _, fs, path::Path};

use crate::hash::{PART_BITS, place};

/// Two kinds' weights.
type Weights = [i32; 2];

fn line(line: &str) -> Option<(&str, Weights)> {
    let mut cells = line.split('\t');
    let (name, first, second) = (cells.next()?, cells.next()?, cells.next()?);
    Some((name, [first.parse().ok()?, second.parse().ok()?]))
}

/// Writes the tables of the file at `path`.
pub fn write(out: &mut String, path: &Path) -> Result<(), Box<dyn Error>> {
    let source = fs::read_to_string(path)?;
    let mut features = Vec::new();
    let (mut bias, mut rule) = ([0; 2], [0; 2]);
    for text in source.lines().filter(|it| !it.starts_with('#')) {
        let (name, weights) = line(text).ok_or(format!("weights.tsv: {text:?}"))?;
        match name {
            "=always" => bias = weights,
            "=rule" => rule = weights,
            _ => {
                let [first, second] = weights.map(i8::try_from);
                features.push((place(&[name]), [first?, second?]));
            }
        }
    }
    features.sort_unstable();
    if let Some(it) = features.windows(2).find(|it| it[0].0 == it[1].0) {
        return Err(format!("weights.tsv: two features share {:?}", it[0].0).into());
    }
    let starts: Vec<usize> =
        (0..=1 << PART_BITS).map(|part| features.partition_point(|it| it.0.0 < part)).collect();
    let keys: Vec<u16> = features.iter().map(|it| it.0.1).collect();
    let weights: Vec<[i8; 2]> = features.iter().map(|it| it.1).collect();
    writeln!(out, "pub const ALWAYS: [i32; 2] = {bias:?};")?;
    writeln!(out, "pub const RULED: [i32; 2] = {rule:?};")?;
    writeln!(out, "pub static PARTS: [u16; {}] = {starts:?};", starts.len())?;
    writeln!(out, "pub static KEYS: [u16; {}] = {keys:?};", keys.len())?;
    writeln!(out, "pub static WEIGHTS: [[i8; 2]; {}] = {weights:?};", weights.len())?;
    Ok(())
}
