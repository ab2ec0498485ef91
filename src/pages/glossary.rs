//! `/glossaire`.

use contract::{glossary::GlossaryTerm, route::Route};
use locale::text;
use maud::{Markup, html};

use crate::{components::crumbs::crumbs, head::Head};

pub fn head() -> Head {
    Head::new(text().glossary_title(), text().glossary_lead_short(), Some(Route::Glossary))
}

/// The letter a term is filed under: its slug has no accents.
fn letter(term: &GlossaryTerm) -> char {
    term.slug.as_str().chars().next().unwrap_or('#')
}

/// The alphabet, and whatever else terms start with; letters without a term lead nowhere.
fn letters(terms: &[GlossaryTerm]) -> Markup {
    html! {
        nav class="letters" aria-label=(text().letters()) {
            ul {
                @for it in ('0'..='9').chain('a'..='z') {
                    @if terms.iter().any(|term| letter(term) == it) {
                        li { a href={ "#lettre-" (it) } { (it.to_ascii_uppercase()) } }
                    } @else if it.is_ascii_alphabetic() {
                        li { span { (it.to_ascii_uppercase()) } }
                    }
                }
            }
        }
    }
}

/// `terms` come in alphabetical order.
fn lexicon(terms: &[GlossaryTerm]) -> Markup {
    html! {
        @for group in terms.chunk_by(|a, b| letter(a) == letter(b)) {
            @if let Some(it) = group.first().map(letter) {
                h2 id={ "lettre-" (it) } { (it.to_ascii_uppercase()) }
            }
            dl class="lexicon late" {
                @for it in group {
                    div class="lexicon__entry" id=(it.slug) {
                        dt {
                            (it.term)
                            " "
                            a class="anchor" href={ "#" (it.slug) } aria-label=(text().word_link()) { "#" }
                        }
                        dd { (it.definition) }
                    }
                }
            }
        }
    }
}

pub fn view(terms: &[GlossaryTerm]) -> Markup {
    html! {
        div class="wrap" {
            (crumbs(&[("/glossaire", text().glossary())]))
            header class="title-block" id="tete" {
                h1 { (text().glossary_title()) }
                p class="headline__lead" { (text().glossary_lead_short()) }
            }
            (letters(terms))
            (lexicon(terms))
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::slug::Slug;

    use super::*;

    #[test]
    fn terms_stand_under_their_letter() {
        let term = |slug: &str| GlossaryTerm {
            slug: Slug::try_from(slug).unwrap(),
            term: "É & <b>".into(),
            definition: String::new(),
        };
        let html = view(&[term("anticorps"), term("antigene"), term("effet")]).into_string();
        assert_eq!(html.matches("<dl").count(), 2, "{html}");
        assert!(html.contains(r##"<a href="#lettre-e">E</a>"##), "{html}");
        assert!(html.contains("<li><span>B</span></li>"), "{html}");
        assert!(html.contains("É &amp; &lt;b&gt;"), "{html}");
    }
}
