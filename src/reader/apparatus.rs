//! What stands after the text: sources, facts about the page, corrections.

use contract::{
    article::{Article, Correction, Person, Review},
    reference::{Access, Reference, ReferenceKind},
    site::Site,
};
use locale::{date, fill, text};

use crate::{
    components::level::{cups_html, name},
    html::{escape, push},
};

pub fn kind_name(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Trial => text().kind_trial,
        ReferenceKind::Study => text().kind_study,
        ReferenceKind::Review => text().kind_review,
        ReferenceKind::Guideline => text().kind_guideline,
        ReferenceKind::Laboratory => text().kind_laboratory,
        ReferenceKind::Information => text().kind_information,
        ReferenceKind::Law => text().kind_law,
        ReferenceKind::Registry => text().kind_registry,
        ReferenceKind::Press => text().kind_press,
        ReferenceKind::Promoter => text().kind_promoter,
    }
}

/// One source: title, authors, what it is, how far it proves, how it was read.
pub fn source_body(it: &Reference) -> String {
    let t = text();
    let title = escape(&it.title);
    let mut out = String::from(r#"<div class="refs__body"><p class="refs__title">"#);
    match it.href() {
        Some(href) => push(
            &mut out,
            &[r#"<a rel="external noopener" href=""#, &escape(&href), r#"">"#, &title, "</a>"],
        ),
        None => out.push_str(&title),
    }
    let year = it.year.map_or(String::new(), |year| format!(", {year}"));
    push(
        &mut out,
        &[
            r#"</p><p class="refs__authors">"#,
            &escape(&it.authors),
            &year,
            r#"</p><p class="refs__meta">"#,
        ],
    );
    if let Some(level) = it.level {
        push(
            &mut out,
            &[
                r#"<span class="level">"#,
                &cups_html(level),
                "<span>",
                name(level),
                "</span></span> ",
            ],
        );
    }
    push(&mut out, &["<span>", kind_name(it.kind)]);
    let language = match it.language.as_str() {
        "en" => t.language_en,
        "de" => t.language_de,
        "it" => t.language_it,
        _ => "",
    };
    if !language.is_empty() {
        push(&mut out, &[", ", &fill(t.in_language, &[("language", language)])]);
    }
    match it.access {
        Access::Direct => {}
        Access::Relay => push(&mut out, &[", ", t.access_relay]),
        Access::Partial => push(&mut out, &[", ", t.access_partial]),
    }
    push(
        &mut out,
        &[r#"</span></p><p class="refs__summary">"#, &escape(&it.summary), "</p></div>"],
    );
    out
}

/// The numbered sources of a page. Empty without any.
pub fn sources(references: &[Reference]) -> String {
    if references.is_empty() {
        return String::new();
    }
    let mut out = format!(
        r#"<section id="sources" class="sources-of" aria-labelledby="t-sources"><h2 class="h-small" id="t-sources">{}</h2><ol class="refs">"#,
        text().sources_title
    );
    for (at, it) in references.iter().enumerate() {
        let number = at + 1;
        push(
            &mut out,
            &[
                &format!(
                    r#"<li class="refs__item" id="source-{number}"><span class="refs__num">{number}</span>"#
                ),
                &source_body(it),
                "</li>",
            ],
        );
    }
    out.push_str("</ol></section>");
    out
}

/// "Cette page en clair": who wrote it, who read it, when, and what was mended.
pub fn facts(article: &Article, site: &Site) -> String {
    let t = text();
    let mut out = format!(
        r#"<section class="facts" aria-labelledby="t-facts"><h2 class="h-small" id="t-facts">{}</h2><dl class="facts__list">"#,
        t.facts_title
    );
    let mut line = |name: &str, value: &str| {
        push(&mut out, &["<div><dt>", name, "</dt><dd>", value, "</dd></div>"]);
    };
    let person = |it: &Person| {
        let role = if it.role.is_empty() { String::new() } else { format!(", {}", it.role) };
        escape(&format!("{}{role}", it.name))
    };
    let list = |of: &dyn Fn(&Person) -> String| {
        article.authors.iter().map(of).collect::<Vec<_>>().join("<br>")
    };
    line(t.fact_author, &list(&person));
    line(t.fact_interests, &list(&|it| escape(&it.interests)));
    match &article.review {
        Review::Pending => line(t.fact_review, t.fact_review_pending),
        Review::By { reviewer, on } => {
            let words = fill(
                t.reviewed_by,
                &[("name", &reviewer.name), ("role", &reviewer.role), ("date", &date::long(*on))],
            );
            line(t.fact_review, &escape(&format!("{words}. {}", reviewer.interests)));
        }
    }
    line(t.fact_published, &date::long(article.published));
    line(t.fact_updated, &date::long(article.updated));
    if article.sponsor.is_none() {
        line(t.fact_checked, &date::long(article.checked));
        line(t.fact_review_due, &date::long(article.review_due));
    }
    if article.corrections.is_empty() {
        line(t.fact_corrections, t.fact_no_correction);
    }
    if let Some(email) = &site.contact_email {
        let link = format!(
            r#"<a href="mailto:{}?subject={}">{}</a>"#,
            escape(email),
            contract::route::encode(&article.title),
            t.report_error
        );
        line(t.fact_error, &link);
    }
    push(&mut out, &[r#"</dl><p class="facts__disclaimer">"#, t.disclaimer, "</p></section>"]);
    out
}

/// What was mended on this page. Empty where nothing was.
pub fn corrections(items: &[Correction]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let mut out = format!(
        r#"<section class="corrections" aria-labelledby="t-corrections"><h2 class="h-small" id="t-corrections">{}</h2><ol class="corrections__list">"#,
        text().corrections_title
    );
    for it in items {
        push(
            &mut out,
            &[
                &format!(
                    r#"<li class="corrections__item"><time datetime="{}">{}</time> "#,
                    it.date,
                    date::long(it.date)
                ),
                &escape(&it.text),
                "</li>",
            ],
        );
    }
    out.push_str("</ol></section>");
    out
}
