//! `moderation`: what readers sent, decided on from the command line.

use clap::Subcommand;
use contract::{
    receipt::{Kind, State},
    slug::Slug,
};
use server::clock;
use store::{
    Store,
    contributions::{Contribution, Decided, Decision, Queue},
    mails::Backlog,
};

/// Items listed at once.
const PAGE: u32 = 50;

#[derive(Subcommand)]
pub enum Action {
    /// List what waits, the oldest first.
    List {
        /// Those that were decided on: approved, rejected.
        #[arg(long, default_value = "pending", value_parser = ["pending", "approved", "rejected"])]
        state: String,
        /// Of one kind alone.
        #[arg(long, value_parser = Kind::ALL.map(Kind::name))]
        kind: Option<String>,
        /// From 1.
        #[arg(long, default_value_t = 1)]
        page: u32,
    },
    /// Show it to everybody.
    Approve {
        id: String,
        /// As an answer of the site itself.
        #[arg(long)]
        institute: bool,
    },
    /// Show it to nobody.
    Reject {
        id: String,
        /// What its author reads.
        #[arg(long)]
        reply: Option<String>,
    },
    /// Put it back among those that wait.
    Reopen { id: String },
    /// Remove name, address and text for good.
    Erase { id: String },
}

pub async fn run(store: &Store, action: Action) -> Result<(), String> {
    match action {
        Action::List { state, kind, page } => list(store, &state, kind.as_deref(), page).await,
        Action::Approve { id, institute: false } => {
            decide(store, &id, Decision::Approve, None).await
        }
        Action::Approve { id, institute: true } => {
            decide(store, &id, Decision::ApproveAsInstitute, None).await
        }
        Action::Reject { id, reply } => {
            decide(store, &id, Decision::Reject, reply.as_deref()).await
        }
        Action::Reopen { id } => decide(store, &id, Decision::Reopen, None).await,
        Action::Erase { id } => decide(store, &id, Decision::Erase, None).await,
    }
}

async fn list(store: &Store, state: &str, kind: Option<&str>, page: u32) -> Result<(), String> {
    let queue = Queue {
        state: State::ALL.into_iter().find(|it| it.name() == state).unwrap_or(State::Pending),
        kind: kind.and_then(|kind| Kind::ALL.into_iter().find(|it| it.name() == kind)),
        limit: PAGE,
        offset: (page.max(1) - 1).saturating_mul(PAGE),
    };
    let found = store.queue(queue).await.map_err(|error| error.to_string())?;
    found.iter().for_each(print);
    let waiting = store.waiting().await.map_err(|error| error.to_string())?;
    println!("{} wait for a decision", waiting.count);
    let mail = store.mail_backlog().await.map_err(|error| error.to_string())?;
    if mail != Backlog::default() {
        let failure = mail.failure.map_or(String::new(), |it| format!(" (last failure: {it})"));
        println!("{} mails wait{failure}, {} were given up", mail.waiting, mail.dropped);
    }
    Ok(())
}

fn print(it: &Contribution) {
    let answer = it.parent.as_ref().map_or(String::new(), |it| format!(", answers {it}"));
    let useful = match it.useful {
        Some(true) => ", helped",
        Some(false) => ", did not help",
        None => "",
    };
    println!("{}  {} on {}{answer}{useful}", it.id, it.kind.name(), it.page);
    // What a terminal would take for a command of its own is shown, not obeyed.
    let named = |name: &str, text: &Option<String>| {
        text.as_ref().map_or(String::new(), |it| format!("{name}: {it}\n"))
    };
    // Whoever wrote to the site is answered; who comments is not written to.
    let answered = matches!(it.kind, Kind::Message | Kind::Report);
    let email = it.email.clone().filter(|_| answered);
    let text = [
        format!("{}\n", it.name),
        named("from", &email),
        named("subject", &it.subject),
        format!("{}\n", it.body),
        named("other treatments", &it.treatments),
        named("ties", &it.ties),
    ]
    .concat();
    for line in text.lines().filter(|it| !it.is_empty()) {
        println!("    {}", line.replace(char::is_control, "\u{fffd}"));
    }
}

async fn decide(
    store: &Store,
    id: &str,
    decision: Decision,
    reply: Option<&str>,
) -> Result<(), String> {
    let gone = || format!("{id}: there is no such item");
    let slug = Slug::try_from(id).map_err(|_| gone())?;
    let found = store.contribution(&slug).await.map_err(|error| error.to_string())?;
    let seen = found.ok_or_else(gone)?.changed_ms;
    let now = clock::now_ms();
    match store.decide(&slug, seen, decision, "command line", reply, now).await {
        Ok(Decided::Done) => Ok(()),
        Ok(Decided::Changed) => Err(format!("{id}: it changed just now; look at it again")),
        Ok(Decided::Gone) => Err(gone()),
        Err(error) => Err(error.to_string()),
    }
}
