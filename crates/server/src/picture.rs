//! The picture that networks show beside a shared link: the title on the site's paper.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use contract::{error::ProblemKind, slug::Slug};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};

use crate::{
    compress::Effort,
    entity::{Caching, Entity, Kind},
    error::Refusal,
    snapshot::Current,
};

/// Width and height in pixels: what Open Graph readers expect.
const SIZE: (u32, u32) = (1_200, 630);
/// Letters that fit one line at the title's size: measured on French titles, with room to spare.
const LINE: usize = 25;
const MAX_LINES: usize = 5;

/// Draws pictures. Holds the font, which is read once.
pub struct Painter {
    options: Options<'static>,
    /// One picture at a time: each takes some tens of milliseconds and megabytes.
    turn: Mutex<()>,
}

impl Default for Painter {
    fn default() -> Painter {
        let mut fonts = fontdb::Database::new();
        // Literata, SIL OFL 1.1; the licence stands beside the file.
        fonts.load_font_data(include_bytes!("../fonts/literata-latin-500-normal.ttf").to_vec());
        let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
        Painter { options, turn: Mutex::new(()) }
    }
}

impl Painter {
    /// A PNG; None where the drawing library refuses, which the tests rule out for any title.
    pub fn paint(&self, site: &str, title: &str, note: &str) -> Option<Vec<u8>> {
        let svg = drawing(site, title, note);
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let tree = Tree::from_str(&svg, &self.options).ok()?;
        let mut pixels = Pixmap::new(SIZE.0, SIZE.1)?;
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        pixels.encode_png().ok()
    }
}

/// Breaks a title into lines at spaces. What does not fit ends in an ellipsis.
fn lines(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.chars().take(LINE).collect()),
        }
    }
    if MAX_LINES < lines.len() {
        lines.truncate(MAX_LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

fn drawing(site: &str, title: &str, note: &str) -> String {
    // The font has no glyph for these: a plain space, and nothing.
    let plain = |text: &str| {
        app::html::escape(&text.replace(['\u{202f}', '\u{a0}'], " ").replace('\u{2060}', ""))
    };
    let lines = lines(&title.replace('\u{202f}', "\u{a0}"));
    let first = 330 - i32::try_from(lines.len()).unwrap_or(0) * 43;
    let title: String = lines
        .iter()
        .zip(0..)
        .map(|(line, at)| {
            format!("<text x=\"90\" y=\"{}\">{}</text>", first + at * 86, plain(line))
        })
        .collect();
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" font-family="Literata">
<rect width="1200" height="630" fill="#f7f3ea"/>
<path d="M60 540C240 537 420 542 640 539S1040 537 1140 541" fill="none" stroke="#0f5257" stroke-width="5"/>
<path d="M72 552C300 550 560 555 760 552S1060 553 1130 551" fill="none" stroke="#1d2b2e" stroke-width="3"/>
<rect x="960" y="424" width="34" height="114" rx="3" fill="#2f7f80" stroke="#1d2b2e" stroke-width="4"/>
<rect x="998" y="404" width="42" height="134" rx="3" fill="#f3cf85" stroke="#1d2b2e" stroke-width="4"/>
<rect x="1044" y="436" width="30" height="102" rx="3" fill="#f2d3c1" stroke="#1d2b2e" stroke-width="4"/>
<g font-size="70" fill="#0f5257">{title}</g>
<text x="90" y="116" font-size="36" fill="#1d2b2e">{}</text>
<text x="90" y="600" font-size="28" fill="#4b5a5c">{}</text>
</svg>"##,
        plain(site),
        plain(note)
    )
}

/// `/pictures/{slug}.png`, and `site.png` for every other page.
pub async fn picture(
    State(current): State<Current>,
    name: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let snapshot = current.get();
    // Refused is what decodes to no text.
    let name = name.map(|Path(name)| name).unwrap_or_default();
    let slug = name.strip_suffix(".png").and_then(|it| Slug::try_from(it).ok());
    let Some(slug) = slug else { return Refusal::from(ProblemKind::NotFound).into_response() };
    let site = &snapshot.config.site;
    let (title, note) = match snapshot.library.article(&slug) {
        Some(article) => (article.title.clone(), note(article)),
        None if slug.as_str() == "site" => (site.description.clone(), site.url.clone()),
        None => return Refusal::from(ProblemKind::NotFound).into_response(),
    };
    let path = request.uri().path();
    if let Some(entity) = snapshot.cache.get(path) {
        return entity.respond(request.method(), request.headers());
    }
    let (name, painter) = (site.name.clone(), snapshot.painter.clone());
    let (parts, _) = request.into_parts();
    let painted = tokio::task::spawn_blocking(move || painter.paint(&name, &title, &note)).await;
    let Ok(Some(png)) = painted else {
        tracing::error!(%slug, "a picture could not be drawn");
        return Refusal::from(ProblemKind::Internal).into_response();
    };
    let kind = Kind {
        status: StatusCode::OK,
        content_type: "image/png",
        caching: Caching::Week,
        headers: Vec::new(),
    };
    let entity = snapshot.keep(parts.uri.path(), None, Entity::new(kind, png, Effort::Once));
    entity.respond(&parts.method, &parts.headers)
}

/// The line under the title: who paid, or how solid it is.
pub fn note(article: &contract::article::Article) -> String {
    match (&article.sponsor, article.evidence.first()) {
        (Some(sponsor), _) => {
            locale::fill(locale::text().feed_sponsored(), &[("name", &sponsor.name)])
        }
        (None, Some(evidence)) => format!(
            "{} : {}",
            locale::text().evidence_label(),
            app::components::level::range(evidence)
        ),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_png_of_the_right_size_whatever_the_title() {
        let painter = Painter::default();
        let long = "anticonstitutionnellement ".repeat(40);
        for title in
            ["CAR-\u{2060}T : soigner avec vos propres cellules", "", "<&\">", "\u{0}", &long]
        {
            // A control character is no XML: the server answers 500 for it, and content has none.
            let Some(png) = painter.paint("Site", title, "note") else {
                assert_eq!(title, "\u{0}");
                continue;
            };
            let drawn = Pixmap::decode_png(&png).unwrap();
            assert_eq!((drawn.width(), drawn.height()), SIZE);
        }
    }

    #[test]
    fn long_titles_end_in_an_ellipsis() {
        let lines = lines(&"mot ".repeat(60));
        assert_eq!(lines.len(), MAX_LINES);
        assert!(lines[MAX_LINES - 1].ends_with('…'));
        assert!(lines.iter().all(|it| it.chars().count() <= LINE + 1));
    }
}
