//! Sends a form without leaving its page: an answer that is never heard loses nothing and doubles
//! nothing. What the server draws is shown as it draws it, so both ways say the same.

use gloo_net::http::{Request, Response};
use js_sys::{Array, Uint8Array};
use locale::text;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{
    AbortSignal, DomParser, Element, Event, FormData, HtmlFormElement, SubmitEvent, SupportedType,
};

use crate::{
    drafts,
    page::{FORM, document, find, form_around, forms, target, window},
};

/// Milliseconds after which an answer is not waited for any more. The server gives up sooner.
const PATIENCE: u32 = 20_000;
/// The header by which the same again is known as such (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// On a form that is on its way: a second press changes nothing.
const BUSY: &str = "data-busy";
/// On a form that could not be sent.
const FAILED: &str = "data-failed";

#[wasm_bindgen]
extern "C" {
    /// `URLSearchParams` of a whole form (WHATWG URL).
    #[wasm_bindgen(js_name = URLSearchParams)]
    type Fields;

    #[wasm_bindgen(constructor, js_class = "URLSearchParams")]
    fn new(form: &FormData) -> Fields;

    #[wasm_bindgen(method, js_name = toString)]
    fn encoded(this: &Fields) -> String;
}

/// Takes a form over that a press has sent off. One with a button of its own meaning goes as it is.
pub fn on_submit(event: &Event) {
    let Some(form) = target(event).and_then(|it| form_around(&it)) else { return };
    let button = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
    if event.default_prevented() || button.is_some_and(|it| it.has_attribute("name")) {
        return;
    }
    let Ok(data) = FormData::new_with_form(&form) else { return };
    event.prevent_default();
    if form.has_attribute(BUSY) {
        return;
    }
    let body = Fields::new(&data).encoded();
    set(&form, BUSY, true);
    set(&form, FAILED, false);
    say(&form, text().form_sending());
    wasm_bindgen_futures::spawn_local(async move {
        let sent = send(&form, body).await;
        set(&form, BUSY, false);
        if sent.is_none() {
            set(&form, FAILED, true);
            say(&form, text().form_not_sent());
        }
    });
}

/// The connection is back: says so where something waits.
pub fn on_line() {
    for form in forms() {
        if form.has_attribute(FAILED) {
            say(&form, text().form_on_line());
        }
    }
}

/// None where nobody answered who could.
async fn send(form: &HtmlFormElement, body: String) -> Option<()> {
    let address = form.action();
    let (address, _) = address.split_once('#').unwrap_or((&address, ""));
    let signal = AbortSignal::timeout_with_u32(PATIENCE);
    let request = Request::post(address)
        .header("content-type", "application/x-www-form-urlencoded")
        .header(IDEMPOTENCY_KEY, &key(&body))
        .abort_signal(Some(&signal))
        .body(body)
        .ok()?;
    let response = request.send().await.ok()?;
    let status = response.status();
    if response.redirected() && response.ok() {
        // To the receipt, as the browser itself would have gone. The draft goes when it is shown.
        let _ = window().location().assign(&response.url());
        return Some(());
    }
    if 500 <= status {
        return None;
    }
    answer(form, &response).await
}

/// Shows what the server answered to a form that it did not take.
async fn answer(form: &HtmlFormElement, response: &Response) -> Option<()> {
    let html = response.text().await.ok()?;
    let page = DomParser::new().ok()?.parse_from_string(&html, SupportedType::TextHtml).ok()?;
    let root = page.document_element()?;
    if let Some(new) = find(&root, FORM) {
        // The same form, with what is wrong beside its fields.
        form.replace_with_with_node_1(&new).ok()?;
        if let Some(summary) = document().get_element_by_id("erreurs") {
            let _ = summary.unchecked_ref::<web_sys::HtmlElement>().focus();
        }
        return Some(());
    }
    // A page that says why not: too many, closed meanwhile.
    let words = find(&root, "main h1 ~ p").or_else(|| find(&root, "main h1"))?;
    say(form, &words.text_content()?);
    set(form, FAILED, true);
    Some(())
}

/// The key of a message: the same for the same words, whether the page was reloaded between or not.
fn key(body: &str) -> String {
    let mark = mark(body);
    drafts::tried(&mark).unwrap_or_else(|| {
        let key = random();
        drafts::keep_tried(&mark, &key);
        key
    })
}

/// Tells what one person writes from what they write next, and nobody what it was (FNV-1a, 64 bits).
fn mark(body: &str) -> String {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", body.bytes().fold(0xcbf2_9ce4_8422_2325, fold))
}

/// 128 random bits as text.
fn random() -> String {
    let bytes = Uint8Array::new_with_length(16);
    let view: &js_sys::Object = bytes.unchecked_ref();
    let filled = window().crypto().and_then(|it| it.get_random_values_with_array_buffer_view(view));
    let hex = |it: JsValue| it.as_f64().map_or(String::new(), |it| format!("{:02x}", whole(it)));
    match filled {
        Ok(_) => Array::from(&bytes).iter().map(hex).collect(),
        // No browser of these ten years. The clock and the page tell it from others well enough.
        Err(_) => format!("{:016x}", whole(js_sys::Date::now())),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bytes, and milliseconds since 1970, are whole and not negative"
)]
fn whole(it: f64) -> u64 {
    it as u64
}

/// Where the form says how it goes: read out as it changes.
fn say(form: &Element, words: &str) {
    if let Some(status) = find(form, "[data-form-status]") {
        status.set_text_content(Some(words));
    }
}

fn set(form: &Element, name: &str, on: bool) {
    let _ = if on { form.set_attribute(name, "") } else { form.remove_attribute(name) };
}
