//! Tools that are built from crates, each version in a folder of its own.

use std::path::{Path, PathBuf};

use super::ensure;
use crate::failure::{Failure, Outcome};
use crate::process::{self, answer};
use crate::versions::version_in;

/// The tools run for seconds: building them fast matters more than making them fast. This halves
/// the minutes `trunk` takes.
const LIGHT: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
];

pub struct CargoTool<'a> {
    package: &'a str,
    program: &'a str,
    version: &'a str,
    locked: bool,
}

impl<'a> CargoTool<'a> {
    /// A tool built with the dependencies it was released with.
    pub fn locked(package: &'a str, program: &'a str, version: &'a str) -> Self {
        Self { package, program, version, locked: true }
    }

    /// A tool whose released lock file is not to be used: it names withdrawn dependencies.
    pub fn newest_dependencies(package: &'a str, program: &'a str, version: &'a str) -> Self {
        Self { package, program, version, locked: false }
    }

    /// The program, from our folder, else from the PATH, else installed into our folder.
    pub fn ensure(&self, tools: &Path) -> Outcome<PathBuf> {
        let name = format!("{} {}", self.program, self.version);
        ensure(&name, || self.find(tools), || self.install(tools, &name))
    }

    fn find(&self, tools: &Path) -> Option<PathBuf> {
        let file = format!("{}{}", self.program, std::env::consts::EXE_SUFFIX);
        let ours = self.folder(tools).join("bin").join(file);
        [Some(ours), process::which(self.program)]
            .into_iter()
            .flatten()
            .find(|program| self.is_right(program))
    }

    fn is_right(&self, program: &Path) -> bool {
        answer(program, &["--version"])
            .is_some_and(|said| version_in(&said).is_some_and(|version| version == self.version))
    }

    fn folder(&self, tools: &Path) -> PathBuf {
        tools.join(format!("{}-{}", self.program, self.version))
    }

    fn install(&self, tools: &Path, name: &str) -> Outcome<()> {
        let mut cargo = process::cargo();
        cargo.args(["install", self.package, "--version", self.version]);
        if self.locked {
            cargo.arg("--locked");
        }
        // `--force`, for the case that cargo believes to have installed what does not run.
        cargo.arg("--force").arg("--root").arg(self.folder(tools));
        // Away from the workspace's settings, and not into its target folder.
        cargo.current_dir(tools).env_remove("CARGO_TARGET_DIR").envs(LIGHT);
        let ended = process::run_and_keep(&mut cargo)?;
        if ended.status.success() {
            return Ok(());
        }
        let otherwise = if ended.output.contains("linker `") {
            format!(
                "{name} could not be linked: install a C compiler (Debian: apt-get install gcc)"
            )
        } else {
            format!("{name} could not be built: read the first error above")
        };
        Err(Failure::from_output(name, &ended.output, &otherwise))
    }
}
