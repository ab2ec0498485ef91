//! What helps while somebody writes, in the browser alone: what is written is kept on the device
//! until the server has it, and sent without losing it; what gives somebody away, or asks for help, is
//! answered beside the field. Every form works without.
//!
//! A form with `data-draft` is helped, under that name. One with `data-guard` has its texts looked at:
//! it says who will read them, `all` or `site`. The form that changes what was sent is looked at alone:
//! what stands in it is on the server already, and its address is a secret that nothing on the device
//! is named by.

pub mod advice;
pub mod rules;

#[cfg(target_arch = "wasm32")]
mod checks;
#[cfg(target_arch = "wasm32")]
mod drafts;
#[cfg(target_arch = "wasm32")]
mod known;
#[cfg(target_arch = "wasm32")]
mod notices;
#[cfg(target_arch = "wasm32")]
mod pace;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod puzzle;
#[cfg(target_arch = "wasm32")]
mod sending;

#[cfg(target_arch = "wasm32")]
pub use start::{prepare, start};

#[cfg(target_arch = "wasm32")]
mod start {
    use crate::{
        checks, drafts, known, notices, pace,
        page::{document, listen, target},
        sending,
    };

    /// Follows every form for as long as the document lives.
    pub fn start() {
        listen("input", |event| {
            if let Some(it) = target(&event) {
                pace::on_touch(&it);
                drafts::on_input(&it);
                checks::on_input(&it);
                notices::on_input(&it);
            }
        });
        listen("click", |event| {
            if let Some(it) = target(&event) {
                drafts::on_click(&it);
                known::on_click(&it);
            }
        });
        listen("focusin", |event| {
            if let Some(it) = target(&event) {
                pace::on_touch(&it);
            }
        });
        listen("pointerdown", |_| notices::on_press(true));
        for end in ["pointerup", "pointercancel"] {
            listen(end, |_| notices::on_press(false));
        }
        for end in ["pagehide", "visibilitychange"] {
            listen(end, |_| drafts::keep_now());
        }
        listen("submit", |event| {
            drafts::keep_now();
            sending::on_submit(&event);
        });
        listen("online", |_| sending::on_line());
        // What is said of drafts is true from now on.
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-writing", "");
        }
    }

    /// After a page is shown.
    pub fn prepare() {
        known::refresh();
        drafts::refresh();
        pace::refresh(drafts::is_begun);
        notices::refresh();
    }
}
