//! Which address leads to which handler.

use std::convert::Infallible;

use axum::{
    Router,
    routing::{MethodRouter, get, post},
};
use contract::{error::ProblemKind, paths};

use crate::{
    embed,
    endpoints::{self, articles, comments, feedback, library, practitioners, receipts, search},
    error::Refusal,
    forms, machines, picture,
    snapshot::Current,
};

/// Everything but pages of the app: those are what no other route takes.
pub fn table() -> Router<Current> {
    // Not nested: handlers name themselves in `Link` and in the cache by the whole address.
    let at = |path: &str| format!("{}{path}", paths::BASE);
    Router::new()
        .route(&at(paths::SITE), read(get(library::get_site)))
        .route(&at(paths::HOME), read(get(library::get_home)))
        .route(&at(paths::ARTICLES), read(get(articles::list_articles)))
        .route(&at(paths::ARTICLE), read(get(articles::get_article)))
        .route(&at(paths::RELATED), read(get(articles::list_related)))
        .route(&at(paths::TOPICS), read(get(library::list_topics)))
        .route(&at(paths::GLOSSARY), read(get(library::list_glossary)))
        .route(&at(paths::REFERENCES), read(get(library::list_references)))
        .route(&at(paths::CORRECTIONS), read(get(library::list_corrections)))
        .route(&at(paths::COMPARISON), read(get(library::get_comparison)))
        .route(&at(paths::PAGE), read(get(library::get_page)))
        .route(&at(paths::SEARCH), read(get(search::search)))
        .route(&at(paths::PRACTITIONERS), read(get(practitioners::list_practitioners)))
        .route(&at(paths::CLUSTERS), read(get(practitioners::list_clusters)))
        .route(&at(paths::PRACTITIONER), read(get(practitioners::get_practitioner)))
        .route(&at(paths::VCARD), read(get(practitioners::get_vcard)))
        .route(&at(paths::PRACTITIONERS_GEOJSON), read(get(practitioners::geojson)))
        .route(&at(paths::PRACTITIONERS_CSV), read(get(practitioners::csv)))
        .route(&at(paths::PLACES), read(get(practitioners::list_places)))
        .route(
            &at(paths::COMMENTS),
            read(get(comments::list_comments).post(comments::send_comment)),
        )
        .route(&at(paths::FEEDBACK), read(post(feedback::send_feedback)))
        .route(
            &at(paths::RECEIPT),
            read(
                get(receipts::get_receipt)
                    .patch(receipts::change_receipt)
                    .delete(receipts::erase_receipt),
            ),
        )
        .route(
            "/articles/{slug}/commentaires",
            read(get(forms::comments).post(forms::send_comment)),
        )
        .route("/articles/{slug}/avis", read(get(forms::feedback).post(forms::send_feedback)))
        .route("/recus/{secret}", read(get(forms::receipt).post(forms::change_receipt)))
        .route("/articles/{slug}/comments.xml", read(get(forms::comments_feed)))
        .route(&at(paths::OPENAPI), read(get(endpoints::openapi)))
        .route("/healthz", read(get(machines::alive)))
        // A server without content does not start, so one that answers is ready.
        .route("/readyz", read(get(machines::alive)))
        .route("/feed.xml", read(get(machines::rss)))
        .route("/atom.xml", read(get(machines::atom)))
        .route("/feed.json", read(get(machines::json_feed)))
        .route("/sitemap.xml", read(get(machines::sitemap_xml)))
        .route("/robots.txt", read(get(machines::robots)))
        .route("/manifest.webmanifest", read(get(machines::manifest)))
        .route(contract::embed::PATH, read(get(embed::frame)))
        .route(contract::embed::PREVIEW, read(get(embed::preview)))
        .route(contract::embed::OEMBED, read(get(embed::oembed)))
        .route("/pictures/{name}", read(get(picture::picture)))
}

/// Other methods than GET and HEAD get a problem, not an empty body.
fn read(route: MethodRouter<Current, Infallible>) -> MethodRouter<Current, Infallible> {
    route.fallback(|| async { Refusal::from(ProblemKind::MethodNotAllowed) })
}
