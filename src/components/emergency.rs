//! Emergency numbers, one tap away, on pages where they may be needed.

use contract::site::EmergencyNumber;
use locale::text;
use maud::{Markup, html};

pub fn emergency(numbers: &[EmergencyNumber]) -> Markup {
    html! {
        nav class="emergency" aria-label=(text().emergency_nav()) {
            p class="emergency__label" { (text().footer_emergency()) }
            ul class="emergency__list" {
                @for it in numbers {
                    li {
                        a class="emergency__call" href=(it.href) {
                            strong class="emergency__number" { (it.number) }
                            " "
                            span class="emergency__text" { (it.short) }
                        }
                    }
                }
            }
        }
    }
}
