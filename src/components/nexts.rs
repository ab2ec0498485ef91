//! What a reader can do next: the three calls to action, each only while its feature is on.

use contract::site::Features;
use locale::text;
use maud::{Markup, html};

/// Shows nothing where no feature is on.
pub fn nexts(features: Features) -> Markup {
    let t = text();
    let calls = [
        (features.map, "/carte", "next", t.next_map(), t.next_map_text()),
        (
            features.testimonials,
            "/temoignages",
            "next next--warm",
            t.next_story(),
            t.next_story_text(),
        ),
        (
            features.professionals,
            "/professionnels",
            "next",
            t.next_professionals(),
            t.next_professionals_text(),
        ),
    ];
    html! {
        @if calls.iter().any(|it| it.0) {
            section class="nexts late" aria-labelledby="t-next" {
                h2 class="sr-only" id="t-next" { (t.next_title()) }
                @for (on, href, class, title, words) in calls {
                    @if on {
                        article class=(class) {
                            h3 class="next__title" { a class="next__link" href=(href) { (title) } }
                            p class="next__text" { (words) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_off_is_not_mentioned() {
        assert_eq!(nexts(Features::default()).into_string(), "");
        let html = nexts(Features { map: true, ..Features::default() }).into_string();
        assert!(html.contains("/carte") && !html.contains("/temoignages"), "{html}");
    }
}
