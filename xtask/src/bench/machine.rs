//! When, from which sources and on what machine was measured.

use std::fs;

use super::Bench;
use crate::process::{self, answer};
use crate::versions;

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
    if let Some(load) = busy(&fs::read_to_string("/proc/loadavg").unwrap_or_default()) {
        facts.push(load);
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

/// How busy others keep the machine: above one or so, times mean little.
fn busy(loadavg: &str) -> Option<String> {
    loadavg.split_whitespace().next().map(|load| format!("load {load} before"))
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
        assert_eq!(busy("0.52 0.40 0.3 1/2 3\n").as_deref(), Some("load 0.52 before"));
    }

    #[test]
    fn what_is_not_told_is_left_out() {
        assert_eq!((model(""), memory(""), busy("")), (None, None, None));
    }

    #[test]
    fn the_command_is_repeated_as_it_was_given() {
        assert_eq!(after_space(&["page".to_owned(), "--runs".to_owned()]), " page --runs");
        assert_eq!(after_space(&[]), "");
    }
}
