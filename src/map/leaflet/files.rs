//! Leaflet's own script and style sheet, fetched when a page shows a map.

use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use crate::map::elements::{document, find, window};

/// The embedded map has no tiles, whose part of Leaflet it leaves out.
const SCRIPT: &str =
    if cfg!(feature = "embed") { "/leaflet/leaflet-core.js" } else { "/leaflet/leaflet.js" };

/// Fetches script and style sheet, both at once; once is enough. False when they cannot be had.
pub async fn load() -> bool {
    let there = Reflect::has(&window(), &JsValue::from_str("L")).unwrap_or(false);
    let style = find("link[data-leaflet]")
        .is_none()
        .then(|| insert("link", &[("rel", "stylesheet"), ("href", "/leaflet/leaflet.css")]));
    let script = (!there).then(|| insert("script", &[("src", SCRIPT)]));
    let mut all = true;
    for it in [style, script].into_iter().flatten() {
        all &= arrived(it).await;
    }
    all
}

/// Asks for a file. The promise says when it is there.
fn insert(name: &str, attributes: &[(&str, &str)]) -> Option<(Element, JsFuture)> {
    let (element, head) = (document().create_element(name).ok()?, document().head()?);
    let _ = element.set_attribute("data-leaflet", "");
    for (name, value) in attributes {
        let _ = element.set_attribute(name, value);
    }
    let arrival = Promise::new(&mut |resolve, reject| {
        let _ = element.add_event_listener_with_callback("load", &resolve);
        let _ = element.add_event_listener_with_callback("error", &reject);
        let _ = head.append_child(&element);
    });
    Some((element, JsFuture::from(arrival)))
}

async fn arrived(asked: Option<(Element, JsFuture)>) -> bool {
    let Some((element, arrival)) = asked else { return false };
    let arrived = arrival.await.is_ok();
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
