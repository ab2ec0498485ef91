//! `/references`: every source of the site, by kind.

use contract::{reference::Reference, reference::ReferenceKind, route::Route};
use leptos::prelude::*;
use locale::text;

use crate::{
    components::crumbs::Crumbs,
    head::Head,
    html::escape,
    reader::{apparatus::source_body, evidence::KINDS, evidence::count_sources},
};

pub fn head() -> Head {
    Head::new(text().references_title, text().references_lead, Some(Route::References))
}

fn group_name(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Trial => text().group_trial,
        ReferenceKind::Study => text().group_study,
        ReferenceKind::Review => text().group_review,
        ReferenceKind::Guideline => text().group_guideline,
        ReferenceKind::Laboratory => text().group_laboratory,
        ReferenceKind::Information => text().group_information,
        ReferenceKind::Law => text().group_law,
        ReferenceKind::Registry => text().group_registry,
        ReferenceKind::Press => text().group_press,
        ReferenceKind::Promoter => text().group_promoter,
    }
}

fn list(references: &[Reference]) -> String {
    let mut out = format!(r#"<p class="muted">{}</p>"#, escape(&count_sources(references)));
    for kind in KINDS {
        let mut items = references.iter().filter(|it| it.kind == kind).peekable();
        if items.peek().is_none() {
            continue;
        }
        out.push_str(&format!(r#"<section><h2>{}</h2><ol class="sources">"#, group_name(kind)));
        for it in items {
            out.push_str(&format!(
                r#"<li class="refs__item" id="{}">{}</li>"#,
                escape(&it.key.to_lowercase()),
                source_body(it)
            ));
        }
        out.push_str("</ol></section>");
    }
    out
}

#[component]
pub fn ReferencesPage(it: Vec<Reference>) -> impl IntoView {
    let trail = vec![("/references".to_owned(), text().references_title.to_owned())];
    view! {
        <div class="wrap">
            <Crumbs trail/>
            <header class="title-block">
                <h1>{text().references_title}</h1>
                <p class="headline__lead">{text().references_lead}</p>
            </header>
            <div class="stack stack--loose" inner_html=list(&it)></div>
        </div>
    }
}
