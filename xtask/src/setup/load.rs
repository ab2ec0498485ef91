//! What `bench` measures the server beside, and with: nginx and wrk.

use std::path::{Path, PathBuf};

use super::{apt, ensure};
use crate::failure::{Failure, Outcome};
use crate::process::{self, answer};
use crate::progress;

#[derive(Debug)]
pub struct LoadTools {
    pub nginx: PathBuf,
    pub wrk: PathBuf,
}

const MEND_ELSEWHERE: &str = "install nginx and wrk (https://github.com/wg/wrk), or leave the \
                              measure out with `cargo xtask bench bytes page search`";

pub fn ensure_load_tools() -> Outcome<LoadTools> {
    ensure("nginx and wrk", || find().ok(), install)
}

/// Both programs, or what is missing.
fn find() -> Result<LoadTools, String> {
    Ok(LoadTools {
        nginx: nginx().ok_or("there is no nginx")?,
        wrk: process::which("wrk").ok_or("there is no wrk")?,
    })
}

/// Debian's is in a folder that only root has on the PATH.
fn nginx() -> Option<PathBuf> {
    process::which("nginx")
        .or_else(|| Some(Path::new("/usr/sbin/nginx").to_owned()).filter(|path| path.is_file()))
        .filter(|path| answer(path, &["-v"]).is_some())
}

fn install() -> Outcome<()> {
    let without_nginx = nginx().is_none();
    let packages: &[&str] = if without_nginx { &["nginx-light", "wrk"] } else { &["wrk"] };
    apt::install(&apt::Wanted {
        what: "nginx and wrk",
        packages,
        reason: &find().err().unwrap_or_default(),
        elsewhere: MEND_ELSEWHERE,
    })?;
    if without_nginx {
        progress::note(
            "Debian's nginx may serve a page of its own on port 80: `systemctl disable --now \
             nginx` ends that, `bench` starts its own",
        );
    }
    match find() {
        Ok(_) => Ok(()),
        Err(reason) => Err(Failure::new(format!("{reason}: {MEND_ELSEWHERE}"))),
    }
}
