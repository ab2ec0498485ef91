//! Installing Debian packages, where that is possible without being asked for a password.

use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::process::{self, answer};

/// Packages, and what to say where they cannot be installed.
pub struct Wanted<'a> {
    pub what: &'a str,
    pub packages: &'a [&'a str],
    /// What is missing, as the beginning of a sentence.
    pub reason: &'a str,
    /// How to mend it where there is no apt-get.
    pub elsewhere: &'a str,
}

pub fn install(wanted: &Wanted) -> Outcome<()> {
    if process::which("apt-get").is_none() {
        return Err(wanted.without_apt());
    }
    let Some(privilege) = privilege() else {
        return Err(wanted.without_privilege());
    };
    // An update that reaches nothing still ends well: what it printed is kept for the verdict.
    let update = process::run_and_keep(privilege.apt_get().arg("update"))?;
    let install = process::run_and_keep(
        privilege
            .apt_get()
            .args(["install", "-y", "--no-install-recommends"])
            .args(wanted.packages),
    )?;
    if install.status.success() {
        return Ok(());
    }
    Err(Failure::from_output(
        wanted.what,
        &format!("{}\n{}", update.output, install.output),
        &format!("apt-get could not install {}: {}", wanted.what, wanted.elsewhere),
    ))
}

impl Wanted<'_> {
    fn without_apt(&self) -> Failure {
        Failure::new(format!("{}: {}", self.reason, self.elsewhere))
    }

    fn without_privilege(&self) -> Failure {
        Failure::new(format!(
            "{} and only root may install it: run as root: apt-get install {}",
            self.reason,
            self.packages.join(" ")
        ))
    }
}

#[derive(Clone, Copy)]
enum Privilege {
    Root,
    Sudo,
}

/// How packages may be installed here, without being asked for a password.
fn privilege() -> Option<Privilege> {
    if answer("id", &["-u"]).as_deref() == Some("0") {
        return Some(Privilege::Root);
    }
    answer("sudo", &["-n", "true"]).map(|_| Privilege::Sudo)
}

impl Privilege {
    /// apt-get, asking nothing, and in English because its output is read.
    fn apt_get(self) -> Command {
        let mut command = match self {
            Self::Root => process::command("env"),
            Self::Sudo => process::command("sudo"),
        };
        if matches!(self, Self::Sudo) {
            command.args(["-n", "env"]);
        }
        command.args(["LC_ALL=C", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: Wanted = Wanted {
        what: "Chromium",
        packages: &["chromium", "chromium-driver"],
        reason: "there is no Chromium",
        elsewhere: "install Chromium and set CHROME to it",
    };

    #[test]
    fn who_is_not_root_is_told_what_root_should_run() {
        assert_eq!(
            WANTED.without_privilege().to_string(),
            "there is no Chromium and only root may install it: run as root: apt-get install \
             chromium chromium-driver"
        );
    }

    #[test]
    fn where_there_is_no_apt_the_way_elsewhere_is_told() {
        assert_eq!(
            WANTED.without_apt().to_string(),
            "there is no Chromium: install Chromium and set CHROME to it"
        );
    }
}
