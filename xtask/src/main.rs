//! The project's commands, behind `cargo xtask`.
//!
//! One entry point, so that a fresh clone needs one command to be built, served or tested: what is
//! missing is installed, and what cannot be installed is named in one sentence.

mod bench;
mod build;
mod dev;
mod failure;
mod geodata;
mod pins;
mod process;
mod progress;
mod serve;
mod setup;
mod stamp;
mod tally;
mod test;
mod versions;
mod workspace;

use std::process::ExitCode;

use failure::{Failure, Outcome};
use setup::Level;
use workspace::Workspace;

const USAGE: &str = "\
Usage: cargo xtask <command>

  setup [--tests]   install what building needs; with --tests, what testing needs too
  build [--dev]     set up, build the app into dist/, then the server around it
                    (--dev: the app unoptimised)
  serve [args…]     build, then serve at http://127.0.0.1:8080; the arguments go to the
                    server, and a --listen, --content, --site or --data replaces ours
  dev               serve at http://127.0.0.1:8080, building again at every change
  test [words…]     run every check and test; a word that names a step (fmt, clippy, deny,
                    tests, postgresql, e2e, content) chooses that step, any other word
                    filters the tests by name
  bench [measures…] measure bytes, page, http, search, directory and people (by default
                    all; people sends 100,000 comments and takes minutes), print the
                    tables and say which limits hold; --runs N loads each page N times
                    (7), --binary PATH measures that server and builds none
  geodata           build the towns and outlines in data/ again from their sources
                    (90 MB of downloads, kept beside the tools), say which files changed

Environment:
  IMMUNOTHEQUE_TOOLS     where the tools are kept (~/.cache/immunotheque/tools)
  CHROME, CHROMEDRIVER   the browser and driver to test with, if not those on the PATH";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("✗ {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome<()> {
    let Some((command, rest)) = arguments.split_first() else {
        println!("{USAGE}");
        return Ok(());
    };
    match command.as_str() {
        "-h" | "--help" | "help" => {
            println!("{USAGE}");
            Ok(())
        }
        "setup" => {
            let level = if flag(rest, "--tests")? { Level::Test } else { Level::Build };
            setup::run(&Workspace::find()?, level).map(drop)
        }
        "build" => {
            let profile = if flag(rest, "--dev")? { build::App::Dev } else { build::App::Release };
            build::run(&Workspace::find()?, profile).map(drop)
        }
        "serve" => serve::run(&Workspace::find()?, rest),
        "dev" => {
            if let Some(surplus) = rest.first() {
                return Err(unknown_argument(surplus));
            }
            dev::run(&Workspace::find()?)
        }
        "bench" => bench::run(&Workspace::find()?, rest),
        "geodata" => {
            if let Some(surplus) = rest.first() {
                return Err(unknown_argument(surplus));
            }
            geodata::run(&Workspace::find()?)
        }
        "test" => test::run(&Workspace::find()?, rest),
        other => Err(Failure::new(format!(
            "there is no command `{other}`: run `cargo xtask --help` for the list"
        ))),
    }
}

/// Whether `wanted` was given, when it is the only argument a command takes.
fn flag(arguments: &[String], wanted: &str) -> Outcome<bool> {
    match arguments.iter().find(|argument| *argument != wanted) {
        Some(surplus) => Err(unknown_argument(surplus)),
        None => Ok(!arguments.is_empty()),
    }
}

fn unknown_argument(argument: &str) -> Failure {
    Failure::new(format!("`{argument}` means nothing here: run `cargo xtask --help` for the list"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_flag_is_on_only_when_given() {
        assert!(flag(&words(&["--tests"]), "--tests").is_ok_and(|on| on));
        assert!(flag(&[], "--tests").is_ok_and(|on| !on));
    }

    #[test]
    fn an_argument_nobody_knows_is_refused_by_name() {
        let failure = flag(&words(&["--test"]), "--tests").unwrap_err();
        assert!(failure.to_string().starts_with("`--test` means nothing here"));
    }

    #[test]
    fn an_unknown_command_points_to_the_list() {
        let failure = dispatch(&words(&["sevre"])).unwrap_err();
        assert!(failure.to_string().contains("`sevre`"));
        assert!(failure.to_string().contains("--help"));
    }
}
