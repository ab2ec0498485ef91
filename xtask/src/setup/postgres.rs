//! PostgreSQL, which the store's tests start for themselves.

use std::path::{Path, PathBuf};

use super::{apt, ensure};
use crate::failure::{Failure, Outcome};
use crate::process;

const MEND_ELSEWHERE: &str = "install PostgreSQL and put its `initdb` on the PATH";

pub fn ensure_postgres() -> Outcome<()> {
    ensure("PostgreSQL", find, install).map(drop)
}

/// `initdb`, which is there where a server can be made: on the PATH, or where Debian keeps it.
fn find() -> Option<PathBuf> {
    let versions = std::fs::read_dir(Path::new("/usr/lib/postgresql")).into_iter().flatten();
    process::which("initdb").or_else(|| {
        versions.flatten().map(|it| it.path().join("bin/initdb")).find(|path| path.is_file())
    })
}

fn install() -> Outcome<()> {
    apt::install(&apt::Wanted {
        what: "PostgreSQL",
        packages: &["postgresql"],
        reason: "there is no PostgreSQL",
        elsewhere: MEND_ELSEWHERE,
    })?;
    match find() {
        Some(_) => Ok(()),
        None => Err(Failure::new(format!("there is no PostgreSQL: {MEND_ELSEWHERE}"))),
    }
}
