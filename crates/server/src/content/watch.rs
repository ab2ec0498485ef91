//! Tells whether anything in the content folder has changed, without reading it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// What the content folder looked like: paths, sizes and times of change of its files. Two stamps
/// are equal as long as no file was added, removed or saved, to the precision of the file system's
/// clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp(Vec<(PathBuf, u64, Option<SystemTime>)>);

/// Looks at `folder` and the folders that hold pages. Cheap enough to be asked every second; a
/// folder that cannot be read looks empty.
pub fn stamp(folder: &Path) -> Stamp {
    let mut files = Vec::new();
    for name in ["", "articles", "explainers", "pages"] {
        let entries = fs::read_dir(folder.join(name)).into_iter().flatten().flatten();
        for path in entries.map(|it| it.path()) {
            let known = path.extension().is_some_and(|it| it == "md" || it == "toml");
            // Links are followed: operators may keep pages elsewhere.
            if let Some(found) = fs::metadata(&path).ok().filter(|it| known && it.is_file()) {
                files.push((path, found.len(), found.modified().ok()));
            }
        }
    }
    files.sort();
    Stamp(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_changes_when_a_file_comes_changes_or_goes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("articles/a.md");
        fs::create_dir(folder.path().join("articles")).unwrap();
        let empty = stamp(folder.path());
        assert_eq!(empty, stamp(folder.path()));

        fs::write(&file, "a").unwrap();
        let first = stamp(folder.path());
        assert_ne!(first, empty);
        assert_eq!(first, stamp(folder.path()));

        fs::write(&file, "ab").unwrap();
        assert_ne!(stamp(folder.path()), first);

        fs::remove_file(&file).unwrap();
        assert_eq!(stamp(folder.path()), empty);
    }

    #[test]
    fn what_is_no_content_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let empty = stamp(folder.path());
        fs::write(folder.path().join(".glossary.toml.swp"), "a").unwrap();
        fs::create_dir(folder.path().join("b.md")).unwrap();
        assert_eq!(stamp(folder.path()), empty);
        assert_eq!(stamp(&folder.path().join("missing")), Stamp::default());
    }
}
