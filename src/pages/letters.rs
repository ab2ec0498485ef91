//! `/contact` and `/praticiens/{id}/signaler`: what is written to the site's own people. Only the
//! server draws them.

use contract::{
    contact::ContactDraft, error::FieldError, practitioner::Practitioner, report::ReportDraft,
    route::Route, site::Site,
};
use locale::{fill, text};
use maud::html;

use crate::{
    components::{
        crumbs::crumbs,
        field::Carried,
        letter_form::{self, CONTACT, report_address},
    },
    head::Head,
    page::Document,
};

pub fn contact(
    draft: &ContactDraft,
    errors: &[FieldError],
    more: &Carried,
    site: &Site,
) -> Document {
    let t = text();
    let html = html! {
        div class="wrap stack stack--loose" {
            (crumbs(&[(CONTACT, t.footer_contact())]))
            header class="title-block" id="tete" {
                h1 { (t.footer_contact()) }
                p { (t.contact_lead()) }
            }
            (letter_form::contact(draft, errors, more, site))
        }
    };
    let status = if errors.is_empty() { 200 } else { 422 };
    let head = Head::new(t.footer_contact(), t.contact_lead(), None);
    Document { status, head, html: html.into_string() }
}

pub fn report(
    it: &Practitioner,
    draft: &ReportDraft,
    errors: &[FieldError],
    more: &Carried,
) -> Document {
    let t = text();
    let own = Route::Practitioner { id: it.id.clone() }.to_string();
    let title = fill(t.report_title(), &[("name", &it.name)]);
    let html = html! {
        div class="wrap stack stack--loose" {
            (crumbs(&[("/carte", t.map()), (&own, &it.name), (&report_address(&it.id), t.report_crumb())]))
            header class="title-block" id="tete" {
                h1 { (title) }
                p { (t.report_lead()) }
            }
            (letter_form::report(&it.id, draft, errors, more))
        }
    };
    let status = if errors.is_empty() { 200 } else { 422 };
    Document { status, head: Head::new(&title, t.report_lead(), None), html: html.into_string() }
}
