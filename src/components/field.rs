//! One field of a form: its label, its hint, what is wrong with it.

use contract::error::FieldError;
use locale::text;
use maud::{Markup, html};

use crate::components::icon::icon;

/// What a field is, beside what was typed into it.
pub struct Field<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// As in the JSON, and in [`FieldError::field`].
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub required: bool,
    /// As HTML names it (`autocomplete`).
    pub autocomplete: &'static str,
    /// Most characters.
    pub most: usize,
}

/// What the server writes into a form beside its fields. Forms that stand in pages kept for everybody, and
/// those that the app draws, carry nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carried {
    /// Why the form comes back, though nothing is wrong with what was typed.
    pub notice: Option<&'static str>,
    /// Names and values of hidden fields.
    pub hidden: Vec<(&'static str, String)>,
}

/// It stands where a summary of errors would.
#[cfg(not(target_arch = "wasm32"))]
pub fn carried(it: &Carried) -> Markup {
    html! {
        @if let Some(notice) = it.notice {
            div class="form__summary" role="alert" tabindex="-1" id="erreurs" {
                p class="form__summary-title" { (text().form_not_yet()) }
                p { (notice) }
            }
        }
        @for (name, value) in &it.hidden { input type="hidden" name=(name) value=(value); }
    }
}

/// The app draws no form that has come back.
#[cfg(target_arch = "wasm32")]
pub fn carried(_: &Carried) -> Markup {
    Markup::default()
}

/// A field of one line; `kind` is the input's type.
pub fn input(it: &Field, kind: &str, value: &str, errors: &[FieldError]) -> Markup {
    let error = error_of(it.name, errors);
    field(
        it,
        error,
        &html! {
            input class="input" id=(it.id) name=(it.name) type=(kind) value=(value)
                autocomplete=(it.autocomplete) maxlength=(it.most)
                required[it.required] aria-invalid=[error.map(|_| "true")]
                aria-describedby=[described_by(it, error)];
        },
    )
}

/// A field of many lines.
pub fn area(it: &Field, value: &str, errors: &[FieldError]) -> Markup {
    let error = error_of(it.name, errors);
    field(
        it,
        error,
        &html! {
            textarea class="input input--area" id=(it.id) name=(it.name) rows="6"
                maxlength=(it.most) required[it.required] aria-invalid=[error.map(|_| "true")]
                aria-describedby=[described_by(it, error)] { (value) }
        },
    )
}

/// One of some; each has a value and its words.
pub fn select(it: &Field, choices: &[(&str, &str)], value: &str, errors: &[FieldError]) -> Markup {
    let error = error_of(it.name, errors);
    field(
        it,
        error,
        &html! {
            select class="input" id=(it.id) name=(it.name) required[it.required]
                aria-invalid=[error.map(|_| "true")] aria-describedby=[described_by(it, error)] {
                @for (choice, words) in choices {
                    option value=(choice) selected[*choice == value] { (words) }
                }
            }
        },
    )
}

/// A box to tick. Never ticked beforehand.
pub fn tick(it: &Field, ticked: bool, errors: &[FieldError]) -> Markup {
    let error = error_of(it.name, errors);
    html! {
        div class="field" {
            div class="check" {
                input class="check__box" id=(it.id) name=(it.name) type="checkbox" value="true"
                    checked[ticked] required[it.required] aria-invalid=[error.map(|_| "true")]
                    aria-describedby=[described_by(it, error)];
                label for=(it.id) { (it.label) (star(it)) }
            }
            (wrong(it, error))
        }
    }
}

/// What is wrong, one link each to its field. Forms lead to its anchor, which takes the focus.
pub fn summary(errors: &[FieldError], id_of: impl Fn(&str) -> String) -> Markup {
    let count = u32::try_from(errors.len()).unwrap_or(u32::MAX);
    html! {
        @if !errors.is_empty() {
            (summary_of(Some("erreurs"), &text().form_summary().with(count), &html! {
                @for it in errors {
                    li { a href={ "#" (id_of(&it.field)) } { (it.message) } }
                }
            }))
        }
    }
}

fn summary_of(id: Option<&str>, title: &str, items: &Markup) -> Markup {
    html! {
        div class="form__summary" role="alert" tabindex="-1" id=[id] {
            p class="form__summary-title" { (title) }
            ul { (items) }
        }
    }
}

/// Says that what is written is kept on the device, and forgets it; shown where scripts keep it. Below
/// it stands how the sending goes.
pub fn draft_note() -> Markup {
    html! {
        p class="form__draft muted small" {
            (text().form_draft())
            " "
            button class="form__forget" type="button" data-draft-forget { (text().form_draft_forget()) }
        }
        p class="form__status" role="status" data-form-status {}
        // What is wrong can be said before anything is sent, as it is said afterwards.
        template data-error { (wrong_words(None, "")) }
        template data-summary { (summary_of(None, "", &html! {})) }
    }
}

/// Says what the stars mean. Every form with a field that must be filled in begins with it.
pub fn required_note() -> Markup {
    html! { p class="form__note muted small" { (text().form_required()) } }
}

/// A field that only programs fill in: people neither see nor reach it.
pub fn trap() -> Markup {
    html! {
        div class="form__trap" aria-hidden="true" {
            label { (text().form_trap()) input name="website" tabindex="-1" autocomplete="off"; }
        }
    }
}

fn field(it: &Field, error: Option<&FieldError>, control: &Markup) -> Markup {
    html! {
        div class="field" {
            label class="field__label" for=(it.id) {
                (it.label)
                (star(it))
                @if !it.required { " " span class="muted" { "(" (text().form_optional()) ")" } }
            }
            @if !it.hint.is_empty() { p class="field__hint" id={ (it.id) "-aide" } { (it.hint) } }
            (control)
            (wrong(it, error))
        }
    }
}

/// What must be filled in has a star.
pub fn star(it: &Field) -> Markup {
    html! { @if it.required { span aria-hidden="true" { " *" } } }
}

/// What is wrong with a field, beside it.
pub fn wrong(it: &Field, error: Option<&FieldError>) -> Markup {
    html! {
        @if let Some(error) = error {
            (wrong_words(Some(&format!("{}-erreur", it.id)), &error.message))
        }
    }
}

fn wrong_words(id: Option<&str>, words: &str) -> Markup {
    html! { p class="field__error" id=[id] { (icon("warning")) (words) } }
}

/// What is wrong with the field of this name.
pub fn error_of<'a>(name: &str, errors: &'a [FieldError]) -> Option<&'a FieldError> {
    errors.iter().find(|it| it.field == name)
}

/// The ids of what says more of a field.
pub fn described_by(it: &Field, error: Option<&FieldError>) -> Option<String> {
    let hint = (!it.hint.is_empty()).then(|| format!("{}-aide", it.id));
    let error = error.map(|_| format!("{}-erreur", it.id));
    let ids: Vec<String> = error.into_iter().chain(hint).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
