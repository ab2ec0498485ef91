//! The map as it stands in the page before there is an app: France and the first markers, each a link.
//!
//! A page shows them with its first paint, on a slow network seconds before the app could, and for
//! good where scripts do not run. SVG, whose attributes say where things are: the content security
//! policy lets no element have a style of its own.

use app::map::{
    marks,
    sight::{Sight, foreseen},
    viewport::{moved, padded},
};
use contract::{
    directory::MapView,
    map::{Cluster, Feature, Properties, Single},
    route::Route,
};
use directory::Directory;
use locale::{number::number, text};
use maud::{Markup, html};

use crate::ground::{outline, pixel, tenths};

/// What a link shows around a cluster, in degrees: its people may all be at one place.
const AROUND: f64 = 0.02;

/// What lies under the map's ground. None where the address looks at less than the whole country.
pub fn draw(directory: &Directory, view: &MapView) -> Option<String> {
    let (bbox, sight) = foreseen(view)?;
    let features = directory.features(&view.query, bbox, sight.zoom).features;
    let place = placing(&sight);
    let still: Markup = html! {
        div class="still" role="group" aria-label=(text().map()) data-still {
            // Around links, which say what they are.
            svg class="still__all" role="none" {
                // Its own middle is the map's, whatever the size.
                svg x="50%" y="50%" overflow="visible" role="none" {
                    path class="still__land" d=(outline(&place)) {}
                    @for it in &features { (mark(it, view, &sight, &place)) }
                }
            }
        }
    };
    Some(still.into_string())
}

/// Pixels from the map's middle. Of whole numbers, as Leaflet places things.
fn placing(sight: &Sight) -> impl Fn(f64, f64) -> [f64; 2] {
    let wide = 256.0 * f64::from(1_u32 << sight.zoom);
    let [left, top] = pixel(wide, sight.lon, sight.lat);
    move |lon, lat| {
        let [x, y] = pixel(wide, lon, lat);
        [(x - left).round(), (y - top).round()]
    }
}

fn mark(
    it: &Feature,
    view: &MapView,
    sight: &Sight,
    place: &impl Fn(f64, f64) -> [f64; 2],
) -> Markup {
    let [lon, lat] = it.geometry.coordinates;
    let [x, y] = place(lon, lat).map(tenths);
    let at = format!("translate({x} {y})");
    match &it.properties {
        Properties::Cluster(it) => cluster(it, view, sight, &at),
        Properties::Single(it) => single(it, &at),
    }
}

fn cluster(it: &Cluster, view: &MapView, sight: &Sight, at: &str) -> Markup {
    let [west, south, east, north] = it.bbox;
    let around = [west - AROUND, south - AROUND, east + AROUND, north + AROUND];
    let name = text().atlas_cluster().with(it.count);
    // Nothing where the world ends: no cluster of a country lies there.
    let inside = padded(around, sight.zoom).map(|it| moved(view, it, sight.zoom));
    html! {
        @if let Some(inside) = inside {
            a class={ "still__mark still__mark--" (marks::size(it.count)) } transform=(at)
                aria-label=(name) href=(Route::Map(Box::new(MapView { zoom: None, ..inside }))) {
                circle class="still__halo" {}
                circle class="still__cluster" {}
                text class="still__count" { (number(it.count)) }
            }
        }
    }
}

fn single(it: &Single, at: &str) -> Markup {
    // The lower middle of what is 40 to 48, in the size of a finger.
    html! {
        a class="still__mark" transform=(at) aria-label=(marks::name(it, None))
            href={ "/praticiens/" (it.id) } {
            g transform="scale(1.1) translate(-20 -47)" {
                (marks::figure(marks::is_doctor(it), marks::is_approximate(it)))
            }
        }
    }
}
