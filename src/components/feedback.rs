//! "Cette page vous a-t-elle aidé ?": two buttons and one text, a plain form.

use contract::{
    error::FieldError,
    feedback::{FeedbackDraft, MAX_MESSAGE},
    slug::Slug,
};
use locale::text;
use maud::{Markup, html};

use crate::components::field::{
    Carried, Field, area, carried, described_by, draft_note, error_of, required_note, star,
    summary, trap, wrong,
};

/// The question below an article: an answer is one press, words come after it.
pub fn feedback(article: &Slug) -> Markup {
    let t = text();
    html! {
        section class="feedback late" aria-labelledby="t-avis" {
            h2 class="feedback__title" id="t-avis" { (t.feedback_title()) }
            div class="feedback__choices" {
                a class="button button--quiet" rel="nofollow" href={ (address(article)) "?utile=oui" } { (t.feedback_yes()) }
                a class="button button--quiet" rel="nofollow" href={ (address(article)) "?utile=non" } { (t.feedback_no()) }
            }
        }
    }
}

pub fn address(article: &Slug) -> String {
    format!("/articles/{article}/avis")
}

/// The form on its page.
pub fn form(
    article: &Slug,
    draft: &FeedbackDraft,
    errors: &[FieldError],
    more: &Carried,
) -> Markup {
    let t = text();
    let choice = |id: &str, value: &str, name: &str, chosen: bool| {
        html! {
            label class="feedback__choice" for=(id) {
                input class="check__box" type="radio" id=(id) name="useful" value=(value) required checked[chosen];
                (name)
            }
        }
    };
    let useful = Field {
        id: "f-useful",
        name: "useful",
        label: t.feedback_title(),
        hint: "",
        required: true,
        autocomplete: "off",
        most: 0,
    };
    let unsaid = error_of(useful.name, errors);
    let field = Field {
        id: "f-message",
        name: "message",
        label: t.feedback_more(),
        hint: t.feedback_hint(),
        required: false,
        autocomplete: "off",
        most: MAX_MESSAGE,
    };
    html! {
        form class="form" id="ecrire" method="post" novalidate data-draft=(address(article)) data-guard="site" data-rules="feedback" action={ (address(article)) "#erreurs" } {
            (summary(errors, |field| format!("f-{field}")))
            (carried(more))
            (required_note())
            // An answer is missing as a whole: neither of the two is wrong.
            fieldset class="field feedback__set" role="radiogroup" aria-required="true"
                aria-invalid=[unsaid.map(|_| "true")] aria-describedby=[described_by(&useful, unsaid)] {
                legend class="field__label" { (useful.label) (star(&useful)) }
                div class="feedback__choices" {
                    (choice("f-useful", "true", t.feedback_yes(), draft.useful == Some(true)))
                    (choice("f-useless", "false", t.feedback_no(), draft.useful == Some(false)))
                }
                (wrong(&useful, unsaid))
            }
            (area(&field, &draft.message, errors))
            (draft_note())
            (trap())
            p { button class="button" type="submit" { (t.feedback_send()) } }
        }
    }
}
