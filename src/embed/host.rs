//! The page around the embedded map, in the browser: no router, one address.

use std::cell::RefCell;

use contract::{
    directory::MapView,
    embed::{self, EmbedView},
};
use locale::text;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlAnchorElement, HtmlFormElement};

use crate::{
    api::http::HttpApi,
    embed::{list, messages, whole},
    map::{
        self, Host,
        elements::{document, find, flag, mark, media, window},
    },
    pages::map::list_failed,
};

thread_local! {
    static SHOWN: RefCell<EmbedView> = RefCell::default();
}

fn shown() -> EmbedView {
    SHOWN.with_borrow(Clone::clone)
}

/// Draws the map into the page that the server rendered.
pub fn start() {
    let query = window().location().search().unwrap_or_default();
    let read = EmbedView::read(query.trim_start_matches('?'));
    let view = read.view.clone();
    SHOWN.set(read);
    let base = find("meta[name=api]").and_then(|it| it.get_attribute("content"));
    let api = HttpApi::new(&base.unwrap_or_else(|| contract::paths::BASE.to_owned()));
    map::start(
        std::sync::Arc::new(api),
        Host {
            go: Box::new(go),
            rename: Box::new(rename),
            list: Box::new(|it| list(it, &shown())),
            list_failed: Box::new(|it| list_failed(&shown().with(it.clone()).address(embed::PATH))),
            chosen: messages::selection,
        },
    );
    listen("click", |event| on_click(&event));
    listen("submit", |event| {
        let form = event.target().and_then(|it| it.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            map::on_submit(&form, &event);
        }
    });
    map::refresh(Some(&view));
    show_hint();
    messages::follow_height();
    messages::ready();
    if let Some(root) = document().document_element() {
        mark(&root, "data-hydrated", Some(""));
    }
}

fn listen(kind: &str, handler: fn(Event)) {
    let closure = Closure::<dyn Fn(Event)>::new(handler);
    let _ = window().add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Says how the map is moved: until then, fingers and wheel are those of the page around.
fn show_hint() {
    if let Some(hint) = find("[data-hint]") {
        let t = text();
        let coarse = media("(pointer: coarse)");
        hint.set_text_content(Some(if coarse {
            t.embed_hint_touch()
        } else {
            t.embed_hint_wheel()
        }));
        flag(&hint, "hidden", false);
    }
}

fn on_click(event: &Event) {
    let Some(target) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
    if map::on_click(event.unchecked_ref(), &target) {
        return;
    }
    let link = target.closest("a[href]").ok().flatten();
    let Some(link) = link.and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok()) else { return };
    if link.pathname() == embed::PATH && !event.default_prevented() {
        event.prevent_default();
        go(MapView::read(link.search().trim_start_matches('?')));
    }
}

fn go(view: MapView) {
    rename(&view);
    map::follow(&view);
}

/// The address says what is shown, so that a reload shows it again. A sandboxed frame may not
/// change it; it then stays that of the snippet.
fn rename(view: &MapView) {
    let shown = shown().with(view.clone());
    if let Some(link) = find("[data-whole]") {
        mark(&link, "href", Some(&whole(&shown)));
    }
    let address = shown.address(embed::PATH);
    SHOWN.set(shown);
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}
