//! Which part may know which.

use std::collections::BTreeSet;

use crate::tree::{files, has_word, read};

/// Names of a manifest's dependencies, development's included.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut inside = false;
    for line in read(manifest).lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            let name = table.rsplit_once("dependencies.").map(|it| it.1.to_owned());
            inside = table.ends_with("dependencies") && !table.starts_with("workspace");
            found.extend(name.filter(|_| !table.starts_with("workspace")));
        } else if inside && line.contains('=') && !line.starts_with('#') {
            let name = line.split(['=', '.', ' ']).next().unwrap();
            found.insert(name.to_owned());
        }
    }
    found
}

#[track_caller]
fn check_unknown(manifest: &str, strangers: &[&str]) {
    let known = dependencies(manifest);
    assert!(known.contains("serde") || known.contains("contract"), "{manifest}: {known:?}");
    for it in strangers {
        assert!(!known.contains(*it), "{manifest} depends on {it}");
    }
}

#[test]
fn the_contract_knows_no_framework() {
    let strangers = ["leptos", "axum", "tokio", "sqlx", "hyper", "app", "immunotheque", "server"];
    check_unknown("crates/contract/Cargo.toml", &strangers);
}

#[test]
fn what_runs_on_both_sides_knows_neither() {
    for name in ["locale", "search"] {
        let manifest = format!("crates/{name}/Cargo.toml");
        check_unknown(&manifest, &["leptos", "axum", "tokio", "web-sys", "app", "server"]);
    }
}

#[test]
fn the_gazetteer_could_run_on_the_device() {
    let strangers = ["std::fs", "std::env", "std::net", "std::thread", "SystemTime", "Instant"];
    check_absent("crates/gazetteer/src", &strangers, &[]);
}

#[test]
fn the_app_does_not_know_the_server() {
    check_unknown("Cargo.toml", &["server", "axum", "hyper", "tower", "quick-xml", "resvg"]);
    check_absent("src", &["server::", "axum::", "tokio::"], &[]);
}

/// No file below `folder` says one of `words`, but those of `but`.
#[track_caller]
fn check_absent(folder: &str, words: &[&str], but: &[&str]) {
    let mut seen = BTreeSet::new();
    for file in files(folder, &[".rs"]) {
        let named = but.contains(&file.path.as_str());
        for (line, code) in file.code() {
            for word in words.iter().filter(|it| code.contains(**it)) {
                assert!(named, "{}:{line} knows {word}", file.path);
                seen.insert(file.path.clone());
            }
        }
    }
    let idle: Vec<_> = but.iter().filter(|it| !seen.contains(**it)).collect();
    assert!(idle.is_empty(), "no longer true of {idle:?}: take them off the list");
}

#[test]
fn components_show_and_never_load() {
    for folder in ["src/components", "src/reader"] {
        let words = ["crate::api", "gloo_net", "Resource", "Suspense", "spawn_local", "HttpApi"];
        check_absent(folder, &words, &[]);
    }
}

#[test]
fn components_do_not_know_the_pages_that_use_them() {
    for folder in ["src/components", "src/reader"] {
        check_absent(folder, &["crate::pages", "crate::page::", "crate::navigation"], &[]);
    }
}

#[test]
fn one_file_of_the_app_touches_the_network() {
    check_absent("src", &["gloo_net", "js_name = fetch"], &["src/api/http.rs"]);
    check_absent("src", &["web_sys::Request", "fetch_with", "XmlHttpRequest", "WebSocket"], &[]);
}

#[test]
fn one_file_of_the_server_renders_the_app() {
    let words = ["app::app::", "app::page::{self", "app::api", "leptos"];
    check_absent("crates/server/src", &words, &["crates/server/src/render.rs"]);
    // Escaping, a page's head, the name of a level, a marker's figure: text, no views.
    let readers = [
        "crates/server/src/picture.rs",
        "crates/server/src/render.rs",
        "crates/server/src/still.rs",
        "crates/server/src/structured_data.rs",
        "crates/server/src/template.rs",
    ];
    for file in files("crates/server/src", &[".rs"]) {
        let knows = file.code().any(|(_, code)| {
            let code = code.replace("axum", "");
            has_word(&code, "app", &[]) && code.contains("app::") || code.contains("use app")
        });
        assert_eq!(knows, readers.contains(&file.path.as_str()), "{} and the app", file.path);
    }
}

#[test]
fn endpoints_do_not_know_the_app_and_content_does_not_know_http() {
    check_absent("crates/server/src/endpoints", &["app::", "render"], &[]);
    check_absent("crates/server/src/content", &["axum", "hyper", "tokio", "router"], &[]);
}

#[test]
fn one_file_reads_the_clock_and_one_the_environment() {
    let clock = ["SystemTime::now", "Instant::now", "UNIX_EPOCH"];
    check_absent("crates/server/src", &clock, &["crates/server/src/clock.rs"]);
    check_absent("crates/server/src", &["env::var", "var_os"], &[]);
    check_absent("crates/contract/src", &["SystemTime", "std::fs", "std::env", "std::net"], &[]);
}

#[test]
fn no_module_is_named_after_what_fits_nowhere() {
    for file in files("", &[".rs"]) {
        let stem = file.path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        let vague = ["utils", "util", "common", "helpers", "models", "types", "misc", "mod"];
        assert!(!vague.contains(&stem), "{}", file.path);
    }
}
