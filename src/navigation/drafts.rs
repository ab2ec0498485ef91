//! What is being written is kept on the device until the server has it: through a reload, a crash,
//! a lost connection. Nothing of it is sent anywhere before its writer sends it.
//!
//! A form with `data-draft` is kept under that name; a page with `data-sent` says that the server has
//! what began so. Boxes are never ticked again: a consent is given each time.

use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement, Storage, UrlSearchParams};

use crate::map::elements::{all, around, find, listen, storage, window};

/// Before a form's own name.
const PREFIX: &str = "draft ";
/// Days after which what was never sent is forgotten.
const DAYS: u32 = 7;
/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;
const FORM: &str = "form[data-draft]";
/// Fields that people write in.
const WRITTEN: &str = "input[type=text], input[type=email], textarea";

/// Follows every form for as long as the document lives.
pub fn start() {
    listen(&window(), &["input"], on_input);
}

fn on_input(event: Event) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    if let Some(form) = target.and_then(|it| around(&it, FORM)) {
        keep(&form);
    }
}

/// After a page is shown.
pub fn refresh() {
    let Some(storage) = storage() else { return };
    if let Some(sent) = find("[data-sent]") {
        forget(&storage, &sent.get_attribute("data-sent").unwrap_or_default());
    }
    for form in all(FORM) {
        restore(&storage, &form);
    }
}

/// Takes a press on the button that forgets what was written. True when it was for it.
pub fn on_click(target: &Element) -> bool {
    let Some(button) = around(target, "[data-draft-forget]") else { return false };
    if let (Some(form), Some(storage)) = (around(&button, FORM), storage()) {
        let _ = storage.remove_item(&key(&form));
        for field in fields(&form) {
            set(&field, "");
        }
    }
    true
}

fn keep(form: &Element) {
    let (Some(storage), Ok(written)) = (storage(), UrlSearchParams::new()) else { return };
    for field in fields(form) {
        written.append(&field.get_attribute("name").unwrap_or_default(), &value(&field));
    }
    // Full, or forbidden: the form works without.
    let _ =
        storage.set_item(&key(form), &format!("{} {}", today(), String::from(written.to_string())));
}

/// Days since 1970. Whole numbers: reading fractions would weigh the app fifteen kilobytes.
fn today() -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a clock that is set to another age forgets drafts, and nothing else"
    )]
    let days = (Date::now() / DAY) as u32;
    days
}

fn restore(storage: &Storage, form: &Element) {
    let Ok(Some(kept)) = storage.get_item(&key(form)) else { return };
    let (at, written) = kept.split_once(' ').unwrap_or_default();
    if DAYS < today().saturating_sub(at.parse().unwrap_or(0)) {
        let _ = storage.remove_item(&key(form));
        return;
    }
    let Ok(written) = UrlSearchParams::new_with_str(written) else { return };
    for field in fields(form) {
        let name = field.get_attribute("name").unwrap_or_default();
        // What the server sent back is newer.
        if value(&field).is_empty() {
            set(&field, &written.get(&name).unwrap_or_default());
        }
    }
}

/// Everything that was kept under a name that begins with `start`.
fn forget(storage: &Storage, start: &str) {
    let start = format!("{PREFIX}{start}");
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for key in keys.iter().filter(|it| it.starts_with(&start)) {
        let _ = storage.remove_item(key);
    }
}

fn key(form: &Element) -> String {
    format!("{PREFIX}{}", form.get_attribute("data-draft").unwrap_or_default())
}

fn fields(form: &Element) -> Vec<Element> {
    let Ok(found) = form.query_selector_all(WRITTEN) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn value(field: &Element) -> String {
    match (field.dyn_ref::<HtmlInputElement>(), field.dyn_ref::<HtmlTextAreaElement>()) {
        (Some(it), _) => it.value(),
        (_, Some(it)) => it.value(),
        _ => String::new(),
    }
}

fn set(field: &Element, value: &str) {
    if let Some(it) = field.dyn_ref::<HtmlInputElement>() {
        it.set_value(value);
    }
    if let Some(it) = field.dyn_ref::<HtmlTextAreaElement>() {
        it.set_value(value);
    }
}
