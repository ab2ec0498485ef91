//! The command line: serve, check content, export, practitioners, moderation, backup.

mod commands;

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::{Args, Parser, Subcommand};
use commands::{backup, moderation, moderators, practitioners};
use server::{
    assets::Assets,
    clock,
    config::Config,
    content, defaults,
    export::{ApiPlace, export},
    listen,
    mail::{Courier, Login},
    people::{People, lifetimes},
    picture::Painter,
    register::Register,
    router::build_router,
    snapshot::{Current, Snapshot},
};
use store::{Store, StoreError};

/// The site in one binary: pages, JSON endpoints, content checks, static export.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site until told to stop.
    Serve {
        #[command(flatten)]
        sources: Sources,
        /// Address and port; port 0 takes a free one.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        #[command(flatten)]
        storage: Storage,
        /// Fill a directory that is empty with this many made-up practitioners, marked as such.
        #[arg(long)]
        sample: Option<u32>,
        /// A proxy stands before it: who sends is the last address in X-Forwarded-For.
        #[arg(long)]
        behind_proxy: bool,
        #[command(flatten)]
        login: SmtpLogin,
        /// Log lines as JSON, one object each.
        #[arg(long)]
        log_json: bool,
    },
    /// Check all content and say what is wrong, with file and line.
    CheckContent {
        #[command(flatten)]
        sources: Sources,
    },
    /// Import, export or make up practitioners.
    Practitioners {
        #[command(subcommand)]
        action: practitioners::Action,
        #[command(flatten)]
        storage: Storage,
    },
    /// Copy everything that is kept into a new file, while the server runs.
    Backup {
        file: PathBuf,
        #[command(flatten)]
        storage: Storage,
    },
    /// Fill a new database, of either kind, with such a copy.
    Restore {
        file: PathBuf,
        #[command(flatten)]
        storage: Storage,
    },
    /// Bring the database's schema up to date, as `serve` does when it starts.
    Migrate {
        #[command(flatten)]
        storage: Storage,
    },
    /// Decide on what readers sent.
    Moderation {
        #[command(subcommand)]
        action: moderation::Action,
        #[command(flatten)]
        storage: Storage,
    },
    /// Add, list, close the accounts of the moderators' desk.
    Moderator {
        #[command(subcommand)]
        action: moderators::Action,
        #[command(flatten)]
        storage: Storage,
    },
    /// Write the whole site as static files into an empty folder.
    Export {
        #[command(flatten)]
        sources: Sources,
        folder: PathBuf,
        /// Address of a running server's endpoints; by default the export brings its own files.
        #[arg(long)]
        api: Option<String>,
    },
}

/// Where the server keeps what it remembers.
#[derive(Args)]
struct Storage {
    /// Folder for the server's own files, the built-in database among them.
    #[arg(long, default_value = "immunotheque-data", global = true)]
    data: PathBuf,
    /// `postgres://user:password@host/database`, in place of the built-in database.
    #[arg(long, env = "IMMUNOTHEQUE_DATABASE_URL", hide_env_values = true, global = true)]
    database_url: Option<String>,
}

impl Storage {
    async fn open(&self) -> Result<Store, String> {
        private_folder(&self.data).map_err(|error| format!("{}: {error}", self.data.display()))?;
        let address = match &self.database_url {
            Some(url) => url.parse().map_err(|error: StoreError| error.to_string())?,
            None => store::Address::in_folder(&self.data),
        };
        Store::open(&address).await.map_err(|error| error.to_string())
    }
}

/// Makes a folder that only this account enters: what people sent is in it. One that is there already is
/// its owner's to close.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Name and password at the mail server of `[mail]`. A command line is for everybody to read: they
/// belong into the environment.
#[derive(Args)]
struct SmtpLogin {
    #[arg(long, env = "IMMUNOTHEQUE_SMTP_USER", hide = true, requires = "smtp_password")]
    smtp_user: Option<String>,
    #[arg(long, env = "IMMUNOTHEQUE_SMTP_PASSWORD", hide = true, requires = "smtp_user")]
    smtp_password: Option<String>,
}

impl SmtpLogin {
    fn login(&self) -> Option<Login> {
        let (user, password) = (self.smtp_user.clone()?, self.smtp_password.clone()?);
        Some(Login { user, password })
    }
}

/// What the site is made from. Without these, what was built into the binary.
#[derive(Args)]
struct Sources {
    /// The content folder.
    #[arg(long)]
    content: Option<PathBuf>,
    /// The brand and switches.
    #[arg(long)]
    site: Option<PathBuf>,
    /// The public address, in place of the one in the site file: `https://example.org`.
    #[arg(long, env = "IMMUNOTHEQUE_URL")]
    url: Option<String>,
}

impl Sources {
    fn config(&self) -> Result<Config, String> {
        let (text, file) = match &self.site {
            Some(file) => {
                let text = fs::read_to_string(file)
                    .map_err(|error| format!("{}: {error}", file.display()))?;
                (text, file.clone())
            }
            None => (defaults::SITE.to_owned(), PathBuf::from("site.toml (built in)")),
        };
        Config::parse(&text, &file, self.url.as_deref()).map_err(|error| error.to_string())
    }

    /// The content folder; what was built in is unpacked below `data`.
    fn content(&self, data: &Path) -> Result<PathBuf, String> {
        match &self.content {
            Some(folder) if folder.is_dir() => Ok(folder.clone()),
            Some(folder) => Err(format!("{}: no such folder", folder.display())),
            None => defaults::unpack(data).map_err(|error| {
                format!(
                    "{}: the built-in content cannot be unpacked there: {error}",
                    data.display()
                )
            }),
        }
    }

    fn snapshot(&self, data: &Path) -> Result<(Snapshot, PathBuf), String> {
        let config = self.config()?;
        let folder = self.content(data)?;
        let assets = Assets::embedded().map_err(|error| error.to_string())?;
        let mut config = config;
        check_files(&mut config, &assets, data)?;
        let today = clock::today();
        let library = content::load(&folder, &config.facts, today)
            .map_err(|faults| format!("the content has faults:\n{faults}"))?;
        let snapshot = Snapshot::new(
            Arc::new(config),
            Arc::new(library),
            Arc::new(assets),
            Arc::new(Painter::default()),
            today,
        );
        Ok((snapshot, folder))
    }
}

/// Lets content be checked against the drawings and pictures that visitors will be sent.
fn check_files(config: &mut Config, assets: &Assets, data: &Path) -> Result<(), String> {
    let folder = data.join("built-in-public");
    assets.unpack(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    config.facts.motifs = assets.motifs();
    config.facts.public = Some(folder);
    Ok(())
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("immunotheque: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), String> {
    match command {
        Command::Serve { sources, listen, storage, sample, behind_proxy, login, log_json } => {
            start_log(log_json);
            let login = login.login();
            runtime()?.block_on(serve(&sources, listen, &storage, sample, behind_proxy, login))
        }
        Command::Practitioners { action, storage } => {
            with_store(&storage, async |store| practitioners::run(&store, action).await)
        }
        Command::Backup { file, storage } => {
            with_store(&storage, async |store| backup::back_up(&store, &file).await)
        }
        Command::Restore { file, storage } => {
            with_store(&storage, async |store| backup::restore(&store, &file).await)
        }
        Command::Migrate { storage } => with_store(&storage, async |_| Ok(())),
        Command::Moderation { action, storage } => {
            with_store(&storage, async |store| moderation::run(&store, action).await)
        }
        Command::Moderator { action, storage } => {
            with_store(&storage, async |store| moderators::run(&store, action).await)
        }
        Command::CheckContent { sources } => {
            let temporary =
                std::env::temp_dir().join(format!("immunotheque-{}", std::process::id()));
            let checked = check_content(&sources, &temporary);
            // Nothing there when the content was given: no failure to speak of.
            let _ = fs::remove_dir_all(&temporary);
            checked
        }
        Command::Export { sources, folder, api } => {
            let temporary =
                std::env::temp_dir().join(format!("immunotheque-{}", std::process::id()));
            let (snapshot, _) = sources.snapshot(&temporary)?;
            let _ = fs::remove_dir_all(&temporary);
            let api = api.map_or(ApiPlace::Files, ApiPlace::Server);
            // Who is near is asked of a server: files hold nobody.
            let register = Register::of(Vec::new()).map_err(|error| error.to_string())?;
            let count = runtime()?
                .block_on(export(snapshot, &register, &folder, &api))
                .map_err(|error| error.to_string())?;
            println!("{count} files in {}", folder.display());
            Ok(())
        }
    }
}

/// Does something with the database, whose schema is then up to date.
fn with_store(
    storage: &Storage,
    step: impl AsyncFnOnce(Store) -> Result<(), String>,
) -> Result<(), String> {
    runtime()?.block_on(async {
        let store = storage.open().await?;
        let done = step(store.clone()).await;
        store.close().await;
        done
    })
}

fn check_content(sources: &Sources, temporary: &Path) -> Result<(), String> {
    let mut config = sources.config()?;
    // Without the built app, drawings and pictures are not checked: editors need no toolchain.
    if let Ok(assets) = Assets::embedded() {
        check_files(&mut config, &assets, temporary)?;
    }
    let folder = sources.content(temporary)?;
    match content::load(&folder, &config.facts, clock::today()) {
        Ok(library) => {
            println!(
                "{} articles, {} pages, {} terms, {} references: no fault",
                library.articles().len(),
                library.pages().len(),
                library.glossary().len(),
                library.references().len()
            );
            Ok(())
        }
        Err(faults) => {
            let count = faults.as_slice().len();
            Err(format!("{count} fault(s) in {}\n{faults}", folder.display()))
        }
    }
}

async fn serve(
    sources: &Sources,
    address: SocketAddr,
    storage: &Storage,
    sample: Option<u32>,
    behind_proxy: bool,
    login: Option<Login>,
) -> Result<(), String> {
    let store = storage.open().await?;
    let (snapshot, folder) = sources.snapshot(&storage.data)?;
    if let Some(count) = sample {
        practitioners::fill(&store, count).await?;
    }
    let register = Register::follow(store.clone()).await.map_err(|error| error.to_string())?;
    let people = People::open(store.clone()).await.map_err(|error| error.to_string())?;
    lifetimes::follow(store.clone(), lifetimes::EVERY, clock::now_ms);
    let courier = Courier::new(&snapshot.config, login).map_err(|error| error.to_string())?;
    if let Some(courier) = courier {
        courier.follow(store.clone());
    }
    let current = Current::new(snapshot, register, people);
    current.follow(folder).map_err(|error| format!("the content cannot be followed: {error}"))?;
    let stop =
        listen::stop_signal().map_err(|error| format!("signals cannot be handled: {error}"))?;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .map_err(|error| format!("{address} cannot be listened on: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    // For whoever started it, tests included: the port may have been chosen just now.
    println!("listening on http://{address}");
    listen::serve(listener, build_router(current), behind_proxy, stop).await;
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("the runtime cannot start: {error}"))
}

/// To standard error. Nothing that is logged tells who asked or for what.
fn start_log(json: bool) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("IMMUNOTHEQUE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json {
        log.json().init();
    } else {
        log.init();
    }
}
