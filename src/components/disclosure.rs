//! "Contenu sponsorisé", before the title and impossible to miss.

use contract::article::Sponsor;
use leptos::prelude::*;
use locale::{fill, text};

#[component]
pub fn Disclosure(sponsor: Sponsor) -> impl IntoView {
    view! {
        <aside class="disclosure" aria-labelledby="t-sponsor">
            <h2 class="disclosure__title" id="t-sponsor">{text().kind_sponsored}</h2>
            <p><strong>{fill(text().sponsored_by, &[("name", &sponsor.name)])}</strong></p>
            <p>{sponsor.disclosure}</p>
            <p><a href="/financement">{text().footer_funding}</a></p>
        </aside>
    }
}
