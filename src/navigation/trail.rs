//! Where the reader was on each page of the history.
//!
//! An entry of the history keeps a number of its own and the scroll position it was left with, as
//! far as that can be written: once Back is pressed, the entry that is left is no longer the
//! current one. So positions are kept here too, for as long as the document lives.

use std::{cell::RefCell, rc::Rc};

use js_sys::Array;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{History, ScrollRestoration};

/// The number of an entry: when it was made, in milliseconds since 1970.
type Entry = f64;

/// The entries that were seen, with their scroll positions in CSS pixels.
#[derive(Clone)]
pub struct Trail(Rc<RefCell<Inner>>);

struct Inner {
    /// The entry whose page is shown; during a load not yet the current one of the history.
    shown: Entry,
    left: Vec<(Entry, f64)>,
}

impl Trail {
    /// Begins at the current entry.
    pub fn start() -> Self {
        let shown = current().map_or_else(number_current, |(entry, _)| entry);
        Self(Rc::new(RefCell::new(Inner { shown, left: Vec::new() })))
    }

    /// The page that is shown is about to be left, or moved away from.
    pub fn leave(&self) {
        let mut inner = self.0.borrow_mut();
        let (shown, top) = (inner.shown, top());
        inner.left.retain(|(entry, _)| *entry != shown);
        inner.left.push((shown, top));
        if current().is_some_and(|(entry, _)| entry == shown) {
            write(shown, top);
        }
    }

    /// The document goes: a reload, another site. If it comes back, the browser restores the place
    /// by itself, as it does best when the page is drawn by the server.
    pub fn end(&self) {
        self.leave();
        restore_by(ScrollRestoration::Auto);
    }

    /// Back, Forward, or a jump within the page: the history has moved. Where the reader was on
    /// its entry; nothing if it is new.
    pub fn moved(&self) -> Option<f64> {
        if let Some((entry, top)) = current() {
            self.leave();
            let inner = self.0.borrow();
            let left = inner.left.iter().find(|(it, _)| *it == entry);
            Some(left.map_or(top, |(_, top)| *top))
        } else {
            number_current();
            None
        }
    }

    /// A new entry for the page at `address`.
    pub fn push(&self, address: &str) {
        // From here on the position is restored by the app, after the page is there; the browser
        // would do it before.
        restore_by(ScrollRestoration::Manual);
        if let Some(history) = history() {
            let state = state(js_sys::Date::now(), 0.0);
            let _ = history.push_state_with_url(&state, "", Some(address));
        }
    }

    /// The current entry has another address; it stays the same step.
    pub fn rename(&self, address: &str) {
        if let Some(history) = history() {
            let state = history.state().unwrap_or(JsValue::NULL);
            // Some browsers refuse many in a short time: the next one says the same.
            let _ = history.replace_state_with_url(&state, "", Some(address));
        }
    }

    /// The page of the current entry is shown.
    pub fn arrive(&self) {
        if let Some((entry, _)) = current() {
            self.0.borrow_mut().shown = entry;
        }
    }
}

fn history() -> Option<History> {
    window().history().ok()
}

fn top() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

/// The current entry and the position that was written into it.
fn current() -> Option<(Entry, f64)> {
    let state = history()?.state().ok()?.dyn_into::<Array>().ok()?;
    Some((state.get(0).as_f64()?, state.get(1).as_f64()?))
}

fn number_current() -> Entry {
    let entry = js_sys::Date::now();
    write(entry, top());
    entry
}

fn write(entry: Entry, top: f64) {
    if let Some(history) = history() {
        let _ = history.replace_state(&state(entry, top), "");
    }
}

fn state(entry: Entry, top: f64) -> JsValue {
    Array::of2(&entry.into(), &top.into()).into()
}

fn restore_by(who: ScrollRestoration) {
    if let Some(history) = history() {
        let _ = history.set_scroll_restoration(who);
    }
}
