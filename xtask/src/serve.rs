//! `serve`: build, then become the server.

use std::process::Command;

use crate::build::{self, App};
use crate::failure::Outcome;
use crate::process;
use crate::workspace::Workspace;

/// Where `serve` listens unless told otherwise; `dev` has trunk listen here.
pub const ADDRESS: &str = "127.0.0.1:8080";

pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome<()> {
    build::run(workspace, App::Release)?;
    let arguments = server_arguments(ADDRESS, arguments);
    if let Some(address) = value_of("--listen", &arguments) {
        println!("▸ http://{address} (Ctrl-C ends it)");
    }
    let mut server = process::command(workspace.server());
    become_program(server.args(arguments).current_dir(&workspace.root))
}

/// What the server is told: our defaults, but for those that `given` replaces.
pub fn server_arguments(listen: &str, given: &[String]) -> Vec<String> {
    let defaults = [
        ("--listen", listen),
        ("--content", "content"),
        ("--site", "site.toml"),
        ("--data", "target/data"),
        // A fresh machine has nobody to show: made up, and marked as such on every page.
        ("--sample", "400"),
    ];
    let mut arguments = vec!["serve".to_owned()];
    for (option, value) in defaults {
        if value_of(option, given).is_none() {
            arguments.extend([option.to_owned(), value.to_owned()]);
        }
    }
    arguments.extend_from_slice(given);
    arguments
}

/// The value of an option given as `--option value` or `--option=value`.
fn value_of<'a>(option: &str, arguments: &'a [String]) -> Option<&'a str> {
    arguments.iter().enumerate().find_map(|(index, argument)| {
        let rest = argument.strip_prefix(option)?;
        match rest.strip_prefix('=') {
            Some(value) => Some(value),
            None if rest.is_empty() => Some(arguments.get(index + 1).map_or("", String::as_str)),
            None => None,
        }
    })
}

/// Hands over to the program, so that signals reach it and its end is ours.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Outcome<()> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(process::not_started(command, &error))
}

/// Where a program cannot be replaced, waits for it.
#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Outcome<()> {
    process::run(command, "the server stopped: read its message above")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served_with(given: &[&str]) -> String {
        let given: Vec<String> = given.iter().map(|word| (*word).to_owned()).collect();
        server_arguments(ADDRESS, &given).join(" ")
    }

    #[test]
    fn without_arguments_the_defaults_are_served() {
        assert_eq!(
            served_with(&[]),
            "serve --listen 127.0.0.1:8080 --content content --site site.toml --data target/data \
             --sample 400"
        );
    }

    #[test]
    fn a_given_option_replaces_its_default_however_it_is_written() {
        let arguments = served_with(&["--listen", "[::]:80", "--data=/srv/data"]);
        assert_eq!(
            arguments,
            "serve --content content --site site.toml --sample 400 --listen [::]:80 \
             --data=/srv/data"
        );
    }

    #[test]
    fn an_option_that_only_begins_alike_replaces_nothing() {
        assert!(served_with(&["--site-name", "x"]).contains("--site site.toml"));
    }
}
