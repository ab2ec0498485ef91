//! Content and directory that change while the server runs.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use crate::support::{
    SITE,
    binary::{Server, command},
    copy, fixture_content,
};

/// A running server and the content it follows.
struct Scene {
    folder: TempDir,
    server: Server,
}

impl Scene {
    fn start() -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let (content, site) = (folder.path().join("content"), folder.path().join("site.toml"));
        copy(&fixture_content(), &content);
        fs::write(&site, SITE).unwrap();
        let (content, site) = (content.to_str().unwrap(), site.to_str().unwrap());
        let server = Server::start(["--content", content, "--site", site]);
        Scene { folder, server }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join("content").join(name)
    }

    fn replace(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.file(name)).unwrap();
        assert!(text.contains(from), "{name}: {from}");
        fs::write(self.file(name), text.replace(from, to)).unwrap();
    }
}

#[test]
fn a_saved_file_shows_on_the_next_request() {
    let scene = Scene::start();
    let etag = |head: &str| head.lines().find(|it| it.starts_with("etag")).unwrap().to_owned();
    let before = scene.server.get("/articles/exemple-02");
    assert_eq!(before.status, 200);
    scene.replace("articles/exemple-02.md", "article numéro 2\"", "titre tout neuf\"");
    scene.server.wait_for_log("content reloaded");
    for address in ["/articles/exemple-02", "/articles", "/feed.xml", "/api/v1/articles/exemple-02"]
    {
        let mut found = scene.server.get(address).text();
        if address == "/articles" {
            found = (1..=3).map(|it| scene.server.get(&page(it)).text()).collect();
        }
        assert!(found.contains("titre tout neuf"), "{address}");
    }
    let after = scene.server.get("/articles/exemple-02");
    assert_ne!(etag(&before.head), etag(&after.head), "nobody keeps the old text");
}

fn page(number: u32) -> String {
    if number == 1 { "/articles".to_owned() } else { format!("/articles/page/{number}") }
}

#[test]
fn a_page_comes_and_goes_with_its_file() {
    let scene = Scene::start();
    assert_eq!(scene.server.get("/articles/nouveau").status, 404);
    let text = fs::read_to_string(scene.file("articles/exemple-03.md")).unwrap();
    fs::write(scene.file("articles/nouveau.md"), text).unwrap();
    scene.server.wait_for_log("content reloaded");
    assert_eq!(scene.server.get("/articles/nouveau").status, 200);
    assert!(scene.server.get("/sitemap.xml").text().contains("/articles/nouveau<"));
}

#[test]
fn a_faulty_file_keeps_the_last_good_version_and_says_where_it_is_wrong() {
    let scene = Scene::start();
    scene.replace("articles/exemple-04.md", "Le fait inventé", "Le fait refusé");
    scene.server.wait_for_log("content reloaded");
    scene.replace("articles/exemple-04.md", "[@FICTIF-2021]", "[@INCONNUE-1999]");
    let log = scene.server.wait_for_log("not reloaded");
    let text = fs::read_to_string(scene.file("articles/exemple-04.md")).unwrap();
    let line = 1 + text.lines().position(|it| it.contains("INCONNUE-1999")).unwrap();
    assert!(log.contains(&format!("articles/exemple-04.md:{line}:")), "{log}");
    assert!(log.contains("INCONNUE-1999"), "{log}");
    let page = scene.server.get("/articles/exemple-04");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Le fait refusé") && !page.text().contains("INCONNUE"));

    let mended = text.replace("[@INCONNUE-1999]", "[@FICTIF-2021]").replace("refusé", "réparé");
    fs::write(scene.file("articles/exemple-04.md"), mended).unwrap();
    scene.server.wait_for_logs("content reloaded", 2);
    assert!(scene.server.get("/articles/exemple-04").text().contains("Le fait réparé"));
}

#[test]
fn a_folder_that_disappears_takes_no_page_down() {
    let scene = Scene::start();
    assert_eq!(scene.server.get("/articles/exemple-05").status, 200);
    fs::remove_dir_all(scene.file("")).unwrap();
    scene.server.wait_for_log("not reloaded");
    for address in ["/", "/articles/exemple-05", "/glossaire", "/api/v1/articles"] {
        assert_eq!(scene.server.get(address).status, 200, "{address}");
    }
}

#[test]
fn another_directory_shows_on_every_page_of_it() {
    let server = Server::start([] as [&str; 0]);
    let mut before = 0;
    for (round, count) in ["150", "300"].into_iter().enumerate() {
        // Kept from now on, until the directory changes.
        assert_eq!(server.get("/carte").text(), server.get("/carte").text());
        let sample = ["practitioners", "sample", "--count", count];
        let made = command(server.folder.path()).args(sample).output().unwrap();
        assert!(made.status.success(), "{made:?}");
        server.wait_for_logs("directory read", round + 1);
        let list = server.get("/api/v1/practitioners").text();
        let list: serde_json::Value = serde_json::from_str(&list).unwrap();
        let total = list["total"].as_u64().unwrap();
        assert!(before < total, "{before} {total}");
        before = total;
        let words = format!("{total} fiches");
        for address in ["/carte", "/carte?utm_source=x", "/carte?q="] {
            assert!(server.get(address).text().contains(&words), "{address}");
        }
    }
}
