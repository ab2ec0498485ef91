//! Forms whose message only the site's own people read: to the site, and about an error in a
//! practitioner's entry.

use contract::{
    contact::{self, ContactDraft, MAX_SUBJECT},
    error::FieldError,
    report::{self, ReportDraft},
    site::Site,
    slug::Slug,
};
use locale::text;
use maud::{Markup, html};

use crate::components::{
    comment_form::gentle,
    field::{Carried, Field, area, carried, draft_note, input, required_note, summary, trap},
};

/// The address of the form for a message to the site.
pub const CONTACT: &str = "/contact";

/// The address where an error in a practitioner's entry is told.
pub fn report_address(id: &Slug) -> String {
    format!("/praticiens/{id}/signaler")
}

pub fn contact(it: &ContactDraft, errors: &[FieldError], more: &Carried, site: &Site) -> Markup {
    let t = text();
    let subject = Field {
        id: "m-subject",
        name: "subject",
        label: t.contact_subject(),
        hint: "",
        required: true,
        autocomplete: "off",
        most: MAX_SUBJECT,
    };
    let message = Field {
        id: "m-message",
        name: "message",
        label: t.contact_message(),
        hint: t.contact_message_hint(),
        required: true,
        autocomplete: "off",
        most: contact::MAX_BODY,
    };
    let fields = html! {
        (input(&subject, "text", &it.subject, errors))
        (input(&email(t.contact_email_hint(), true), "email", &it.email, errors))
        (area(&message, &it.message, errors))
        (gentle(t.contact_privacy(), &site.emergency_numbers))
    };
    form(CONTACT, "message", errors, more, &fields)
}

pub fn report(id: &Slug, it: &ReportDraft, errors: &[FieldError], more: &Carried) -> Markup {
    let t = text();
    let body = Field {
        id: "m-body",
        name: "body",
        label: t.report_body(),
        hint: t.report_body_hint(),
        required: true,
        autocomplete: "off",
        most: report::MAX_BODY,
    };
    let fields = html! {
        (area(&body, &it.body, errors))
        (input(&email(t.report_email_hint(), false), "email", &it.email, errors))
    };
    form(&report_address(id), "report", errors, more, &fields)
}

fn email(hint: &'static str, required: bool) -> Field<'static> {
    Field {
        id: "m-email",
        name: "email",
        label: text().comment_email(),
        hint,
        required,
        autocomplete: "email",
        most: 254,
    }
}

fn form(
    address: &str,
    rules: &str,
    errors: &[FieldError],
    more: &Carried,
    fields: &Markup,
) -> Markup {
    let t = text();
    html! {
        form class="form" id="ecrire" method="post" novalidate data-draft=(address) data-guard="site" data-rules=(rules)
            action={ (address) "#erreurs" } {
            (summary(errors, |field| format!("m-{field}")))
            (carried(more))
            (required_note())
            (fields)
            (draft_note())
            (trap())
            p { button class="button" type="submit" { (t.feedback_send()) } }
        }
    }
}
