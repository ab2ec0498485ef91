//! Chromium and its driver, for the tests that click through the site.
//!
//! The two must be of the same major version, so they come together or are refused together.

use std::path::{Path, PathBuf};

use super::{apt, ensure};
use crate::failure::{Failure, Outcome};
use crate::process::{self, answer};
use crate::versions;
use crate::workspace::variable;

#[derive(Debug)]
pub struct Browser {
    pub chrome: PathBuf,
    pub driver: PathBuf,
}

const CHROMES: [&str; 4] =
    ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

const MEND_ELSEWHERE: &str = "install Chromium (or Chrome) and a ChromeDriver of the same major \
                              version, and set CHROME and CHROMEDRIVER to them if they are not on \
                              the PATH";

pub fn ensure_browser() -> Outcome<Browser> {
    // A browser that was asked for and does not run must not be replaced silently.
    for name in ["CHROME", "CHROMEDRIVER"] {
        if let Some(program) = variable(name)
            && answer(&program, &["--version"]).is_none()
        {
            return Err(Failure::new(format!(
                "{name} is set to {}, which does not run: correct or unset it",
                Path::new(&program).display()
            )));
        }
    }
    ensure("Chromium and ChromeDriver", || find().ok(), install)
}

/// The browser and its driver, or why they will not do.
fn find() -> Result<Browser, String> {
    let (chrome, chrome_says) = program("CHROME", &CHROMES).ok_or("there is no Chromium")?;
    let (driver, driver_says) =
        program("CHROMEDRIVER", &["chromedriver"]).ok_or("there is no ChromeDriver")?;
    if !agree(&chrome_says, &driver_says) {
        return Err(format!("“{chrome_says}” does not go with “{driver_says}”"));
    }
    Ok(Browser { chrome, driver })
}

/// The first program that runs, with what it says of its version.
fn program(name: &str, candidates: &[&str]) -> Option<(PathBuf, String)> {
    let chosen = variable(name).map(PathBuf::from);
    let found = candidates.iter().filter_map(|candidate| process::which(candidate));
    chosen.into_iter().chain(found).find_map(|path| {
        let says = answer(&path, &["--version"])?;
        Some((path, says))
    })
}

/// Whether browser and driver have the same major version.
fn agree(chrome: &str, driver: &str) -> bool {
    let major = |says| versions::version_in(says).and_then(versions::major);
    major(chrome).is_some() && major(chrome) == major(driver)
}

fn install() -> Outcome<()> {
    apt::install(&apt::Wanted {
        what: "Chromium",
        // The text that is drawn before the site's own typefaces are there needs letters of known
        // measures (style/fallback-fonts.css).
        packages: &["chromium", "chromium-driver", "fonts-liberation"],
        reason: &find().err().unwrap_or_default(),
        elsewhere: MEND_ELSEWHERE,
    })?;
    match find() {
        Ok(_) => Ok(()),
        Err(reason) => Err(Failure::new(format!("{reason}: {MEND_ELSEWHERE}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_and_driver_of_one_major_version_agree() {
        assert!(agree("Chromium 156.0.8078.79 built on Debian", "ChromeDriver 156.0.1.2 (abc)"));
    }

    #[test]
    fn a_browser_that_was_updated_alone_does_not_go_with_its_driver() {
        assert!(!agree("Google Chrome 157.0.1.2", "ChromeDriver 156.0.1.2 (abc)"));
    }

    #[test]
    fn answers_without_versions_do_not_agree() {
        assert!(!agree("", ""));
    }
}
