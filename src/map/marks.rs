//! What the map is made of, as HTML: its frame, its markers, the card of who is chosen. Pure.

use contract::{
    map::{Cluster, Single},
    practitioner::{Category, Place, Practitioner, Precision},
    site::TileSource,
};
use locale::{fill, number::number, practitioner as words, text};
use maud::{Markup, PreEscaped, html};

use crate::components::{
    icon::icon,
    place::{job, phone_link},
};

/// The operator's detailed map, as the page's HTML names it.
pub struct Tiles {
    /// XYZ template.
    pub url: String,
    pub max_zoom: u8,
    pub credit: String,
    pub link: Option<String>,
}

impl Tiles {
    pub fn of(it: &TileSource) -> Tiles {
        Tiles {
            url: it.url.clone(),
            max_zoom: it.max_zoom,
            credit: it.attribution.clone(),
            link: it.attribution_url.clone(),
        }
    }

    /// Who is asked for the pictures; empty for this site itself.
    fn host(&self) -> &str {
        let rest = self.url.strip_prefix("https://").unwrap_or("");
        rest.split('/').next().unwrap_or("")
    }
}

/// The inside of the map's section, around the element that Leaflet fills. `sample` says that the
/// practitioners are made up: on a phone the map covers the page that says so. `tiles` is the
/// operator's detailed map, if there is one; `still` the HTML that stands for Leaflet's until then.
pub fn frame(sample: bool, tiles: Option<&Tiles>, still: &str) -> Markup {
    let t = text();
    html! {
        div class="atlas__bar" {
            button class="button button--quiet button--small" type="button" data-atlas="close" {
                (t.atlas_close())
            }
            @if sample { p class="atlas__sample" { (icon("warning")) (t.map_sample()) } }
        }
        div class="chart" {
            div class="zoom" {
                button class="zoom__button" type="button" data-atlas="in"
                    aria-label=(t.atlas_zoom_in()) { span aria-hidden="true" { "+" } }
                button class="zoom__button" type="button" data-atlas="out"
                    aria-label=(t.atlas_zoom_out()) { span aria-hidden="true" { "−" } }
            }
            // Beside Leaflet's element, not inside: a class there would restyle all of it.
            (PreEscaped(still))
            // Leaflet lets the keyboard come here.
            div class="chart__ground" role="group" aria-label=(t.atlas_chart()) data-ground {}
            div class="chart__card" data-card {}
        }
        @if let Some(it) = tiles {
            div class="detail" {
                button class="button button--quiet button--small" type="button" data-atlas="tiles"
                    aria-pressed="false" aria-describedby="t-detail" { (t.atlas_tiles()) }
                p class="detail__note" id="t-detail" {
                    @if it.host().is_empty() { (t.atlas_tiles_own()) }
                    @else { (fill(t.atlas_tiles_note(), &[("host", it.host())])) }
                }
            }
        }
        ul class="legend" aria-label=(t.atlas_legend()) {
            li class="legend__item" { (shape(true, false)) (t.atlas_doctor()) }
            li class="legend__item" { (shape(false, false)) (t.atlas_no_doctor()) }
            li class="legend__item" { (shape(true, true)) (t.map_approximate()) }
        }
        p class="credit" {
            (t.atlas_credit_towns()) " ("
            (outside("https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
                t.atlas_credit_open_licence()))
            ") · " (t.atlas_credit_places()) " "
            (outside("https://www.geonames.org/", t.atlas_credit_geonames()))
            " ("
            (outside("https://creativecommons.org/licenses/by/4.0/", t.atlas_credit_by()))
            "), " (t.atlas_credit_changed()) " · " (t.atlas_credit_outlines()) " "
            (outside("https://www.naturalearthdata.com/", t.atlas_credit_natural_earth()))
            @if let Some(it) = tiles {
                span class="credit__tiles" data-tiles-shown hidden {
                    " · " (t.atlas_tiles_credit()) " "
                    @match &it.link {
                        Some(link) => (outside(link, &it.credit)),
                        None => (it.credit),
                    }
                }
            }
        }
    }
}

fn outside(address: &str, words: &str) -> Markup {
    html! { a href=(address) rel="external noopener" { (words) } }
}

/// The bar that leads from the list to the map, on a phone.
pub fn dock() -> Markup {
    html! {
        div class="split__dock" {
            button class="button" type="button" data-atlas="open" {
                (icon("map")) (text().atlas_open())
            }
        }
    }
}

/// In the map's place when it cannot be drawn.
pub fn failed() -> Markup {
    html! { p class="chart__failed" { (icon("warning")) span { (text().atlas_chart_failed()) } } }
}

/// What a marker stands for: see [`figure`].
fn shape(doctor: bool, approximate: bool) -> Markup {
    html! {
        svg class="marker__shape" viewBox="0 0 40 48" aria-hidden="true" focusable="false" {
            (figure(doctor, approximate))
        }
    }
}

/// A drop for a doctor, a square for others, a dashed ring around a position that is only near: SVG of 40
/// to 48, whose lower middle is the place.
pub fn figure(doctor: bool, approximate: bool) -> Markup {
    html! {
        @if approximate { circle class="marker__ring" cx="20" cy="20" r="18.6" {} }
        @if doctor {
            path class="marker__body"
                d="M20 46C12 37 5.500 31 5.500 20a14.500 14.500 0 0 1 29 0C34.500 31 28 37 20 46z" {}
        } @else {
            path class="marker__body"
                d="M9 6h22a2.500 2.500 0 0 1 2.500 2.500v22A2.500 2.500 0 0 1 31 33h-5l-6 13l-6-13H9A2.500 2.500 0 0 1 6.500 30.500v-22A2.500 2.500 0 0 1 9 6z" {}
        }
    }
}

/// How one practitioner is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// That in the list, if they are there.
    pub number: Option<usize>,
    pub chosen: bool,
    /// The place is not their own, but the end of a leg.
    pub spread: bool,
}

/// The name of a cluster's size: the more people, the larger.
pub fn size(count: u32) -> &'static str {
    match count {
        0..=9 => "few",
        10..=99 => "some",
        100..=9_999 => "many",
        _ => "most",
    }
}

/// Several people where one marker has room. `index` leads a press back to them.
pub fn cluster(it: &Cluster, index: usize, open: bool) -> Markup {
    let t = text();
    let together = !it.members.is_empty();
    let name = if together { t.atlas_fan() } else { t.atlas_cluster() }.with(it.count);
    html! {
        button class={ "marker marker--cluster marker--" (size(it.count)) } type="button" data-marker=(index)
            aria-label=(name) aria-expanded=[together.then_some(if open { "true" } else { "false" })] {
            (number(it.count))
        }
    }
}

pub fn is_doctor(it: &Single) -> bool {
    it.profession.category() == Category::Doctor
}

/// The place is only near, and never looks exact.
pub fn is_approximate(it: &Single) -> bool {
    it.precision != Precision::Exact
}

/// One practitioner. Who is spread points at nothing.
pub fn single(it: &Single, index: usize, look: Look) -> Markup {
    let Look { number, chosen, spread } = look;
    html! {
        button.marker.marker--single.marker--chosen[chosen].marker--spread[spread] type="button" data-marker=(index)
            aria-label=(name(it, number)) aria-pressed=(if chosen { "true" } else { "false" }) {
            (shape(is_doctor(it), is_approximate(it)))
            span class="marker__number" aria-hidden="true" {
                @if let Some(number) = number { (number) }
            }
        }
    }
}

/// "3. Cabinet du Vallon, Allergologue, médecin, position approximative"; `number` is that in the list.
pub fn name(it: &Single, number: Option<usize>) -> String {
    let number = number.map_or(String::new(), |it| format!("{it}. "));
    let category = words::category(it.profession.category());
    let mut name = format!("{number}{}, {}, {category}", it.name, words::profession(it.profession));
    if is_approximate(it) {
        name.push_str(", ");
        name.push_str(text().atlas_approximate());
    }
    name
}

/// The name of a town on the ground; `rank` is the first zoom it is written at.
pub fn town(name: &str, rank: u8) -> Markup {
    let size = if rank < 6 { "chart__town chart__town--big" } else { "chart__town" };
    html! { span class=(size) { (name) } }
}

/// The list below the town's field, while it offers nothing.
pub fn no_towns() -> Markup {
    html! {
        ul class="towns" id="villes" role="listbox" aria-label=(text().atlas_towns()) data-towns
            hidden {}
    }
}

/// Towns to choose from.
pub fn towns(places: &[Place]) -> Markup {
    html! {
        @for (at, it) in places.iter().enumerate() {
            li class="towns__option" id={ "ville-" (at) } role="option" aria-selected="false"
                data-town=(at) {
                span class="towns__name" { (it.name) } " "
                span class="towns__area" {
                    (it.area)
                    @if let Some(postcode) = it.postcodes.first() { " · " (postcode) }
                }
            }
        }
    }
}

/// Who is chosen, in short.
pub fn card(it: &Practitioner) -> Markup {
    let t = text();
    html! {
        section class="bubble" role="dialog" tabindex="-1" aria-labelledby="t-fiche" {
            h3 class="bubble__name" id="t-fiche" { (it.name) }
            p class="bubble__line" { (job(it)) }
            p class="bubble__line" { (it.address.postcode) " " (it.address.town) }
            @if it.position.precision != Precision::Exact {
                p class="bubble__line place__approximate" { (icon("info")) (t.map_approximate()) }
            }
            @if let Some(phone) = &it.phone {
                p class="bubble__line" { (phone_link(it, phone)) }
            }
            p class="bubble__actions" {
                a class="button button--small" href={ "/praticiens/" (it.id) } { (t.map_open_card()) }
            }
            button class="bubble__close" type="button" data-atlas="unchoose"
                aria-label=(t.atlas_card_close()) { (icon("close")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::{practitioner::Profession, slug::Slug};

    use super::*;

    fn one(profession: Profession, precision: Precision) -> Single {
        let id = Slug::try_from("cabinet-1").unwrap();
        Single { id, name: "Cabinet <1>".into(), profession, precision }
    }

    #[test]
    fn a_marker_says_who_it_is_and_how_sure_its_place_is() {
        let exact = single(
            &one(Profession::Allergist, Precision::Exact),
            4,
            Look { number: Some(3), ..Look::default() },
        );
        let exact = exact.into_string();
        assert!(exact.contains("aria-label=\"3. Cabinet &lt;1&gt;, Allergologue"), "{exact}");
        assert!(exact.contains("data-marker=\"4\"") && !exact.contains("approximative"));
        let near = single(
            &one(Profession::Nurse, Precision::Town),
            0,
            Look { chosen: true, ..Look::default() },
        )
        .into_string();
        assert!(near.contains(", position approximative\"") && near.contains("marker__ring"));
        assert!(near.contains("marker--chosen") && near.contains("aria-pressed=\"true\""));
    }

    #[test]
    fn only_people_at_one_address_can_be_spread() {
        let apart =
            Cluster { count: 12, expansion_zoom: 7, bbox: [4.0, 45.0, 5.0, 46.0], members: vec![] };
        let html = cluster(&apart, 0, false).into_string();
        assert!(html.contains("12 praticiens, zoomer") && !html.contains("aria-expanded"));
        let members = vec![one(Profession::Nurse, Precision::Exact); 2];
        let html = cluster(&Cluster { count: 2, members, ..apart }, 0, true).into_string();
        assert!(html.contains("aria-expanded=\"true\""), "{html}");
    }

    #[test]
    fn nothing_of_the_map_is_styled_inline() {
        // The content security policy would refuse it.
        let tiles = Tiles {
            url: "https://t.example/{z}/{x}/{y}.png".to_owned(),
            max_zoom: 18,
            credit: "© T".to_owned(),
            link: None,
        };
        for html in [frame(true, Some(&tiles), ""), dock(), failed(), town("Lyon", 5)] {
            let html = html.into_string();
            assert!(!html.contains("style=") && !html.contains("<script"), "{html}");
        }
    }
}
