//! One person's words, framed as such: what everybody sees, and what its author sees before sending.

use contract::{route::TESTIMONIAL, slug::Slug, testimonial::PublicTestimonial};
use locale::{date, fill, text};
use maud::{Markup, PreEscaped, html};

use crate::html::{day, escape};

/// The address of all of them.
pub const ADDRESS: &str = "/temoignages";
/// The address of the form.
pub const WRITE: &str = "/temoignages/ecrire";

/// Where one is found for good: newer ones move it from page to page.
pub fn permalink(id: &Slug) -> String {
    format!("{ADDRESS}?{TESTIMONIAL}={id}#v-{id}")
}

/// The same before and after it is published: nothing here depends on where it stands.
pub fn testimonial(it: &PublicTestimonial) -> Markup {
    let t = text();
    html! {
        article class="testimonial" {
            p class="testimonial__frame" { (t.testimonial_frame()) }
            div class="testimonial__text" {
                @if let Some(title) = &it.title { h2 class="h-small" dir="auto" { (title) } }
                div class="testimonial__body" dir="auto" { (PreEscaped(body(&it.body))) }
                dl class="testimonial__facts" {
                    div {
                        dt { (t.testimonial_treatments()) }
                        dd dir="auto" { (PreEscaped(body(&it.treatments))) }
                    }
                    div {
                        dt { (t.testimonial_ties()) }
                        @if let Some(ties) = &it.ties {
                            dd dir="auto" { (PreEscaped(body(ties))) }
                        } @else {
                            dd { (t.testimonial_no_ties()) }
                        }
                    }
                }
            }
            p class="testimonial__author" {
                span dir="auto" { (it.name) }
                ", "
                (day(it.written_on))
                span class="muted" {
                    ". " (fill(t.testimonial_until(), &[("date", &date::long(it.shown_until))]))
                }
            }
            p class="testimonial__frame" { (t.testimonial_frame()) }
        }
    }
}

/// Plain text as HTML: paragraphs and line breaks. Addresses stay text: nothing is recommended here.
fn body(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.split("\n\n") {
        html.push_str("<p>");
        html.push_str(&escape(paragraph).replace('\n', "<br>"));
        html.push_str("</p>");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_no_link_and_nothing_typed_becomes_markup() {
        assert_eq!(body("a\nb\n\nhttps://a.example"), "<p>a<br>b</p><p>https://a.example</p>");
        assert_eq!(body("<b x='\">"), "<p>&lt;b x=&#39;&quot;&gt;</p>");
    }
}
