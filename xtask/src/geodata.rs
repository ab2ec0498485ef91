//! Towns, départements and outlines, built again from their sources.
//!
//! `data/build.py` gives the same bytes from the same packages, and `data/map.py` the same files of
//! the map from those, so that whatever this changes is a change of its own, to be read in a diff.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use crate::failure::{Failure, Outcome};
use crate::progress::{Step, note};
use crate::workspace::Workspace;
use crate::{process, versions};

/// What the scripts need, major and minor.
const PYTHON: (u32, u32) = (3, 11);

/// What is built: the tables and outlines, and what the map loads of them.
const FOLDERS: [&str; 2] = ["data", "public/map"];

/// Files by their paths.
type Files = BTreeMap<String, Vec<u8>>;

pub fn run(workspace: &Workspace) -> Outcome<()> {
    let python = process::which("python3").ok_or_else(|| {
        Failure::new("python3 is missing from the PATH: install Python 3.11 or later and try again")
    })?;
    let said = process::answer(&python, &["--version"]).unwrap_or_default();
    if !versions::version_in(&said).is_some_and(|it| versions::at_least(it, PYTHON)) {
        return Err(Failure::new(format!(
            "python3 says `{said}`: install Python 3.11 or later and try again"
        )));
    }
    let root = &workspace.root;
    let unreadable = |error| Failure::new(format!("data/ or public/map/ cannot be read ({error})"));
    let before = read(root).map_err(unreadable)?;

    let cache = workspace.tools.join("geodata").into_os_string();
    let data = root.join("data");
    let scripts: [(&str, Vec<OsString>); 2] = [
        ("build.py", vec![cache, "--out".into(), data.clone().into_os_string()]),
        ("map.py", Vec::new()),
    ];
    for (script, arguments) in scripts {
        let step = Step::begin(format!("data/{script}"));
        let mut command = process::command(&python);
        command.arg(data.join(script)).args(arguments).current_dir(root);
        let ended = process::run_and_keep(&mut command)?;
        if !ended.status.success() {
            return Err(Failure::from_output(
                "a source of data/",
                &ended.output,
                "a script of data/ failed: read its message above",
            ));
        }
        step.done();
    }

    let changed = changes(&before, &read(root).map_err(unreadable)?);
    match changed.as_slice() {
        [] => note("no file changed"),
        changed => changed.iter().for_each(|name| note(&format!("{name} changed"))),
    }
    Ok(())
}

fn read(root: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            if path.is_file() {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                files.insert(format!("{folder}/{name}"), fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

/// Names of files that are new or other than before; nothing is ever removed.
fn changes(before: &Files, after: &Files) -> Vec<String> {
    let changed = after.iter().filter(|(name, bytes)| before.get(*name) != Some(*bytes));
    changed.map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn new_and_other_files_have_changed() {
        let before = files(&[("communes.tsv", "a"), ("README.md", "b")]);
        assert!(changes(&before, &before).is_empty());
        let after = files(&[("communes.tsv", "c"), ("README.md", "b"), ("new.json", "")]);
        assert_eq!(changes(&before, &after), ["communes.tsv", "new.json"]);
    }
}
