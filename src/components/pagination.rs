//! Pages of a list as real links.

use leptos::prelude::*;
use locale::{fill, text};

/// `address` gives the address of a page number. Shows nothing for a list of one page.
#[component]
pub fn Pagination(
    page: u32,
    last: u32,
    address: fn(&str, u32) -> String,
    base: String,
) -> impl IntoView {
    (1 < last).then(|| {
        let step = |to: u32, rel: &'static str, words: &'static str| {
            (1..=last).contains(&to).then(|| {
                view! { <li><a class="pagination__link" href=address(&base, to) rel=rel>{words}</a></li> }
            })
        };
        let previous = step(page.wrapping_sub(1), "prev", text().page_previous);
        let next = step(page + 1, "next", text().page_next);
        let numbers = (1..=last).map(|number| {
            let current = (number == page).then_some("page");
            let label = fill(text().page_number, &[("page", &number.to_string())]);
            view! {
                <li>
                    <a class="pagination__link" href=address(&base, number) aria-current=current aria-label=label>
                        {number}
                    </a>
                </li>
            }
        });
        view! {
            <nav class="pagination" aria-label=text().pagination>
                <ul class="pagination__list">{previous}{numbers.collect_view()}{next}</ul>
            </nav>
        }
    })
}
