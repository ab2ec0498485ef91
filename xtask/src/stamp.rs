//! Whether dist/ still is what trunk would make of the sources.
//!
//! trunk always runs cargo, wasm-bindgen and wasm-opt, which takes long to find out that nothing
//! changed. After each build a stamp records a hash of all that trunk reads and one of what it
//! wrote. Contents are compared, not times: a checkout touches files without changing them.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use crate::pins;

/// What trunk reads, from the root: with `crates`, all but the server, which it never builds.
const SOURCES: [&str; 14] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.embed.toml",
    "Trunk.toml",
    "build.rs",
    "crates",
    "embed.html",
    "index.html",
    "locales",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
];

/// What is below the sources and not read by trunk.
const NOT_READ: &str = "crates/server";

/// The state of the sources for one kind of build, such as `release`.
pub fn sources(root: &Path, kind: &str) -> io::Result<u64> {
    let tools = [pins::TRUNK, pins::BINARYEN, pins::ESBUILD];
    hash(root, &SOURCES, &(kind, tools))
}

/// The state of what trunk wrote.
fn output(dist: &Path) -> io::Result<u64> {
    hash(dist, &["."], &())
}

/// Whether `dist` was built from sources in that state, and is as it was then.
pub fn is_fresh(stamp: &Path, sources: u64, dist: &Path) -> bool {
    dist.join("index.html").is_file()
        && output(dist).is_ok_and(|output| {
            fs::read_to_string(stamp).is_ok_and(|text| text == content(sources, output))
        })
}

/// Records that `dist` was built from sources in that state.
pub fn write(stamp: &Path, sources: u64, dist: &Path) -> io::Result<()> {
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(stamp, content(sources, output(dist)?))
}

fn content(sources: u64, output: u64) -> String {
    format!("sources {sources:016x}\ndist {output:016x}\n")
}

/// A hash of `more` and of the paths and contents under `entries`; absent ones count as absent.
fn hash(root: &Path, entries: &[&str], more: &impl Hash) -> io::Result<u64> {
    let mut files = Vec::new();
    for entry in entries {
        collect(&root.join(entry), &root.join(NOT_READ), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    more.hash(&mut hasher);
    for file in files {
        file.strip_prefix(root).unwrap_or(&file).hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn collect(path: &Path, except: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path == except {
        return Ok(());
    }
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), except, files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A root with one source and a dist, and the stamp that goes with them.
    struct Site(PathBuf);

    impl Site {
        fn built(name: &str) -> Self {
            let folder = format!("xtask-stamp-{}-{name}", std::process::id());
            let site = Self(std::env::temp_dir().join(folder));
            site.put("src/app.rs", "fn main() {}");
            site.put("dist/index.html", "<!doctype html>");
            site.put("dist/app.wasm", "wasm");
            write(&site.stamp(), site.state("release"), &site.0.join("dist")).unwrap();
            site
        }

        fn put(&self, path: &str, text: &str) {
            let path = self.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn stamp(&self) -> PathBuf {
            self.0.join("target/xtask/dist.stamp")
        }

        fn state(&self, kind: &str) -> u64 {
            sources(&self.0, kind).unwrap()
        }

        fn fresh(&self, kind: &str) -> bool {
            is_fresh(&self.stamp(), self.state(kind), &self.0.join("dist"))
        }
    }

    impl Drop for Site {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn nothing_changed_means_nothing_to_build() {
        assert!(Site::built("same").fresh("release"));
    }

    #[test]
    fn a_file_written_again_with_the_same_content_means_nothing_to_build() {
        let site = Site::built("touched");
        site.put("src/app.rs", "fn main() {}");
        assert!(site.fresh("release"));
    }

    #[test]
    fn a_changed_an_added_and_a_removed_source_each_mean_a_build() {
        let site = Site::built("sources");
        site.put("src/app.rs", "fn main() { }");
        assert!(!site.fresh("release"));
        site.put("src/app.rs", "fn main() {}");
        assert!(site.fresh("release"));
        site.put("crates/contract/src/lib.rs", "");
        assert!(!site.fresh("release"));
        fs::remove_dir_all(site.0.join("crates")).unwrap();
        fs::remove_file(site.0.join("src/app.rs")).unwrap();
        assert!(!site.fresh("release"));
    }

    #[test]
    fn files_that_trunk_does_not_read_do_not_matter() {
        let site = Site::built("others");
        site.put("crates/server/src/main.rs", "fn main() {}");
        site.put("content/page.md", "# Page");
        assert!(site.fresh("release"));
    }

    #[test]
    fn a_development_build_is_not_taken_for_a_release() {
        let site = Site::built("kind");
        assert!(!site.fresh("dev"));
    }

    #[test]
    fn a_dist_that_something_else_wrote_to_is_built_again() {
        let site = Site::built("dist");
        site.put("dist/app.wasm", "another wasm");
        assert!(!site.fresh("release"));
        fs::remove_dir_all(site.0.join("dist")).unwrap();
        assert!(!site.fresh("release"));
    }
}
