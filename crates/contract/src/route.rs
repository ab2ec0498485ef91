//! The addresses of the site's pages, read and written by the same table.
//!
//! The app navigates by it, the server answers 404 by it, content checks find dead links by it,
//! and the static export names its files by it.

use std::fmt;

use crate::{directory::MapView, embed::EmbedOptions, slug::Slug};

/// How deep a reader wants to go into one page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Depth {
    /// "En 1 minute".
    Minute,
    /// "Complet".
    #[default]
    Full,
    /// "Pour aller plus loin".
    Further,
}

impl Depth {
    pub const ALL: [Depth; 3] = [Depth::Minute, Depth::Full, Depth::Further];

    /// The last path segment; empty for the full text, which is the page's canonical address.
    pub fn segment(self) -> &'static str {
        match self {
            Depth::Minute => "en-1-minute",
            Depth::Full => "",
            Depth::Further => "pour-aller-plus-loin",
        }
    }

    /// Stable name for attributes and style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Depth::Minute => "minute",
            Depth::Full => "full",
            Depth::Further => "further",
        }
    }
}

/// Last part of the address of an article's comments, and of what is thought of it.
pub const COMMENTS: &str = "commentaires";
pub const FEEDBACK: &str = "avis";
/// The field of the address of comments that names one of them: the page that it stands on is shown.
pub const COMMENT: &str = "commentaire";
/// First part of the address of a receipt.
pub const RECEIPTS: &str = "recus";
/// The page of testimonials, and the last part of the address of its form.
pub const TESTIMONIALS: &str = "temoignages";
pub const WRITE: &str = "ecrire";
/// The field of the list's address that names a testimonial: the page that it stands on is shown.
pub const TESTIMONIAL: &str = "temoignage";
/// The page that messages to the site are written on.
pub const CONTACT: &str = "contact";
/// Last part of the address where an error in a practitioner's entry is told.
pub const REPORT: &str = "signaler";
/// First part of the addresses of the moderators' desk. Only its own pages link there.
pub const DESK: &str = "moderation";
/// The directory at the desk, a new entry of it, a file of them; accounts, and one's own.
pub const DESK_DIRECTORY: &str = "moderation/annuaire";
pub const NEW_ENTRY: &str = "nouveau";
pub const IMPORT: &str = "import";
pub const DESK_ACCOUNTS: &str = "moderation/comptes";
pub const DESK_OWN: &str = "moderation/mon-compte";

/// One page of the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    Home,
    /// The explainers' hub.
    Understand,
    Comparison,
    /// All articles, newest first; `page` from 1.
    Articles {
        page: u32,
    },
    /// Articles about one topic.
    Topic {
        topic: Slug,
        page: u32,
    },
    Article {
        slug: Slug,
        depth: Depth,
    },
    Glossary,
    References,
    Corrections,
    /// Text as typed, decoded; may be empty.
    Search {
        query: String,
    },
    /// The practitioners, as a list and on a map.
    Map(Box<MapView>),
    Practitioner {
        id: Slug,
    },
    /// How others show the map on their sites, with what they chose so far.
    Embedding(Box<EmbedOptions>),
    /// A page that only the server draws, and the browser loads as a document: comments, feedback,
    /// testimonials, a message, a receipt. Its path is known to begin like one.
    Document {
        path: String,
    },
    /// About, charter, legal notice: whatever the content folder holds.
    Page {
        slug: Slug,
    },
}

impl Route {
    /// Reads a path and the query after `?` (without it), both still percent-encoded.
    ///
    /// None for whatever cannot be an address of this site, trailing slashes included: the server
    /// redirects those before it asks.
    pub fn parse(path: &str, query: &str) -> Option<Route> {
        let rest = path.strip_prefix('/')?;
        if rest.is_empty() {
            return Some(Route::Home);
        }
        let segments: Vec<&str> = rest.split('/').collect();
        let slug = |text: &str| Slug::try_from(text).ok();
        // `page/1` has no address of its own: the list itself is page 1.
        let number = |text: &str| {
            let canonical = !text.starts_with('0') && text.bytes().all(|it| it.is_ascii_digit());
            text.parse().ok().filter(|it| canonical && 1 < *it)
        };
        Some(match *segments.as_slice() {
            ["comprendre"] => Route::Understand,
            ["comprendre", "comparer"] => Route::Comparison,
            ["articles"] => Route::Articles { page: 1 },
            ["articles", "page", page] => Route::Articles { page: number(page)? },
            ["articles", article] => Route::Article { slug: slug(article)?, depth: Depth::Full },
            ["articles", article, COMMENTS | FEEDBACK] => {
                slug(article)?;
                Route::Document { path: path.to_owned() }
            }
            [RECEIPTS, _] | [TESTIMONIALS] | [TESTIMONIALS, WRITE] | [CONTACT] => {
                Route::Document { path: path.to_owned() }
            }
            ["praticiens", id, REPORT] => {
                slug(id)?;
                Route::Document { path: path.to_owned() }
            }
            ["articles", article, depth] => {
                let depth = Depth::ALL.into_iter().find(|it| it.segment() == depth)?;
                Route::Article { slug: slug(article)?, depth }
            }
            ["themes", topic] => Route::Topic { topic: slug(topic)?, page: 1 },
            ["themes", topic, "page", page] => {
                Route::Topic { topic: slug(topic)?, page: number(page)? }
            }
            ["glossaire"] => Route::Glossary,
            ["references"] => Route::References,
            ["corrections"] => Route::Corrections,
            ["recherche"] => Route::Search { query: query_value(query, "q").unwrap_or_default() },
            ["carte"] => Route::Map(Box::new(MapView::read(query))),
            ["integrer"] => Route::Embedding(Box::new(EmbedOptions::read(query))),
            ["praticiens", id] => Route::Practitioner { id: slug(id)? },
            [page] => Route::Page { slug: slug(page)? },
            _ => return None,
        })
    }

    /// The path without its query, so that a menu can tell which entry is current.
    pub fn path(&self) -> String {
        match self {
            Route::Search { .. } => "/recherche".to_owned(),
            Route::Map(_) => "/carte".to_owned(),
            Route::Embedding(_) => "/integrer".to_owned(),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Route::Home => f.write_str("/"),
            Route::Understand => f.write_str("/comprendre"),
            Route::Comparison => f.write_str("/comprendre/comparer"),
            Route::Articles { page: 1 } => f.write_str("/articles"),
            Route::Articles { page } => write!(f, "/articles/page/{page}"),
            Route::Topic { topic, page: 1 } => write!(f, "/themes/{topic}"),
            Route::Topic { topic, page } => write!(f, "/themes/{topic}/page/{page}"),
            Route::Article { slug, depth: Depth::Full } => write!(f, "/articles/{slug}"),
            Route::Article { slug, depth } => write!(f, "/articles/{slug}/{}", depth.segment()),
            Route::Glossary => f.write_str("/glossaire"),
            Route::References => f.write_str("/references"),
            Route::Corrections => f.write_str("/corrections"),
            Route::Search { query } if query.is_empty() => f.write_str("/recherche"),
            Route::Search { query } => write!(f, "/recherche?q={}", encode(query)),
            Route::Map(view) => {
                let query = view.to_string();
                write!(f, "/carte{}{query}", if query.is_empty() { "" } else { "?" })
            }
            Route::Practitioner { id } => write!(f, "/praticiens/{id}"),
            Route::Embedding(options) => {
                let query = options.to_string();
                write!(f, "/integrer{}{query}", if query.is_empty() { "" } else { "?" })
            }
            Route::Document { path } => f.write_str(path),
            Route::Page { slug } => write!(f, "/{slug}"),
        }
    }
}

/// Value of one field of a query string, decoded.
pub fn query_value(query: &str, field: &str) -> Option<String> {
    query_fields(query).find(|(name, _)| name == field).map(|(_, value)| value)
}

/// All fields of a query string, decoded (WHATWG URL, `application/x-www-form-urlencoded`).
pub fn query_fields(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').filter(|it| !it.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    })
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
pub fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

/// `+` is a space; broken escapes stay as they are; bytes that are no UTF-8 become U+FFFD.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|it| char::from(*it).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            (byte, ..) => {
                out.push(if byte == b'+' { b' ' } else { byte });
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> Option<Route> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Route::parse(path, query)
    }

    #[test]
    fn every_route_reads_back_as_it_was_written() {
        let slug = || Slug::try_from("cellules-car-t").unwrap();
        let mut routes = vec![
            Route::Home,
            Route::Understand,
            Route::Comparison,
            Route::Articles { page: 1 },
            Route::Articles { page: 2 },
            Route::Topic { topic: slug(), page: 1 },
            Route::Topic { topic: slug(), page: 3 },
            Route::Glossary,
            Route::References,
            Route::Corrections,
            Route::Search { query: String::new() },
            Route::Search { query: "fièvre & 100 % ?".to_owned() },
            Route::Map(Box::default()),
            Route::Map(Box::new(MapView::read("town=Lyon&bbox=4,45,5,46&zoom=9&practitioner=x"))),
            Route::Practitioner { id: slug() },
            Route::Embedding(Box::default()),
            Route::Embedding(Box::new(EmbedOptions::read("town=Lyon&theme=dark&height=500"))),
            Route::Page { slug: slug() },
        ];
        routes.extend(Depth::ALL.map(|depth| Route::Article { slug: slug(), depth }));
        for path in ["/temoignages", "/temoignages/ecrire", "/contact", "/praticiens/x/signaler"] {
            routes.push(Route::Document { path: path.to_owned() });
        }
        for route in routes {
            assert_eq!(read(&route.to_string()), Some(route));
        }
    }

    #[track_caller]
    fn check_unknown(address: &str) {
        assert_eq!(read(address), None, "{address}");
    }

    #[test]
    fn what_is_no_address_of_the_site_is_refused() {
        check_unknown("");
        check_unknown("articles");
        check_unknown("/articles/");
        check_unknown("/articles/page/1");
        check_unknown("/articles/page/02");
        check_unknown("/articles/page/99999999999");
        check_unknown("/articles/x/y/z");
        check_unknown("/articles/..%2Fx");
        check_unknown("/../x");
        check_unknown("/%00");
        check_unknown("/Glossaire");
        check_unknown("/praticiens/..%2F");
        check_unknown("/praticiens/..%2F/signaler");
        check_unknown("/temoignages/lire");
    }

    #[test]
    fn a_query_is_decoded_without_panic() {
        assert_eq!(query_value("a=1&q=f%C3%A9vrier+2026", "q").as_deref(), Some("février 2026"));
        assert_eq!(query_value("q=%", "q").as_deref(), Some("%"));
        assert_eq!(query_value("q=%ff", "q").as_deref(), Some("\u{fffd}"));
        assert_eq!(query_value("", "q"), None);
    }
}
