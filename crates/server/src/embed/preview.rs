//! The picture that stands for the map until it is wanted: France, drawn hard, and where people
//! are. A few kilobytes, made anew for each question: the directory changes.

use contract::{
    directory::DirectoryQuery,
    embed::{EmbedView, Theme},
    geo::Bbox,
    map::Properties,
};
use locale::text;
use maud::{Markup, PreEscaped, html};

use crate::{
    ground::{self, outline, tenths},
    register::Register,
};

/// The zoom that France fits at: the world is so many pixels wide.
const ZOOM: u8 = 5;
const WORLD: f64 = 256.0 * 32.0;
/// West, south, east, north: France and some room, in degrees.
const EDGES: [f64; 4] = [-5.9, 41.0, 10.2, 51.4];
/// Room above the map for the words, in pixels.
const HEAD: f64 = 44.0;
/// The largest dot's radius, in pixels.
const LARGEST: f64 = 17.0;

/// Colours of `style/tokens.css`: land, line, dot, its number, words.
const LIGHT: [&str; 5] = ["#fbf7ed", "#857c6b", "#0f5257", "#fdf9f0", "#1d2b2e"];
const DARK: [&str; 5] = ["#22373a", "#80918f", "#8fd0c6", "#0c2326", "#efe8da"];

/// What `shown` asks for, as SVG.
pub fn draw(register: &Register, shown: &EmbedView) -> String {
    let query = &shown.view.query;
    let pixel = |lon, lat| ground::pixel(WORLD, lon, lat);
    let directory = register.get();
    let found = directory.find(register.gazetteer(), query, 1);
    let [west, south, east, north] = EDGES;
    let [left, top] = pixel(west, north);
    let [right, bottom] = pixel(east, south);
    let (width, height) = (right - left, bottom - top + HEAD);
    let place = |lon: f64, lat: f64| {
        let [x, y] = pixel(lon, lat);
        [x - left, y - top + HEAD]
    };
    let filters = DirectoryQuery { bbox: None, ..query.clone() };
    let features = Bbox::new(west, south, east, north)
        .map(|bbox| directory.features(&filters, bbox, ZOOM).features)
        .unwrap_or_default();
    let t = text();
    let dots = html! {
        @for it in &features {
            @let [x, y] = place(it.geometry.coordinates[0], it.geometry.coordinates[1]);
            @let count = match &it.properties { Properties::Cluster(it) => it.count, _ => 1 };
            circle cx=(tenths(x)) cy=(tenths(y)) r=(tenths(radius(count))) {}
            @if 1 < count { text x=(tenths(x)) y=(tenths(y + 4.0)) { (count) } }
        }
        @if let Some(around) = &found.around {
            @let [x, y] = place(around.at.lon(), around.at.lat());
            circle class="here" cx=(tenths(x)) cy=(tenths(y)) r="24" {}
        }
    };
    let words = html! {
        g class="words" {
            text x="8" y="18" { (t.embed_preview_count().with(found.total)) }
            @if found.sample { text x="8" y="36" { (t.embed_preview_sample()) } }
        }
    };
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg"
            viewBox={ "0 0 " (tenths(width)) " " (tenths(height)) } {
            style { (PreEscaped(styles(shown.theme))) }
            path d=(outline(place)) {}
            (dots)
            (words)
        }
    };
    let svg: Markup = svg;
    svg.into_string()
}

/// Its area says how many there are, within what can be told apart.
fn radius(count: u32) -> f64 {
    (3.5 + 1.6 * f64::from(count).sqrt()).min(LARGEST)
}

fn styles(theme: Option<Theme>) -> String {
    let of = |[land, line, dot, number, words]: [&str; 5]| {
        format!(
            "path{{fill:{land};stroke:{line}}}circle{{fill:{dot}}}text{{fill:{number}}}\
             .words text{{fill:{words}}}.here{{stroke:{words}}}"
        )
    };
    let fixed = "text{font:600 11px system-ui,sans-serif;text-anchor:middle}\
                 .words text{font-size:14px;text-anchor:start}path{stroke-linejoin:round}";
    let here = ".here{fill:none;stroke-width:2.5}";
    match theme {
        Some(Theme::Light) => format!("{fixed}{}{here}", of(LIGHT)),
        Some(Theme::Dark) => format!("{fixed}{}{here}", of(DARK)),
        None => {
            let dark = of(DARK);
            format!("{fixed}{}@media(prefers-color-scheme:dark){{{dark}}}{here}", of(LIGHT))
        }
    }
}
