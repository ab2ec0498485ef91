//! What makes an article pleasant to read once the app runs, over HTML that is set once:
//! the current section in the table of contents, the video that starts when pressed, sharing.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, MouseEvent};

/// Part of the window's height that a heading must have passed to be the current one.
const READING_LINE: f64 = 0.3;

/// Follows the scroll position for as long as the document lives.
pub fn start() {
    let on_scroll = Closure::<dyn Fn(Event)>::new(|_| mark_current_section());
    let options = web_sys::AddEventListenerOptions::new();
    options.set_passive(true);
    let _ = window().add_event_listener_with_callback_and_add_event_listener_options(
        "scroll",
        on_scroll.as_ref().unchecked_ref(),
        &options,
    );
    on_scroll.forget();
    show_share_buttons();
    // Where the browser put the reader, asked when it is known anyway. At the top there is nothing
    // to mark, and looking would lay out all that may wait (`public/settle.mjs`).
    request_animation_frame(|| {
        if 0.0 < window().scroll_y().unwrap_or(0.0) {
            mark_current_section();
        }
    });
}

/// After a new page is shown.
pub fn refresh() {
    mark_current_section();
    show_share_buttons();
}

/// Handles presses on what an article's own HTML offers. True when the press was for it.
pub fn on_click(event: &MouseEvent, target: &Element) -> bool {
    if let Ok(Some(frame)) = target.closest("[data-video]") {
        return play(event, &frame);
    }
    if let Ok(Some(button)) = target.closest("[data-share]") {
        share(&button);
        return true;
    }
    // A note is read once its own link is followed.
    if let Ok(Some(_)) = target.closest("a")
        && let Ok(Some(note)) = target.closest("[popover]")
        && let Some(note) = note.dyn_ref::<web_sys::HtmlElement>()
    {
        let _ = note.hide_popover();
    }
    // A choice in the small-screen menu or contents closes it behind the reader.
    if let Ok(Some(link)) = target.closest(".masthead__panel a, .toc-fold a")
        && let Ok(Some(open)) = link.closest("details")
    {
        let _ = open.remove_attribute("open");
    }
    false
}

/// Marks the line of the contents whose section is being read.
fn mark_current_section() {
    let document = document();
    let Ok(links) = document.query_selector_all(".toc__link") else { return };
    if links.length() == 0 {
        return;
    }
    let line =
        window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or(0.0) * READING_LINE;
    let mut current = None;
    for link in elements(&links) {
        let Some(id) = link.get_attribute("href") else { continue };
        let heading = document.get_element_by_id(id.trim_start_matches('#'));
        let passed = heading.is_some_and(|it| {
            let place = it.get_bounding_client_rect();
            // A heading hidden at this depth has no height and no place.
            place.height() > 0.0 && place.top() <= line
        });
        if passed {
            current = Some(id);
        }
    }
    for link in elements(&links) {
        let _ = if link.get_attribute("href") == current && current.is_some() {
            link.set_attribute("aria-current", "true")
        } else {
            link.remove_attribute("aria-current")
        };
    }
}

fn elements(list: &web_sys::NodeList) -> impl Iterator<Item = Element> {
    let list = list.clone();
    (0..list.length()).filter_map(move |at| list.item(at)?.dyn_into().ok())
}

/// Puts the player where its picture was. Until now nobody was contacted.
fn play(event: &MouseEvent, frame: &Element) -> bool {
    let (Some(address), Some(title)) =
        (frame.get_attribute("data-video"), frame.get_attribute("aria-label"))
    else {
        return false;
    };
    let file = address.starts_with('/');
    let Ok(player) = document().create_element(if file { "video" } else { "iframe" }) else {
        return false;
    };
    let mut attributes =
        vec![("src", address.as_str()), ("title", &title), ("class", "video__player")];
    if file {
        attributes.push(("controls", ""));
        attributes.push(("autoplay", ""));
    } else {
        attributes.push(("allow", "autoplay; fullscreen"));
        attributes.push(("referrerpolicy", "no-referrer"));
        attributes.push(("tabindex", "-1"));
    }
    for (name, value) in attributes {
        let _ = player.set_attribute(name, value);
    }
    if frame.replace_with_with_node_1(&player).is_err() {
        return false;
    }
    event.prevent_default();
    if let Some(player) = player.dyn_ref::<web_sys::HtmlElement>() {
        let _ = player.focus();
    }
    true
}

/// Shows the sharing buttons that this browser can answer.
fn show_share_buttons() {
    let Ok(buttons) = document().query_selector_all("[data-share]") else { return };
    let navigator = window().navigator();
    let can_share = js_sys::Reflect::has(&navigator, &JsValue::from_str("share")).unwrap_or(false);
    for button in elements(&buttons) {
        let works = match button.get_attribute("data-share").as_deref() {
            Some("native") => can_share,
            Some("print") => true,
            // Outside a secure context there is no clipboard.
            _ => window().is_secure_context(),
        };
        if works {
            let _ = button.remove_attribute("hidden");
        }
    }
}

fn share(button: &Element) {
    if button.get_attribute("data-share").as_deref() == Some("print") {
        let _ = window().print();
        return;
    }
    let navigator = window().navigator();
    let Some(address) = button.get_attribute("data-address") else { return };
    if button.get_attribute("data-share").as_deref() == Some("native") {
        let data = web_sys::ShareData::new();
        data.set_title(&document().title());
        data.set_url(&address);
        // A reader who closes the sheet rejects the promise: nothing to say about it.
        let promise = navigator.share_with_data(&data);
        wasm_bindgen_futures::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
        return;
    }
    let promise = navigator.clipboard().write_text(&address);
    let button = button.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let copied = wasm_bindgen_futures::JsFuture::from(promise).await.is_ok();
        let name = if copied { "data-done" } else { "data-failed" };
        if let (Some(words), Ok(Some(label))) =
            (button.get_attribute(name), button.query_selector("[data-label]"))
        {
            label.set_text_content(Some(&words));
            if let Some(region) = document().get_element_by_id("annonce") {
                region.set_text_content(Some(&words));
            }
        }
    });
}
