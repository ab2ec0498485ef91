//! A practitioner in a list.

use contract::practitioner::{Access, Practitioner, Precision};
use locale::{date, fill, practitioner as words, text};
use maud::{Markup, html};

use crate::components::icon::icon;

/// `number` is what the map's marker shows too; `chosen` is the one the reader looks at.
pub fn place(it: &Practitioner, number: usize, chosen: bool) -> Markup {
    html! {
        li.place."place--chosen"[chosen] id={ "fiche-" (it.id) } data-practitioner=(it.id)
            data-at=(it.position.at) aria-current=[chosen.then_some("true")] {
            span class="place__num" aria-hidden="true" { (number) }
            h3 class="place__name" {
                a class="place__link" href={ "/praticiens/" (it.id) } { (it.name) }
            }
            @if let Some(metres) = it.distance_m {
                span class="place__distance" { (words::distance(metres)) }
            }
            p class="place__job" { (job(it)) }
            p class="place__facts" {
                (it.address.postcode) " " (it.address.town)
            }
            @if let Some(phone) = &it.phone {
                p class="place__facts" { (phone_link(it, phone)) }
            }
            @let facts = facts(it);
            @if !facts.is_empty() { p class="place__facts" { (facts.join(" · ")) } }
            p class="place__facts" {
                (verified(it))
                @if it.position.precision != Precision::Exact {
                    " · " (approximate())
                }
            }
            // A list from the server waits for scripts: without them there is no map.
            button class="place__locate" type="button" data-atlas="locate" data-id=(it.id)
                aria-label=(fill(text().atlas_locate_name(), &[("name", &it.name)]))
                hidden[cfg!(not(target_arch = "wasm32"))] {
                (icon("map")) (text().atlas_locate())
            }
        }
    }
}

/// Said wherever a position is shown that is only near.
pub fn approximate() -> Markup {
    html! { span class="place__approximate" { (icon("info")) (text().map_approximate()) } }
}

/// The profession, and plainly whether that is a doctor.
pub fn job(it: &Practitioner) -> Markup {
    html! {
        (words::profession(it.profession))
        ", "
        span class="place__category" { (words::category(it.profession.category())) }
    }
}

/// Made-up numbers are text: nobody should reach a stranger by them.
pub fn phone_link(it: &Practitioner, phone: &str) -> Markup {
    let digits: String = phone.chars().filter(|it| *it == '+' || it.is_ascii_digit()).collect();
    html! {
        @if it.sample {
            span class="place__phone" { (phone) }
        } @else {
            a class="place__phone" href={ "tel:" (digits) } { (phone) }
        }
    }
}

pub fn verified(it: &Practitioner) -> String {
    match it.verified_on {
        Some(day) => fill(text().map_verified(), &[("date", &date::long(day))]),
        None => text().map_not_verified().to_owned(),
    }
}

/// What is good to know before calling, where it is known.
fn facts(it: &Practitioner) -> Vec<String> {
    let t = text();
    let mut facts = Vec::new();
    if it.new_patients == Some(true) {
        facts.push(t.map_new_patients().to_owned());
    }
    if it.remote == Some(true) {
        facts.push(t.map_remote().to_owned());
    }
    match it.accessible {
        Some(Access::Yes) => facts.push(t.map_accessible().to_owned()),
        Some(Access::Partial) => facts.push(t.wheelchair_partial().to_owned()),
        _ => {}
    }
    if it.languages.len() > 1 {
        let names: Vec<&str> = it.languages.iter().map(|it| words::language(*it)).collect();
        facts.push(names.join(", "));
    }
    facts
}
