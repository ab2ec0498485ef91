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
        /// comment or feedback; both without it.
        #[arg(long, value_parser = ["comment", "feedback"])]
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
    let text = format!("{}\n{}", it.name, it.body);
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
