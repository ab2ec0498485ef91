//! Says what is wrong with a form before it is sent, in the server's words and places: also where no
//! server can be reached.

use contract::form::Broken;
use locale::{form::message, text};
use wasm_bindgen::JsCast;
use web_sys::{
    DocumentFragment, Element, FormData, HtmlElement, HtmlFormElement, HtmlTemplateElement,
};

use crate::{
    page::{all, document, find},
    rules,
};

/// Whose rules a form is held against.
const RULES: &str = "data-rules";
/// How the server draws what is wrong, to be filled in.
const ONE: &str = "template[data-error]";
const ALL: &str = "template[data-summary]";

/// Whether nothing is wrong. What is wrong is shown, and the summary takes the focus.
pub fn pass(form: &HtmlFormElement) -> bool {
    clear(form);
    let Some(kind) = form.get_attribute(RULES) else { return true };
    let Ok(data) = FormData::new_with_form(form) else { return true };
    let value = |name: &str| data.get(name).as_string().unwrap_or_default();
    let asked = |name: &str| field(form, name).is_some_and(|it| it.has_attribute("required"));
    let broken = rules::broken(&kind, value, asked);
    broken.is_empty() || show(form, &broken).is_none()
}

/// What was wrong with a field is not said any more once it changes: whether it is right is seen when the
/// form is sent.
pub fn on_input(target: &Element) {
    if target.has_attribute("aria-invalid")
        && let Ok(Some(place)) = target.closest(".field")
    {
        clear(&place);
        let _ = target.remove_attribute("aria-invalid");
    }
}

fn field(form: &Element, name: &str) -> Option<HtmlElement> {
    find(form, &format!("[name=\"{name}\"]"))
}

/// None where the page lacks a place for it: then the server says it.
fn show(form: &Element, broken: &[Broken]) -> Option<()> {
    let summary = copy(form, ALL)?;
    summary.set_id("erreurs");
    let count = u32::try_from(broken.len()).unwrap_or(u32::MAX);
    find(&summary, "p")?.set_text_content(Some(&text().form_summary().with(count)));
    let list = find(&summary, "ul")?;
    for it in broken {
        let Some(field) = field(form, it.field) else { continue };
        let link = document().create_element("a").ok()?;
        link.set_text_content(Some(message(*it)));
        link.set_attribute("href", &format!("#{}", field.id())).ok()?;
        let item = document().create_element("li").ok()?;
        item.append_child(&link).ok()?;
        list.append_child(&item).ok()?;
        mark(form, &field, message(*it));
    }
    match find(form, ".form__title") {
        Some(title) => title.after_with_node_1(&summary).ok()?,
        None => form.prepend_with_node_1(&summary).ok()?,
    }
    summary.dyn_ref::<HtmlElement>()?.focus().ok()
}

/// Says beside a field what is wrong with it. A group of choices is wrong as a whole.
fn mark(form: &Element, field: &HtmlElement, words: &str) {
    let place = field.closest(".field").ok().flatten();
    let (Some(place), Some(error)) = (place, copy(form, ONE)) else { return };
    let id = format!("{}-erreur", field.id());
    error.set_id(&id);
    let _ = error.append_with_str_1(words);
    let _ = place.append_child(&error);
    let field: &Element = if place.has_attribute("role") { &place } else { field };
    let before = field.get_attribute("aria-describedby").unwrap_or_default();
    let _ = field.set_attribute("aria-describedby", format!("{id} {before}").trim_end());
    let _ = field.set_attribute("aria-invalid", "true");
}

/// Takes away what was said before, by whomever.
fn clear(form: &Element) {
    for it in all(form, ".field__error, .form__summary") {
        it.remove();
    }
    for it in all(form, "[aria-invalid]") {
        let _ = it.remove_attribute("aria-invalid");
        let described = it.get_attribute("aria-describedby").unwrap_or_default();
        let rest: Vec<&str> = described.split(' ').filter(|it| !it.ends_with("-erreur")).collect();
        let _ = if rest.is_empty() {
            it.remove_attribute("aria-describedby")
        } else {
            it.set_attribute("aria-describedby", &rest.join(" "))
        };
    }
}

/// A copy of what a template holds.
fn copy(form: &Element, selector: &str) -> Option<Element> {
    let template: HtmlTemplateElement = find(form, selector)?.dyn_into().ok()?;
    let content: DocumentFragment = template.content();
    content.first_element_child()?.clone_node_with_deep(true).ok()?.dyn_into().ok()
}
