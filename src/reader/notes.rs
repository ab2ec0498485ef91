//! The notes that marks and terms open in place: native popovers, named by the word or the source.

use contract::{glossary::GlossaryTerm, reference::Reference};
use locale::text;

use crate::{
    components::level::{cups_html, name},
    html::{escape, push},
    reader::{apparatus::kind_name, evidence::capitalised},
};

/// One note. `id` is what the button's `popovertarget` names; `body` is HTML.
fn note(out: &mut String, id: &str, title: &str, body: &str) {
    let (id, title) = (escape(id), escape(title));
    push(
        out,
        &[
            r#"<div class="note" popover id=""#,
            &id,
            r#"" role="dialog" aria-labelledby=""#,
            &id,
            r#"-t"><div class="note__head"><p class="note__title" id=""#,
            &id,
            r#"-t">"#,
            &title,
            r#"</p><button class="note__close" type="button" popovertarget=""#,
            &id,
            r#"" popovertargetaction="hide" aria-label=""#,
            text().close,
            r#"">×</button></div>"#,
            body,
            "</div>",
        ],
    );
}

/// Notes for every term and source of a page, in one piece at its end.
pub fn html(terms: &[GlossaryTerm], references: &[Reference]) -> String {
    let t = text();
    let mut out = String::new();
    for term in terms {
        let body = format!(
            r#"<p>{}</p><p><a href="/glossaire#{}">{}</a></p>"#,
            escape(&term.definition),
            term.slug,
            t.see_glossary
        );
        note(&mut out, &format!("g-{}", term.slug), &term.term, &body);
    }
    for (at, reference) in references.iter().enumerate() {
        let number = at + 1;
        let mut body = String::new();
        if let Some(level) = reference.level {
            push(
                &mut body,
                &[
                    r#"<p class="level">"#,
                    &cups_html(level),
                    r#"<span class="level__name"><span class="sr-only">"#,
                    t.evidence_label,
                    "\u{a0}: </span>",
                    &capitalised(name(level)),
                    "</span></p>",
                ],
            );
        }
        push(
            &mut body,
            &[
                r#"<p class="note__kind">"#,
                kind_name(reference.kind),
                "</p><p>",
                &escape(&reference.summary),
                r#"</p><p class="note__source">"#,
                &escape(&reference.title),
                "</p><p>",
            ],
        );
        if let Some(href) = reference.href() {
            push(
                &mut body,
                &[
                    r#"<a rel="external noopener" href=""#,
                    &escape(&href),
                    r#"">"#,
                    t.open_source,
                    "</a> · ",
                ],
            );
        }
        push(&mut body, &[&format!(r##"<a href="#source-{number}">{}</a></p>"##, t.see_source)]);
        let title = match reference.year {
            Some(year) => format!("Source {number}, {year}"),
            None => format!("Source {number}"),
        };
        note(&mut out, &format!("r-{number}"), &title, &body);
    }
    out
}

/// The same definitions for paper, where nothing opens.
pub fn for_paper(terms: &[GlossaryTerm]) -> String {
    if terms.is_empty() {
        return String::new();
    }
    let mut out = format!(
        r#"<section class="print-notes" aria-hidden="true"><p class="print-notes__title">{}</p><dl>"#,
        text().print_terms
    );
    for it in terms {
        push(&mut out, &["<dt>", &escape(&it.term), "</dt><dd>", &escape(&it.definition), "</dd>"]);
    }
    out.push_str("</dl></section>");
    out
}
