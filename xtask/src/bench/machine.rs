//! When, from which sources and on what machine was measured.

use std::fs;
use std::time::Duration;

use super::Bench;
use crate::process::{self, answer};
use crate::{progress, versions};

/// What others may take of the processor, in per cent, without spoiling times.
const QUIET: f64 = 10.0;

/// `2026-11-21, at 2fd1184` and a line on the machine and its programs.
pub fn describe(bench: &Bench) -> String {
    let date = answer("date", &["-u", "+%F"]).unwrap_or_else(|| "an unknown day".to_owned());
    let root = bench.workspace.root.display().to_string();
    let commit = answer("git", &["-C", &root, "rev-parse", "--short", "HEAD"]);
    let at = commit.map_or_else(String::new, |commit| format!(" at `{commit}`"));

    let mut facts = vec![processor()];
    if let Some(memory) = memory(&fs::read_to_string("/proc/meminfo").unwrap_or_default()) {
        facts.push(memory);
    }
    facts.extend(answer("uname", &["-sr"]));
    if let Some(chrome) = &bench.tools.chrome {
        facts.extend(answer(chrome, &["--version"]).and_then(|said| {
            versions::version_in(&said).map(|version| format!("Chromium {version}"))
        }));
    }
    if let Some(load) = &bench.tools.load {
        // nginx tells its version on standard error.
        let said = process::command(&load.nginx).arg("-v").output().ok();
        let said = said.map(|output| String::from_utf8_lossy(&output.stderr).trim().to_owned());
        facts.extend(
            said.and_then(|said| {
                said.rsplit_once('/').map(|(_, version)| format!("nginx {version}"))
            }),
        );
    }
    if let Some(busy) = busy() {
        facts.push(format!("{busy:.0} % busy with other programs"));
        if busy > QUIET {
            progress::note("other programs keep this machine busy: times will be too long");
        }
    }
    format!("{date}{at}.\n\nMachine: {}.", facts.join(", "))
}

/// The words of the command line as they follow its name.
pub fn after_space(words: &[String]) -> String {
    words.iter().map(|word| format!(" {word}")).collect()
}

fn processor() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model(&text).unwrap_or("processor of unknown model");
    format!("{cores} × {model}")
}

fn model(cpuinfo: &str) -> Option<&str> {
    let line = cpuinfo.lines().find(|line| line.starts_with("model name"))?;
    line.split_once(':').map(|(_, model)| model.trim())
}

fn memory(meminfo: &str) -> Option<String> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(format!("{:.0} GiB", kib / 1024.0 / 1024.0))
}

/// How busy others keep the processor just now, in per cent of all cores: nothing of ours runs yet.
fn busy() -> Option<f64> {
    let before = processor_times(&fs::read_to_string("/proc/stat").ok()?)?;
    std::thread::sleep(Duration::from_secs(2));
    let after = processor_times(&fs::read_to_string("/proc/stat").ok()?)?;
    let (all, idle) = (after.0.checked_sub(before.0)?, after.1.checked_sub(before.1)?);
    (all > 0).then(|| 100.0 * (1.0 - idle as f64 / all as f64))
}

/// Time that a virtual machine's host gives to others is in nobody's reckoning here, and makes the longest
/// times longer.
pub struct Stolen(Option<[u64; 2]>);

impl Stolen {
    pub fn begin() -> Self {
        Self(stolen(&fs::read_to_string("/proc/stat").unwrap_or_default()))
    }

    /// What was taken since, in per cent of what was asked for, as words to follow the machine's.
    pub fn words(&self) -> String {
        let now = stolen(&fs::read_to_string("/proc/stat").unwrap_or_default());
        let share = self.0.zip(now).and_then(|(before, now)| share(before, now));
        share.map_or_else(String::new, |it| {
            format!(
                " While it was measured its host took {it:.0} % of the processor time asked for."
            )
        })
    }
}

/// Ticks of all cores since the start in which something was to be done, and those of them that the
/// host took: of the fields of the first line, the eighth.
fn stolen(stat: &str) -> Option<[u64; 2]> {
    let line = stat.lines().next()?.strip_prefix("cpu ")?;
    let fields: Vec<u64> = line.split_whitespace().map_while(|field| field.parse().ok()).collect();
    let [user, nice, system, _, _, irq, softirq, taken] = *fields.first_chunk()?;
    Some([user + nice + system + irq + softirq + taken, taken])
}

fn share(before: [u64; 2], now: [u64; 2]) -> Option<f64> {
    let (all, taken) = (now[0].checked_sub(before[0])?, now[1].checked_sub(before[1])?);
    (all > 0).then(|| 100.0 * taken as f64 / all as f64)
}

/// Ticks of all cores since the start, all and idle: of the fields of the first line, the fourth
/// and fifth are idle, and the ninth and tenth are within the first two.
fn processor_times(stat: &str) -> Option<(u64, u64)> {
    let line = stat.lines().next()?.strip_prefix("cpu ")?;
    let fields: Vec<u64> = line.split_whitespace().map_while(|field| field.parse().ok()).collect();
    (fields.len() >= 8).then(|| (fields[..8].iter().sum(), fields[3] + fields[4]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_described_by_what_linux_tells() {
        let cpuinfo = "processor\t: 0\nmodel\t\t: 167\nmodel name\t: Intel(R) Xeon(R)\n";
        assert_eq!(model(cpuinfo), Some("Intel(R) Xeon(R)"));
        let meminfo = "MemTotal:       24594928 kB\nMemFree: 1 kB\n";
        assert_eq!(memory(meminfo).as_deref(), Some("23 GiB"));
        let stat = "cpu  10 0 20 60 5 1 2 2 9 9\ncpu0 1 2 3\n";
        assert_eq!(processor_times(stat), Some((100, 65)));
        assert_eq!(stolen(stat), Some([35, 2]));
        assert_eq!(share([35, 2], [135, 12]), Some(10.0));
    }

    #[test]
    fn what_is_not_told_is_left_out() {
        assert_eq!((model(""), memory(""), processor_times("cpu  1 2")), (None, None, None));
        assert_eq!((stolen("cpu  1 2"), share([1, 1], [1, 1])), (None, None));
    }

    #[test]
    fn the_command_is_repeated_as_it_was_given() {
        assert_eq!(after_space(&["page".to_owned(), "--runs".to_owned()]), " page --runs");
        assert_eq!(after_space(&[]), "");
    }
}
