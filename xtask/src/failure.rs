//! Why a command stopped, as one sentence that says how to mend it.
//!
//! The tools that are run print pages when they fail; whoever reads the end of a log should not
//! have to know them to find out that, say, the network was missing.

use std::fmt;

/// The sentence shown when a command cannot go on.
#[derive(Debug)]
pub struct Failure(String);

pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// The sentence for a failed download or installation of `what`, judged by what was printed.
    /// `otherwise` is said when the output shows no cause we know.
    pub fn from_output(what: &str, output: &str, otherwise: &str) -> Self {
        Self(match cause(output) {
            Some(Cause::Network) => format!(
                "{what} could not be downloaded because the network did not answer: connect this \
                 machine (or set its proxy) and run the command again"
            ),
            Some(Cause::DiskFull) => {
                format!("the disk is full: make room for {what} and run the command again")
            }
            Some(Cause::NotPublished) => format!(
                "{what} is not published where this machine downloads from: check the mirror \
                 configured for it, or the version pinned in xtask/src/pins.rs"
            ),
            None => otherwise.to_owned(),
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What the output of cargo, rustup, npm, apt or git can tell about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    Network,
    DiskFull,
    NotPublished,
}

/// Lower-case traces in the output, most telling first: a full disk or an absent package may be
/// followed by "failed to download", the reverse does not happen.
const TRACES: &[(Cause, &[&str])] = &[
    (Cause::DiskFull, &["no space left on device", "enospc"]),
    (
        Cause::NotPublished,
        &["in registry `", "code e404", "code etarget", "failed to select a version for the"],
    ),
    (
        Cause::Network,
        &[
            "could not resolve host",
            "could not connect",
            "couldn't connect",
            "couldn't resolve host",
            "failed to download",
            "download of config.json failed",
            "network failure",
            "temporary failure resolving",
            "temporary failure in name resolution",
            "failed to fetch http",
            "could not download file",
            "error sending request",
            "dns error",
            "connection refused",
            "connection timed out",
            "connection reset",
            "operation timed out",
            "timeout was reached",
            "ssl connect error",
            "network is unreachable",
            "failed to connect to",
            "enotfound",
            "enotcached",
            "eai_again",
            "econnrefused",
            "econnreset",
            "etimedout",
            "enetunreach",
            "err_socket_timeout",
        ],
    ),
];

/// What cargo calls a failure it tries again after: by itself it proves nothing.
const RETRIED: &str = "spurious network error";

/// The cause that the output shows, if it shows one.
pub fn cause(output: &str) -> Option<Cause> {
    let output = output.to_lowercase();
    let shows = |traces: &[&str]| {
        output
            .lines()
            .filter(|line| !line.contains(RETRIED))
            .any(|line| traces.iter().any(|trace| line.contains(trace)))
    };
    TRACES.iter().find(|(_, traces)| shows(traces)).map(|(cause, _)| *cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cargo_cannot_resolve_is_a_network_failure() {
        let output = "error: download of config.json failed\n\nCaused by:\n  [6] Could not resolve \
                      hostname (Could not resolve host: crates.example)";
        assert_eq!(cause(output), Some(Cause::Network));
    }

    #[test]
    fn a_name_npm_cannot_resolve_is_a_network_failure() {
        let output = "npm error code ENOTFOUND\nnpm error syscall getaddrinfo";
        assert_eq!(cause(output), Some(Cause::Network));
    }

    #[test]
    fn a_name_apt_cannot_resolve_is_a_network_failure() {
        let output = "Err:1 http://deb.example bookworm InRelease\n  Temporary failure resolving";
        assert_eq!(cause(output), Some(Cause::Network));
    }

    #[test]
    fn a_name_git_cannot_resolve_is_a_network_failure() {
        let output = "fatal: unable to access 'https://git.example/db/': Could not resolve host";
        assert_eq!(cause(output), Some(Cause::Network));
    }

    #[test]
    fn a_full_disk_during_a_download_is_not_blamed_on_the_network() {
        let output = "error: failed to download `trunk`\n  No space left on device (os error 28)";
        assert_eq!(cause(output), Some(Cause::DiskFull));
    }

    #[test]
    fn a_version_the_registry_lacks_is_not_blamed_on_the_network() {
        let output = "error: could not find `trunk` in registry `x` with version `=9.9.9`";
        assert_eq!(cause(output), Some(Cause::NotPublished));
        assert_eq!(cause("npm error code ETARGET"), Some(Cause::NotPublished));
    }

    #[test]
    fn a_download_that_worked_the_second_time_is_no_failure() {
        let output = "warning: spurious network error (3 tries remaining): [6] Could not resolve \
                      host\nerror[E0308]: mismatched types";
        assert_eq!(cause(output), None);
    }

    #[test]
    fn a_compile_error_gives_the_sentence_of_the_caller() {
        let output = "error[E0308]: mismatched types";
        assert_eq!(cause(output), None);
        assert_eq!(Failure::from_output("trunk", output, "read above").to_string(), "read above");
    }

    #[test]
    fn the_sentence_names_what_was_being_downloaded_and_the_mend() {
        let sentence =
            Failure::from_output("trunk 1.2", "npm error code EAI_AGAIN", "").to_string();
        assert!(sentence.starts_with("trunk 1.2 could not be downloaded"));
        assert!(sentence.contains("connect this machine"));
    }
}
