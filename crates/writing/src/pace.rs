//! How long somebody has been writing, as the server asks: a program is faster than anybody.
//!
//! Counted from the first time that a form is touched while this is there. What was there before, a draft
//! that came back, words typed while this was on its way, has no such time, and nothing is said of it.

use js_sys::Date;
use web_sys::Element;

use crate::page::{form_around, forms};

/// When a form was first touched, in milliseconds; `?` where that is not known.
const SINCE: &str = "data-since";
const UNKNOWN: &str = "?";

/// After a page is shown: `is_begun` says whether something stands in a form already.
pub fn refresh(is_begun: impl Fn(&Element) -> bool) {
    for form in forms().iter().filter(|it| !it.has_attribute(SINCE) && is_begun(it)) {
        let _ = form.set_attribute(SINCE, UNKNOWN);
    }
}

/// Somebody touches a form.
pub fn on_touch(target: &Element) {
    let Some(form) = form_around(target).filter(|it| !it.has_attribute(SINCE)) else { return };
    let _ = form.set_attribute(SINCE, &now().to_string());
}

/// Milliseconds since then, for the field `spent`.
pub fn spent(form: &Element) -> Option<String> {
    let since: u64 = form.get_attribute(SINCE)?.parse().ok()?;
    Some(now().checked_sub(since)?.to_string())
}

fn now() -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970 are whole and not negative"
    )]
    let now = Date::now() as u64;
    now
}
