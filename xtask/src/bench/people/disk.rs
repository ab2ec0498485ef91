//! What the disk takes by itself, which no database can be quicker than.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use crate::failure::{Failure, Outcome};

/// As many blocks are written, and of so many bytes: a page of the database's journal.
const BLOCKS: usize = 2_000;
const BLOCK: usize = 4_096;

/// Milliseconds until the disk has a block for good, one after the other.
pub fn flushes(folder: &Path) -> Outcome<Vec<f64>> {
    let path = folder.join("flushed");
    let failed = |error| Failure::new(format!("{} cannot be written: {error}", path.display()));
    let mut file = File::create(&path).map_err(failed)?;
    let mut taken = Vec::with_capacity(BLOCKS);
    for _ in 0..BLOCKS {
        let asked = Instant::now();
        file.write_all(&[7; BLOCK]).and_then(|()| file.sync_data()).map_err(failed)?;
        taken.push(asked.elapsed().as_secs_f64() * 1e3);
    }
    fs::remove_file(&path).map_err(failed)?;
    Ok(taken)
}
