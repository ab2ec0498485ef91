//! Where a testimonial is written, and its preview. Two steps without scripts: what was typed travels
//! in the pages, and nothing is kept before its author has seen it as everybody will.

use contract::{
    error::FieldError,
    site::Site,
    testimonial::{
        MAX_BODY, MAX_NAME, MAX_TIES, MAX_TITLE, MAX_TREATMENTS, PublicTestimonial,
        TestimonialDraft,
    },
};
use locale::text;
use maud::{Markup, html};

use crate::components::{
    comment_form::gentle,
    field::{Carried, Field, area, carried, draft_note, input, required_note, summary, tick, trap},
    testimonial::{WRITE, testimonial},
};

pub fn form(it: &TestimonialDraft, errors: &[FieldError], more: &Carried, site: &Site) -> Markup {
    let t = text();
    let publication = consent("v-publication", "publication", t.testimonial_consent_publication());
    let processing = consent("v-processing", "processing", t.testimonial_consent_processing());
    html! {
        form class="form" id="ecrire" method="post" novalidate data-draft=(WRITE) data-guard="all" data-rules="testimonial"
            action={ (WRITE) "#erreurs" } {
            (summary(errors, |field| format!("v-{field}")))
            (carried(more))
            (required_note())
            (fields(it, errors))
            (gentle(t.testimonial_privacy(), &site.emergency_numbers))
            (tick(&publication, it.publication, errors))
            (tick(&processing, it.processing, errors))
            (draft_note())
            (trap())
            p {
                // Named: it leads to a page to look at, not to a receipt.
                button class="button" type="submit" name="step" value="apercu" {
                    (t.testimonial_preview())
                }
            }
            p class="form__note muted small" { (t.testimonial_moderation()) }
        }
    }
}

/// What is written of one, without what is agreed to.
pub fn fields(it: &TestimonialDraft, errors: &[FieldError]) -> Markup {
    let t = text();
    let field = |id: &'static str, name, label, hint, most| Field {
        id,
        name,
        label,
        hint,
        required: true,
        autocomplete: "off",
        most,
    };
    let name = Field {
        autocomplete: "nickname",
        ..field("v-name", "name", t.testimonial_name(), t.testimonial_name_hint(), MAX_NAME)
    };
    let title = Field {
        required: false,
        ..field("v-title", "title", t.testimonial_title(), "", MAX_TITLE)
    };
    let body = field("v-body", "body", t.testimonial_body(), t.testimonial_body_hint(), MAX_BODY);
    let treatments = field(
        "v-treatments",
        "treatments",
        t.testimonial_treatments(),
        t.testimonial_treatments_hint(),
        MAX_TREATMENTS,
    );
    let ties = Field {
        required: false,
        ..field("v-ties", "ties", t.testimonial_ties(), t.testimonial_ties_hint(), MAX_TIES)
    };
    html! {
        (input(&name, "text", &it.name, errors))
        (input(&title, "text", &it.title, errors))
        (area(&body, &it.body, errors))
        (area(&treatments, &it.treatments, errors))
        (area(&ties, &it.ties, errors))
    }
}

fn consent(id: &'static str, name: &'static str, label: &'static str) -> Field<'static> {
    Field { id, name, label, hint: "", required: true, autocomplete: "off", most: 0 }
}

/// What everybody would see, and the same text to be sent or gone back to. `key` makes a second press
/// the same message.
pub fn preview(
    it: &TestimonialDraft,
    shown: &PublicTestimonial,
    key: &str,
    more: &Carried,
) -> Markup {
    let t = text();
    let fields = [
        ("name", it.name.as_str()),
        ("title", &it.title),
        ("body", &it.body),
        ("treatments", &it.treatments),
        ("ties", &it.ties),
        ("publication", "true"),
        ("processing", "true"),
        ("key", key),
    ];
    html! {
        (testimonial(shown))
        form class="form" method="post" action={ (WRITE) "#erreurs" } {
            (carried(more))
            p class="form__note" { (t.testimonial_preview_note()) }
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            p class="form__buttons" {
                button class="button" type="submit" name="step" value="envoyer" {
                    (t.testimonial_send())
                }
                button class="button button--quiet" type="submit" name="step" value="modifier" {
                    (t.testimonial_back())
                }
            }
        }
    }
}
