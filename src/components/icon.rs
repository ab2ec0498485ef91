//! Icons and drawings, as references into one file each.

use leptos::prelude::*;

/// A line icon. It never carries meaning alone: words stand beside it.
#[component]
pub fn Icon(
    /// Its name in `/icons/sprite.svg`, without `i-`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <use href=format!("/icons/sprite.svg#i-{name}")></use>
        </svg>
    }
}

/// A drawing of cells, shelves and messengers. Decoration: the text says it all.
#[component]
pub fn Motif(
    /// Its file in `/motifs/`, without the ending.
    name: String,
) -> impl IntoView {
    view! {
        <svg class="motif" viewBox="0 0 280 190" aria-hidden="true" focusable="false">
            <use href=format!("/motifs/{name}.svg#m")></use>
        </svg>
    }
}
