//! Pages of a list as real links.

use contract::route::Route;
use locale::{fill, text};
use maud::{Markup, html};

/// `address` gives the address of a page number. Shows nothing for a list of one page.
pub fn pagination(page: u32, last: u32, address: &dyn Fn(u32) -> Route) -> Markup {
    let t = text();
    let step = |to: u32, rel: &str, words: &str| {
        html! {
            @if (1..=last).contains(&to) {
                li { a href=(address(to)) rel=(rel) { (words) } }
            }
        }
    };
    html! {
        @if 1 < last {
            nav class="pagination" aria-label=(t.pagination) {
                ul {
                    (step(page.wrapping_sub(1), "prev", t.page_previous))
                    @for number in 1..=last {
                        li {
                            a href=(address(number))
                                aria-current=[(number == page).then_some("page")]
                                aria-label=(fill(t.page_number, &[("page", &number.to_string())])) {
                                (number)
                            }
                        }
                    }
                    (step(page + 1, "next", t.page_next))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: u32, last: u32, links: usize) {
        let html = pagination(page, last, &|page| Route::Articles { page }).into_string();
        assert_eq!(html.matches("<a ").count(), links, "{html}");
    }

    #[test]
    fn a_list_links_its_pages_and_the_ones_beside() {
        check(1, 1, 0);
        check(1, 2, 3);
        check(2, 3, 5);
    }
}
