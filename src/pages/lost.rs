//! When there is nothing to show: no such page, or loading failed.

use leptos::prelude::*;
use locale::text;

use crate::{
    components::{icon::Motif, search::SearchForm},
    head::Head,
};

pub fn head_missing() -> Head {
    Head::new(text().missing_title, text().missing_text, None)
}

pub fn head_failed() -> Head {
    Head::new(text().failed_title, text().failed_text, None)
}

#[component]
pub fn MissingPage() -> impl IntoView {
    view! {
        <section class="lost wrap">
            <Motif name="messagers".to_owned()/>
            <h1>{text().missing_title}</h1>
            <p class="headline__lead">{text().missing_text}</p>
            <SearchForm/>
            <ul class="lost__links">
                <li><a href="/">{text().home}</a></li>
                <li><a href="/comprendre">{text().understand_title}</a></li>
                <li><a href="/articles">{text().articles_title}</a></li>
                <li><a href="/glossaire">{text().glossary_title}</a></li>
            </ul>
        </section>
    }
}

/// The retry link is an ordinary one to the same address: it asks again, with or without the app.
#[component]
pub fn FailedPage() -> impl IntoView {
    view! {
        <section class="lost wrap">
            <div class="failure" role="alert">
                <h1>{text().failed_title}</h1>
                <p class="headline__lead">{text().failed_text}</p>
                <p><a class="button" href="">{text().retry}</a></p>
            </div>
        </section>
    }
}
