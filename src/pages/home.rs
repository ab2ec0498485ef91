//! `/`.

use contract::{page::Home, route::Route, site::Site};
use locale::text;
use maud::{Markup, html};

use crate::{
    components::{
        cards::cards,
        icon::{drawing, icon, shelf},
        level::{LEVELS, cups, meaning, name},
        search::search,
        stories::stories,
    },
    head::Head,
    reader::evidence::capitalised,
};

pub fn head(site: &Site) -> Head {
    Head::new(&site.name, &site.description, Some(Route::Home))
}

pub fn view(home: &Home, site: &Site) -> Markup {
    html! {
        (opening(home))
        (explainers(home))
        (latest(home))
        @if site.features.map { (finder()) }
        (method())
    }
}

fn opening(home: &Home) -> Markup {
    html! {
        div class="wrap" {
            div class="opening" {
                div class="promise" id="tete" {
                    h1 class="promise__title" { (text().home_title()) }
                    p class="promise__lead" { (text().home_lead()) }
                    (search("", &home.searches))
                }
                div class="opening__art opening__art--tall" {
                    (drawing("motif", "0 0 620 640", "bibliotheque"))
                }
                div class="opening__art opening__art--strip" {
                    (drawing("motif", "0 0 700 170", "etagere"))
                }
            }
        }
    }
}

fn explainers(home: &Home) -> Markup {
    let t = text();
    html! {
        section class="section section--first" id="comprendre" aria-labelledby="t-understand" {
            div class="wrap" {
                div class="section__head" {
                    h2 id="t-understand" { (t.understand()) }
                    a href="/comprendre" { (t.home_explainers_all().with(home.explainer_count)) }
                    p class="section__intro" { (t.home_explainers_lead()) }
                }
                (cards(&home.explainers, false))
            }
        }
    }
}

fn latest(home: &Home) -> Markup {
    let t = text();
    html! {
        section class="section late" aria-labelledby="t-latest" {
            div class="wrap" {
                (shelf())
                div class="columns" {
                    div {
                        div class="section__head section__head--shelf" {
                            h2 id="t-latest" { (t.home_latest()) }
                            a href="/articles" { (t.home_latest_all()) }
                        }
                        (stories(&home.latest, 3))
                    }
                    aside class="word" aria-labelledby="t-word" {
                        p class="word__kicker" id="t-word" { (t.word_of_week()) }
                        h2 class="word__term" {
                            a href={ "/glossaire#" (home.word.slug) } { (home.word.term) }
                        }
                        p { (home.word.definition) }
                        p { a href="/glossaire" { (t.open_glossary()) } }
                    }
                }
            }
        }
    }
}

fn finder() -> Markup {
    let t = text();
    html! {
        section class="deep late" aria-labelledby="t-finder" {
            div class="wrap teaser" {
                div class="teaser__body" {
                    h2 id="t-finder" { (t.finder_title()) }
                    p class="teaser__text" { (t.finder_text()) }
                    p {
                        a class="button button--deep" href="/carte" {
                            (icon("map"))
                            (t.finder_button())
                        }
                    }
                }
            }
        }
    }
}

fn method() -> Markup {
    let t = text();
    let checks = [
        (t.method_question(), t.method_question_text()),
        (t.method_sources(), t.method_sources_text()),
        (t.method_review(), t.method_review_text()),
        (t.method_corrections(), t.method_corrections_text()),
    ];
    html! {
        section class="section late" id="methode" aria-labelledby="t-method" {
            div class="wrap" {
                div class="section__head" { h2 id="t-method" { (t.method_title()) } }
                ol class="checks" {
                    @for (name, words) in checks {
                        li class="checks__item" {
                            h3 class="checks__title" { (name) }
                            p class="checks__text" { (words) }
                        }
                    }
                }
                h3 class="scale__title" { (t.scale_title()) }
                dl class="scale" {
                    @for level in LEVELS {
                        div class="scale__row" {
                            dt class="scale__mark" {
                                (cups(level))
                                span class="sr-only" { (capitalised(name(level))) }
                            }
                            dd class="scale__name" aria-hidden="true" { (capitalised(name(level))) }
                            dd class="scale__text" { (meaning(level)) }
                        }
                    }
                }
                p { a href="/charte-editoriale" { (t.footer_method()) } }
            }
        }
    }
}
