//! Which processor cores a program runs on.
//!
//! A server under load and what loads it must not take time from each other, and two servers are
//! compared on one and the same core.

use std::ffi::OsStr;
use std::fs;
use std::process::Command;

use crate::process;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cores {
    /// As the system likes.
    Any,
    /// The first, alone.
    First,
    /// All but the first.
    Other,
}

/// The program, held to those cores where the machine has two and util-linux's `taskset`.
pub fn on_cores(program: impl AsRef<OsStr>, cores: Cores) -> Command {
    match list(cores, &allowed()).filter(|_| process::which("taskset").is_some()) {
        Some(list) => {
            let mut command = process::command("taskset");
            command.args(["--cpu-list", &list]).arg(program);
            command
        }
        None => process::command(program),
    }
}

/// The cores we may use.
fn allowed() -> Vec<u32> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    list.map(numbers).unwrap_or_default()
}

/// The numbers in a list such as `0-2,5`.
fn numbers(list: &str) -> Vec<u32> {
    list.trim()
        .split(',')
        .filter_map(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            Some(first.parse().ok()?..=last.parse().ok()?)
        })
        .flatten()
        .collect()
}

/// What `taskset` is told; nothing where there is nothing to choose from.
fn list(cores: Cores, allowed: &[u32]) -> Option<String> {
    let (first, others) = allowed.split_first()?;
    if others.is_empty() {
        return None;
    }
    let others = others.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    match cores {
        Cores::Any => None,
        Cores::First => Some(first.to_string()),
        Cores::Other => Some(others),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_cores_is_read() {
        assert_eq!(numbers("\t0-2,5"), [0, 1, 2, 5]);
        assert_eq!(numbers("3"), [3]);
        assert!(numbers("").is_empty());
    }

    #[test]
    fn the_server_and_its_load_share_no_core() {
        assert_eq!(list(Cores::First, &[4, 5, 7]).as_deref(), Some("4"));
        assert_eq!(list(Cores::Other, &[4, 5, 7]).as_deref(), Some("5,7"));
        assert_eq!(list(Cores::Any, &[4, 5, 7]), None);
    }

    #[test]
    fn with_one_core_nothing_is_chosen() {
        assert_eq!(list(Cores::First, &[0]), None);
        assert_eq!(list(Cores::Other, &[]), None);
    }
}
