//! Pages of a list as real links.

use contract::route::Route;
use locale::{fill, text};
use maud::{Markup, html};

/// Pages shown on either side of the current one, where there are too many to show all.
const AROUND: u32 = 2;
/// As many pages as are shown without leaving any out.
const FEW: u32 = 9;

/// `address` gives the address of a page number. Shows nothing for a list of one page.
pub fn pagination(page: u32, last: u32, address: &dyn Fn(u32) -> Route) -> Markup {
    numbered(page, last, &|page| address(page).to_string())
}

/// The same for addresses that are no route of the app's own.
pub fn numbered(page: u32, last: u32, address: &dyn Fn(u32) -> String) -> Markup {
    let t = text();
    let step = |to: u32, rel: &str, words: &str| {
        html! {
            @if (1..=last).contains(&to) {
                li { a href=(address(to)) rel=(rel) { (words) } }
            }
        }
    };
    let numbers = numbers(page, last);
    html! {
        @if 1 < last {
            nav class="pagination" aria-label=(t.pagination()) {
                ul {
                    (step(page.wrapping_sub(1), "prev", t.page_previous()))
                    @for (at, number) in numbers.iter().copied().enumerate() {
                        @if at != 0 && numbers.get(at - 1) != Some(&(number - 1)) {
                            li class="pagination__gap" aria-hidden="true" { "…" }
                        }
                        li {
                            a href=(address(number))
                                aria-current=[(number == page).then_some("page")]
                                aria-label=(fill(t.page_number(), &[("page", &number.to_string())])) {
                                (number)
                            }
                        }
                    }
                    (step(page + 1, "next", t.page_next()))
                }
            }
        }
    }
}

/// The pages that are linked: all of a few; of many the first, the last and those around.
fn numbers(page: u32, last: u32) -> Vec<u32> {
    let near = page.saturating_sub(AROUND)..=page.saturating_add(AROUND);
    (1..=last).filter(|it| last <= FEW || *it == 1 || *it == last || near.contains(it)).collect()
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

    #[test]
    fn of_many_pages_only_those_around_are_linked() {
        assert_eq!(numbers(1, 9), (1..=9).collect::<Vec<u32>>());
        assert_eq!(numbers(1, 5_000), [1, 2, 3, 5_000]);
        assert_eq!(numbers(50, 5_000), [1, 48, 49, 50, 51, 52, 5_000]);
        let html = pagination(50, 5_000, &|page| Route::Articles { page }).into_string();
        assert_eq!(html.matches('…').count(), 2);
    }
}
