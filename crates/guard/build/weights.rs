//! `weights.tsv` as tables that compress well: features in the order of their numbers, what lies
//! between one and the next, and what each weighs.

use std::{collections::BTreeMap, error::Error, fmt::Write as _, fs, path::Path};

use crate::hash::place;

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
    let mut features: BTreeMap<u32, [i8; 2]> = BTreeMap::new();
    let (mut bias, mut rule) = ([0; 2], [0; 2]);
    for text in source.lines().filter(|it| !it.starts_with("# ")) {
        let (name, weights) = line(text).ok_or(format!("weights.tsv: {text:?}"))?;
        match name {
            "=always" => bias = weights,
            "=rule" => rule = weights,
            _ => {
                let [first, second] = weights.map(i8::try_from);
                if features.insert(place(&[name]), [first?, second?]).is_some() {
                    return Err(format!("weights.tsv: {name:?} has another's number").into());
                }
            }
        }
    }
    let mut gaps = Vec::new();
    let mut before = 0;
    for number in features.keys() {
        let mut gap = number - before;
        while u32::from(u8::MAX) <= gap {
            gaps.push(u8::MAX);
            gap -= u32::from(u8::MAX);
        }
        gaps.push(u8::try_from(gap)?);
        before = *number;
    }
    let weights = [0, 1].map(|kind| features.values().map(|it| it[kind]).collect::<Vec<_>>());
    writeln!(out, "pub const ALWAYS: [i32; 2] = {bias:?};")?;
    writeln!(out, "pub const RULED: [i32; 2] = {rule:?};")?;
    writeln!(out, "pub static GAPS_BETWEEN: [u8; {}] = {gaps:?};", gaps.len())?;
    writeln!(out, "pub static WEIGHTS: [[i8; {}]; 2] = {weights:?};", features.len())?;
    Ok(())
}
