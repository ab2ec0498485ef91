//! `/integrer`: what others copy to show the map on their sites, and what it will look like.
//!
//! A plain form makes the address; the frame below it is the one that partners get.

use contract::{
    directory::MapView,
    embed::{DEFAULT_HEIGHT, EmbedOptions, MAX_HEIGHT, MIN_HEIGHT, PATH, SANDBOX, SCRIPT, Theme},
    error::{Problem, ProblemKind},
    practitioner::Profession,
    route::Route,
    site::Site,
};
use locale::{fill, practitioner as words, text};
use maud::{Markup, html};

use crate::{api::Api, components::icon::icon, head::Head, html::escape, pages::map::choice};

/// # Errors
///
/// Where there is no directory, there is nothing to embed.
pub async fn load(api: &Api, options: &EmbedOptions) -> Result<EmbedOptions, Problem> {
    if api.get_site().await?.embedding {
        Ok(options.clone())
    } else {
        Err(ProblemKind::NotFound.problem("", ""))
    }
}

pub fn head() -> Head {
    let t = text();
    Head::new(
        t.embedding_title(),
        t.embedding_description(),
        Some(Route::Embedding(Box::default())),
    )
}

pub fn view(it: &EmbedOptions, site: &Site) -> Markup {
    let t = text();
    let frame = it.view().address(PATH);
    let height = it.height.unwrap_or(DEFAULT_HEIGHT);
    html! {
        div class="wrap embedding" {
            header class="stack" id="tete" {
                h1 { (t.embedding_title()) }
                p class="measure" { (t.embedding_lead()) }
            }
            (form(it))
            section class="embedding__live stack" aria-labelledby="t-live" {
                h2 class="h-small" id="t-live" { (t.embedding_live()) }
                iframe class="embedding__frame" src=(frame) title=(t.embedding_frame())
                    height=(height) sandbox=(SANDBOX) referrerpolicy="no-referrer" loading="lazy" {}
            }
            section class="embedding__part" aria-labelledby="t-code" {
                h2 class="h-small" id="t-code" { (t.embedding_code()) }
                (snippet(t.embedding_element(), t.embedding_element_text(), &element(it, site)))
                (snippet(t.embedding_iframe(), "", &iframe(it, site)))
                (snippet(t.embedding_oembed(), t.embedding_oembed_text(), &oembed(it, site)))
            }
            section class="embedding__part" aria-labelledby="t-policy" {
                h2 class="h-small" id="t-policy" { (t.embedding_policy()) }
                p class="measure" { (t.embedding_policy_text()) }
                (code(&policy(site), t.embedding_policy()))
            }
            section class="embedding__part" aria-labelledby="t-events" {
                h2 class="h-small" id="t-events" { (t.embedding_events()) }
                p class="measure" { (t.embedding_events_text()) }
                (code(EVENTS, t.embedding_events()))
            }
            section class="embedding__part" aria-labelledby="t-privacy" {
                h2 class="h-small" id="t-privacy" { (t.embedding_privacy()) }
                p class="measure" { (t.embedding_privacy_text()) }
            }
        }
    }
}

fn form(it: &EmbedOptions) -> Markup {
    let t = text();
    let (min, max) = (MIN_HEIGHT.to_string(), MAX_HEIGHT.to_string());
    html! {
        form class="embedding__form" action="/integrer" method="get" aria-label=(t.embedding_form()) {
            (choice("profession", t.map_profession(), t.map_profession_any(),
                Profession::ALL.iter().map(|one| {
                    (one.name().to_owned(), words::profession(*one).to_owned(),
                        it.profession == Some(*one))
                })))
            div class="filters__field" {
                label class="filters__label" for="town" { (t.map_town()) }
                input class="input" id="town" name="town" type="text" value=(it.town)
                    maxlength="100" autocomplete="off";
            }
            (choice("theme", t.embedding_theme(), t.embedding_theme_system(),
                Theme::ALL.iter().map(|one| {
                    let name = match one {
                        Theme::Light => t.embedding_theme_light(),
                        Theme::Dark => t.embedding_theme_dark(),
                    };
                    (one.name().to_owned(), name.to_owned(), it.theme == Some(*one))
                })))
            div class="filters__field" {
                label class="filters__label" for="height" { (t.embedding_height()) }
                input class="input" id="height" name="height" type="number" inputmode="numeric"
                    min=(min) max=(max) value=[it.height] aria-describedby="n-height";
                p class="embedding__note" id="n-height" {
                    (fill(t.embedding_height_note(), &[("min", &min), ("max", &max)]))
                }
            }
            p class="embedding__actions" {
                button class="button" type="submit" { (t.embedding_show()) }
            }
        }
    }
}

/// Lines to copy, with a button where scripts run.
fn snippet(title: &str, about: &str, lines: &str) -> Markup {
    let t = text();
    html! {
        div class="snippet" {
            h3 class="snippet__title" { (title) }
            @if !about.is_empty() { p class="measure" { (about) } }
            (code(lines, title))
            button class="share__button" type="button" data-share="copy" data-address=(lines)
                data-done=(t.embedding_copied()) data-failed=(t.embedding_copy_failed()) hidden {
                (icon("copy"))
                span data-label { (t.embedding_copy()) }
            }
        }
    }
}

/// Can take the focus, so that keys reach all of a long line.
fn code(lines: &str, name: &str) -> Markup {
    html! {
        pre class="snippet__code" tabindex="0" role="region" aria-label=(name) {
            code { (lines) }
        }
    }
}

/// The address on the site that shows the same without a frame.
fn whole(it: &EmbedOptions, site: &Site) -> String {
    let map = MapView { query: it.view().view.query, ..MapView::default() };
    format!("{}{}", site.url, Route::Map(Box::new(map)))
}

/// The custom element, a link inside of it for whoever runs no script.
fn element(it: &EmbedOptions, site: &Site) -> String {
    let mut attributes = String::new();
    let height = it.height.map(|it| it.to_string());
    for (name, value) in [
        ("profession", it.profession.map(Profession::name)),
        ("town", Some(&*it.town).filter(|it| !it.is_empty())),
        ("theme", it.theme.map(Theme::name)),
        ("height", height.as_deref()),
    ] {
        if let Some(value) = value {
            attributes.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
    }
    format!(
        "<script src=\"{url}{SCRIPT}\" async></script>\n\
         <carte-praticiens{attributes}>\n  <a href=\"{whole}\">{title}</a>\n</carte-praticiens>",
        url = escape(&site.url),
        whole = escape(&whole(it, site)),
        title = escape(text().map_title()),
    )
}

fn iframe(it: &EmbedOptions, site: &Site) -> String {
    let frame = format!("{}{}", site.url, it.view().address(PATH));
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{}\" loading=\"lazy\"\n  \
         referrerpolicy=\"no-referrer\" sandbox=\"{SANDBOX}\"></iframe>",
        escape(&frame),
        escape(text().map_title()),
        it.height.unwrap_or(DEFAULT_HEIGHT),
    )
}

fn oembed(it: &EmbedOptions, site: &Site) -> String {
    whole(it, site)
}

fn policy(site: &Site) -> String {
    let url = &site.url;
    format!("script-src {url};\nimg-src {url};\nframe-src {url};")
}

/// How a page hears of what happens on the map.
const EVENTS: &str = "document.querySelector(\"carte-praticiens\")\n  \
    .addEventListener(\"selection\", (event) => {\n    \
    const { id, name, url } = event.detail;\n  });";
