//! The style sheets: each in its place once, each with something to style.

use crate::tree::{File, files, has_word, read};

fn sheets() -> Vec<File> {
    files("style", &[".css"])
}

/// A sheet without its comments.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |it| it.1);
    }
    out + rest
}

/// What stands between braces, and what before them.
fn selectors(css: &str) -> impl Iterator<Item = &str> {
    css.split(['{', '}', ';']).map(str::trim).filter(|it| !it.is_empty())
}

#[test]
fn every_sheet_is_in_the_cascade_once() {
    let entries = ["critical", "main", "map", "desk", "fonts"].map(|it| format!("style/{it}.css"));
    let cascade: String = entries.iter().map(|it| read(it)).collect();
    // A page of its own, with some of the site's sheets and some of its own.
    let frame = read("style/embed.css");
    let is_entry = |path: &str| path == "style/embed.css" || entries.iter().any(|it| it == path);
    for sheet in sheets().iter().filter(|it| !is_entry(&it.path)) {
        let name = sheet.path.strip_prefix("style/").unwrap();
        let import = format!("@import \"./{name}\";");
        let (on_site, in_frame) =
            (cascade.matches(&import).count(), frame.matches(&import).count());
        assert!(on_site <= 1 && in_frame <= 1 && 0 < on_site + in_frame, "{}", sheet.path);
    }
    for import in [cascade, frame].concat().lines().filter_map(|it| it.strip_prefix("@import \"./"))
    {
        let name = import.split('"').next().unwrap();
        assert!(sheets().iter().any(|it| it.path == format!("style/{name}")), "{name}");
    }
}

#[test]
fn every_sheet_of_a_component_styles_something_that_is_shown() {
    let mut code: Vec<File> = files("src", &[".rs"]);
    code.extend(files("crates", &[".rs"]));
    code.extend(files("public", &[".js", ".mjs"]));
    let mut idle = Vec::new();
    for sheet in files("style/components", &[".css"]) {
        let name = sheet.path.rsplit('/').next().unwrap().trim_end_matches(".css");
        if !code.iter().any(|it| has_word(&it.text, name, &['-'])) {
            idle.push(sheet.path);
        }
    }
    assert!(idle.is_empty(), "no class of these is used: {idle:?}");
}

#[test]
fn a_components_sheet_styles_that_component() {
    for sheet in files("style/components", &[".css"]) {
        let name = sheet.path.rsplit('/').next().unwrap().trim_end_matches(".css");
        assert!(sheet.text.contains(&format!(".{name}")), "{}", sheet.path);
        assert!(sheet.text.contains("@layer components"), "{}", sheet.path);
    }
}

/// Letters and digits after a `#`: a colour where all are hexadecimal and as many as a colour has.
fn has_hex_colour(text: &str) -> bool {
    text.split('#').skip(1).any(|it| {
        let word: String = it.chars().take_while(char::is_ascii_alphanumeric).collect();
        matches!(word.len(), 3 | 4 | 6 | 8) && word.chars().all(|it| it.is_ascii_hexdigit())
    })
}

#[test]
fn only_the_tokens_name_a_colour() {
    for sheet in sheets().iter().filter(|it| !it.path.starts_with("style/tokens")) {
        // Fragments of addresses are no colours.
        let css = bare(&sheet.text);
        for line in css.lines().filter(|it| !it.contains("url(")) {
            let function = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "lab("];
            let named = function.iter().any(|it| line.contains(it));
            assert!(!named && !has_hex_colour(line), "{}: {line}", sheet.path);
        }
    }
    assert!(has_hex_colour("color: #fff") && !has_hex_colour("#contenu {"));
}

#[test]
fn no_rule_shouts_and_none_names_one_element() {
    for sheet in sheets() {
        let css = bare(&sheet.text);
        assert!(!css.contains("!important"), "{}", sheet.path);
        for it in selectors(&css).filter(|it| !it.starts_with('@') && !it.contains(": ")) {
            let id = it.split('#').skip(1).any(|it| it.starts_with(char::is_alphabetic));
            assert!(!id || it.contains(':') && !it.contains(" #"), "{}: {it}", sheet.path);
        }
    }
}

#[test]
fn text_grows_with_the_readers_own_size() {
    for sheet in sheets() {
        for it in selectors(&bare(&sheet.text)) {
            let size =
                it.starts_with("font-size") || it.starts_with("font:") || it.starts_with("--step");
            let px = it
                .split(|it: char| it.is_whitespace() || ",()".contains(it))
                .any(|it| it.strip_suffix("px").is_some_and(|it| it.parse::<f32>().is_ok()));
            assert!(!size || !px, "{}: {it}", sheet.path);
        }
    }
}

#[test]
fn every_token_that_is_used_is_set_somewhere() {
    let all: String = sheets().iter().map(|it| bare(&it.text)).collect();
    let mut missing: Vec<&str> = Vec::new();
    for after in all.split("var(").skip(1) {
        let name = after.split([',', ')', ' ']).next().unwrap().trim();
        if !all.contains(&format!("{name}:")) {
            missing.push(name);
        }
    }
    missing.sort_unstable();
    missing.dedup();
    assert!(missing.is_empty(), "{missing:?}");
}
