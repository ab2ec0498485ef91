//! Counting tests in what `cargo test` prints.

use std::fmt;
use std::ops::AddAssign;

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

impl Tally {
    /// The sum of the `test result:` lines.
    pub fn of(output: &str) -> Self {
        let mut tally = Self::default();
        for result in output.lines().filter_map(|line| line.split_once("test result:")) {
            tally.passed += count(result.1, "passed;");
            tally.failed += count(result.1, "failed;");
        }
        tally
    }

    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// The number before a word, as in `3 passed;`.
fn count(result: &str, word: &str) -> usize {
    let words: Vec<&str> = result.split_whitespace().collect();
    words
        .windows(2)
        .find(|pair| pair[1] == word)
        .and_then(|pair| pair[0].parse().ok())
        .unwrap_or_default()
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_all_test_programs_are_summed() {
        let output = "\
running 3 tests
test a ... ok
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
   Doc-tests contract
test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out
";
        assert_eq!(Tally::of(output), Tally { passed: 7, failed: 2 });
    }

    #[test]
    fn colours_do_not_hide_a_result() {
        let output = "test result: \u{1b}[32mok\u{1b}[0m. 5 passed; 0 failed; 0 ignored";
        assert_eq!(Tally::of(output), Tally { passed: 5, failed: 0 });
    }

    #[test]
    fn output_without_results_counts_nothing() {
        assert!(Tally::of("error: could not compile").is_empty());
    }

    #[test]
    fn the_last_line_names_both_numbers() {
        assert_eq!(Tally { passed: 12, failed: 0 }.to_string(), "12 passed, 0 failed");
    }
}
