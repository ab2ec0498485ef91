//! `moderator`: who may sit at the desk.

use std::io::{self, BufRead, IsTerminal};

use clap::{Subcommand, ValueEnum};
use contract::{
    desk::{MAX_ACCOUNT, PASSWORD_CHARS, Role, accounts::account_name},
    form::line,
};
use server::{clock, desk::passwords};
use store::{
    Store,
    moderators::{By, Step, Stepped},
};

/// Who changes accounts from here, in the journal.
pub const ACTOR: &str = "command line";

#[derive(Subcommand)]
pub enum Action {
    /// Add an account; its password is asked for, or read from the standard input.
    Add {
        name: String,
        #[arg(long, value_enum, default_value = "moderator")]
        role: RoleName,
    },
    /// List all accounts.
    List,
    /// Close an account, and sign it out everywhere.
    Disable { name: String },
    /// Give an account another password, and sign it out everywhere.
    Password { name: String },
    /// Sign an account out everywhere.
    SignOut { name: String },
}

/// A role, as it is typed.
#[derive(Clone, Copy, ValueEnum)]
pub enum RoleName {
    /// Decides on what readers send.
    Moderator,
    /// And answers as the institute.
    Editor,
    /// Keeps the directory, and decides on what is reported of it.
    DirectoryManager,
    /// All of it, and the journal.
    Admin,
}

impl From<RoleName> for Role {
    fn from(it: RoleName) -> Role {
        match it {
            RoleName::Moderator => Role::Moderator,
            RoleName::Editor => Role::Editor,
            RoleName::DirectoryManager => Role::DirectoryManager,
            RoleName::Admin => Role::Admin,
        }
    }
}

pub async fn run(store: &Store, action: Action) -> Result<(), String> {
    let by = By { actor: ACTOR, now_ms: clock::now_ms() };
    let text = |error: store::StoreError| error.to_string();
    let there = |name: &str, done: bool| {
        if done { Ok(()) } else { Err(format!("{name}: there is no such account")) }
    };
    match action {
        Action::Add { name, role } => {
            let name = account(&name)?;
            if store.moderator(&name).await.map_err(text)?.is_some() {
                return Err(format!("{name}: there is such an account already"));
            }
            let hash = password()?;
            let added = store.add_moderator(&name, &hash, role.into(), by).await.map_err(text)?;
            if added { Ok(()) } else { Err(format!("{name}: there is such an account already")) }
        }
        Action::List => {
            for it in store.moderators().await.map_err(text)? {
                let closed = if it.disabled_ms.is_some() { ", closed" } else { "" };
                println!("{}  {}{closed}", it.name, it.role.name());
            }
            Ok(())
        }
        Action::Disable { name } => {
            let name = line(&name);
            match store.change_account(&name, Step::Disable, by).await.map_err(text)? {
                Stepped::LastAdmin => Err(format!(
                    "{name} is the last who keeps accounts: add another admin first, or give this one \
                     another password"
                )),
                done => there(&name, done == Stepped::Done),
            }
        }
        Action::Password { name } => {
            let name = line(&name);
            there(&name, store.moderator(&name).await.map_err(text)?.is_some())?;
            let hash = password()?;
            there(&name, store.set_password(&name, &hash, by).await.map_err(text)?)
        }
        Action::SignOut { name } => {
            let name = line(&name);
            let done = store.change_account(&name, Step::SignOut, by).await.map_err(text)?;
            there(&name, done == Stepped::Done)
        }
    }
}

/// A name that a form can send.
fn account(typed: &str) -> Result<String, String> {
    let words = || {
        format!(
            "{typed:?}: a name has 1 to {MAX_ACCOUNT} characters, and is none of the program's own"
        )
    };
    account_name(typed).map_err(|_| words())
}

/// The hash of a password that is typed twice, unseen, or is the first line of what is piped in.
/// Never an argument: those stand in the lists of processes.
fn password() -> Result<String, String> {
    let unread = |error: io::Error| format!("the password cannot be read: {error}");
    let password = if io::stdin().is_terminal() {
        let first = rpassword::prompt_password("Password: ").map_err(unread)?;
        if rpassword::prompt_password("Again: ").map_err(unread)? != first {
            return Err("the two are not the same".to_owned());
        }
        first
    } else {
        let mut first = String::new();
        io::stdin().lock().read_line(&mut first).map_err(unread)?;
        first.trim_end_matches(['\r', '\n']).to_owned()
    };
    if !PASSWORD_CHARS.contains(&password.chars().count()) {
        let (least, most) = (PASSWORD_CHARS.start(), PASSWORD_CHARS.end());
        return Err(format!("a password has {least} to {most} characters"));
    }
    passwords::hash(&password).map_err(|error| format!("the password cannot be hashed: {error}"))
}
