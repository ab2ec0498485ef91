//! `/corrections`: every mistake that was mended, in the open.

use contract::{
    page::PageCorrection,
    route::{Depth, Route},
    site::Site,
};
use locale::text;
use maud::{Markup, html};

use crate::{
    components::{crumbs::crumbs, icon::motif},
    head::Head,
    html::day,
    reader::apparatus::thanks,
};

pub fn head() -> Head {
    Head::new(text().corrections_page_title(), text().corrections_lead(), Some(Route::Corrections))
}

fn list(items: &[PageCorrection]) -> Markup {
    html! {
        @if items.is_empty() {
            div class="empty" {
                (motif("anticorps"))
                p { (text().corrections_empty()) }
            }
        } @else {
            ol class="corrections__list" {
                @for it in items {
                    li class="corrections__item" {
                        (day(it.correction.date))
                        " "
                        h2 {
                            a href=(Route::Article { slug: it.slug.clone(), depth: Depth::Full }) {
                                (it.title)
                            }
                        }
                        p { (thanks(&it.correction)) (it.correction.text) }
                    }
                }
            }
        }
    }
}

pub fn view(items: &[PageCorrection], site: &Site) -> Markup {
    let t = text();
    html! {
        div class="wrap" {
            (crumbs(&[("/corrections", t.corrections_page_title())]))
            header class="title-block" id="tete" {
                h1 { (t.corrections_page_title()) }
                p class="headline__lead" { (t.corrections_lead()) }
            }
            (list(items))
            @if let Some(email) = &site.contact_email {
                p { (t.corrections_report()) " " a href={ "mailto:" (email) } { (t.footer_contact()) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_without_mistakes_says_so() {
        let html = list(&[]).into_string();
        assert!(html.contains(text().corrections_empty()) && !html.contains("<ol"), "{html}");
    }
}
