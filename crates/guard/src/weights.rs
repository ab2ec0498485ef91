//! What features weigh: the table that `build.rs` has packed for the bundle, unpacked once.

use std::sync::OnceLock;

use crate::{
    hash::BITS,
    tables::{GAPS_BETWEEN, WEIGHTS},
};

/// Bits of a feature's number that say in which part of the table it lies.
const PART_BITS: u32 = 12;

/// Numbers of features, in order, with what they weigh for either kind.
struct Table {
    all: Vec<(u32, [i8; 2])>,
    /// Where the parts begin, and where the last ends.
    parts: Vec<u16>,
}

fn part(number: u32) -> usize {
    (number >> (BITS - PART_BITS)) as usize
}

/// Made once.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut number = 0;
        let mut all = Vec::with_capacity(WEIGHTS[0].len());
        for gap in GAPS_BETWEEN {
            number += u32::from(gap);
            // A gap of a byte's largest number goes on in the next byte.
            if gap < u8::MAX {
                let weights = WEIGHTS.map(|it| it.get(all.len()).copied().unwrap_or_default());
                all.push((number, weights));
            }
        }
        let parts = (0..=1 << PART_BITS).map(|it| all.partition_point(|of| part(of.0) < it) as u16);
        Table { parts: parts.collect(), all }
    })
}

/// What the feature of this number weighs, if anything.
pub fn weigh(number: u32) -> Option<[i8; 2]> {
    let table = table();
    let part = part(number);
    let range = usize::from(*table.parts.get(part)?)..usize::from(*table.parts.get(part + 1)?);
    let near = table.all.get(range)?;
    near.iter().find(|it| it.0 == number).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::place;

    #[test]
    fn what_was_packed_comes_out() {
        let file = include_str!("../weights.tsv");
        let mut count = 0;
        for row in file.lines().filter(|it| !it.starts_with("# ") && !it.starts_with('=')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let weights = [1, 2].map(|it| cells[it].parse().unwrap());
            assert_eq!(weigh(place(&[cells[0]])), Some(weights), "{row}");
            count += 1;
        }
        assert_eq!(table().all.len(), count);
        assert!(table().all.is_sorted_by(|a, b| a.0 < b.0));
        let other = (0..1 << BITS).filter(|it| weigh(*it).is_none()).count();
        assert_eq!(other, (1 << BITS) - count);
    }
}
