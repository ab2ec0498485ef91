//! The style sheet of the map, fetched before a page is shown that needs it.

use js_sys::Promise;
use leptos::prelude::document;
use wasm_bindgen_futures::JsFuture;

/// Once is enough. A page that never gets it is still shown: its words matter more.
pub async fn want_map() {
    let Ok(Some(told)) = document().query_selector("meta[name=map-styles]") else { return };
    let address = told.get_attribute("content").unwrap_or_default();
    let (Some(head), Ok(link)) = (document().head(), document().create_element("link")) else {
        return;
    };
    // Fails only for names with forbidden characters.
    let _ = link.set_attribute("rel", "stylesheet");
    let _ = link.set_attribute("href", &address);
    let arrival = Promise::new(&mut |resolve, reject| {
        let _ = link.add_event_listener_with_callback("load", &resolve);
        let _ = link.add_event_listener_with_callback("error", &reject);
        let _ = head.append_child(&link);
    });
    match JsFuture::from(arrival).await {
        Ok(_) => told.remove(),
        // Asked for again, the next time.
        Err(_) => link.remove(),
    }
}
