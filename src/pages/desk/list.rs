//! The list beside the open item: filter, items with boxes, what is done with those that are chosen.

use contract::{
    desk::{Action, Field, MAX_QUERY, Question, QueueItem, Seen, Shelf, Verdict, masked},
    list::last_page,
    route::DESK,
    slug::Slug,
};
use locale::{fill, text};
use maud::{Markup, html};

use crate::{
    components::pagination::numbered,
    pages::desk::{Desk, address, words},
};

/// Characters of a text in the list, where what tells who somebody is is masked, in names too.
const EXCERPT: usize = 160;

pub fn filter(desk: &Desk) -> Markup {
    let (t, it) = (text(), desk.question);
    html! {
        form class="queue__filter" method="get" action={ "/" (DESK) } role="search" {
            @if it.state != Shelf::default() {
                input type="hidden" name="state" value=(it.state.name());
            }
            label {
                span class="sr-only" { (t.desk_kind()) }
                select class="input" name="kind" {
                    option value="" { (t.desk_kind_all()) }
                    @for kind in desk.who.role.kinds() {
                        option value=(kind.name()) selected[it.kind == Some(kind)] {
                            (words::kind(kind))
                        }
                    }
                }
            }
            label {
                span class="sr-only" { (t.desk_search()) }
                input class="input" type="search" name="q" value=(it.q) maxlength=(MAX_QUERY)
                    placeholder=(t.desk_search()) autocomplete="off" data-key="/";
            }
            button class="decide__button" type="submit" { (t.desk_search_go()) }
            @if let Some(about) = &it.about {
                input type="hidden" name="about" value=(about);
            }
        }
        @if let Some(about) = &it.about {
            // Whoever comes from one page goes on with it, and sees how to leave it.
            p class="small" {
                (fill(t.desk_about(), &[("page", named(desk, about))]))
                " "
                a href=(address(&Question { about: None, page: 1, ..it.at(None) })) {
                    (t.desk_about_all())
                }
            }
        }
    }
}

/// The title of a page, where an item about it is in sight.
fn named<'a>(desk: &'a Desk, about: &'a Slug) -> &'a str {
    let item = desk.queue.items.iter().find(|it| it.page == *about);
    item.map_or(about.as_str(), |it| &it.page_title)
}

pub fn list(desk: &Desk) -> Markup {
    let (t, queue) = (text(), desk.queue);
    let last = last_page(queue.total, queue.per_page);
    let page = |page| address(&Question { page, ..desk.question.at(None) });
    html! {
        @if queue.items.is_empty() {
            p class="queue__none" { (t.desk_none()) }
        } @else {
            ol class="queue__list" { @for it in &queue.items { (entry(desk, it)) } }
            (chosen(desk))
        }
        div class="queue__pages" { (numbered(queue.page, last, &page)) }
    }
}

fn entry(desk: &Desk, it: &QueueItem) -> Markup {
    let t = text();
    let open = desk.open.is_some_and(|open| open.item.id == it.id);
    let age = words::age(it.sent_ms, desk.now_ms);
    let name = masked(&it.name, Field::Name, &it.findings);
    let name = if name.is_empty() { t.desk_nameless() } else { &name };
    let seen = Seen { id: it.id.clone(), seen: it.seen };
    let label = fill(t.desk_choose_item(), &[("name", name), ("age", &age)]);
    html! {
        li class={ "item" @if open { " item--open" } } aria-current=[open.then_some("true")] {
            input class="item__box" type="checkbox" form="lot" name="items" value=(seen)
                aria-label=(label) data-key=[open.then_some("x")];
            p class="item__name" dir="auto" {
                a class="item__link" href={ (address(&desk.question.at(Some(&it.id)))) "#cas" } {
                    (name)
                }
            }
            span class="item__age" { (age) }
            p class="item__where" { (it.page_title) ", " (words::kind(it.kind)) }
            p class="item__text" dir="auto" { (excerpt(&masked(&it.body, Field::Body, &it.findings))) }
            p class="item__reasons" { (reasons(it)) }
        }
    }
}

fn reasons(it: &QueueItem) -> Markup {
    let mut kinds: Vec<&str> = it.findings.iter().map(|it| it.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    html! {
        @if it.state == Shelf::Unread {
            span class="reason reason--danger" { (text().desk_unread_mark()) }
        }
        @if it.masked { span class="reason reason--none" { (text().desk_masked_mark()) } }
        @if kinds.is_empty() { span class="reason reason--none" { (text().desk_nothing_found()) } }
        @for kind in kinds { (reason(kind)) }
    }
}

/// What a finding is called.
pub fn reason(kind: &str) -> Markup {
    let (name, _, danger) = words::finding(kind);
    html! { span class={ "reason" @if danger { " reason--danger" } } { (name) } }
}

fn excerpt(body: &str) -> String {
    let mut words: String = body.chars().take(EXCERPT).collect();
    if words.len() < body.len() {
        words.push('…');
    }
    words
}

/// One decision for all that are chosen. What can be wrong by mistake and not taken back, erasing, is
/// done one by one.
fn chosen(desk: &Desk) -> Markup {
    let t = text();
    let shelf = desk.question.state;
    let offered = [Verdict::Approve, Verdict::Hold, Verdict::Reject, Verdict::Reopen];
    let kinds = desk.question.kind.map_or_else(|| desk.who.role.kinds().collect(), |it| vec![it]);
    let may = |verdict| kinds.iter().all(|it| desk.who.role.may(Action::Decide(*it, verdict)));
    let public = kinds.iter().all(|it| words::is_public(*it));
    html! {
        form class="queue__chosen" id="lot" method="post" action={ "/" (DESK) } {
            input type="hidden" name="back" value=(desk.question);
            p { (t.desk_chosen()) }
            @for verdict in offered.into_iter().filter(|it| leads_away(*it, shelf) && may(*it)) {
                @if let Some(kind) = kinds.first() {
                    button class="decide__button" type="submit" name="verdict"
                        value=(verdict.name()) {
                        @if verdict == Verdict::Approve && !public {
                            (t.desk_approve_or_settle())
                        } @else {
                            (words::verdict(verdict, *kind, shelf))
                        }
                    }
                }
            }
        }
    }
}

/// Whether a decision would change anything on a shelf.
pub fn leads_away(verdict: Verdict, shelf: Shelf) -> bool {
    match verdict {
        Verdict::Approve => shelf != Shelf::Approved,
        Verdict::Hold => shelf != Shelf::Held,
        Verdict::Reject => shelf != Shelf::Rejected,
        Verdict::Reopen => shelf != Shelf::Pending,
        Verdict::Institute | Verdict::Mask | Verdict::Erase | Verdict::Undo => true,
    }
}
