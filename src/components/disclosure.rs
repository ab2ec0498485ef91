//! "Contenu sponsorisé", before the title and impossible to miss.

use contract::article::Sponsor;
use locale::{fill, text};
use maud::{Markup, html};

pub fn disclosure(sponsor: &Sponsor) -> Markup {
    html! {
        aside class="disclosure" aria-labelledby="t-sponsor" {
            h2 class="disclosure__title" id="t-sponsor" { (text().kind_sponsored()) }
            p { strong { (fill(text().sponsored_by(), &[("name", &sponsor.name)])) } }
            p { (sponsor.disclosure) }
            p { a href="/financement" { (text().footer_funding()) } }
        }
    }
}
