//! Text size, spacing and colours. `public/prefs.js` reads and keeps the choices on the device,
//! before the app is there; without scripts the panel is not shown, since nothing could keep them.

use leptos::prelude::*;
use locale::text;

use crate::components::icon::Icon;

#[component]
pub fn Comfort() -> impl IntoView {
    let t = text();
    view! {
        <details class="comfort">
            <summary class="comfort__toggle"><Icon name="text-size"/><span class="comfort__name">{t.comfort}</span></summary>
            <div class="comfort__panel">
                {group("text", t.comfort_text, &[
                    ("", t.comfort_text_normal),
                    ("large", t.comfort_text_large),
                    ("larger", t.comfort_text_larger),
                ])}
                {group("spacing", t.comfort_spacing, &[
                    ("", t.comfort_spacing_normal),
                    ("wide", t.comfort_spacing_wide),
                ])}
                {group("theme", t.comfort_theme, &[
                    ("", t.comfort_theme_system),
                    ("light", t.comfort_theme_light),
                    ("dark", t.comfort_theme_dark),
                ])}
                <p class="comfort__note">{t.comfort_note}</p>
            </div>
        </details>
    }
}

/// One preference; the empty value is the default.
fn group(
    name: &'static str,
    legend: &'static str,
    choices: &[(&'static str, &'static str)],
) -> impl IntoView + use<> {
    let choices = choices.iter().map(|&(value, words)| {
        view! {
            <label class="comfort__choice">
                <input type="radio" name=format!("pref-{name}") data-pref=name value=value checked=value.is_empty()/>
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <fieldset class="comfort__group">
            <legend class="comfort__legend">{legend}</legend>
            <div class="comfort__choices">{choices.collect_view()}</div>
        </fieldset>
    }
}
