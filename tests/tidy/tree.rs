//! The files that belong to the product.

use std::{
    fs,
    path::{Path, PathBuf},
};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Folders that are built, fetched or kept by tools.
const FOREIGN: [&str; 4] = ["dist", "target", "node_modules", "data"];

/// One file with its path from the root, written with slashes.
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    /// Lines with their numbers, those of `//` comments left out.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().zip(1..).map(|(line, at)| (at, line));
        lines.filter(|it| !it.1.trim_start().starts_with("//"))
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let hidden = name.starts_with('.') && name != ".cargo" && name != ".ci";
            if !hidden && !FOREIGN.contains(&name.as_str()) {
                collect(&path, found);
            }
        } else {
            found.push(path);
        }
    }
}

/// Every text file below `folder` (from the root) whose name ends in one of `endings`.
pub fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    found.sort();
    let wanted = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        endings.iter().any(|it| name.ends_with(it))
    };
    let files: Vec<File> = found
        .into_iter()
        .filter(wanted)
        .map(|path| File {
            text: fs::read_to_string(&path).unwrap_or_else(|it| panic!("{}: {it}", path.display())),
            path: path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"),
        })
        .collect();
    // A rule about nothing holds for ever.
    assert!(!files.is_empty(), "no {endings:?} below {folder:?}");
    files
}

pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|it| panic!("{path}: {it}"))
}

/// True when `word` stands in `text` with no letter, digit or sign of `also` beside it.
pub fn has_word(text: &str, word: &str, also: &[char]) -> bool {
    let part = |it: char| it.is_alphanumeric() || it == '_' || also.contains(&it);
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(part);
        let after = text[at + word.len()..].chars().next().is_some_and(part);
        !before && !after
    })
}
