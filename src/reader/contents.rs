//! The table of contents, beside the text and folded above it on a phone.

use contract::block::TocEntry;
use locale::text;

use crate::html::{escape, push};

/// The list alone; lines of the deepest depth are marked so that style sheets can hide them.
fn list(toc: &[TocEntry], with_sources: bool) -> String {
    let mut out = String::from(r#"<ol class="toc__list">"#);
    for entry in toc {
        let depth = if entry.further { "depth-further" } else { "depth-full" };
        let level = if entry.level == 3 { " toc__item--sub" } else { "" };
        push(
            &mut out,
            &[
                r#"<li class="toc__item "#,
                depth,
                level,
                r##""><a class="toc__link" href="#"##,
                &escape(&entry.id),
                r#"">"#,
                &escape(&entry.text),
                "</a></li>",
            ],
        );
    }
    if with_sources {
        push(
            &mut out,
            &[
                r##"<li class="toc__item"><a class="toc__link" href="#sources">"##,
                text().sources_title,
                "</a></li>",
            ],
        );
    }
    out.push_str("</ol>");
    out
}

/// For the margin, where there is one.
pub fn aside(toc: &[TocEntry], with_sources: bool) -> String {
    format!(
        r#"<nav class="reading__sticky toc" aria-labelledby="t-toc"><h2 class="toc__title" id="t-toc">{}</h2>{}</nav>"#,
        text().contents,
        list(toc, with_sources)
    )
}

/// For small screens: the inside of a `details`.
pub fn fold(toc: &[TocEntry], with_sources: bool) -> String {
    format!(
        r#"<summary class="toc-fold__summary">{0}</summary><nav class="toc-fold__body" aria-label="{0}">{1}</nav>"#,
        text().contents,
        list(toc, with_sources)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_text_and_know_their_depth() {
        let entry = TocEntry { level: 3, id: "a".into(), text: "1 < 2".into(), further: true };
        let html = aside(&[entry], false);
        assert!(html.contains("1 &lt; 2"));
        assert!(html.contains("depth-further toc__item--sub"));
        assert!(!html.contains("#sources"));
    }
}
