//! The side-by-side page.

use std::path::Path;

use contract::{
    article::RelatedQuestion,
    evidence::Evidence,
    page::{ComparedRow, ComparedSide, Comparison},
};
use locale::typography::french;
use serde::Deserialize;
use toml::Spanned;

use super::{
    article::address,
    fault::Report,
    front::{self, Day, EvidenceFront, QuestionFront},
    page::{Context, Front, Outcome},
    reader::Reader,
    source,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComparisonFront {
    title: Spanned<String>,
    short_title: Spanned<String>,
    excerpt: Spanned<String>,
    lead: Spanned<String>,
    published: Spanned<Day>,
    updated: Spanned<Day>,
    checked: Spanned<Day>,
    left: SideFront,
    right: SideFront,
    #[serde(default)]
    row: Vec<RowFront>,
    #[serde(default)]
    questions: Vec<QuestionFront>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SideFront {
    name: Spanned<String>,
    motif: Spanned<String>,
    evidence: EvidenceFront,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowFront {
    question: Spanned<String>,
    left: Spanned<String>,
    left_unknown: Option<Spanned<String>>,
    right: Spanned<String>,
    right_unknown: Option<Spanned<String>>,
}

/// Reads `comparison.toml`.
pub fn read(context: Context<'_>) -> Outcome<Comparison> {
    let mut outcome = Outcome::new(Path::new("comparison.toml"));
    let report = &mut outcome.report;
    let Some(toml) = source::read(context.folder, report) else { return outcome };
    let Some(it) = front::read::<ComparisonFront>(&toml, 1, report) else { return outcome };
    let front = Front { toml: &toml, line: 1 };
    let mut reader =
        Reader::new(context.sources, context.facts.public.as_deref(), &mut outcome.report);
    if it.row.is_empty() {
        reader.report.add(1, "nothing is compared: [[row]] is missing");
    }
    let lead_html = reader.fragment(it.lead.get_ref(), front.text_line(&it.lead));
    let rows = it.row.iter().map(|it| row(it, &front, &mut reader)).collect();
    for question in &it.questions {
        address(question.to.get_ref(), front.line(&question.to), &mut reader);
    }
    let (terms, references) = (reader.used_terms(), reader.used_references());
    let Reader { ids, links, report, .. } = reader;
    let (published, updated) =
        front.published_and_updated(&it.published, &it.updated, context.today, report);
    outcome.page = Some(Comparison {
        title: front.plain("title", &it.title, report),
        short_title: front.plain("short_title", &it.short_title, report),
        excerpt: front.excerpt(&it.excerpt, report),
        lead_html,
        published,
        updated,
        checked: front.past("checked", &it.checked, context.today, report),
        left: side(it.left, &front, context, report),
        right: side(it.right, &front, context, report),
        rows,
        terms,
        references,
        questions: it
            .questions
            .into_iter()
            .map(|it| RelatedQuestion { text: french(&it.text), href: it.to.into_inner() })
            .collect(),
    });
    (outcome.ids, outcome.links) = (ids, links);
    outcome
}

fn row(it: &RowFront, front: &Front<'_>, reader: &mut Reader<'_>) -> ComparedRow {
    reader.start_section();
    // In reading order, since sources are numbered as they come.
    let left_html = cell(Some(&it.left), front, reader);
    let left_unknown_html = cell(it.left_unknown.as_ref(), front, reader);
    let right_html = cell(Some(&it.right), front, reader);
    let right_unknown_html = cell(it.right_unknown.as_ref(), front, reader);
    for (html, typed) in [(&left_html, &it.left), (&right_html, &it.right)] {
        if html.is_empty() {
            reader.report.add(front.line(typed), "empty cell");
        }
    }
    if left_unknown_html.is_empty() != right_unknown_html.is_empty() {
        let message = "what is not known stands on both sides of a row, or on neither";
        reader.report.add(front.line(&it.question), message);
    }
    let question = front.plain("question", &it.question, reader.report);
    ComparedRow { question, left_html, left_unknown_html, right_html, right_unknown_html }
}

fn cell(it: Option<&Spanned<String>>, front: &Front<'_>, reader: &mut Reader<'_>) -> String {
    it.map(|it| reader.fragment(it.get_ref(), front.text_line(it))).unwrap_or_default()
}

fn side(
    it: SideFront,
    front: &Front<'_>,
    context: Context<'_>,
    report: &mut Report,
) -> ComparedSide {
    let motifs = &context.facts.motifs;
    if !motifs.is_empty() && !motifs.contains(it.motif.get_ref()) {
        report.add(front.line(&it.motif), format!("unknown motif {}", it.motif.get_ref()));
    }
    let EvidenceFront { level, up_to, scope } = it.evidence;
    ComparedSide {
        name: front.plain("name", &it.name, report),
        image: it.motif.into_inner(),
        evidence: Evidence { level, up_to, scope: french(&scope) },
    }
}
