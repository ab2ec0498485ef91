//! Towns, départements and outlines, built again from their sources.
//!
//! `data/build.py` gives the same bytes from the same packages, so that whatever this changes is a
//! change of its own, to be read in a diff.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::failure::{Failure, Outcome};
use crate::progress::{Step, note};
use crate::workspace::Workspace;
use crate::{process, versions};

/// What `data/build.py` needs, major and minor.
const PYTHON: (u32, u32) = (3, 11);

/// Files by their names in `data/`.
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
    let data = workspace.root.join("data");
    let unreadable = |error| Failure::new(format!("{} cannot be read ({error})", data.display()));
    let before = read(&data).map_err(unreadable)?;

    let step = Step::begin("building data/ from its sources");
    let ended = process::run_and_keep(
        process::command(python)
            .arg(data.join("build.py"))
            .arg(workspace.tools.join("geodata"))
            .arg("--out")
            .arg(&data)
            .current_dir(&workspace.root),
    )?;
    if !ended.status.success() {
        return Err(Failure::from_output(
            "a source of data/",
            &ended.output,
            "data/build.py failed: read its message above",
        ));
    }
    step.done();

    let changed = changes(&before, &read(&data).map_err(unreadable)?);
    match changed.as_slice() {
        [] => note("no file changed"),
        changed => changed.iter().for_each(|name| note(&format!("data/{name} changed"))),
    }
    Ok(())
}

fn read(folder: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.insert(name, fs::read(&path)?);
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
