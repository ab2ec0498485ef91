//! Which address leads to which handler.

use std::convert::Infallible;

use axum::{
    Router,
    routing::{MethodRouter, get, post},
};
use contract::{
    error::ProblemKind,
    paths,
    route::{DESK, DESK_ACCOUNTS, DESK_DIRECTORY, DESK_OWN},
};

use crate::{
    embed,
    endpoints::{
        self, accounts, articles, comments, entries, feedback, letters, library, moderation,
        practitioners, receipts, search, session, testimonials,
    },
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
            &at(paths::TESTIMONIALS),
            read(get(testimonials::list_testimonials).post(testimonials::send_testimonial)),
        )
        .route(&at(paths::CONTACT), read(post(letters::send_contact)))
        .route(&at(paths::REPORTS), read(post(letters::send_report)))
        .route(
            &at(paths::RECEIPT),
            read(
                get(receipts::get_receipt)
                    .patch(receipts::change_receipt)
                    .delete(receipts::erase_receipt),
            ),
        )
        .route(&at(paths::RECEIPT_COPY), read(get(receipts::get_copy)))
        .merge(desk())
        .route(
            "/articles/{slug}/commentaires",
            read(get(forms::comments).post(forms::send_comment)),
        )
        .route("/articles/{slug}/avis", read(get(forms::feedback).post(forms::send_feedback)))
        .route("/recus/{secret}", read(get(forms::receipt).post(forms::change_receipt)))
        .route("/temoignages", read(get(forms::testimonials)))
        .route(
            "/temoignages/ecrire",
            read(get(forms::write_testimonial).post(forms::send_testimonial)),
        )
        .route("/temoignages.xml", read(get(forms::testimonials_feed)))
        .route("/contact", read(get(forms::contact).post(forms::send_contact)))
        .route("/praticiens/{id}/signaler", read(get(forms::report).post(forms::send_report)))
        .route("/articles/{slug}/comments.xml", read(get(forms::comments_feed)))
        .route(&at(paths::OPENAPI), read(get(endpoints::openapi)))
        .route("/healthz", read(get(machines::alive)))
        .route("/readyz", read(get(machines::ready)))
        .route("/feed.xml", read(get(machines::rss)))
        .route("/atom.xml", read(get(machines::atom)))
        .route("/feed.json", read(get(machines::json_feed)))
        .route("/sitemap.xml", read(get(machines::sitemap_xml)))
        .route("/robots.txt", read(get(machines::robots)))
        .route(contract::privacy::ADDRESS, read(get(machines::privacy)))
        .route("/manifest.webmanifest", read(get(machines::manifest)))
        .route(contract::embed::PATH, read(get(embed::frame)))
        .route(contract::embed::PREVIEW, read(get(embed::preview)))
        .route(contract::embed::OEMBED, read(get(embed::oembed)))
        .route("/pictures/{name}", read(get(picture::picture)))
}

/// The moderators' desk.
fn desk() -> Router<Current> {
    let at = |path: &str| format!("{}{path}", paths::BASE);
    let page = |more: &str| format!("/{DESK}{more}");
    Router::new()
        .route(
            &at(paths::SESSION),
            read(get(session::get_session).post(session::sign_in).delete(session::sign_out)),
        )
        .route(&at(paths::MODERATION), read(get(moderation::list_queue)))
        .route(&at(paths::DECISION), read(post(moderation::decide)))
        .route(&at(paths::DECISIONS), read(post(moderation::decide_all)))
        .route(&at(paths::HISTORY), read(get(moderation::get_history)))
        .route(&at(paths::JOURNAL), read(get(moderation::list_journal)))
        .route(&at(paths::OPINIONS), read(get(moderation::list_opinions)))
        .route(&page(""), read(get(forms::desk::queue).post(forms::desk::decide)))
        .route(&page("/journal"), read(get(forms::desk::journal)))
        .route(&page("/avis"), read(get(forms::desk::opinions)))
        .route(&page("/connexion"), read(get(forms::desk::door).post(forms::desk::sign_in)))
        .route(&page("/deconnexion"), read(post(forms::desk::sign_out)))
        .merge(entries_at_desk())
        .merge(accounts_at_desk())
}

/// The directory at the moderators' desk.
fn entries_at_desk() -> Router<Current> {
    use forms::desk::{directory, import};
    let at = |path: &str| format!("{}{path}", paths::BASE);
    let page = |more: &str| format!("/{DESK_DIRECTORY}{more}");
    Router::new()
        .route(&at(paths::ENTRIES), read(get(entries::list_entries).post(entries::add_entry)))
        .route(&at(paths::ENTRY), read(get(entries::get_entry).put(entries::change_entry)))
        .route(&at(paths::ENTRY_ARCHIVE), read(post(entries::archive_entry)))
        .route(&at(paths::ENTRY_RESTORE), read(post(entries::restore_entry)))
        .route(&at(paths::ENTRY_HISTORY), read(get(entries::get_entry_history)))
        .route(&at(paths::IMPORT_REPORT), read(post(entries::look_at_import)))
        .route(&at(paths::IMPORT), read(post(entries::import_file)))
        .route(&page(""), read(get(directory::list)))
        .route(&page("/nouveau"), read(get(directory::new).post(directory::add)))
        .route(&page("/import"), read(get(import::choose).post(import::look_at)))
        .route(&page("/import/confirmer"), read(post(import::carry_out)))
        .route(&page("/{id}"), read(get(directory::entry).post(directory::change)))
        .route(&page("/{id}/archiver"), read(post(directory::archive)))
        .route(&page("/{id}/remettre"), read(post(directory::restore)))
}

/// Accounts of the moderators' desk.
fn accounts_at_desk() -> Router<Current> {
    let at = |path: &str| format!("{}{path}", paths::BASE);
    Router::new()
        .route(&at(paths::ACCOUNTS), read(get(accounts::list_accounts).post(accounts::add_account)))
        .route(&at(paths::ACCOUNT), read(axum::routing::patch(accounts::change_account)))
        .route(&at(paths::PASSWORD), read(post(accounts::change_password)))
        .route(
            &format!("/{DESK_ACCOUNTS}"),
            read(get(forms::desk::accounts::list).post(forms::desk::accounts::change)),
        )
        .route(
            &format!("/{DESK_OWN}"),
            read(get(forms::desk::accounts::own).post(forms::desk::accounts::change_own)),
        )
}

/// Other methods than GET and HEAD get a problem, not an empty body.
fn read(route: MethodRouter<Current, Infallible>) -> MethodRouter<Current, Infallible> {
    route.fallback(|| async { Refusal::from(ProblemKind::MethodNotAllowed) })
}
