//! The whole site as files: nothing is missing, nothing differs, nothing is overwritten.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use contract::{paths, route::Route};
use server::{
    config::Config,
    export::{ApiPlace, ExportError, export},
    snapshot::Snapshot,
};
use tempfile::TempDir;

use crate::support::{
    self, SITE, Site, binary::run, files, fixture_content, fixture_day, html::Document, nobody,
    wait,
};

/// The fixtures as files show them: who is near is asked of a server, so there is no directory, and
/// nobody reads what is sent to files.
fn compared() -> &'static Site {
    static SITE_OF_FILES: LazyLock<Site> = LazyLock::new(|| {
        let on = "map = true, comments = true, feedback = true, testimonials = true, ";
        let text = SITE.replace(on, "");
        let config = Config::parse(&text, Path::new("site.toml"), None).unwrap();
        Site::new(config, &fixture_content(), fixture_day())
    });
    &SITE_OF_FILES
}

fn snapshot() -> Snapshot {
    let config = Config::parse(SITE, Path::new("site.toml"), None).unwrap();
    support::snapshot(config, &fixture_content(), fixture_day())
}

/// The fixtures as files, with their endpoints.
fn whole() -> &'static Path {
    static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let count = wait(export(snapshot(), &nobody(), folder.path(), &ApiPlace::Files)).unwrap();
        assert_eq!(files(folder.path()).len(), count);
        folder
    });
    FOLDER.path()
}

fn read(path: &str) -> String {
    let path = whole().join(path.trim_start_matches('/'));
    fs::read_to_string(&path).unwrap_or_else(|it| panic!("{}: {it}", path.display()))
}

/// Nothing can be sent from a folder of files, and the page on what is kept of people says so.
fn is_alike(route: &Route) -> bool {
    route.path() != "/vie-privee"
}

/// The file a static host answers a page's address with.
fn file_of(route: &Route) -> String {
    match route {
        Route::Home => "index.html".to_owned(),
        other => format!("{}/index.html", other.path()),
    }
}

#[test]
fn every_page_is_a_file_and_shows_the_same_as_the_server() {
    for route in compared().routes().into_iter().filter(is_alike) {
        let exported = Document::parse(&read(&file_of(&route)));
        let served = compared().get(&route.to_string()).document();
        assert!(exported.faults.is_empty(), "{route}: {:?}", exported.faults);
        let main = |it: &Document| it.one("main").text.clone();
        assert_eq!(main(&exported), main(&served), "{route}");
        assert_eq!(exported.canonical(), served.canonical(), "{route}");
    }
}

#[test]
fn every_page_brings_its_policy_since_no_server_sends_it() {
    for file in files(whole()).iter().filter(|it| it.extension().is_some_and(|it| it == "html")) {
        let page = Document::parse(&fs::read_to_string(file).unwrap());
        let about = file.display();
        let policies = page.values("meta", "http-equiv", "content-security-policy", "content");
        let [policy] = policies[..] else { panic!("{about}: {policies:?}") };
        assert!(policy.starts_with("default-src 'none'"), "{about}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{about}: {policy}");
        // Browsers ignore it there, and complain.
        assert!(!policy.contains("frame-ancestors"), "{about}: {policy}");
        let before = page
            .elements
            .iter()
            .take_while(|it| it.get("http-equiv") != Some("content-security-policy"));
        for it in before {
            let own = it.get("src").is_some_and(|it| it.starts_with('/'));
            let harmless = it.name != "style" && it.name != "link" && it.name != "script";
            assert!(own || harmless, "{about}: {it:?} comes before the policy stands");
        }
    }
}

/// The app of an export asks for files: each must be there and hold what the server would answer.
#[test]
fn every_question_the_app_asks_has_its_file() {
    let library = &compared().snapshot().library;
    let mut questions: Vec<String> = [
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
    questions.push(paths::articles(Some("explainer"), None, 1, Some(100)));
    for route in compared().routes() {
        match route {
            Route::Articles { page } => questions.push(paths::articles(None, None, page, None)),
            Route::Topic { topic, page } => {
                questions.push(paths::articles(None, Some(&topic), page, None));
            }
            Route::Article { slug, .. } => {
                questions.push(paths::article(&slug));
                questions.push(paths::related(&slug));
            }
            Route::Page { slug } if is_alike(&Route::Page { slug: slug.clone() }) => {
                questions.push(paths::page(&slug));
            }
            _ => {}
        }
    }
    for question in questions {
        let file = read(&format!("{}{}", paths::BASE, paths::static_file(&question)));
        let answer = compared().get(&format!("{}{question}", paths::BASE));
        assert_eq!(file, answer.text(), "{question}");
    }
    let index = read(&format!("{}{}", paths::BASE, paths::static_file(paths::SEARCH_INDEX)));
    let index: Vec<serde_json::Value> = serde_json::from_str(&index).unwrap();
    assert_eq!(index.len(), library.documents().len());
    let page = Document::parse(&read("index.html"));
    assert_eq!(page.meta("api"), ["/api/v1 files"], "the app is told so");
}

#[test]
fn feeds_pictures_and_files_are_there_too() {
    let addresses = ["/feed.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/robots.txt"];
    for address in addresses.into_iter().chain(["/manifest.webmanifest"]) {
        assert_eq!(read(address), compared().get(address).text(), "{address}");
    }
    for article in compared().snapshot().library.articles() {
        assert!(whole().join(format!("pictures/{}.png", article.slug)).is_file());
    }
    assert!(whole().join("pictures/site.png").is_file());
    for (path, entity) in compared().snapshot().assets.iter() {
        // There is no directory to show on other pages.
        if path == "/embed.js" || path.starts_with("/embed/") {
            assert!(!whole().join(path.trim_start_matches('/')).exists(), "{path}");
            continue;
        }
        let file = fs::read(whole().join(path.trim_start_matches('/'))).unwrap();
        assert_eq!(file, entity.identity()[..], "{path}");
    }
}

#[test]
fn an_address_without_a_page_has_its_file() {
    let page = Document::parse(&read("404.html"));
    assert_eq!(page.one("h1").text, locale::text().missing_title());
    assert_eq!(page.meta("robots"), ["noindex"]);
}

#[test]
fn every_link_of_every_file_leads_to_a_file() {
    let mut dead = BTreeSet::new();
    let own_pages: BTreeSet<String> = compared().routes().iter().map(|it| it.path()).collect();
    let written = files(whole());
    for file in written.iter().filter(|it| it.extension().is_some_and(|it| it == "html")) {
        let page = Document::parse(&fs::read_to_string(file).unwrap());
        for element in &page.elements {
            let address = element.get("href").or(element.get("src")).or(element.get("action"));
            let Some(path) = address.filter(|it| it.starts_with('/')) else { continue };
            let path = path.split(['#', '?']).next().unwrap();
            let plain = whole().join(path.trim_start_matches('/'));
            if !plain.is_file() && !plain.join("index.html").is_file() {
                dead.insert(path.to_owned());
            }
        }
    }
    // The frame links to standing pages that the fixtures do not hold; the server has none either.
    dead.retain(|it| own_pages.contains(it) || compared().get(it).status != 404);
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn an_export_for_a_server_elsewhere_asks_that_server() {
    let folder = tempfile::tempdir().unwrap();
    let api = ApiPlace::Server("https://api.example:8443/api/v1".to_owned());
    wait(export(snapshot(), &nobody(), folder.path(), &api)).unwrap();
    let page = fs::read_to_string(folder.path().join("index.html")).unwrap();
    let page = Document::parse(&page);
    assert_eq!(page.meta("api"), ["https://api.example:8443/api/v1"]);
    let policy = page.values("meta", "http-equiv", "content-security-policy", "content")[0];
    assert!(policy.contains("connect-src 'self' https://api.example:8443;"), "{policy}");
    assert!(!folder.path().join("api").exists(), "its endpoints are not copied");
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let refused = wait(export(snapshot(), &nobody(), folder.path(), &ApiPlace::Files)).unwrap_err();
    assert!(matches!(refused, ExportError::NotEmpty(_)), "{refused}");
    assert_eq!(files(folder.path()), [folder.path().join("mine.txt")]);

    let output = run(["export", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("already holds files"));
}

#[test]
fn the_binary_exports_the_content_it_was_built_with() {
    let folder = tempfile::tempdir().unwrap();
    let target: PathBuf = folder.path().join("site");
    let output = run(["export", target.to_str().unwrap(), "--url", "https://export.example"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read_to_string(target.join("articles/cellules-car-t/index.html")).unwrap();
    assert!(page.contains("href=\"https://export.example/articles/cellules-car-t\""));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let count: usize = said.split(' ').next().unwrap().parse().unwrap();
    assert_eq!(count, files(&target).len(), "{said}");
}
