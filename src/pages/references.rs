//! `/references`: every source of the site, by kind.

use contract::{reference::Reference, reference::ReferenceKind, route::Route};
use locale::text;
use maud::{Markup, html};

use crate::{
    components::crumbs::crumbs,
    head::Head,
    reader::{apparatus::source, evidence::KINDS, evidence::count_sources},
};

pub fn head() -> Head {
    Head::new(text().references_title(), text().references_lead(), Some(Route::References))
}

fn group_name(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Trial => text().group_trial(),
        ReferenceKind::Study => text().group_study(),
        ReferenceKind::Review => text().group_review(),
        ReferenceKind::Guideline => text().group_guideline(),
        ReferenceKind::Laboratory => text().group_laboratory(),
        ReferenceKind::Information => text().group_information(),
        ReferenceKind::Law => text().group_law(),
        ReferenceKind::Registry => text().group_registry(),
        ReferenceKind::Press => text().group_press(),
        ReferenceKind::Promoter => text().group_promoter(),
    }
}

/// The sources of one kind, numbered. Empty without any.
fn group(kind: ReferenceKind, references: &[Reference]) -> Markup {
    let items: Vec<&Reference> = references.iter().filter(|it| it.kind == kind).collect();
    html! {
        @if !items.is_empty() {
            h2 { (group_name(kind)) }
            ol class="sources late" {
                @for (number, it) in (1..).zip(items) { (source(&it.key.to_lowercase(), number, it)) }
            }
        }
    }
}

pub fn view(references: &[Reference]) -> Markup {
    html! {
        div class="wrap" {
            (crumbs(&[("/references", text().references_title())]))
            header class="title-block" id="tete" {
                h1 { (text().references_title()) }
                p class="headline__lead" { (text().references_lead()) }
                p class="muted" { (count_sources(references)) }
            }
            @for kind in KINDS { (group(kind, references)) }
        }
    }
}
