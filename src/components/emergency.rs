//! Emergency numbers, one tap away, on pages where they may be needed.

use contract::site::EmergencyNumber;
use leptos::prelude::*;
use locale::{fill, text};

#[component]
pub fn Emergency(numbers: Vec<EmergencyNumber>) -> impl IntoView {
    let calls = numbers.into_iter().map(|it| {
        let words = if it.href.starts_with("sms:") { text().sms } else { text().call };
        let name = fill(words, &[("number", &it.number)]);
        let label = format!("{name}, {}", it.label);
        view! {
            <li><a class="emergency__call" href=it.href aria-label=label>{it.number}</a></li>
        }
    });
    view! {
        <nav class="emergency" aria-label=text().emergency_nav>
            <ul class="emergency__list">{calls.collect_view()}</ul>
        </nav>
    }
}
