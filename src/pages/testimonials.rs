//! `/temoignages` and `/temoignages/ecrire`: what people lived through, and where it is written. Only
//! the server draws them.
//!
//! Search engines are kept out: what is withdrawn here must not live on there.

use contract::{
    error::FieldError,
    list::Listing,
    site::Site,
    testimonial::{PublicTestimonial, TestimonialDraft},
};
use locale::text;
use maud::{Markup, html};

pub use crate::components::testimonial::permalink;
use crate::{
    components::{
        crumbs::crumbs,
        field::Carried,
        pagination::numbered,
        testimonial::{ADDRESS, WRITE, testimonial},
        testimonial_form,
    },
    head::Head,
    page::Document,
};

/// `reading` is the address of the page on how such a text is read, where there is one. `missed`: one was
/// asked for that is not shown, or not any more.
pub fn document(it: &Listing<PublicTestimonial>, missed: bool, reading: Option<&str>) -> Document {
    let t = text();
    let page =
        |page: u32| if page == 1 { ADDRESS.to_owned() } else { format!("{ADDRESS}?page={page}") };
    let html = html! {
        div class="wrap stack stack--loose" {
            (crumbs(&[(ADDRESS, t.testimonials())]))
            header class="title-block" id="tete" {
                h1 { (t.testimonials()) }
                @if missed { p class="comments__missed" role="status" { (t.testimonial_missed()) } }
                p class="headline__lead" { (t.testimonials_frame()) }
            }
            (studies(reading))
            p { a class="button" href=(WRITE) { (t.next_story()) } }
            @if it.items.is_empty() {
                p class="comments__none" { (t.testimonials_none()) }
            } @else {
                ol class="comments__list stack stack--loose" {
                    @for it in &it.items {
                        li id={ "v-" (it.id) } tabindex="-1" { (testimonial(it)) }
                    }
                }
                p { strong { (t.testimonials_frame()) } }
            }
            (numbered(it.page, it.last_page(), &page))
            p class="small" { a href="/temoignages.xml" { (t.testimonials_feed()) } }
        }
    };
    let head = Head::new(t.testimonials(), t.testimonials_frame(), None);
    Document { status: if missed { 404 } else { 200 }, head, html: html.into_string() }
}

/// What stands beside any testimonial: how solid knowledge is made.
fn studies(reading: Option<&str>) -> Markup {
    let t = text();
    html! {
        aside class="callout callout--info" aria-labelledby="t-etudes" {
            h2 class="callout__title" id="t-etudes" { (t.testimonials_studies()) }
            div class="callout__body" { p { (t.testimonials_studies_text()) } }
            @if let Some(reading) = reading {
                p class="callout__actions" { a href=(reading) { (t.testimonials_reading()) } }
            }
        }
    }
}

pub fn form(
    draft: &TestimonialDraft,
    errors: &[FieldError],
    more: &Carried,
    site: &Site,
) -> Document {
    let t = text();
    let form = testimonial_form::form(draft, errors, more, site);
    written(t.next_story(), t.testimonial_lead(), if errors.is_empty() { 200 } else { 422 }, &form)
}

pub fn preview(
    draft: &TestimonialDraft,
    shown: &PublicTestimonial,
    key: &str,
    more: &Carried,
) -> Document {
    let t = text();
    let preview = testimonial_form::preview(draft, shown, key, more);
    written(t.testimonial_preview_title(), t.testimonial_preview_lead(), 200, &preview)
}

fn written(title: &str, lead: &str, status: u16, inside: &Markup) -> Document {
    let html = html! {
        div class="wrap stack stack--loose" {
            (crumbs(&[(ADDRESS, text().testimonials()), (WRITE, text().next_story())]))
            header class="title-block" id="tete" {
                h1 { (title) }
                p { (lead) }
            }
            (inside)
        }
    };
    Document { status, head: Head::new(title, lead, None), html: html.into_string() }
}
