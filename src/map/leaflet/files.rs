//! Leaflet's own script and style sheet, fetched when a page shows a map.

use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::map::elements::{document, find, window};

/// The embedded map has no tiles, whose part of Leaflet it leaves out.
const SCRIPT: &str =
    if cfg!(feature = "embed") { "/leaflet/leaflet-core.js" } else { "/leaflet/leaflet.js" };

/// Fetches script and style sheet; once is enough. False when they cannot be had.
pub async fn load() -> bool {
    let style = match find("link[data-leaflet]") {
        Some(_) => true,
        None => insert("link", &[("rel", "stylesheet"), ("href", "/leaflet/leaflet.css")]).await,
    };
    let there = |name: &str| Reflect::has(&window(), &JsValue::from_str(name)).unwrap_or(false);
    style && (there("L") || insert("script", &[("src", SCRIPT)]).await)
}

async fn insert(name: &str, attributes: &[(&str, &str)]) -> bool {
    let (Ok(element), Some(head)) = (document().create_element(name), document().head()) else {
        return false;
    };
    let _ = element.set_attribute("data-leaflet", "");
    for (name, value) in attributes {
        let _ = element.set_attribute(name, value);
    }
    let arrival = Promise::new(&mut |resolve, reject| {
        let _ = element.add_event_listener_with_callback("load", &resolve);
        let _ = element.add_event_listener_with_callback("error", &reject);
        let _ = head.append_child(&element);
    });
    let arrived = JsFuture::from(arrival).await.is_ok();
    if !arrived {
        // Asked for again, the next time.
        element.remove();
    }
    arrived
}

/// No page shows a map any more.
pub fn unload_styles() {
    if let Some(link) = find("link[data-leaflet]") {
        link.remove();
    }
}
