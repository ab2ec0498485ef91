//! What is being written is kept on the device until the server has it: through a reload, a crash,
//! a lost connection. Nothing of it is sent anywhere before its writer sends it. While somebody types it
//! is kept a few times a second, and at once when the page is left or hidden: a whole form is too much
//! work for a single key.
//!
//! A form with `data-draft` is kept under that name; a page with `data-sent` says that the server has
//! what began so. Boxes are never ticked again: a consent is given each time.

use std::cell::RefCell;

use contract::form::DRAFT_DAYS;
use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, Storage, UrlSearchParams,
};

use crate::page::{after, all, document, find, form_around, forms, storage, value};

/// Before a form's own name.
const PREFIX: &str = "draft ";
/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;
/// Milliseconds from a key to when what is written is kept: what a crash may take.
const SOON: i32 = 200;
/// What was last sent off, before anybody had answered: its key, and a mark of its words.
const TRIED: &str = "draft-tried";
/// Fields that people write in.
const WRITTEN: &str = "input[type=text], input[type=email], textarea";

thread_local! {
    /// The form that is written in, while it is not yet kept.
    static WAITING: RefCell<Option<HtmlFormElement>> = const { RefCell::new(None) };
}

/// Keeps what is being written, soon.
pub fn on_input(target: &Element) {
    let Some(form) = form_around(target) else { return };
    let before = WAITING.replace(Some(form.clone()));
    match before {
        // A timer runs already.
        Some(it) if it == form => {}
        Some(other) => keep(&other),
        None => after(SOON, keep_now),
    }
}

/// Keeps what waits for it.
pub fn keep_now() {
    if let Some(form) = WAITING.take() {
        keep(&form);
    }
}

/// After a page is shown.
pub fn refresh() {
    keep_now();
    let Some(storage) = storage() else { return };
    let sent = document().document_element().and_then(|it| find(&it, "[data-sent]"));
    if let Some(sent) = sent {
        forget(&storage, &sent.get_attribute("data-sent").unwrap_or_default());
        let _ = storage.remove_item(TRIED);
    }
    for form in forms() {
        restore(&storage, &form);
        // Typed before this was here.
        if is_begun(&form) {
            keep(&form);
        }
    }
}

/// Whether something stands in a form.
pub fn is_begun(form: &Element) -> bool {
    fields(form).iter().any(|it| !value(it).is_empty())
}

/// Takes a press on the button that forgets what was written.
pub fn on_click(target: &Element) {
    let Ok(Some(button)) = target.closest("[data-draft-forget]") else { return };
    if let (Some(form), Some(storage)) = (form_around(&button), storage()) {
        keep_now();
        let _ = storage.remove_item(&key(&form));
        let _ = storage.remove_item(TRIED);
        for field in fields(&form) {
            set(&field, "");
        }
    }
}

/// The key under which a message was sent off, if it was the last one: its answer may have come while
/// nobody was there. `mark` tells messages apart.
pub fn tried(mark: &str) -> Option<String> {
    let kept = storage()?.get_item(TRIED).ok().flatten()?;
    let (key, last) = kept.split_once(' ')?;
    (last == mark).then(|| key.to_owned())
}

/// Remembers it until the server has said that it has it.
pub fn keep_tried(mark: &str, key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(TRIED, &format!("{key} {mark}"));
    }
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
    if u32::from(DRAFT_DAYS) < today().saturating_sub(at.parse().unwrap_or(0)) {
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
    all(form, WRITTEN)
}

fn set(field: &Element, value: &str) {
    if let Some(it) = field.dyn_ref::<HtmlInputElement>() {
        it.set_value(value);
    }
    if let Some(it) = field.dyn_ref::<HtmlTextAreaElement>() {
        it.set_value(value);
    }
}
