//! Where each JSON endpoint lives. The server mounts these, the browser calls them.

use crate::{directory::DirectoryQuery, geo::Bbox, route::encode, slug::Slug};

/// Where the endpoints start on the site's own origin. An app served from elsewhere is told the
/// whole address in its page (`<meta name="api">`).
pub const BASE: &str = "/api/v1";

pub const SITE: &str = "/site";
pub const HOME: &str = "/home";
pub const ARTICLES: &str = "/articles";
pub const ARTICLE: &str = "/articles/{slug}";
pub const RELATED: &str = "/articles/{slug}/related";
pub const COMMENTS: &str = "/articles/{slug}/comments";
pub const FEEDBACK: &str = "/articles/{slug}/feedback";
/// What readers lived through.
pub const TESTIMONIALS: &str = "/testimonials";
/// Messages to the site.
pub const CONTACT: &str = "/contact";
/// Errors in a practitioner's entry.
pub const REPORTS: &str = "/practitioners/{id}/reports";
/// What an author holds in place of an account.
pub const RECEIPT: &str = "/receipts/{secret}";
/// All that is kept of it.
pub const RECEIPT_COPY: &str = "/receipts/{secret}/copy";
/// Who is at the moderators' desk.
pub const SESSION: &str = "/session";
pub const MODERATION: &str = "/moderation";
pub const DECISION: &str = "/moderation/{id}/decision";
pub const HISTORY: &str = "/moderation/{id}/history";
/// One decision on several items.
pub const DECISIONS: &str = "/moderation/decisions";
pub const JOURNAL: &str = "/moderation/journal";
/// The directory at the desk: all entries, one of them, what is done to it, what was.
pub const ENTRIES: &str = "/moderation/practitioners";
pub const ENTRY: &str = "/moderation/practitioners/{id}";
pub const ENTRY_ARCHIVE: &str = "/moderation/practitioners/{id}/archive";
pub const ENTRY_RESTORE: &str = "/moderation/practitioners/{id}/restore";
pub const ENTRY_HISTORY: &str = "/moderation/practitioners/{id}/history";
/// A file looked at, and imported.
pub const IMPORT_REPORT: &str = "/moderation/directory/report";
pub const IMPORT: &str = "/moderation/directory/import";
/// Who may sit at the desk.
pub const ACCOUNTS: &str = "/moderation/accounts";
pub const ACCOUNT: &str = "/moderation/accounts/{name}";
/// Somebody's own.
pub const PASSWORD: &str = "/session/password";
/// What readers say of each page.
pub const OPINIONS: &str = "/moderation/feedback";
pub const TOPICS: &str = "/topics";
pub const GLOSSARY: &str = "/glossary";
pub const REFERENCES: &str = "/references";
pub const CORRECTIONS: &str = "/corrections";
pub const COMPARISON: &str = "/comparison";
pub const PAGE: &str = "/pages/{slug}";
pub const SEARCH: &str = "/search";
/// The searchable text of all pages, for an app without a server to ask.
pub const SEARCH_INDEX: &str = "/search-index";
pub const PRACTITIONERS: &str = "/practitioners";
pub const PRACTITIONER: &str = "/practitioners/{id}";
/// A contact to keep (RFC 6350).
pub const VCARD: &str = "/practitioners/{id}/vcard";
pub const CLUSTERS: &str = "/practitioners/clusters";
/// The whole directory, for partners.
pub const PRACTITIONERS_GEOJSON: &str = "/practitioners.geojson";
pub const PRACTITIONERS_CSV: &str = "/practitioners.csv";
/// Towns and postal codes.
pub const PLACES: &str = "/places";
pub const OPENAPI: &str = "/openapi.json";

/// [`ARTICLES`], narrowed. `per_page` is left out where the server's default will do.
pub fn articles(
    kind: Option<&str>,
    topic: Option<&Slug>,
    page: u32,
    per_page: Option<u32>,
) -> String {
    let mut query = String::new();
    let mut add = |name: &str, value: &str| {
        query.push(if query.is_empty() { '?' } else { '&' });
        query.push_str(name);
        query.push('=');
        query.push_str(value);
    };
    if let Some(kind) = kind {
        add("kind", kind);
    }
    if let Some(topic) = topic {
        add("topic", topic.as_str());
    }
    if page != 1 {
        add("page", &page.to_string());
    }
    if let Some(per_page) = per_page {
        add("per_page", &per_page.to_string());
    }
    format!("{ARTICLES}{query}")
}

pub fn article(slug: &Slug) -> String {
    ARTICLE.replace("{slug}", slug.as_str())
}

pub fn related(slug: &Slug) -> String {
    RELATED.replace("{slug}", slug.as_str())
}

/// One page of an article's comments, from 1.
pub fn comments(slug: &Slug, page: u32) -> String {
    let path = COMMENTS.replace("{slug}", slug.as_str());
    if page == 1 { path } else { format!("{path}?page={page}") }
}

pub fn page(slug: &Slug) -> String {
    PAGE.replace("{slug}", slug.as_str())
}

pub fn search(query: &str) -> String {
    format!("{SEARCH}?q={}", encode(query))
}

pub fn practitioners(query: &DirectoryQuery) -> String {
    with_query(PRACTITIONERS, &query.to_string())
}

pub fn practitioner(id: &Slug) -> String {
    PRACTITIONER.replace("{id}", id.as_str())
}

/// A contact to keep (vCard).
pub fn vcard(id: &Slug) -> String {
    VCARD.replace("{id}", id.as_str())
}

/// The filters of `query`; its places are none of the map's business.
pub fn clusters(query: &DirectoryQuery, bbox: Bbox, zoom: u8) -> String {
    let filters = DirectoryQuery {
        town: String::new(),
        near: None,
        radius_m: None,
        bbox: Some(bbox),
        page: 1,
        ..query.clone()
    };
    with_query(CLUSTERS, &format!("{filters}&zoom={zoom}"))
}

pub fn places(query: &str) -> String {
    with_query(PLACES, &format!("q={}", encode(query)))
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Name of the file that holds an endpoint's answer in a static export, where no server reads
/// queries: `/articles?topic=cancer&page=2` is `/articles~topic-cancer~page-2.json`.
pub fn static_file(path_and_query: &str) -> String {
    let mut name = path_and_query.replace(['?', '&'], "~").replace('=', "-");
    name.push_str(".json");
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_address_says_only_what_differs_from_the_default() {
        let topic = Slug::try_from("cancer").unwrap();
        assert_eq!(articles(None, None, 1, None), "/articles");
        assert_eq!(
            articles(Some("explainer"), Some(&topic), 2, Some(8)),
            "/articles?kind=explainer&topic=cancer&page=2&per_page=8"
        );
    }

    #[test]
    fn a_static_file_has_no_character_that_a_host_treats_specially() {
        assert_eq!(
            static_file("/articles?topic=cancer&page=2"),
            "/articles~topic-cancer~page-2.json"
        );
        assert_eq!(static_file("/articles/cellules-car-t"), "/articles/cellules-car-t.json");
    }
}
