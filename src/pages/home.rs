//! `/`.

use contract::{page::Home, route::Route, site::Site};
use leptos::prelude::*;
use locale::text;

use crate::{
    app::use_site,
    components::{
        cards::Cards,
        icon::Icon,
        level::{Cups, LEVELS, meaning, name},
        search::SearchForm,
        stories::Stories,
    },
    head::Head,
    reader::evidence::capitalised,
};

pub fn head(site: &Site) -> Head {
    Head::new(&site.name, &site.description, Some(Route::Home))
}

#[component]
pub fn HomePage(home: Home) -> impl IntoView {
    let t = text();
    let map = use_site().with_value(|it| it.features.map);
    let searches = home.searches.into_iter().map(|it| {
        let href = Route::Search { query: it.clone() }.to_string();
        view! { <li><a href=href>{it}</a></li> }
    });
    let word_href = format!("/glossaire#{}", home.word.slug);
    view! {
        <section class="hero wrap">
            <div class="hero__body">
                <h1 class="hero__title">{t.home_title}</h1>
                <p class="hero__lead">{t.home_lead}</p>
                <SearchForm/>
                <div class="search__often">
                    <p id="t-often">{t.search_often}</p>
                    <ul aria-labelledby="t-often">{searches.collect_view()}</ul>
                </div>
            </div>
            <div class="hero__art">
                <img class="hero__shelf" src="/motifs/bibliotheque.svg" width="560" height="530" alt=""/>
            </div>
        </section>
        <section class="section wrap" id="comprendre" aria-labelledby="t-understand">
            <div class="section__head">
                <h2 id="t-understand">{t.understand}</h2>
                <p><a href="/comprendre">{t.home_explainers_all.with(home.explainer_count)}</a></p>
            </div>
            <p class="muted">{t.home_explainers_lead}</p>
            <Cards items=home.explainers/>
        </section>
        <section class="section wrap columns" aria-labelledby="t-latest">
            <div class="columns__main">
                <div class="section__head">
                    <h2 id="t-latest">{t.home_latest}</h2>
                    <p><a href="/articles">{t.home_latest_all}</a></p>
                </div>
                <Stories items=home.latest level=3/>
            </div>
            <aside class="word" aria-labelledby="t-word">
                <p class="word__kind" id="t-word">{t.word_of_week}</p>
                <h3 class="word__term"><a href=word_href>{home.word.term}</a></h3>
                <p>{home.word.definition}</p>
                <p><a href="/glossaire">{t.open_glossary}</a></p>
            </aside>
        </section>
        {map.then(finder)}
        {method()}
    }
}

fn finder() -> AnyView {
    let t = text();
    view! {
        <section class="finder deep" aria-labelledby="t-finder">
            <div class="wrap finder__inner">
                <h2 id="t-finder">{t.finder_title}</h2>
                <p>{t.finder_text}</p>
                <p><a class="button" href="/carte"><Icon name="map"/>{t.finder_button}</a></p>
            </div>
        </section>
    }
    .into_any()
}

fn method() -> AnyView {
    let t = text();
    let checks = [
        (t.method_question, t.method_question_text),
        (t.method_sources, t.method_sources_text),
        (t.method_review, t.method_review_text),
        (t.method_corrections, t.method_corrections_text),
    ];
    let checks = checks.map(|(name, words)| {
        view! { <li class="checks__item"><h3 class="checks__name">{name}</h3><p>{words}</p></li> }
    });
    let rows = LEVELS.map(|level| {
        view! {
            <tr class="scale__row">
                <td class="scale__mark"><Cups level/></td>
                <th class="scale__name" scope="row">{capitalised(name(level))}</th>
                <td class="scale__meaning">{meaning(level)}</td>
            </tr>
        }
    });
    view! {
        <section class="section wrap" id="methode" aria-labelledby="t-method">
            <h2 id="t-method">{t.method_title}</h2>
            <ol class="checks">{checks.into_iter().collect_view()}</ol>
            <h3 id="t-scale">{t.scale_title}</h3>
            <table class="scale" aria-labelledby="t-scale">
                <thead class="sr-only">
                    <tr>
                        <th scope="col">{t.scale_mark}</th>
                        <th scope="col">{t.scale_level}</th>
                        <th scope="col">{t.scale_meaning}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().collect_view()}</tbody>
            </table>
            <p><a href="/charte-editoriale">{t.footer_method}</a></p>
        </section>
    }
    .into_any()
}
