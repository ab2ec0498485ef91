//! The committed weights are those that the tool learns from the committed lines.

use std::{fs, path::Path};

#[path = "../examples/train/learn.rs"]
#[expect(dead_code, reason = "only the tool itself tries lines that were left out")]
mod learn;

#[test]
fn weights_are_what_the_lines_teach() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let learned = learn::Corpus::read(root).unwrap().file();
    let committed = fs::read_to_string(root.join("weights.tsv")).unwrap();
    let other = learned.lines().zip(committed.lines()).find(|(learned, it)| learned != it);
    assert_eq!(other, None, "run `cargo run --release -p guard --example train`");
    assert_eq!(learned.lines().count(), committed.lines().count());
}
