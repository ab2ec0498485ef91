//! Leaflet's own script, fetched when a page shows a map.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::map::elements::{document, window};

/// The embedded map has no tiles, whose part of Leaflet it leaves out.
const SCRIPT: &str =
    if cfg!(feature = "embed") { "/leaflet/leaflet-core.js" } else { "/leaflet/leaflet.js" };

/// Fetches the script; once is enough. False when it cannot be had.
pub async fn load() -> bool {
    // Asked for by the page's start script, where the map is drawn at once.
    let ahead = Reflect::get(&window(), &JsValue::from_str("leaflet")).ok();
    if let Some(ahead) = ahead.and_then(|it| it.dyn_into::<Promise>().ok()) {
        let _ = JsFuture::from(ahead).await;
    }
    is_there() || insert().await.is_some() && is_there()
}

fn is_there() -> bool {
    Reflect::has(&window(), &JsValue::from_str("L")).unwrap_or(false)
}

/// None when the script did not come. It is asked for again, the next time.
async fn insert() -> Option<()> {
    let (script, head) = (document().create_element("script").ok()?, document().head()?);
    let _ = script.set_attribute("src", SCRIPT);
    let arrival = Promise::new(&mut |resolve, reject| {
        let _ = script.add_event_listener_with_callback("load", &resolve);
        let _ = script.add_event_listener_with_callback("error", &reject);
        let _ = head.append_child(&script);
    });
    JsFuture::from(arrival).await.ok().map(|_| ())
}
