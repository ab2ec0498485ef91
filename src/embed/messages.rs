//! What the page around the frame is told: that the map is there, how high it is, who was chosen.
//! Public facts about practitioners, never anything about the reader, so whoever listens may.

use contract::practitioner::Practitioner;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::ResizeObserver as Measure;

use crate::map::elements::{document, window};

/// What every message names, so that others can tell it from those of other frames.
const SOURCE: &str = "immunotheque";

fn say(kind: &str, fields: &[(&str, JsValue)]) {
    let message = Object::new();
    let set = |name: &str, value: &JsValue| {
        // A plain object takes every field.
        let _ = Reflect::set(&message, &JsValue::from_str(name), value);
    };
    set("source", &SOURCE.into());
    set("type", &kind.into());
    for (name, value) in fields {
        set(name, value);
    }
    if let Ok(Some(parent)) = window().parent() {
        let _ = parent.post_message(&message, "*");
    }
}

pub fn ready() {
    say("ready", &[]);
}

pub fn selection(it: &Practitioner) {
    let origin = window().location().origin().unwrap_or_default();
    say(
        "selection",
        &[
            ("id", it.id.as_str().into()),
            ("name", it.name.as_str().into()),
            ("url", format!("{origin}/praticiens/{}", it.id).into()),
        ],
    );
}

/// Says how high the page is, in CSS pixels, now and whenever that changes.
pub fn follow_height() {
    let Some(body) = document().body() else { return };
    let measured = Closure::<dyn Fn()>::new(|| {
        if let Some(body) = document().body() {
            say("height", &[("height", body.offset_height().into())]);
        }
    });
    if let Ok(observer) = Measure::new(measured.as_ref().unchecked_ref()) {
        observer.observe(&body);
        // Both live as long as the document.
        std::mem::forget(observer);
        measured.forget();
    }
}
