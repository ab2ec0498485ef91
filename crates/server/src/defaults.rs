//! What the binary brings along, so that it runs alone: the content and the site file it was built
//! with.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

include!(concat!(env!("OUT_DIR"), "/defaults.rs"));

/// Writes the built-in content below `data` and returns its folder. What an earlier version left
/// there is replaced.
///
/// # Errors
///
/// When the folder cannot be written.
pub fn unpack(data: &Path) -> io::Result<PathBuf> {
    let folder = data.join("built-in-content");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for (path, body) in CONTENT {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, body)?;
    }
    Ok(folder)
}
