//! Where things are: the repository, what cargo builds, and the tools.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};

pub struct Workspace {
    /// The repository; every command runs from here.
    pub root: PathBuf,
    /// Where cargo puts what it builds.
    pub target: PathBuf,
    /// Where tools are installed: outside `target`, so that `cargo clean` spares them, and shared
    /// by all clones.
    pub tools: PathBuf,
}

impl Workspace {
    pub fn find() -> Outcome<Self> {
        let root = root()?;
        let target = match variable("CARGO_TARGET_DIR") {
            Some(folder) => absolute(folder.into())?,
            None => root.join("target"),
        };
        let tools = tools_folder(variable).ok_or_else(|| {
            Failure::new("there is no home folder: set IMMUNOTHEQUE_TOOLS to a folder for tools")
        })?;
        Ok(Self { root, target, tools: absolute(tools)? })
    }

    /// The server as `build` leaves it.
    pub fn server(&self) -> PathBuf {
        self.target.join("release").join(format!("immunotheque{}", env::consts::EXE_SUFFIX))
    }
}

/// The folder above this crate: where `cargo run` says the crate is, or, when the program was
/// started by itself, upwards from the current folder.
fn root() -> Outcome<PathBuf> {
    if let Some(crate_folder) = variable("CARGO_MANIFEST_DIR")
        && let Some(root) = Path::new(&crate_folder).parent()
    {
        return Ok(root.to_owned());
    }
    let here = absolute(PathBuf::from("."))?;
    here.ancestors()
        .find(|folder| folder.join("xtask/Cargo.toml").is_file())
        .map(Path::to_owned)
        .ok_or_else(|| Failure::new("this is not the project's folder: run the command inside it"))
}

fn absolute(path: PathBuf) -> Outcome<PathBuf> {
    std::path::absolute(&path)
        .map_err(|error| Failure::new(format!("{} is no path: {error}", path.display())))
}

/// An environment variable; set to nothing counts as not set.
pub fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// Where tools are kept, given the environment.
fn tools_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if let Some(folder) = variable("IMMUNOTHEQUE_TOOLS") {
        return Some(folder.into());
    }
    // The XDG specification says to ignore a relative path.
    let cache = variable("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = cache.or_else(|| variable("HOME").map(|home| Path::new(&home).join(".cache")))?;
    Some(cache.join("immunotheque/tools"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(environment: &[(&str, &str)]) -> Option<String> {
        let lookup = |name: &str| {
            environment.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into())
        };
        tools_folder(lookup).map(|path| path.display().to_string())
    }

    #[test]
    fn tools_live_in_the_users_cache() {
        let folder = folder_with(&[("HOME", "/home/ada")]);
        assert_eq!(folder.as_deref(), Some("/home/ada/.cache/immunotheque/tools"));
    }

    #[test]
    fn the_cache_may_be_elsewhere() {
        let folder = folder_with(&[("HOME", "/home/ada"), ("XDG_CACHE_HOME", "/var/cache/ada")]);
        assert_eq!(folder.as_deref(), Some("/var/cache/ada/immunotheque/tools"));
    }

    #[test]
    fn a_relative_cache_is_ignored() {
        let folder = folder_with(&[("HOME", "/home/ada"), ("XDG_CACHE_HOME", "cache")]);
        assert_eq!(folder.as_deref(), Some("/home/ada/.cache/immunotheque/tools"));
    }

    #[test]
    fn the_projects_own_variable_wins() {
        let folder = folder_with(&[("HOME", "/home/ada"), ("IMMUNOTHEQUE_TOOLS", "/opt/tools")]);
        assert_eq!(folder.as_deref(), Some("/opt/tools"));
    }

    #[test]
    fn without_a_home_there_is_no_folder() {
        assert_eq!(folder_with(&[]), None);
    }
}
