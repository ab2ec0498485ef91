//! Shows what to mind beside the field, while it is written. Nothing is forbidden, nothing is sent.

use std::cell::Cell;

use contract::desk::Field;
use web_sys::Element;

use crate::{
    advice::{Advice, Readers, advice},
    page::{GUARDED, after, all, document, find, guarded_around, value},
};

/// Texts that are looked at: what is asked for as an address, or read by programs alone, is none of them.
const TEXTS: &str = "input[type=text], textarea";
/// The field whose text names somebody, in every form.
const NAME: &str = "name";
/// Where a field's notices stand.
const PLACE: &str = "[data-notices]";
/// Milliseconds without a key after which notices change: half a number is none.
const PAUSE: i32 = 400;
/// On a field: which of its keys was the last one. Only that one is answered.
const TURN: &str = "data-turn";

thread_local! {
    /// Counts keys.
    static KEYS: Cell<u32> = const { Cell::new(0) };
    /// Whether something is being pressed. A notice that came now would move it away.
    static PRESSED: Cell<bool> = const { Cell::new(false) };
}

/// A finger or a mouse's button goes down, or up again.
pub fn on_press(is_down: bool) {
    PRESSED.set(is_down);
}

/// After a page is shown: makes room for notices, since what is read out must be there before, and
/// looks at what is there already.
pub fn refresh() {
    // Tables are unpacked now, not at the first key.
    advice("a", Field::Body, Readers::All);
    let Some(root) = document().document_element() else { return };
    for form in all(&root, GUARDED) {
        for field in all(&form, TEXTS) {
            show(&field);
        }
    }
}

/// Looks at a text that changes.
pub fn on_input(target: &Element) {
    if guarded_around(target).is_none() || !target.matches(TEXTS).unwrap_or(false) {
        return;
    }
    let turn = KEYS.get().wrapping_add(1);
    KEYS.set(turn);
    let turn = turn.to_string();
    let _ = target.set_attribute(TURN, &turn);
    show_later(target.clone(), turn);
}

fn show_later(field: Element, turn: String) {
    after(PAUSE, move || {
        if field.get_attribute(TURN).as_ref() != Some(&turn) {
            return;
        }
        if PRESSED.get() {
            show_later(field, turn);
        } else {
            show(&field);
        }
    });
}

fn show(field: &Element) {
    let (Some(place), Some(form)) = (place(field), guarded_around(field)) else { return };
    let readers = match form.get_attribute("data-guard").as_deref() {
        Some("site") => Readers::Site,
        _ => Readers::All,
    };
    let is_name = field.get_attribute("name").is_some_and(|it| it == NAME);
    let kind = if is_name { Field::Name } else { Field::Body };
    let found = advice(&value(field), kind, readers);
    // What is told already is not read out again.
    let told: String = found.iter().map(|it| format!("{} {}\n", it.passage, it.words)).collect();
    if place.get_attribute("data-notices").unwrap_or_default() == told {
        return;
    }
    let _ = place.set_attribute("data-notices", &told);
    place.set_text_content(None);
    for it in &found {
        if let Some(notice) = notice(it) {
            let _ = place.append_child(&notice);
        }
    }
}

/// Made the first time, after the field.
fn place(field: &Element) -> Option<Element> {
    let around = field.parent_element()?;
    if let Some(there) = find(&around, PLACE) {
        return Some(there.into());
    }
    let place = element("div", "field__notices")?;
    place.set_attribute("role", "status").ok()?;
    place.set_attribute("data-notices", "").ok()?;
    around.append_child(&place).ok()?;
    Some(place)
}

fn notice(it: &Advice) -> Option<Element> {
    let notice = element("div", "gentle")?;
    let words = element("div", "gentle__text")?;
    let passage = element("p", "gentle__passage")?;
    passage.set_text_content(Some(&format!("«\u{a0}{}\u{a0}»", it.passage)));
    let why = element("p", "gentle__why")?;
    why.set_text_content(Some(it.words));
    words.append_child(&passage).ok()?;
    words.append_child(&why).ok()?;
    let calls = element("p", "gentle__calls")?;
    for address in it.calls {
        // As the page itself gives them: the operator says which there are.
        let known = document().query_selector(&format!("a[href='{address}']")).ok().flatten();
        if known.is_none() {
            continue;
        }
        let link = element("a", "gentle__call")?;
        link.set_attribute("href", address).ok()?;
        link.set_text_content(address.split_once(':').map(|it| it.1));
        calls.append_child(&link).ok()?;
        // Two numbers that are read or copied as text are not one.
        calls.append_with_str_1(" ").ok()?;
    }
    if calls.has_child_nodes() {
        words.append_child(&calls).ok()?;
    }
    notice.append_child(&words).ok()?;
    Some(notice)
}

fn element(name: &str, class: &str) -> Option<Element> {
    let it = document().create_element(name).ok()?;
    it.set_class_name(class);
    Some(it)
}
