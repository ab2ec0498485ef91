//! The map on other people's sites: its addresses, its sizes, and what a partner may choose.

use std::fmt;

use crate::{
    directory::{DirectoryQuery, MapView},
    practitioner::Profession,
    route::query_value,
};

/// Where the embedded map is.
pub const PATH: &str = "/embed/carte";
/// The picture that stands for it until it is wanted.
pub const PREVIEW: &str = "/embed/apercu.svg";
/// The script of the custom element.
pub const SCRIPT: &str = "/embed.js";
/// Where others ask how to embed an address (oembed.com).
pub const OEMBED: &str = "/oembed";

/// Heights of the frame, in CSS pixels.
pub const MIN_HEIGHT: u16 = 320;
pub const DEFAULT_HEIGHT: u16 = 640;
pub const MAX_HEIGHT: u16 = 1_200;

/// What a frame is allowed: the map needs scripts and its form, and its links open beside it.
pub const SANDBOX: &str = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox";

/// Light or dark, whatever the reader's system prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 2] = [Theme::Light, Theme::Dark];

    /// Stable name for addresses and style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// What the embedded map shows. All of it lives in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EmbedView {
    pub view: MapView,
    /// None follows the reader's system.
    pub theme: Option<Theme>,
}

impl EmbedView {
    /// What cannot be read is left out, unknown fields too: an old snippet still shows a map.
    pub fn read(query: &str) -> EmbedView {
        let name = query_value(query, "theme");
        let theme = Theme::ALL.into_iter().find(|it| name.as_deref() == Some(it.name()));
        EmbedView { view: MapView::read(query), theme }
    }

    /// The address at `path`, with the query where there is any.
    pub fn address(&self, path: &str) -> String {
        let query = self.to_string();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same, another view of the map.
    #[must_use]
    pub fn with(&self, view: MapView) -> EmbedView {
        EmbedView { view, theme: self.theme }
    }
}

impl fmt::Display for EmbedView {
    /// The query of an address, without `?`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = self.view.to_string();
        f.write_str(&view)?;
        match self.theme {
            Some(theme) if view.is_empty() => write!(f, "theme={}", theme.name()),
            Some(theme) => write!(f, "&theme={}", theme.name()),
            None => Ok(()),
        }
    }
}

/// What a partner chooses on the page that makes the snippets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EmbedOptions {
    pub profession: Option<Profession>,
    /// As typed.
    pub town: String,
    pub theme: Option<Theme>,
    /// In CSS pixels; None lets the map size itself.
    pub height: Option<u16>,
}

impl EmbedOptions {
    /// What cannot be read is left out.
    pub fn read(query: &str) -> EmbedOptions {
        let EmbedView { view, theme } = EmbedView::read(query);
        let height = query_value(query, "height").and_then(|it| it.trim().parse().ok());
        EmbedOptions {
            profession: view.query.profession,
            town: view.query.town,
            theme,
            height: height.map(|it: u32| {
                let most = u32::from(MAX_HEIGHT);
                u16::try_from(it.min(most)).unwrap_or(MAX_HEIGHT).max(MIN_HEIGHT)
            }),
        }
    }

    /// The map that these options ask for.
    pub fn view(&self) -> EmbedView {
        let query = DirectoryQuery {
            profession: self.profession,
            town: self.town.clone(),
            ..DirectoryQuery::default()
        };
        EmbedView { view: MapView { query, ..MapView::default() }, theme: self.theme }
    }
}

impl fmt::Display for EmbedOptions {
    /// The query of an address, without `?`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = self.view().to_string();
        f.write_str(&view)?;
        match self.height {
            Some(height) if view.is_empty() => write!(f, "height={height}"),
            Some(height) => write!(f, "&height={height}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embedded_view_reads_back_as_it_was_written() {
        for query in ["", "theme=dark", "town=Lyon&profession=nurse&theme=light", "town=Lyon"] {
            assert_eq!(EmbedView::read(query).to_string(), query);
        }
        let odd = EmbedView::read("theme=pink&height=9&x=%00&town=Lyon");
        assert_eq!(odd.address(PATH), "/embed/carte?town=Lyon");
        assert_eq!(EmbedView::default().address(PATH), PATH);
    }

    #[test]
    fn a_height_stays_within_what_a_page_can_show() {
        let height = |query: &str| EmbedOptions::read(query).height;
        assert_eq!(height("height=500"), Some(500));
        assert_eq!(height("height=1"), Some(MIN_HEIGHT));
        assert_eq!(height("height=99999"), Some(MAX_HEIGHT));
        assert_eq!(height("height=-1&height=x"), None);
        assert_eq!(
            EmbedOptions::read("theme=dark&height=500").to_string(),
            "theme=dark&height=500"
        );
    }
}
