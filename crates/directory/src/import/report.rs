//! What an import did and left out, for the people who mend the file.

use std::fmt;

use super::{
    encoding::Encoding,
    problem::{Problem, Severity},
};

/// Problems that [`Report`]'s text shows.
const SHOWN: usize = 200;
/// Problems of each severity that are kept; more are only counted, so that a file of nothing but
/// mistakes needs no more memory than a good one.
const KEPT: usize = 1_000;

/// The outcome of an import. Its text is one line for each problem, rejections first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub encoding: Encoding,
    /// `;`, `,`, tab or `|`.
    pub separator: char,
    /// Columns that are not understood, and so not read. At most 50.
    pub unknown_columns: Vec<String>,
    /// Rows below the header, empty ones aside: those accepted and those rejected.
    pub rows: u32,
    pub accepted: u32,
    pub rejected: u32,
    /// Of those accepted, to be looked at.
    pub doubtful: u32,
    /// The first 1,000 that left a row out, in the file's order.
    pub rejections: Vec<Problem>,
    /// The first 1,000 that did not, in the file's order.
    pub doubts: Vec<Problem>,
    /// All of them, kept or not.
    pub problems: u32,
}

impl Report {
    pub(super) fn new(encoding: Encoding, separator: char, unknown_columns: Vec<String>) -> Report {
        Report {
            encoding,
            separator,
            unknown_columns,
            rows: 0,
            accepted: 0,
            rejected: 0,
            doubtful: 0,
            rejections: Vec::new(),
            doubts: Vec::new(),
            problems: 0,
        }
    }

    /// Every row was taken, if perhaps not every value.
    pub fn is_clean(&self) -> bool {
        self.rejected == 0
    }

    /// Counts a row with its problems; says whether it is accepted.
    pub(super) fn add(&mut self, problems: Vec<Problem>) -> bool {
        let accepted = problems.iter().all(|it| it.severity() == Severity::Doubtful);
        self.rows += 1;
        self.accepted += u32::from(accepted);
        self.rejected += u32::from(!accepted);
        self.doubtful += u32::from(accepted && !problems.is_empty());
        for it in problems {
            self.problems = self.problems.saturating_add(1);
            let kept = match it.severity() {
                Severity::Rejected => &mut self.rejections,
                Severity::Doubtful => &mut self.doubts,
            };
            if kept.len() < KEPT {
                kept.push(it);
            }
        }
        accepted
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} rows: {} accepted ({} of them doubtful), {} rejected; {}, fields parted by {:?}",
            self.rows, self.accepted, self.doubtful, self.rejected, self.encoding, self.separator
        )?;
        if !self.unknown_columns.is_empty() {
            writeln!(f, "columns not read: {}", self.unknown_columns.join(", "))?;
        }
        for it in self.rejections.iter().chain(&self.doubts).take(SHOWN) {
            writeln!(f, "{it}")?;
        }
        let shown = SHOWN.min(self.rejections.len() + self.doubts.len());
        let more = usize::try_from(self.problems).unwrap_or(usize::MAX).saturating_sub(shown);
        if 0 < more {
            writeln!(f, "and {more} more")?;
        }
        Ok(())
    }
}
