//! Sends a form without leaving its page: an answer that is never heard loses nothing and doubles
//! nothing. What the server draws is shown as it draws it, so both ways say the same.

use contract::challenge::PROOF;
use gloo_net::http::Request;
use js_sys::{Array, Uint8Array};
use locale::text;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{
    AbortSignal, DomParser, Element, Event, FormData, HtmlFormElement, SubmitEvent, SupportedType,
};

use crate::{
    checks, drafts, known, pace,
    page::{FORM, document, find, form_around, forms, target, window},
    puzzle::solve,
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
    if event.default_prevented() {
        return;
    }
    if !checks::pass(&form) {
        event.prevent_default();
        return;
    }
    if button.is_some_and(|it| it.has_attribute("name")) {
        return;
    }
    let Ok(data) = FormData::new_with_form(&form) else { return };
    event.prevent_default();
    if form.has_attribute(BUSY) {
        return;
    }
    // The same words are the same message, whenever its form was drawn.
    let Ok(words) = FormData::new_with_form(&form) else { return };
    for name in ["drawn", "key", "proof"] {
        words.delete(name);
    }
    let key = key(&Fields::new(&words).encoded());
    if let Some(writer) = known::of(&form) {
        let _ = data.append_with_str(known::FIELD, &writer);
    }
    if let Some(spent) = pace::spent(&form) {
        let _ = data.append_with_str("spent", &spent);
    }
    let body = Fields::new(&data).encoded();
    set(&form, BUSY, true);
    set(&form, FAILED, false);
    say(&form, text().form_sending());
    wasm_bindgen_futures::spawn_local(async move {
        let sent = send(&form, &body, &key).await;
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
async fn send(form: &HtmlFormElement, body: &str, key: &str) -> Option<()> {
    let mut page = post(form, body, key, None).await?;
    // Twice at most: the second puzzle is for a first that took too long.
    for _ in 0..2 {
        let Some(puzzle) = page.as_ref().and_then(puzzle) else { break };
        say(form, text().form_working());
        let Some(proof) = solve(&puzzle, key).await else { break };
        page = post(form, body, key, Some(&proof)).await?;
    }
    match page {
        Some(root) => answer(form, &root),
        None => Some(()),
    }
}

/// Posts it. The page that comes instead of a receipt; to the receipt itself the browser goes.
async fn post(
    form: &HtmlFormElement,
    body: &str,
    key: &str,
    proof: Option<&str>,
) -> Option<Option<Element>> {
    let address = form.action();
    let (address, _) = address.split_once('#').unwrap_or((&address, ""));
    let signal = AbortSignal::timeout_with_u32(PATIENCE);
    let mut request = Request::post(address)
        .header("content-type", "application/x-www-form-urlencoded")
        .header(IDEMPOTENCY_KEY, key)
        .abort_signal(Some(&signal));
    if let Some(proof) = proof {
        request = request.header(PROOF, proof);
    }
    let response = request.body(body).ok()?.send().await.ok()?;
    if response.redirected() && response.ok() {
        // To the receipt, as the browser itself would have gone. The draft goes when it is shown.
        let _ = window().location().assign(&response.url());
        return Some(None);
    }
    if 500 <= response.status() {
        return None;
    }
    let html = response.text().await.ok()?;
    let page = DomParser::new().ok()?.parse_from_string(&html, SupportedType::TextHtml).ok()?;
    page.document_element().map(Some)
}

/// The puzzle that a page asks to be solved: a proof that is not one yet.
fn puzzle(root: &Element) -> Option<String> {
    let field = find(root, "input[name=proof]")?;
    field.get_attribute("value")?.strip_suffix(':').map(ToOwned::to_owned)
}

/// Shows what the server answered to a form that it did not take.
fn answer(form: &HtmlFormElement, root: &Element) -> Option<()> {
    if let Some(new) = find(root, FORM) {
        // The same form, with what is wrong beside its fields.
        form.replace_with_with_node_1(&new).ok()?;
        if let Some(summary) = document().get_element_by_id("erreurs") {
            let _ = summary.unchecked_ref::<web_sys::HtmlElement>().focus();
        }
        return Some(());
    }
    // A page that says why not: too many, closed meanwhile.
    let words = find(root, "main h1 ~ p").or_else(|| find(root, "main h1"))?;
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
