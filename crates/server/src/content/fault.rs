//! What is wrong with the content, with file and line.

use std::{
    fmt,
    path::{Path, PathBuf},
};

/// One thing a writer must mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Relative to the content folder.
    pub file: PathBuf,
    /// From 1.
    pub line: u32,
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.message)
    }
}

/// Everything that is wrong, sorted by file and line. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// None when there is nothing to complain about.
    pub(super) fn new(mut faults: Vec<Fault>) -> Option<Faults> {
        faults.sort();
        faults.dedup();
        (!faults.is_empty()).then_some(Faults(faults))
    }

    pub(super) fn one(file: &str, message: &str) -> Faults {
        Faults(vec![Fault { file: file.into(), line: 1, message: message.to_owned() }])
    }

    pub fn as_slice(&self) -> &[Fault] {
        &self.0
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// Collects the faults of one file.
#[derive(Debug)]
pub(super) struct Report {
    pub file: PathBuf,
    pub faults: Vec<Fault>,
}

impl Report {
    pub fn new(file: &Path) -> Report {
        Report { file: file.to_owned(), faults: Vec::new() }
    }

    pub fn add(&mut self, line: u32, message: impl Into<String>) {
        self.faults.push(Fault { file: self.file.clone(), line, message: message.into() });
    }
}
