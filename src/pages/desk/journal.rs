//! `/moderation/journal`: who decided what. Nothing in it is ever changed.

use contract::{
    desk::{Question, Recorded, Who},
    list::Listing,
    route::DESK,
    site::Site,
    slug::Slug,
};
use locale::text;
use maud::{Markup, html};

use crate::{
    components::pagination::numbered,
    page::Document,
    pages::desk::{address, frame, tabs, words},
};

/// One page of it, the latest first.
pub fn journal(site: &Site, who: &Who, found: &Listing<Recorded>) -> Document {
    let t = text();
    let page = |page| format!("/{DESK}/journal?page={page}");
    let main = html! {
        section class="queue queue--wide" aria-labelledby="t-journal" {
            div class="queue__head" {
                h1 class="queue__title" id="t-journal" { (t.desk_journal()) }
                (tabs(who, None, None))
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
                    @if named {
                        " "
                        @match Slug::try_from(it.item.as_str()) {
                            Ok(id) => a href=(address(&Question::default().at(Some(&id)))) {
                                (it.item)
                            },
                            // An account.
                            Err(_) => span { (it.item.trim_start_matches('@')) },
                        }
                    }
                    ", " span dir="auto" { (by(&it.actor)) }
                    @if !it.detail.is_empty() {
                        br;
                        span class="lines__detail" dir="auto" {
                            @if it.action == "undo" {
                                (words::action(&it.detail))
                            } @else {
                                (it.detail)
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whoever is no account has a name of the program's own.
fn by(actor: &str) -> &str {
    match actor {
        "author" => text().desk_by_author(),
        "command line" => text().desk_by_command_line(),
        name => name,
    }
}
