//! `test`: every check there is, cheapest first, stopping at the first that fails.

mod checks;
mod plan;

use std::time::{Duration, Instant};

use crate::build::{self, App};
use crate::failure::{Failure, Outcome};
use crate::progress::{Step, seconds};
use crate::setup::{self, Level};
use crate::tally::Tally;
use crate::workspace::Workspace;
use plan::Plan;

pub fn run(workspace: &Workspace, words: &[String]) -> Outcome<()> {
    let plan = Plan::of(words)?;
    let mut report = Report::default();
    let outcome = run_plan(workspace, &plan, &mut report);
    report.print(&plan);
    match outcome {
        Ok(()) if report.tally.is_empty() && !plan.filters.is_empty() => {
            Err(Failure::new(format!(
                "no test's name contains “{}”: run `cargo xtask test tests` to see the names",
                plan.filters.join("” or “")
            )))
        }
        outcome => {
            if !report.tally.is_empty() {
                println!("{}", report.tally);
            }
            outcome
        }
    }
}

fn run_plan(workspace: &Workspace, plan: &Plan, report: &mut Report) -> Outcome<()> {
    let started = Instant::now();
    let tools = setup::run(workspace, Level::Test)?;
    report.add("setup", started.elapsed());
    if plan.needs_build() {
        let started = Instant::now();
        build::with_tools(workspace, &tools, App::Release)?;
        report.add("build", started.elapsed());
    }
    for check in &plan.checks {
        let step = Step::begin(check.name());
        let passed = checks::run(*check, workspace, &tools, &plan.filters)?;
        report.tally += passed.tally;
        if !passed.ok {
            return Err(Failure::new(format!(
                "the step `{0}` failed: mend the first error above and try it alone with `cargo \
                 xtask test {0}`",
                check.name()
            )));
        }
        report.rows.push((passed.label, step.done()));
    }
    Ok(())
}

/// What was run so far.
#[derive(Default)]
struct Report {
    rows: Vec<(String, Duration)>,
    tally: Tally,
}

impl Report {
    fn add(&mut self, name: &str, took: Duration) {
        self.rows.push((name.to_owned(), took));
    }

    fn print(&self, plan: &Plan) {
        println!();
        for line in self.lines(plan) {
            println!("{line}");
        }
    }

    /// A line for each step, those that were not reached among them: the first of these failed.
    fn lines(&self, plan: &Plan) -> Vec<String> {
        let steps = plan.steps();
        let unfinished = steps.iter().skip(self.rows.len());
        let labels = self.rows.iter().map(|(label, _)| label.as_str());
        let width = labels.chain(steps.iter().copied()).map(|label| label.chars().count()).max();
        let width = width.unwrap_or_default();
        let done = self
            .rows
            .iter()
            .map(|(label, took)| format!("  ✓ {label:width$}  {:>9}", seconds(*took)));
        let rest = unfinished.enumerate().map(|(index, step)| match index {
            0 => format!("  ✗ {step:width$}  {:>9}", "failed"),
            _ => format!("  – {step:width$}  {:>9}", "not run"),
        });
        done.chain(rest).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(names: &[&str]) -> Report {
        let mut report = Report::default();
        for name in names {
            report.add(name, Duration::from_millis(1_500));
        }
        report
    }

    fn plan(words: &[&str]) -> Plan {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Plan::of(&words).unwrap()
    }

    #[test]
    fn the_table_gives_each_step_its_time() {
        let lines = report(&["setup", "fmt"]).lines(&plan(&["fmt"]));
        assert_eq!(lines, ["  ✓ setup      1.5 s", "  ✓ fmt        1.5 s"]);
    }

    #[test]
    fn the_table_shows_what_failed_and_what_was_not_run() {
        let lines = report(&["setup"]).lines(&plan(&["fmt", "clippy"]));
        assert!(lines[1].starts_with("  ✗ fmt"), "{lines:?}");
        assert!(lines[2].starts_with("  – clippy"), "{lines:?}");
        assert!(lines[2].ends_with("not run"), "{lines:?}");
    }
}
