//! Content that means ill stays text, and the policy that would stop it never has to.

use std::path::Path;

use crate::support::{Browser, Folder, Scripts, Server, fixture_content, site_file};

/// In Markdown, where HTML is allowed and cleaned: what fires by itself when it is left in.
const MARKUP: &str = "Du texte <img src='/motifs/car-t.svg' alt='un dessin' onload='window.pwned=5'> \
    <b onclick='window.pwned=6' style='position:fixed'>gras</b> \
    <svg onload='window.pwned=7'></svg> <iframe srcdoc='<script>parent.pwned=8</script>'></iframe>.";

/// Tries to leave every place that text can stand in.
const ATTACKS: [&str; 4] = [
    "</title></script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=2>",
    "'\\\"><svg onload=window.pwned=3>",
    "<!--</style><iframe srcdoc='<script>parent.pwned=4</script>'>",
];

/// Collects what the policy stops, before the page can do anything.
pub const WATCH: &str = "
    window.stopped = [];
    addEventListener('securitypolicyviolation', (it) =>
        stopped.push(`${it.violatedDirective} ${it.blockedURI} ${it.sourceFile}:${it.lineNumber} ${it.sample}`));
";

/// The invented content and pages that attack, in every field a writer fills in.
fn hostile() -> Server {
    let all = ATTACKS.join(" ");
    let short = ATTACKS[..2].join(" ");
    let content = Folder::new();
    content.copy(Path::new(&fixture_content()));
    let page = |slug: &str, kind: &str, more: &str| {
        let text = format!(
            r#"+++
title = "Attaque {all}"
short_title = "{all}"
kind = "{kind}"
question = "{all}"
excerpt = "{short}"
lead = "Chapô <b onclick='window.pwned=9'>gras</b>."
motif = "car-t"
topics = ["hostile"]
published = 2026-01-10
updated = 2026-01-10
checked = 2026-01-10
review_due = 2026-07-10
authors = [{{ name = "{all}", role = "{all}", interests = "{all}" }}]
corrections = [{{ date = 2026-01-10, text = "{all}" }}]
questions = [{{ text = "{all}", to = "/articles/attaque" }}]
{more}
+++

::: minute
- {MARKUP}
- Le [mot](glossary:hostile) et sa source [@HOSTILE].
:::

## `{short}` {{#titre}}

{MARKUP}

<script>window.pwned=10</script>

<details open ontoggle="window.pwned=11"><summary>ouvert</summary><p>texte</p></details>

<form action="https://evil.example"><button>envoyer</button></form>

::: callout tone="info" title="</p><script>window.pwned=12</script>"
{MARKUP}
:::

::: testimonial author="<img src=x onerror=window.pwned=13>"
{MARKUP}
:::

## Ce que l'on ne sait pas {{#inconnu}}

{MARKUP}

## Quand en parler à votre médecin {{#consulter}}

{MARKUP}
"#
        );
        content.write(&format!("articles/{slug}.md"), &text);
    };
    let evidence = format!("evidence = [{{ level = \"low\", scope = \"{all}\" }}]");
    page("attaque", "article", &evidence);
    let sponsor = format!(
        "sponsor = {{ name = \"{all}\", disclosure = \"{all}\", editors_note = \"Note <b onclick=x>grasse</b>.\" }}"
    );
    page("attaque-payee", "sponsored", &sponsor);
    let add = |file: &str, text: String| {
        let before = std::fs::read_to_string(content.path().join(file)).unwrap();
        content.write(file, &format!("{before}\n{text}"));
    };
    add(
        "glossary.toml",
        format!("[[term]]\nslug = \"hostile\"\nterm = \"{all}\"\ndefinition = \"{all}\"\n"),
    );
    add("topics.toml", format!("[[topic]]\nslug = \"hostile\"\nname = \"{all}\"\n"));
    add(
        "references.toml",
        format!(
            "[[reference]]\nkey = \"HOSTILE\"\nkind = \"study\"\nlevel = \"low\"\ntitle = \"{all}\"\n\
             authors = \"{all}\"\nyear = 2020\nurl = \"https://example.org/hostile\"\nlanguage = \"fr\"\n\
             access = \"direct\"\nsummary = \"{all}\"\n"
        ),
    );
    let site = content.write("site.toml", &site_file());
    // The content is followed while the server runs: it stays as long as the server does.
    Server::start_with(content, &site)
}

/// Nothing ran, nothing was stopped, and no attribute that could run is left in the page.
async fn assert_quiet(browser: &Browser, place: &str) {
    assert!(!browser.truth("window.pwned").await, "{place}: something ran");
    let stopped = browser.text("window.stopped.join('\\n')").await;
    assert_eq!(stopped, "", "{place}: the policy had to stop something");
    // Leaflet places its own and the markers, through the object model; the one frame is our own map as
    // others see it, in a sandbox.
    let left = "[...document.querySelectorAll('#app *')].filter((it) =>
        it.hasAttribute('style') && !it.matches('.leaflet-container, .leaflet-container [class*=leaflet-]')
        || [...it.attributes].some((it) => it.name.startsWith('on') || /^\\s*javascript:/i.test(it.value))
        || ['SCRIPT', 'OBJECT', 'EMBED', 'STYLE', 'BASE'].includes(it.tagName)
        || it.tagName === 'IFRAME' && !(it.getAttribute('src').startsWith('/embed/') && it.sandbox.length
            && !it.sandbox.contains('allow-same-origin'))
        || (it.tagName === 'FORM' && new URL(it.action).origin !== location.origin))
        .map((it) => it.outerHTML.slice(0, 160)).join('\\n')";
    assert_eq!(browser.text(left).await, "", "{place}");
}

// Without scripts nothing could run.
#[tokio::test]
async fn content_that_means_ill_stays_text() {
    let server = hostile();
    let browser = Browser::start(Scripts::On).await;
    browser.before_every_page(WATCH).await;
    let paths = [
        "/",
        "/articles",
        "/themes/hostile",
        "/articles/attaque",
        "/articles/attaque/en-1-minute",
        "/articles/attaque-payee",
        "/glossaire",
        "/references",
        "/corrections",
        "/recherche?q=attaque",
        "/recherche?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.pwned%3D9%3E",
    ];
    for path in paths {
        browser.open(&server.address(path)).await;
        assert_quiet(&browser, path).await;
    }
    // Once more as the app draws them itself, from JSON.
    browser.open(&server.address("/")).await;
    for path in paths {
        let go = format!(
            "document.querySelector('footer').insertAdjacentHTML('beforeend', `<a id='go' href='{path}'>x</a>`);
            const link = document.getElementById('go'); link.click(); link.remove();"
        );
        browser.run(&go, Vec::new()).await;
        browser.until(&format!("location.pathname + location.search === '{path}'")).await;
        browser.until("document.querySelector('main h1')").await;
        assert_quiet(&browser, &format!("{path} by the app")).await;
    }
    browser.open(&server.address("/articles/attaque")).await;
    let heading = browser.text("document.querySelector('main h1').textContent").await;
    assert!(
        heading.contains("<script>window.pwned=1</script>"),
        "text is shown as text: {heading}"
    );
    let title = browser.title().await.unwrap();
    assert!(title.contains("<script>window.pwned=1</script>"), "{title}");
}

#[tokio::test]
async fn no_page_of_ours_is_stopped_by_its_own_policy() {
    for server in [Server::real(), Server::fixture()] {
        let browser = Browser::start(Scripts::On).await;
        browser.before_every_page(WATCH).await;
        for path in server.routes() {
            browser.open(&server.address(&path)).await;
            assert_quiet(&browser, &path).await;
        }
        let console = browser.console().await;
        assert!(console.is_empty(), "{console:#?}");
    }
}

// The policy is the second wall: it holds where the first one fails.
#[tokio::test]
async fn the_policy_stops_what_would_run() {
    let browser = Browser::start(Scripts::On).await;
    browser.before_every_page(WATCH).await;
    browser.open(&Server::real().address("/")).await;
    let inject = "document.querySelector('main').insertAdjacentHTML(
        'beforeend', '<img src=\"/nowhere.png\" onerror=\"window.pwned = 1\"><p style=\"color: red\">x</p>');";
    browser.run(inject, Vec::new()).await;
    browser.until("2 <= stopped.length").await;
    assert!(!browser.truth("window.pwned").await);
}
