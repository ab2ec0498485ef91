//! Text size, spacing and colours. `public/prefs.js` reads and keeps the choices on the device,
//! before the app is there; without scripts the panel is not shown, since nothing could keep them.

use locale::text;
use maud::{Markup, html};

use crate::components::icon::icon;

/// The inside of `details.comfort`.
pub fn comfort() -> Markup {
    let t = text();
    html! {
        summary class="comfort__toggle" {
            (icon("text-size"))
            span class="comfort__name" { (t.comfort()) }
        }
        div class="comfort__panel" {
            (group("text", t.comfort_text(), &[
                ("", t.comfort_text_normal()),
                ("large", t.comfort_text_large()),
                ("larger", t.comfort_text_larger()),
            ]))
            (group("spacing", t.comfort_spacing(), &[
                ("", t.comfort_spacing_normal()),
                ("wide", t.comfort_spacing_wide()),
            ]))
            (group("theme", t.comfort_theme(), &[
                ("", t.comfort_theme_system()),
                ("light", t.comfort_theme_light()),
                ("dark", t.comfort_theme_dark()),
            ]))
            p class="comfort__note" { (t.comfort_note()) }
        }
    }
}

/// One preference; the empty value is the default.
fn group(name: &str, legend: &str, choices: &[(&str, &str)]) -> Markup {
    html! {
        fieldset class="comfort__group" {
            legend class="comfort__legend" { (legend) }
            div class="comfort__choices" {
                @for (value, words) in choices {
                    label class="comfort__choice" {
                        input type="radio" name={ "pref-" (name) } data-pref=(name) value=(value)
                            checked[value.is_empty()];
                        span { (words) }
                    }
                }
            }
        }
    }
}
