//! `/glossaire`.

use contract::{glossary::GlossaryTerm, route::Route};
use leptos::prelude::*;
use locale::text;

use crate::{
    components::crumbs::Crumbs,
    head::Head,
    html::{escape, push},
};

pub fn head() -> Head {
    Head::new(text().glossary_title, text().glossary_lead_short, Some(Route::Glossary))
}

/// The letter a term is filed under: its slug has no accents.
fn letter(term: &GlossaryTerm) -> char {
    term.slug.as_str().chars().next().unwrap_or('#').to_ascii_uppercase()
}

fn lexicon(terms: &[GlossaryTerm]) -> String {
    let mut letters: Vec<char> = terms.iter().map(letter).collect();
    letters.dedup();
    let mut out = format!(
        r#"<nav class="letters" aria-label="{}"><ul class="letters__list">"#,
        text().letters
    );
    for it in &letters {
        out.push_str(&format!(
            r##"<li><a class="letters__link" href="#lettre-{it}">{it}</a></li>"##
        ));
    }
    out.push_str("</ul></nav>");
    for it in letters {
        out.push_str(&format!(
            r#"<section class="lexicon__letter"><h2 class="lexicon__title" id="lettre-{it}">{it}</h2><dl class="lexicon">"#
        ));
        for term in terms.iter().filter(|term| letter(term) == it) {
            push(
                &mut out,
                &[
                    r#"<div class="lexicon__entry" id=""#,
                    term.slug.as_str(),
                    r#""><dt>"#,
                    &escape(&term.term),
                    "</dt><dd>",
                    &escape(&term.definition),
                    "</dd></div>",
                ],
            );
        }
        out.push_str("</dl></section>");
    }
    out
}

#[component]
pub fn GlossaryPage(terms: Vec<GlossaryTerm>) -> impl IntoView {
    let trail = vec![("/glossaire".to_owned(), text().glossary.to_owned())];
    view! {
        <div class="wrap">
            <Crumbs trail/>
            <header class="title-block">
                <h1>{text().glossary_title}</h1>
                <p class="headline__lead">{text().glossary_lead_short}</p>
            </header>
            <div class="stack stack--loose" inner_html=lexicon(&terms)></div>
        </div>
    }
}
