//! The moderators' desk. Only the server draws it: whole pages of plain HTML, in a frame of their own,
//! to which `public/desk.mjs` adds keys.

use contract::{
    desk::{Action, Question, Queue, QueueItem, Recorded, Shelf, Verdict, Who},
    receipt::Kind,
    route::{DESK, DESK_ACCOUNTS, DESK_DIRECTORY, DESK_OWN},
    site::Site,
    slug::Slug,
};
use locale::{fill, text};
use maud::{Markup, html};

use crate::{head::Head, page::Document};

mod accounts;
mod case;
mod directory;
mod entry;
mod entry_fields;
mod import;
mod journal;
mod list;
mod marks;
mod opinions;
mod sign_in;
mod words;

pub use accounts::{AccountsPage, accounts, own};
pub use directory::{Entries, entries};
pub use entry::{Conflict, EntryPage, entry, entry_notice};
pub use import::{import_form, import_report};
pub use journal::journal;
pub use opinions::opinions;
pub use sign_in::{Problem, sign_in};
pub use words::proposed;

/// What the queue's page shows.
pub struct Desk<'a> {
    pub site: &'a Site,
    pub who: &'a Who,
    pub question: &'a Question,
    pub queue: &'a Queue,
    pub open: Option<&'a Open>,
    pub notice: Option<&'a Notice>,
    pub now_ms: i64,
}

/// The item that is looked at.
pub struct Open {
    pub item: QueueItem,
    /// Where what it is about can be seen.
    pub about: Option<String>,
    /// Where it can be changed, for those who may.
    pub edits: Option<String>,
    pub history: Vec<Recorded>,
    pub previous: Option<Slug>,
    pub next: Option<Slug>,
}

/// What has just been decided.
pub struct Notice {
    pub verdict: Verdict,
    /// As they stand now: with these it is taken back.
    pub done: Vec<contract::desk::Seen>,
    /// How many were left as they are, since they had changed.
    pub missed: u32,
}

/// The address of the queue as it is asked for.
pub fn address(question: &Question) -> String {
    let query = question.to_string();
    if query.is_empty() { format!("/{DESK}") } else { format!("/{DESK}?{query}") }
}

/// The queue, and what is open of it.
pub fn queue(desk: &Desk) -> Document {
    let t = text();
    let main = html! {
        section class="queue" aria-labelledby="t-file" {
            div class="queue__head" {
                h1 class="queue__title" id="t-file" { (t.desk_title()) }
                (tabs(desk.who, Tab::Queue(desk.question, desk.queue)))
                (list::filter(desk))
                @if let Some(oldest) = desk.queue.oldest_ms {
                    p class="muted small" {
                        (fill(t.desk_oldest(), &[("age", &words::age(oldest, desk.now_ms))]))
                    }
                }
            }
            (list::list(desk))
            (keys())
        }
        div class="case" id="cas" {
            @if let Some(notice) = desk.notice { (told(notice, desk.question)) }
            @match desk.open {
                Some(open) => (case::case(desk, open)),
                None => p { (t.desk_choose()) },
            }
        }
    };
    frame(desk.site, Some(desk.who), t.desk_title(), 200, &main)
}

/// Something went wrong, or may not be. Going back brings what was typed.
pub fn refused(site: &Site, problem: &contract::error::Problem) -> Document {
    let main = html! {
        section class="queue queue--wide door" {
            h1 class="queue__title" { (problem.title) }
            p { (problem.detail) }
            p { a href={ "/" (DESK) } { (text().desk_title()) } }
        }
    };
    frame(site, None, &problem.title, problem.status, &main)
}

/// Where somebody is at the desk.
#[derive(Clone, Copy)]
pub enum Tab<'a> {
    Queue(&'a Question, &'a Queue),
    Opinions,
    Directory,
    Journal,
    Accounts,
    Own,
}

/// The shelves with their counts, and what else the role may see.
fn tabs(who: &Who, here: Tab) -> Markup {
    let t = text();
    let queue = match here {
        Tab::Queue(question, queue) => Some((question, queue)),
        _ => None,
    };
    let link = |path: &str, words: &str, is_here: bool| {
        html! {
            a class="queue__tab" href={ "/" (path) }
                aria-current=[is_here.then_some("page")] { (words) }
        }
    };
    html! {
        nav class="queue__tabs" aria-label=(t.desk_states()) {
            @for state in Shelf::ALL.into_iter().filter(|it| stands(*it, queue)) {
                @let from = queue.map(|it| it.0.at(None)).unwrap_or_default();
                @let is_here = queue.is_some_and(|it| it.0.state == state);
                a class="queue__tab" href=(address(&Question { state, page: 1, ..from }))
                    aria-current=[is_here.then_some("page")] {
                    (words::shelf(state))
                    @if let Some((_, queue)) = queue {
                        " " span class="queue__count" { (queue.count(state)) }
                    }
                }
            }
            @if who.role.may(Action::See(Kind::Feedback)) {
                (link(&format!("{DESK}/avis"), t.desk_opinions(), matches!(here, Tab::Opinions)))
            }
            @if who.role.may(Action::Directory) {
                (link(DESK_DIRECTORY, t.desk_directory(), matches!(here, Tab::Directory)))
            }
            @if who.role.may(Action::Journal) {
                (link(&format!("{DESK}/journal"), t.desk_journal(), matches!(here, Tab::Journal)))
            }
            @if who.role.may(Action::Accounts) {
                (link(DESK_ACCOUNTS, t.accounts_title(), matches!(here, Tab::Accounts)))
            }
        }
    }
}

/// The head of a part that is one column: its title, the way to the others, and what stands below.
fn head(who: &Who, here: Tab, id: &str, title: &str, more: Markup) -> Markup {
    html! {
        div class="queue__head" {
            h1 class="queue__title" id=(id) dir="auto" { (title) }
            (tabs(who, here))
            (more)
        }
    }
}

/// Whether a shelf is shown: the one for what nobody has looked at, only where there is something.
fn stands(state: Shelf, queue: Option<(&Question, &Queue)>) -> bool {
    state != Shelf::Unread
        || queue.is_some_and(|(question, queue)| question.state == state || 0 < queue.count(state))
}

/// What was done, and how it is taken back.
fn told(notice: &Notice, question: &Question) -> Markup {
    let t = text();
    let done = u32::try_from(notice.done.len()).unwrap_or(u32::MAX);
    let undoable = !matches!(notice.verdict, Verdict::Erase | Verdict::Undo);
    html! {
        div class="told" role="status" {
            p {
                @if 0 < done { (words::done(notice.verdict).with(done)) }
                @if 0 < notice.missed { " " (t.desk_missed().with(notice.missed)) }
            }
            @if 0 < done && undoable {
                form method="post" action={ "/" (DESK) } {
                    input type="hidden" name="verdict" value=(Verdict::Undo.name());
                    input type="hidden" name="back" value=(question);
                    @for it in &notice.done { input type="hidden" name="items" value=(it); }
                    button class="decide__button" type="submit" data-key="z" {
                        (t.desk_undo()) " " kbd class="key" { "Z" }
                    }
                }
            }
        }
    }
}

/// What the keys do. Shown where the script is that makes them do it.
fn keys() -> Markup {
    let t = text();
    let all = [
        ("J", t.desk_key_next()),
        ("K", t.desk_key_previous()),
        ("X", t.desk_key_choose()),
        ("A", t.desk_key_approve()),
        ("R", t.desk_key_reject()),
        ("H", t.desk_key_hold()),
        ("M", t.desk_key_mask()),
        ("I", t.desk_key_institute()),
        ("E", t.desk_key_erase()),
        ("Z", t.desk_key_undo()),
        ("1–4", t.desk_key_reply()),
        ("/", t.desk_key_search()),
        ("?", t.desk_key_help()),
    ];
    html! {
        div class="keys" data-keys hidden {
            button class="keys__switch" type="button" data-keys-switch
                data-on=(t.desk_keys_on()) data-off=(t.desk_keys_off()) { (t.desk_keys_on()) }
            button class="keys__switch" type="button" data-key="?" {
                kbd class="key" { "?" } " " (t.desk_keys_all())
            }
            dialog class="keys__help" data-keys-help aria-labelledby="t-touches" {
                h2 class="case__title" id="t-touches" { (t.desk_keys()) }
                dl class="keys__list" {
                    @for (key, words) in all {
                        dt { kbd class="key" { (key) } }
                        dd { (words) }
                    }
                }
                p class="muted small" { (t.desk_keys_note()) }
                form method="dialog" {
                    button class="decide__button" type="submit" { (t.desk_keys_close()) }
                }
            }
        }
    }
}

/// The frame around every page of the desk.
fn frame(site: &Site, who: Option<&Who>, title: &str, status: u16, main: &Markup) -> Document {
    let t = text();
    let out = format!("/{DESK}/deconnexion");
    let body = html! {
        a class="skip" href="#contenu" { (t.skip()) }
        header class="desk__bar" {
            div class="desk__row" {
                a class="desk__brand" href={ "/" (DESK) } {
                    (fill(t.desk_brand(), &[("name", &site.name)]))
                }
                @if let Some(who) = who {
                    div class="desk__who" {
                        span { (who.name) ", " (words::role(who.role)) }
                        a class="desk__out" href={ "/" (DESK_OWN) } { (t.own_title()) }
                        form method="post" action=(out) data-sign-out {
                            button class="desk__out" type="submit" { (t.desk_sign_out()) }
                        }
                        form method="post" action=(out) data-sign-out {
                            input type="hidden" name="everywhere" value="true";
                            button class="desk__out" type="submit" { (t.desk_sign_out_everywhere()) }
                        }
                    }
                }
            }
        }
        main class="desk__main" id="contenu" tabindex="-1" { (main) }
    };
    Document { status, head: Head::new(title, "", None), html: body.into_string() }
}
