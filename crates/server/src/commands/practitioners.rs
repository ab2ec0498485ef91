//! `practitioners`: import, export, make up.

use std::{fs, path::PathBuf};

use clap::{Subcommand, ValueEnum};
use contract::practitioner::Practitioner;
use directory::{export, import, sample};
use gazetteer::Gazetteer;
use server::clock;
use store::{
    Store,
    directory::{Brought, Entry},
    moderators::By,
};

use crate::commands::moderators::ACTOR;

/// Where made-up ones come from, in the journal.
const SAMPLE: &str = "sample";
/// Most practitioners that are made up.
const MAX_SAMPLE: u32 = 200_000;
/// Larger files are refused before they are read.
const MAX_FILE: u64 = 256 * 1_024 * 1_024;

#[derive(Subcommand)]
pub enum Action {
    /// Make the directory hold what a CSV file holds; what it leaves out is archived.
    Import {
        file: PathBuf,
        /// Report only, write nothing.
        #[arg(long)]
        dry_run: bool,
        /// Write the good rows even if others are rejected.
        #[arg(long)]
        partial: bool,
        /// Where the entries come from, as visitors read it; by default the file's name.
        #[arg(long)]
        source: Option<String>,
    },
    /// Write the directory to a file, or to standard output.
    Export {
        file: Option<PathBuf>,
        #[arg(long, value_enum, default_value_t = Format::Csv)]
        format: Format,
    },
    /// Fill the directory with made-up practitioners, marked as such on every page.
    Sample {
        #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_SAMPLE)))]
        count: u32,
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Csv,
    Geojson,
}

pub async fn run(store: &Store, action: Action) -> Result<(), String> {
    match action {
        Action::Import { file, dry_run, partial, source } => {
            let length =
                fs::metadata(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            if MAX_FILE < length.len() {
                return Err(format!("{}: larger than 256 MB, no directory is", file.display()));
            }
            let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let name = || file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let source = source.unwrap_or_else(name);
            let import = import::import(&bytes, places()?, &source, clock::today())
                .map_err(|fault| format!("{}: {fault}", file.display()))?;
            print!("{}", import.report);
            if dry_run {
                println!("nothing was written: a dry run");
                return Ok(());
            }
            if !import.report.is_clean() && !partial {
                return Err(
                    "nothing was written: mend the rejected rows, or give --partial".to_owned()
                );
            }
            if import.entries.is_empty() {
                // It would archive everybody.
                return Err("nothing was written: the file holds no practitioner".to_owned());
            }
            replace(store, import.entries, &source).await
        }
        Action::Export { file, format } => {
            let all = everybody(store).await?;
            let text = match format {
                Format::Csv => export::csv(&all),
                Format::Geojson => serde_json::to_string(&export::geojson(&all))
                    .map_err(|error| error.to_string())?,
            };
            match file {
                Some(file) => {
                    fs::write(&file, text)
                        .map_err(|error| format!("{}: {error}", file.display()))?;
                    println!("{} practitioners in {}", all.len(), file.display());
                }
                None => print!("{text}"),
            }
            Ok(())
        }
        Action::Sample { count, seed } => {
            if everybody(store).await?.iter().any(|it| !it.sample) {
                return Err(
                    "the directory holds real practitioners: made-up ones would replace them"
                        .to_owned(),
                );
            }
            replace(store, sample::sample(places()?, count, seed), SAMPLE).await
        }
    }
}

/// Fills a directory that is empty with `count` made-up practitioners.
pub async fn fill(store: &Store, count: u32) -> Result<(), String> {
    if !everybody(store).await?.is_empty() {
        return Ok(());
    }
    let made_up = sample::sample(places()?, count.clamp(1, MAX_SAMPLE), 1);
    replace(store, made_up, SAMPLE).await
}

async fn everybody(store: &Store) -> Result<Vec<Practitioner>, String> {
    let contents = store.directory().await.map_err(|error| error.to_string())?;
    Ok(contents.entries.into_iter().map(|it| it.practitioner).collect())
}

async fn replace(
    store: &Store,
    mut entries: Vec<import::Entry>,
    source: &str,
) -> Result<(), String> {
    let known = store.known_ids().await.map_err(|error| error.to_string())?;
    import::settle(&mut entries, &known);
    let entries: Vec<Entry> = entries
        .into_iter()
        .map(|it| Entry { external_id: it.external_id, practitioner: it.practitioner })
        .collect();
    let by = By { actor: ACTOR, now_ms: clock::now_ms() };
    let brought = Brought { entries: &entries, source, expected: None, by };
    let changes = store.import_directory(brought).await.map_err(|error| error.to_string())?;
    // Whatever the directory was, it was expected.
    let changes = changes.unwrap_or_default();
    println!(
        "{} added, {} updated, {} unchanged, {} archived",
        changes.added, changes.updated, changes.unchanged, changes.archived
    );
    Ok(())
}

fn places() -> Result<&'static Gazetteer, String> {
    Gazetteer::embedded().map_err(|error| error.to_string())
}
