//! `/moderation/journal`: who decided what. Nothing in it is ever changed.

use contract::{
    desk::{FieldChange, Question, Recorded, Who, entries::ENTRY_ITEM},
    list::Listing,
    route::{DESK, DESK_DIRECTORY},
    site::Site,
    slug::Slug,
};
use locale::{fill, text};
use maud::{Markup, html};

use crate::{
    components::pagination::numbered,
    page::Document,
    pages::desk::{Tab, address, frame, tabs, words},
};

/// One page of it, the latest first.
pub fn journal(site: &Site, who: &Who, found: &Listing<Recorded>) -> Document {
    let t = text();
    let page = |page| format!("/{DESK}/journal?page={page}");
    let main = html! {
        section class="queue queue--wide" aria-labelledby="t-journal" {
            div class="queue__head" {
                h1 class="queue__title" id="t-journal" { (t.desk_journal()) }
                (tabs(who, Tab::Journal))
                p class="muted small" { (t.desk_journal_lead()) }
            }
            div class="queue__lines" {
                @if found.items.is_empty() {
                    p { (t.desk_history_none()) }
                } @else {
                    (lines(&found.items, true))
                }
                (numbered(found.page, found.last_page(), &page))
            }
        }
    };
    frame(site, Some(who), t.desk_journal(), 200, &main)
}

/// Lines of the journal; `named` says of which item each is.
pub fn lines(found: &[Recorded], named: bool) -> Markup {
    html! {
        ol class="lines" {
            @for it in found {
                li class="lines__line" {
                    span class="muted" { (words::moment(it.at_ms)) }
                    " " strong { (words::action(&it.action)) }
                    // Without a name: the whole directory.
                    @if named && it.item != ENTRY_ITEM {
                        " " (item(&it.item))
                    }
                    ", " span dir="auto" { (by(&it.actor)) }
                    @if !it.detail.is_empty() {
                        br;
                        span class="lines__detail" dir="auto" {
                            @if it.action == "undo" {
                                (words::action(&it.detail))
                            } @else if it.action == "moderator_role" || it.action == "moderator_add" {
                                (words::role_named(&it.detail))
                            } @else {
                                (it.detail)
                            }
                        }
                    }
                    (changes(&it.changes))
                }
            }
        }
    }
}

/// What a line is about, with the way to it.
fn item(name: &str) -> Markup {
    let id = name.strip_prefix(ENTRY_ITEM);
    html! {
        @match (id, Slug::try_from(name)) {
            (Some(id), _) => a href={ "/" (DESK_DIRECTORY) "/" (id) } { (id) },
            (None, Ok(id)) => a href=(address(&Question::default().at(Some(&id)))) { (name) },
            // An account.
            (None, Err(_)) => span { (name.trim_start_matches('@')) },
        }
    }
}

/// What changed, field by field. What is new has no value before.
pub fn changes(found: &[FieldChange]) -> Markup {
    let t = text();
    let value =
        |it: &str| if it.is_empty() { t.desk_change_nothing().to_owned() } else { it.to_owned() };
    html! {
        @if !found.is_empty() {
            ul class="lines__changes" {
                @for it in found {
                    li dir="auto" {
                        (fill(t.desk_change(), &[
                            ("field", words::field(&it.field)),
                            ("old", &value(&it.old)),
                            ("new", &value(&it.new)),
                        ]))
                    }
                }
            }
        }
    }
}

/// Whoever is no account has a name of the program's own.
fn by(actor: &str) -> &str {
    match actor {
        "site" => text().desk_by_site(),
        "author" => text().desk_by_author(),
        "command line" => text().desk_by_command_line(),
        name => name,
    }
}
