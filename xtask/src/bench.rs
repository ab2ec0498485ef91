//! `bench`: what the site costs its readers and its machine, as the tables of the README.
//!
//! Measures are no tests: a limit that is missed is shown and fails nothing, because times belong
//! to a machine and its load. The command fails only where something could not be measured.

mod bytes;
mod client;
mod content;
mod cores;
mod directory;
mod draw;
mod http;
mod machine;
mod nginx;
mod page;
mod people;
mod plan;
mod script;
mod search;
mod server;
mod stats;
mod table;
mod usage;
mod wrk;

use std::path::PathBuf;

use crate::build::{self, App};
use crate::failure::{Failure, Outcome};
use crate::progress::Step;
use crate::setup::{self, BenchTools};
use crate::workspace::Workspace;
use cores::Cores;
use plan::{Measure, Plan};
use server::Server;
use table::Table;

/// The article every measure looks at.
const ARTICLE: &str = "/articles/cellules-car-t";
/// The same as data.
const ARTICLE_JSON: &str = "/api/v1/articles/cellules-car-t";

/// What every measure needs.
struct Bench<'a> {
    workspace: &'a Workspace,
    tools: BenchTools,
    binary: PathBuf,
    runs: usize,
}

impl Bench<'_> {
    fn server(&self, cores: Cores) -> Outcome<Server> {
        Server::start(&self.binary, self.workspace, cores, None)
    }

    /// With so many made-up practitioners.
    fn server_with_sample(&self, cores: Cores, count: u32) -> Outcome<Server> {
        Server::start(&self.binary, self.workspace, cores, Some(count))
    }
}

pub fn run(workspace: &Workspace, words: &[String]) -> Outcome<()> {
    let plan = Plan::of(words)?;
    let binary = match &plan.binary {
        Some(path) => path.clone(),
        None => {
            build::run(workspace, App::Release)?;
            workspace.server()
        }
    };
    let tools = setup::for_bench(workspace, plan.needs_browser(), plan.needs_load())?;
    let bench = Bench { workspace, tools, binary, runs: plan.runs };
    let machine = machine::describe(&bench);
    let stolen = machine::Stolen::begin();

    let mut tables = Vec::new();
    let mut failures = Vec::new();
    for measure in plan.measures {
        let step = Step::begin(measure.name());
        match bench.measure(measure) {
            Ok(measured) => {
                tables.extend(measured);
                step.done();
            }
            Err(failure) => failures.push(format!("{}: {failure}", measure.name())),
        }
    }
    let command = machine::after_space(words);
    println!("\nMeasured with `cargo xtask bench{command}` on {machine}{}", stolen.words());
    for table in &tables {
        println!("\n{table}");
    }
    println!("\n{}", table::summary(&tables));
    if failures.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("what could not be measured: {}", failures.join("; "))))
}

impl Bench<'_> {
    fn measure(&self, measure: Measure) -> Outcome<Vec<Table>> {
        match measure {
            Measure::Bytes => bytes::measure(self).map(|table| vec![table]),
            Measure::Page => page::measure(self),
            Measure::Http => http::measure(self),
            Measure::Directory => directory::measure(self),
            Measure::People => people::measure(self),
            Measure::Search => search::measure(self).map(|table| vec![table]),
        }
    }
}
