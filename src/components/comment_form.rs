//! The form below an article. Plain HTML: it is sent as any form is, and comes back with what was
//! typed when something is missing.

use contract::{
    comment::{CommentDraft, MAX_BODY, MAX_NAME},
    error::FieldError,
    site::{CommentSettings, EmergencyNumber, Site, Wording},
    slug::Slug,
};
use locale::{fill, text};
use maud::{Markup, html};

use crate::components::{
    comments::address,
    field::{Carried, Field, area, carried, draft_note, input, required_note, summary, tick, trap},
    icon::icon,
};

/// What a form shows when it comes back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    pub draft: CommentDraft,
    pub errors: Vec<FieldError>,
    /// The name of whom it answers.
    pub answers: Option<String>,
    pub carried: Carried,
}

/// "Laisser un commentaire", in the site's words.
pub fn title(settings: CommentSettings) -> &'static str {
    match settings.wording {
        Wording::Write => text().comment_write(),
        Wording::Leave => text().comment_leave(),
        Wording::Add => text().comment_add(),
    }
}

pub fn comment_form(article: &Slug, it: &Written, site: &Site) -> Markup {
    let t = text();
    html! {
        form class="form" id="ecrire" method="post" novalidate aria-labelledby="t-ecrire"
            data-draft=(draft_name(article, it)) data-guard="all" data-rules="comment"
            action={ "/articles/" (article) "/commentaires#erreurs" } {
            h3 class="form__title" id="t-ecrire" { (title(site.comments)) }
            (summary(&it.errors, |field| format!("c-{field}")))
            (carried(&it.carried))
            @if let Some(name) = &it.answers {
                p class="form__note" { (fill(t.comment_replying(), &[("name", name)])) }
            }
            (required_note())
            div class="form__pair" { (name(&it.draft.name, &it.errors)) (email(&it.draft.email, &it.errors, site.comments)) }
            (body(&it.draft.body, &it.errors))
            (gentle(t.comment_privacy(), &site.emergency_numbers))
            (tick(
                &Field {
                    id: "c-consent",
                    name: "consent",
                    label: (if site.comments.first_held { t.comment_consent_first() } else { t.comment_consent() }),
                    hint: "",
                    required: true,
                    autocomplete: "off",
                    most: 0,
                },
                it.draft.consent,
                &it.errors,
            ))
            (draft_note())
            (trap())
            @if let Some(parent) = &it.draft.parent {
                input type="hidden" name="parent" value=(parent);
            }
            p { button class="button" type="submit" { (t.comment_send()) } }
            p class="form__note muted small" {
                (if site.comments.first_held { t.comment_moderation_first() } else { t.comment_moderation() })
            }
        }
    }
}

/// What is written to somebody is not what is written to all.
fn draft_name(article: &Slug, it: &Written) -> String {
    let parent = it.draft.parent.as_ref().map_or("", Slug::as_str);
    format!("{} {parent}", address(article))
}

pub fn name(value: &str, errors: &[FieldError]) -> Markup {
    let t = text();
    let field = Field {
        id: "c-name",
        name: "name",
        label: t.comment_name(),
        hint: t.comment_name_hint(),
        required: true,
        autocomplete: "nickname",
        most: MAX_NAME,
    };
    input(&field, "text", value, errors)
}

pub fn email(value: &str, errors: &[FieldError], settings: CommentSettings) -> Markup {
    let t = text();
    let field = Field {
        id: "c-email",
        name: "email",
        label: t.comment_email(),
        hint: t.comment_email_hint(),
        required: settings.email_required,
        autocomplete: "email",
        most: 254,
    };
    input(&field, "email", value, errors)
}

pub fn body(value: &str, errors: &[FieldError]) -> Markup {
    let t = text();
    let field = Field {
        id: "c-body",
        name: "body",
        label: t.comment_body(),
        hint: t.comment_body_hint(),
        required: true,
        autocomplete: "off",
        most: MAX_BODY,
    };
    area(&field, value, errors)
}

/// What not to write, and whom to call where nobody reads in time.
pub fn gentle(words: &str, numbers: &[EmergencyNumber]) -> Markup {
    html! {
        div class="gentle" {
            span class="gentle__icon" { (icon("lock")) }
            div {
                p { (words) }
                @if !numbers.is_empty() {
                    p {
                        (text().comment_urgent())
                        @for it in numbers { " " a class="gentle__call" href=(it.href) { (it.number) } }
                    }
                }
            }
        }
    }
}
