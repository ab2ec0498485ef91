//! The whole site as files, for any static host: pages rendered, endpoints as JSON files, feeds,
//! pictures. The same wasm takes over.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use contract::{
    list::MAX_PER_PAGE,
    paths,
    route::{Depth, Route},
};
use http_body_util::BodyExt;
use tower_service::Service;

use crate::{
    embed,
    endpoints::DEFAULT_PER_PAGE,
    headers::PagePolicy,
    people::People,
    register::Register,
    render,
    router::build_router,
    sitemap,
    snapshot::{Current, Snapshot},
};

/// Where the exported app asks for data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiPlace {
    /// The files of the export itself.
    Files,
    /// A running server, which must allow the export's origin: `https://api.example.org/api/v1`.
    Server(String),
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("{path}: {source}")]
    Write { path: PathBuf, source: io::Error },
    #[error("{0} already holds files; give an empty folder")]
    NotEmpty(PathBuf),
    #[error("{address} answered {status}")]
    Answer { address: String, status: StatusCode },
}

/// Writes files below one folder.
struct Folder<'a>(&'a Path);

impl Folder<'_> {
    fn write(&self, path: &str, body: &[u8]) -> Result<(), ExportError> {
        let path = self.0.join(path.trim_start_matches('/'));
        let failed = |source| ExportError::Write { path: path.clone(), source };
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        fs::write(&path, body).map_err(failed)
    }
}

/// Exports `snapshot` into `folder`, which must be empty or not there. Returns the number of files.
///
/// # Errors
///
/// [`ExportError`]; what was written by then stays.
pub async fn export(
    mut snapshot: Snapshot,
    register: &Register,
    folder: &Path,
    api: &ApiPlace,
) -> Result<usize, ExportError> {
    if fs::read_dir(folder).is_ok_and(|mut it| it.next().is_some()) {
        return Err(ExportError::NotEmpty(folder.to_owned()));
    }
    if snapshot.config.site.embedding {
        // No file says who may frame it.
        let mut config = (*snapshot.config).clone();
        config.site.embedding = false;
        snapshot.config = Arc::new(config);
    }
    if *api == ApiPlace::Files && snapshot.config.site.features.map {
        // Who is near is a question, and files answer none.
        let mut config = (*snapshot.config).clone();
        config.site.features.map = false;
        snapshot.config = Arc::new(config);
    }
    // Nobody reads what would be sent to files, nor to a server from another origin.
    let mut config = (*snapshot.config).clone();
    config.site.features.comments = false;
    config.site.features.feedback = false;
    snapshot.config = Arc::new(config);
    let folder = Folder(folder);
    let mut count = 0;
    for (path, entity) in snapshot.assets.iter().filter(|it| !embed::is_own_file(it.0)) {
        folder.write(path, entity.identity())?;
        count += 1;
    }
    count += pages(&snapshot, register, &folder, api).await?;
    count += answers(snapshot, register, &folder, api).await?;
    Ok(count)
}

/// `/articles/x` is `articles/x/index.html`: every static host answers it, with or without a slash.
async fn pages(
    snapshot: &Snapshot,
    register: &Register,
    folder: &Folder<'_>,
    api: &ApiPlace,
) -> Result<usize, ExportError> {
    let mut template = snapshot.template.clone();
    let origin = match api {
        ApiPlace::Files => {
            template.set_api(&format!("{} files", paths::BASE));
            None
        }
        ApiPlace::Server(address) => {
            template.set_api(address);
            // The policy wants the origin: scheme and host.
            let host_end = address
                .find("://")
                .and_then(|it| address[it + 3..].find('/').map(|slash| it + 3 + slash));
            Some(&address[..host_end.unwrap_or(address.len())])
        }
    };
    let policy = PagePolicy {
        style_hashes: template.style_hashes(),
        api_origin: origin,
        video_hosts: &snapshot.config.video_hosts,
        frames_itself: false,
        tile_origin: snapshot.config.site.tiles.as_ref().and_then(|it| it.origin()),
    }
    .content_security_policy(true);

    let mut count = 0;
    for entry in sitemap::entries(&snapshot.library, &snapshot.config.site) {
        let rendered = render::document(
            &snapshot.config,
            &snapshot.library,
            (register, &People::nobody()),
            &template,
            snapshot.today,
            &entry.route,
            Some(&policy),
        )
        .await;
        let path = match &entry.route {
            Route::Home => "index.html".to_owned(),
            route => format!("{}/index.html", route.path()),
        };
        folder.write(&path, rendered.html.as_bytes())?;
        count += 1;
    }
    // An address without a page: the host's own 404 handling shows this file.
    let nowhere = Route::Article {
        slug: contract::slug::Slug::try_from("404")
            .unwrap_or_else(|_| unreachable!("404 is a slug")),
        depth: Depth::Full,
    };
    let rendered = render::document(
        &snapshot.config,
        &snapshot.library,
        (register, &People::nobody()),
        &template,
        snapshot.today,
        &nowhere,
        Some(&policy),
    )
    .await;
    folder.write("404.html", rendered.html.as_bytes())?;
    Ok(count + 1)
}

/// Everything else is asked of the server itself, so that files and answers cannot differ.
async fn answers(
    snapshot: Snapshot,
    register: &Register,
    folder: &Folder<'_>,
    api: &ApiPlace,
) -> Result<usize, ExportError> {
    let mut addresses: Vec<(String, String)> = [
        "/feed.xml",
        "/atom.xml",
        "/feed.json",
        "/sitemap.xml",
        "/robots.txt",
        "/manifest.webmanifest",
    ]
    .map(|it| (it.to_owned(), it.to_owned()))
    .into();
    let slugs = snapshot.library.articles().map(|it| it.slug.to_string());
    addresses.extend(slugs.chain(["site".to_owned()]).map(|it| {
        let path = format!("/pictures/{it}.png");
        (path.clone(), path)
    }));
    if *api == ApiPlace::Files {
        addresses.extend(endpoints(&snapshot).into_iter().map(|it| {
            (format!("{}{it}", paths::BASE), format!("{}{}", paths::BASE, paths::static_file(&it)))
        }));
        let documents = snapshot.library.documents();
        // Plain text: it always serialises.
        let body = serde_json::to_vec(documents).unwrap_or_default();
        let path = format!("{}{}", paths::BASE, paths::static_file(paths::SEARCH_INDEX));
        folder.write(&path, &body)?;
    }
    // With the index of the search, which no address answers.
    let count = addresses.len() + usize::from(*api == ApiPlace::Files);
    let mut router = build_router(Current::new(snapshot, register.clone(), People::nobody()));
    for (address, path) in addresses {
        let body = fetch(&mut router, &address).await?;
        folder.write(&path, &body)?;
    }
    Ok(count)
}

/// Every question the app asks, one address each.
fn endpoints(snapshot: &Snapshot) -> Vec<String> {
    let library = &snapshot.library;
    let mut all: Vec<String> = [
        paths::SITE,
        paths::HOME,
        paths::TOPICS,
        paths::GLOSSARY,
        paths::REFERENCES,
        paths::CORRECTIONS,
        paths::COMPARISON,
    ]
    .map(str::to_owned)
    .into();
    all.push(paths::articles(Some("explainer"), None, 1, Some(MAX_PER_PAGE)));
    let topics = library.topics().iter().map(|it| Some(&it.slug));
    for topic in std::iter::once(None).chain(topics) {
        let last = library.list(None, topic, 1, DEFAULT_PER_PAGE).last_page();
        all.extend((1..=last).map(|page| paths::articles(None, topic, page, None)));
    }
    for article in library.articles() {
        all.push(paths::article(&article.slug));
        all.push(paths::related(&article.slug));
    }
    all.extend(library.pages().map(|it| paths::page(&it.slug)));
    all
}

async fn fetch(router: &mut Router, address: &str) -> Result<Vec<u8>, ExportError> {
    let refused = |status| ExportError::Answer { address: address.to_owned(), status };
    let request =
        Request::get(address).body(Body::empty()).map_err(|_| refused(StatusCode::BAD_REQUEST))?;
    let response = match router.as_service::<Body>().call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let status = response.status();
    if status != StatusCode::OK {
        return Err(refused(status));
    }
    let body = response.into_body().collect().await;
    body.map(|it| it.to_bytes().to_vec()).map_err(|_| refused(StatusCode::INTERNAL_SERVER_ERROR))
}
