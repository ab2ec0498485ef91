//! The search field: a plain form, answered by the server or by the app.

use leptos::prelude::*;
use locale::text;

use crate::components::icon::Icon;

#[component]
pub fn SearchForm(#[prop(optional, into)] query: String) -> impl IntoView {
    view! {
        <form class="search" role="search" action="/recherche" method="get">
            <label class="search__label" for="q">{text().search_label}</label>
            <div class="search__row">
                <input
                    class="search__input"
                    id="q"
                    name="q"
                    type="search"
                    value=query
                    maxlength="200"
                    autocomplete="off"
                    enterkeyhint="search"
                    placeholder=text().search_placeholder
                />
                <button class="search__button" type="submit"><Icon name="search"/>{text().search_button}</button>
            </div>
        </form>
    }
}
