//! Running the scripts that measure in a browser, and reading what they print: lines of fields
//! between tabs, so that no JSON needs to be read here.

use std::process::Stdio;

use super::Bench;
use crate::failure::{Failure, Outcome};
use crate::process;

/// Runs `xtask/bench/<name>` with options, and gives the fields of each line it printed.
pub fn run(bench: &Bench, name: &str, options: &[(&str, &str)]) -> Outcome<Vec<Vec<String>>> {
    let chrome = bench.tools.chrome.as_ref();
    let chrome = chrome.ok_or_else(|| Failure::new("Chromium was not set up"))?;
    let mut command = process::command(&bench.tools.node);
    command.arg(bench.workspace.root.join("xtask/bench").join(name));
    command.arg("--playwright").arg(&bench.tools.playwright).arg("--chrome").arg(chrome);
    for (option, value) in options {
        command.args([format!("--{option}"), (*value).to_owned()]);
    }
    command.stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().map_err(|error| process::not_started(&command, &error))?;
    if !output.status.success() {
        return Err(Failure::new(format!(
            "xtask/bench/{name} could not measure: read its message above"
        )));
    }
    Ok(fields(&String::from_utf8_lossy(&output.stdout)))
}

fn fields(output: &str) -> Vec<Vec<String>> {
    output.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_split_at_tabs() {
        assert_eq!(fields("a\tb c\n\nd\t\n"), [vec!["a", "b c"], vec![""], vec!["d", ""]]);
    }
}
