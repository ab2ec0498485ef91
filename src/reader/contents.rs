//! The table of contents, beside the text and folded above it on a phone.

use contract::block::TocEntry;
use locale::text;
use maud::{Markup, html};

/// The list alone; lines of the deepest depth are marked so that style sheets can hide them.
fn list(toc: &[TocEntry], with_sources: bool) -> Markup {
    html! {
        ol class="toc__list" {
            @for it in toc {
                li.toc__item."depth-further"[it.further]."depth-full"[!it.further]
                    ."toc__item--sub"[it.level == 3] {
                    a class="toc__link" href={ "#" (it.id) } { (it.text) }
                }
            }
            @if with_sources {
                li class="toc__item" { a class="toc__link" href="#sources" { (text().sources_title()) } }
            }
        }
    }
}

/// For the margin, where there is one: the inside of `aside.reading__aside`.
pub fn aside(toc: &[TocEntry], with_sources: bool) -> Markup {
    html! {
        nav class="reading__sticky toc" aria-labelledby="t-toc" {
            h2 class="toc__title" id="t-toc" { (text().contents()) }
            (list(toc, with_sources))
        }
    }
}

/// For small screens.
pub fn fold(toc: &[TocEntry], with_sources: bool) -> Markup {
    html! {
        details class="toc-fold reading__phone depth-full" {
            summary class="toc-fold__summary" { (text().contents()) }
            nav class="toc-fold__body" aria-label=(text().contents()) { (list(toc, with_sources)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(level: u8, further: bool) -> TocEntry {
        TocEntry { level, id: "a".into(), text: "1 < 2".into(), further }
    }

    #[test]
    fn entries_are_text_and_know_their_depth() {
        let html = aside(&[entry(3, true), entry(2, false)], false).into_string();
        assert!(html.contains("1 &lt; 2"), "{html}");
        assert!(html.contains(r#"class="toc__item depth-further toc__item--sub""#), "{html}");
        assert!(html.contains(r#"class="toc__item depth-full""#), "{html}");
        assert!(!html.contains("#sources"));
    }

    #[test]
    fn sources_end_the_contents_where_there_are_any() {
        assert!(fold(&[], true).into_string().contains("#sources"));
    }
}
