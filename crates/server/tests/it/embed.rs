//! The map on other people's sites: who may frame it, what it loads, how it is offered.

use contract::route::encode;
use server::config::Config;

use crate::support::{
    Answer, Site, URL, check_problem, fixture_content, fixture_day, fixtures, real,
};

/// A site whose map the operator lets some sites show, or nobody.
fn site(parents: &str) -> Site {
    let text = crate::support::SITE.replace("parents = [\"https://ami.example\"]", parents);
    let config = Config::parse(&text, "site.toml".as_ref(), None).unwrap();
    Site::new(config, &fixture_content(), fixture_day())
}

#[track_caller]
fn check_open(answer: &Answer, about: &str) {
    assert_eq!(answer.header("access-control-allow-origin"), "*", "{about}");
    assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin", "{about}");
    assert_eq!(answer.header("access-control-allow-credentials"), "", "{about}");
    assert_eq!(answer.header("set-cookie"), "", "{about}");
}

fn ancestors(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy");
    let it = policy.split("; ").find_map(|it| it.strip_prefix("frame-ancestors "));
    it.unwrap_or_default().to_owned()
}

#[test]
fn the_embedded_map_alone_may_be_framed_by_whom_the_operator_named() {
    for (site, parents) in [(real(), "'self' *"), (fixtures(), "'self' https://ami.example")] {
        for address in ["/embed/carte", "/embed/carte?town=Lyon&theme=dark"] {
            let answer = site.get(address);
            assert_eq!(answer.status, 200, "{address}");
            assert_eq!(ancestors(&answer), parents);
            assert_eq!(answer.header("x-frame-options"), "", "{address}");
            check_open(&answer, address);
        }
        for address in ["/", "/carte", "/integrer", "/rien", "/embed/rien", "/praticiens/rien"] {
            let answer = site.get(address);
            assert_eq!(ancestors(&answer), "'none'", "{address}");
            assert_eq!(answer.header("x-frame-options"), "DENY", "{address}");
        }
    }
    let etag = real().get("/embed/carte").header("etag").to_owned();
    let again = real().get_with("/embed/carte", &[("if-none-match", &etag)]);
    assert_eq!((again.status, &*ancestors(&again)), (304, "'self' *"));
    assert_eq!(again.header("x-frame-options"), "");
}

#[test]
fn where_nobody_may_embed_there_is_nothing_to_embed() {
    let closed = site("parents = []");
    for address in ["/embed/carte", "/embed/apercu.svg", "/oembed?url=x"] {
        check_problem(&closed.get(address), 404, address);
    }
    assert_eq!(closed.get("/integrer").status, 404);
    assert_eq!(closed.get("/api/v1/places?q=a").header("access-control-allow-origin"), "");
    let page = closed.get("/carte");
    assert!(!page.text().contains("/integrer") && !page.text().contains("json+oembed"));
    assert!(!closed.get("/sitemap.xml").text().contains("/integrer"));
}

#[test]
fn what_a_sandboxed_frame_loads_is_open_to_everybody_and_nothing_else_is() {
    let page = real().get("/embed/carte").document();
    let mut files: Vec<String> = vec![
        "/embed.js".into(),
        "/leaflet/leaflet.js".into(),
        "/map/outlines.json".into(),
        "/map/towns.json".into(),
        "/embed/apercu.svg".into(),
        "/api/v1/practitioners?town=Lyon".into(),
        "/api/v1/practitioners/clusters?bbox=-5,41,10,51&zoom=5".into(),
        "/api/v1/places?q=lyo".into(),
        format!("/oembed?url={URL}/carte"),
    ];
    let script = page.all("script").next().unwrap();
    files.extend(["src", "data-js", "data-wasm"].map(|it| script.get(it).unwrap().to_owned()));
    files.extend(
        page.all("link")
            .filter(|it| it.get("rel") == Some("stylesheet"))
            .map(|it| it.get("href").unwrap().to_owned()),
    );
    for file in files {
        let answer = real().get_with(&file, &[("origin", "null")]);
        assert_eq!(answer.status, 200, "{file}");
        check_open(&answer, &file);
    }
    for address in
        ["/", "/carte", "/boot.mjs", "/api/v1/site", "/api/v1/practitionersx", "/icons/sprite.svg"]
    {
        let answer = real().get_with(address, &[("origin", "null")]);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{address}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{address}");
    }
}

#[test]
fn the_frame_is_complete_without_scripts() {
    let answer = fixtures().get("/embed/carte?town=Lyon&radius_m=500000&language=fr&theme=dark");
    let text = answer.text();
    let page = answer.document();
    assert!(text.contains("<html lang=\"fr\" data-theme=\"dark\">") && text.contains("<title>"));
    assert!(text.contains("Données fictives") && text.contains("content=\"noindex\""));
    let form = page.all("form").next().unwrap();
    assert_eq!((form.get("action"), form.get("target")), (Some("/embed/carte"), Some("_self")));
    let kept: Vec<_> = page
        .all("input")
        .filter(|it| it.get("type") == Some("hidden"))
        .map(|it| (it.get("name").unwrap(), it.get("value").unwrap()))
        .collect();
    assert_eq!(kept, [("radius_m", "500000"), ("language", "fr"), ("theme", "dark")]);
    for it in page.all("a") {
        let (href, target) = (it.get("href").unwrap(), it.get("target").unwrap());
        assert_eq!(target == "_self", href.starts_with("/embed/carte"), "{href}");
    }
    assert!(text.contains("href=\"/carte?town=Lyon&amp;radius_m=500000&amp;language=fr\""));
    assert!(!text.contains("/icons/sprite.svg"), "a frame of its own origin cannot refer to it");
    assert!(!text.contains(" style="), "the policy refuses it");
}

#[test]
fn a_hostile_query_shows_a_map_and_nothing_of_itself() {
    for query in [
        "theme=%22%3E%3Cscript%3E",
        "town=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "lang=%3Cscript%3E&height=%3Cscript%3E&x=%00",
        "near=91,181&bbox=a&profession=%3Cscript%3E",
    ] {
        for path in ["/embed/carte", "/embed/apercu.svg", "/integrer"] {
            let answer = fixtures().get(&format!("{path}?{query}"));
            assert_eq!(answer.status, 200, "{path}?{query}");
            assert!(!answer.text().contains("><script>"), "{path}?{query}");
        }
    }
}

#[test]
fn the_preview_is_a_light_drawing() {
    for (site, query) in
        [(real(), ""), (fixtures(), "?profession=nurse&theme=dark"), (fixtures(), "?town=Lyon")]
    {
        let answer =
            site.get_with(&format!("/embed/apercu.svg{query}"), &[("accept-encoding", "br")]);
        assert_eq!(answer.header("content-type"), "image/svg+xml");
        assert!(answer.body.len() <= 12 * 1024, "{} bytes", answer.body.len());
        let plain = site.get(&format!("/embed/apercu.svg{query}"));
        let text = plain.text();
        assert!(text.contains("<path d=\"M") && text.contains("professionnel"), "{text}");
        assert_eq!(text.contains("Données fictives"), text.contains("<circle"));
        assert_eq!(text.contains("prefers-color-scheme"), !query.contains("theme"));
        assert!(!text.contains("<script"));
    }
}

#[test]
fn the_script_of_the_element_is_small_and_checked_often() {
    let answer = real().get_with("/embed.js", &[("accept-encoding", "br")]);
    assert_eq!(answer.header("content-encoding"), "br");
    // As a release compresses it: a debug build takes less time for it.
    let mut small = Vec::new();
    let script = real().get("/embed.js").body;
    let best = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &*script, &mut small, &best).unwrap();
    assert!(small.len() <= 2 * 1024, "{} bytes", small.len());
    assert_eq!(answer.header("cache-control"), "public, max-age=3600");
    assert!(!answer.header("etag").is_empty());
    let preview = real().get_with("/embed/apercu.svg", &[("accept-encoding", "br")]);
    let sum = answer.body.len() + preview.body.len();
    assert!(sum <= 15 * 1024, "{sum} bytes before the map is wanted");
}

#[test]
fn a_pasted_address_says_how_to_embed_it() {
    let page = format!("{URL}/carte?town=Lyon");
    let answer = fixtures()
        .get(&format!("/oembed?url={}&format=json&maxwidth=500&maxheight=400", encode(&page)));
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    let it = answer.json();
    assert_eq!((&it["version"], &it["type"]), (&"1.0".into(), &"rich".into()));
    assert_eq!((&it["width"], &it["height"]), (&500.into(), &400.into()));
    assert_eq!(it["provider_url"], URL);
    assert!(it["cache_age"].is_u64() && it["title"].is_string());
    let html = it["html"].as_str().unwrap();
    assert!(html.starts_with(&format!("<iframe src=\"{URL}/embed/carte?town=Lyon\"")), "{html}");
    assert!(html.contains("sandbox=\"allow-scripts") && html.contains("height=\"400\""), "{html}");

    let found = fixtures().get("/carte?town=Lyon").document();
    let link = found.all("link").find(|it| it.get("type") == Some("application/json+oembed"));
    let link = link.unwrap().get("href").unwrap().to_owned();
    assert_eq!(link, format!("{URL}/oembed?url={}&format=json", encode(&page)));

    for (query, status) in [
        ("url=https%3A%2F%2Fevil.example%2Fcarte", 404),
        ("url=javascript%3Aalert(1)", 404),
        ("url=https%3A%2F%2Fimmunotheque.example%2Farticles", 404),
        ("", 400),
        ("url=https%3A%2F%2Fimmunotheque.example%2Fcarte&format=xml", 501),
    ] {
        check_problem(&fixtures().get(&format!("/oembed?{query}")), status, query);
    }
}

#[test]
fn a_partner_chooses_and_copies() {
    let answer = fixtures().get("/integrer?town=Saint-%C3%89tienne&theme=dark&height=99999");
    let text = answer.text();
    assert!(
        answer.header("content-security-policy").contains("frame-src https://video.example 'self'")
    );
    assert!(
        !fixtures()
            .get("/")
            .header("content-security-policy")
            .contains("frame-src https://video.example 'self'")
    );
    let page = answer.document();
    let frame = page.all("iframe").next().unwrap();
    assert_eq!(frame.get("src"), Some("/embed/carte?town=Saint-%C3%89tienne&theme=dark"));
    assert!(frame.get("sandbox").is_some_and(|it| !it.contains("allow-same-origin")));
    assert_eq!(frame.get("height"), Some("1200"));
    for it in [
        "&lt;carte-praticiens town=&quot;Saint-Étienne&quot; theme=&quot;dark&quot; height=&quot;1200&quot;&gt;",
        "https://immunotheque.example/embed.js",
        "frame-src https://immunotheque.example",
    ] {
        assert!(text.contains(it), "{it}: {text}");
    }
    assert!(fixtures().get("/carte").text().contains("href=\"/integrer\""));
    assert!(fixtures().get("/sitemap.xml").text().contains("/integrer"));
}

#[test]
fn a_position_that_is_only_near_says_so_in_the_frame_too() {
    let answer = fixtures().get("/embed/carte?town=Lyon");
    let text = answer.text();
    let listed = text.matches("data-practitioner=").count();
    assert!(0 < listed, "{text}");
    assert_eq!(text.matches("Position approximative").count(), listed, "all of the sample are");
}

#[test]
fn a_page_far_past_the_end_is_an_empty_list() {
    for path in ["/carte?page=4294967295", "/embed/carte?page=4294967295"] {
        let answer = fixtures().get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.text().contains("data-practitioner="), "{path}");
    }
}
