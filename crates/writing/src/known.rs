//! What proves that a person has approved a comment of whoever writes here: the page of its receipt gives
//! it, this device alone keeps it, and it goes along with the next comment. See the server's
//! `people/known.rs`.

use web_sys::Element;

use crate::page::{document, find, storage};

/// Under which it is kept.
const KEPT: &str = "known-writer";
/// The field that brings it.
pub const FIELD: &str = "writer";
/// Where it is given.
const GIVEN: &str = "data-writer";

/// After a page is shown: keeps what it gives.
pub fn refresh() {
    let given = document().document_element().and_then(|it| find(&it, "[data-writer]"));
    let given = given.and_then(|it| it.get_attribute(GIVEN));
    if let (Some(given), Some(storage)) = (given, storage()) {
        let _ = storage.set_item(KEPT, &given);
    }
}

/// Takes a press on the button that forgets it.
pub fn on_click(target: &Element) {
    let Ok(Some(button)) = target.closest("[data-writer-forget]") else { return };
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEPT);
    }
    // It is said nowhere else on the page that the device remembers.
    if let Some(said) = button.parent_element() {
        said.remove();
    }
}

/// What is kept, for a form of comments; one that brings its own is left as it is.
pub fn of(form: &Element) -> Option<String> {
    let name = form.get_attribute("data-draft")?;
    if !name.contains("/commentaires") || find(form, "input[name=writer]").is_some() {
        return None;
    }
    storage()?.get_item(KEPT).ok().flatten()
}
