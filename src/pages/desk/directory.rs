//! `/moderation/annuaire`: the directory's entries, those that are shown or those that are archived.

use contract::{
    desk::{MAX_QUERY, Who, entries::DeskEntry},
    list::Listing,
    route::{DESK_DIRECTORY, IMPORT, NEW_ENTRY, encode},
    site::Site,
};
use locale::{practitioner as words, text};
use maud::{Markup, html};

use crate::{
    components::pagination::numbered,
    page::Document,
    pages::desk::{Tab, frame, head, words::moment},
};

/// What is asked for.
pub struct Entries<'a> {
    pub site: &'a Site,
    pub who: &'a Who,
    pub q: &'a str,
    pub archived: bool,
    /// A file has just been imported.
    pub imported: bool,
}

/// One page of the list.
pub fn entries(it: &Entries, found: &Listing<DeskEntry>) -> Document {
    let t = text();
    let page = |page: u32| address(it.q, it.archived, page);
    let main = html! {
        section class="queue queue--wide" aria-labelledby="t-annuaire" {
            (head(it.who, Tab::Directory, "t-annuaire", t.desk_directory(), html! {
                (filter(it))
                (shelves(it))
                p class="roster__actions" {
                    a class="decide__button" href={ "/" (DESK_DIRECTORY) "/" (NEW_ENTRY) } {
                        (t.desk_directory_new())
                    }
                    a class="decide__button" href={ "/" (DESK_DIRECTORY) "/" (IMPORT) } {
                        (t.desk_directory_import())
                    }
                }
                p class="muted small" { (t.desk_directory_lead()) }
            }))
            @if it.imported { div class="told" role="status" { p { (t.import_done()) } } }
            p class="roster__count muted" { (t.desk_directory_count().with(found.total)) }
            @if found.items.is_empty() {
                p class="queue__none" { (t.desk_directory_none()) }
            } @else {
                ol class="roster" { @for entry in &found.items { (line(entry)) } }
            }
            div class="queue__pages" { (numbered(found.page, found.last_page(), &page)) }
        }
    };
    frame(it.site, Some(it.who), t.desk_directory(), 200, &main)
}

fn address(q: &str, archived: bool, page: u32) -> String {
    let mut parts = Vec::new();
    if !q.is_empty() {
        parts.push(format!("q={}", encode(q)));
    }
    if archived {
        parts.push("archives=oui".to_owned());
    }
    if 1 < page {
        parts.push(format!("page={page}"));
    }
    let query = parts.join("&");
    format!("/{DESK_DIRECTORY}{}{query}", if query.is_empty() { "" } else { "?" })
}

fn filter(it: &Entries) -> Markup {
    let t = text();
    html! {
        form class="roster__filter" method="get" action={ "/" (DESK_DIRECTORY) } role="search" {
            @if it.archived { input type="hidden" name="archives" value="oui"; }
            label {
                span class="sr-only" { (t.desk_directory_search()) }
                input class="input" type="search" name="q" value=(it.q) maxlength=(MAX_QUERY)
                    placeholder=(t.desk_directory_search()) autocomplete="off" data-key="/";
            }
            button class="decide__button" type="submit" { (t.desk_search_go()) }
        }
    }
}

fn shelves(it: &Entries) -> Markup {
    let t = text();
    html! {
        nav class="queue__tabs" aria-label=(t.desk_directory_sections()) {
            @for (archived, name) in
                [(false, t.desk_directory_shown()), (true, t.desk_directory_archived())] {
                a class="queue__tab" href=(address(it.q, archived, 1))
                    aria-current=[(it.archived == archived).then_some("page")] { (name) }
            }
        }
    }
}

fn line(it: &DeskEntry) -> Markup {
    let about = &it.practitioner;
    html! {
        li class="roster__line" {
            a class="roster__name" dir="auto" href={ "/" (DESK_DIRECTORY) "/" (about.id) } {
                (about.name)
            }
            span { (words::profession(about.profession)) }
            span dir="auto" { (about.address.postcode) " " (about.address.town) }
            span class="muted" { (moment(it.archived_ms.unwrap_or(it.changed_ms))) }
        }
    }
}
