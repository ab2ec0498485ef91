//! The OpenAPI 3.1 description, made from the handlers and the contract's own types.

use contract::{paths, site::Site};
use serde_json::{Value, json};
use utoipa::OpenApi;

use crate::endpoints::{
    accounts, articles, comments, entries, feedback, letters, library, moderation, practitioners,
    receipts, search, session, testimonials,
};

macro_rules! example {
    ($name:literal) => {
        include_str!(concat!("../../contract/examples/", $name, ".json"))
    };
}

#[derive(OpenApi)]
#[openapi(
    info(description = "Content of the site: articles, glossary, sources, search, and the directory of practitioners. Errors are problem documents (RFC 9457)."),
    paths(
        library::get_site,
        library::get_home,
        articles::list_articles,
        articles::get_article,
        articles::list_related,
        library::list_topics,
        library::list_glossary,
        library::list_references,
        library::list_corrections,
        library::get_comparison,
        library::get_page,
        search::search,
        practitioners::list_practitioners,
        practitioners::get_practitioner,
        practitioners::get_vcard,
        practitioners::list_clusters,
        practitioners::geojson,
        practitioners::csv,
        practitioners::list_places,
        comments::list_comments,
        comments::send_comment,
        feedback::send_feedback,
        testimonials::list_testimonials,
        testimonials::send_testimonial,
        letters::send_contact,
        letters::send_report,
        receipts::get_receipt,
        receipts::get_copy,
        receipts::change_receipt,
        receipts::erase_receipt,
        session::sign_in,
        session::get_session,
        session::sign_out,
        moderation::list_queue,
        moderation::decide,
        moderation::decide_all,
        moderation::get_history,
        moderation::list_journal,
        entries::list_entries,
        entries::add_entry,
        entries::get_entry,
        entries::change_entry,
        entries::archive_entry,
        entries::restore_entry,
        entries::get_entry_history,
        entries::look_at_import,
        entries::import_file,
        accounts::list_accounts,
        accounts::add_account,
        accounts::change_account,
        accounts::change_password,
        moderation::list_opinions,
    ),
    // Blocks hold blocks: what only they hold has to be named here.
    components(schemas(
        contract::block::Definition,
        contract::block::Media,
        contract::block::People,
        contract::block::Stat,
        contract::block::StatArm,
        contract::block::Step,
        contract::block::Tone,
        contract::block::Video,
        contract::error::FieldError,
        contract::error::Problem,
    )),
    tags((name = "content"), (name = "directory"), (name = "people"), (name = "desk"), (name = "site")),
)]
struct Api;

/// The document for one site.
pub fn document(site: &Site) -> Value {
    // Plain data: it always serialises.
    let mut document = serde_json::to_value(Api::openapi()).unwrap_or_default();
    document["info"]["title"] = json!(site.name);
    document["info"]["version"] = json!(env!("CARGO_PKG_VERSION"));
    document["servers"] = json!([{ "url": format!("{}{}", site.url, paths::BASE) }]);
    for (path, example) in EXAMPLES {
        let answer = &mut document["paths"][path]["get"]["responses"]["200"]["content"];
        // A test of the contract reads the same files into its types.
        answer["application/json"]["example"] = serde_json::from_str(example).unwrap_or_default();
    }
    let answer = &mut document["paths"][paths::CLUSTERS]["get"]["responses"]["200"]["content"];
    answer["application/geo+json"]["example"] =
        serde_json::from_str(example!("clusters")).unwrap_or_default();
    document
}

/// What each endpoint answers, as an example.
const EXAMPLES: [(&str, &str); 27] = [
    (paths::SITE, example!("site")),
    (paths::HOME, example!("home")),
    (paths::ARTICLES, example!("listing")),
    (paths::ARTICLE, example!("article")),
    (paths::RELATED, example!("related")),
    (paths::TOPICS, example!("topics")),
    (paths::GLOSSARY, example!("glossary")),
    (paths::REFERENCES, example!("references")),
    (paths::CORRECTIONS, example!("corrections")),
    (paths::COMPARISON, example!("comparison")),
    (paths::PAGE, example!("page")),
    (paths::SEARCH, example!("hits")),
    (paths::PRACTITIONERS, example!("practitioners")),
    (paths::PRACTITIONER, example!("practitioner")),
    (paths::PLACES, example!("places")),
    (paths::COMMENTS, example!("comments")),
    (paths::TESTIMONIALS, example!("testimonials")),
    (paths::RECEIPT, example!("receipt")),
    (paths::RECEIPT_COPY, example!("kept")),
    (paths::SESSION, example!("session")),
    (paths::MODERATION, example!("queue")),
    (paths::HISTORY, example!("history")),
    (paths::JOURNAL, example!("journal")),
    (paths::ENTRIES, example!("entries")),
    (paths::ENTRY, example!("entry")),
    (paths::ENTRY_HISTORY, example!("entry-history")),
    (paths::ACCOUNTS, example!("accounts")),
];
