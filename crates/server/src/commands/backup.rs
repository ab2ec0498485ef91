//! `backup`, `restore`, `migrate`: a copy of everything, and the schema.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use store::Store;

/// Writes a copy to `file`, which appears only when it is whole and on the disk.
pub async fn back_up(store: &Store, file: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", file.display());
    if file.exists() {
        return Err(format!("{}: is there already", file.display()));
    }
    let partial = partial(file);
    let mut out = BufWriter::new(private(&partial).map_err(failed)?);
    let done = store.back_up(&mut out).await;
    let rows = match done {
        Ok(rows) => rows,
        Err(error) => {
            // What is left of it helps nobody.
            let _ = fs::remove_file(&partial);
            return Err(error.to_string());
        }
    };
    out.flush().map_err(failed)?;
    out.get_ref().sync_all().map_err(failed)?;
    // Read again from the disk: a copy that cannot be read is none.
    store::backup::check(BufReader::new(File::open(&partial).map_err(failed)?))
        .map_err(|error| error.to_string())?;
    fs::rename(&partial, file).map_err(failed)?;
    println!("{rows} rows in {}", file.display());
    Ok(())
}

/// A new file that only this account reads: people's words are in it.
fn private(file: &Path) -> std::io::Result<File> {
    // What an interrupted copy left may have been made otherwise.
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

fn partial(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// Fills an empty database with the copy in `file`.
pub async fn restore(store: &Store, file: &Path) -> Result<(), String> {
    let opened = File::open(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let rows = store.restore(BufReader::new(opened)).await.map_err(|error| error.to_string())?;
    println!("{rows} rows restored");
    Ok(())
}
