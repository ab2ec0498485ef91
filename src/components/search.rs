//! The search field: a plain form, answered by the server or by the app.

use contract::route::Route;
use locale::text;
use maud::{Markup, html};

use crate::components::icon::icon;

/// `hints` are searches offered under the field.
pub fn search(query: &str, hints: &[String]) -> Markup {
    let t = text();
    html! {
        form class="search" role="search" action="/recherche" method="get" {
            label class="search__label" for="q" { (t.search_label()) }
            div class="search__row" {
                input class="search__input" id="q" name="q" type="search" value=(query)
                    maxlength="200" autocomplete="off" enterkeyhint="search"
                    placeholder=(t.search_placeholder());
                button class="search__button" type="submit" {
                    (icon("search"))
                    span class="search__button-text" { (t.search_button()) }
                }
            }
            @if !hints.is_empty() {
                p class="search__hints" {
                    span { (t.search_often()) }
                    @for it in hints {
                        " "
                        a class="search__hint" href=(Route::Search { query: it.clone() }) { (it) }
                    }
                }
            }
        }
    }
}
