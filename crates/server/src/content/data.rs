//! Glossary, references and topics.

use std::{collections::BTreeMap, path::Path};

use contract::{
    evidence::EvidenceLevel,
    glossary::GlossaryTerm,
    reference::{Access, Reference, ReferenceKind},
    slug::Slug,
};
use locale::typography::french;
use serde::{Deserialize, de::DeserializeOwned};
use toml::Spanned;

use super::{
    fault::{Fault, Report},
    front,
    reader::Sources,
    source::{self, line_of},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GlossaryFile {
    #[serde(default)]
    term: Vec<TermFront>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermFront {
    slug: Spanned<String>,
    term: String,
    definition: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicsFile {
    #[serde(default)]
    topic: Vec<TopicFront>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicFront {
    slug: Spanned<String>,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferencesFile {
    #[serde(default)]
    reference: Vec<ReferenceFront>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferenceFront {
    key: Spanned<String>,
    kind: ReferenceKind,
    level: Option<EvidenceLevel>,
    title: String,
    authors: String,
    year: Option<u16>,
    doi: Option<String>,
    url: Option<String>,
    language: String,
    access: Access,
    summary: String,
}

/// A file of entries, and the line of each.
struct File<T> {
    entries: T,
    text: String,
    report: Report,
}

impl<T: DeserializeOwned> File<T> {
    fn read(folder: &Path, name: &str, faults: &mut Vec<Fault>) -> Option<File<T>> {
        let mut report = Report::new(Path::new(name));
        let read = source::read(folder, &mut report)
            .and_then(|text| Some((front::read(&text, 1, &mut report)?, text)));
        let Some((entries, text)) = read else {
            faults.append(&mut report.faults);
            return None;
        };
        Some(File { entries, text, report })
    }
}

/// Reads the three files. Also the topics in the order of their file.
pub fn read(folder: &Path, faults: &mut Vec<Fault>) -> (Sources, Vec<Slug>) {
    let mut sources = Sources::default();
    let mut topic_order = Vec::new();
    if let Some(file) = File::read(folder, "glossary.toml", faults) {
        sources.terms = glossary(file, faults);
    }
    if let Some(file) = File::read(folder, "topics.toml", faults) {
        (sources.topics, topic_order) = topics(file, faults);
    }
    if let Some(file) = File::read(folder, "references.toml", faults) {
        sources.references = references(file, faults);
    }
    (sources, topic_order)
}

fn glossary(mut file: File<GlossaryFile>, faults: &mut Vec<Fault>) -> BTreeMap<Slug, GlossaryTerm> {
    let mut terms = BTreeMap::new();
    for it in file.entries.term {
        let line = line_of(&file.text, 1, &it.slug.span());
        let Some(slug) = slug(it.slug.get_ref(), line, &mut file.report) else { continue };
        filled(&[("term", &it.term), ("definition", &it.definition)], line, &mut file.report);
        let (term, definition) = (french(&it.term), french(&it.definition));
        let entry = GlossaryTerm { slug: slug.clone(), term, definition };
        if terms.insert(slug, entry).is_some() {
            file.report.add(line, format!("term {} stands twice", it.slug.get_ref()));
        }
    }
    if terms.is_empty() {
        file.report.add(1, "the glossary is empty: the front page shows a word of the week");
    }
    faults.append(&mut file.report.faults);
    terms
}

fn topics(
    mut file: File<TopicsFile>,
    faults: &mut Vec<Fault>,
) -> (BTreeMap<Slug, String>, Vec<Slug>) {
    let (mut topics, mut order) = (BTreeMap::new(), Vec::new());
    for it in file.entries.topic {
        let line = line_of(&file.text, 1, &it.slug.span());
        let Some(slug) = slug(it.slug.get_ref(), line, &mut file.report) else { continue };
        filled(&[("name", &it.name)], line, &mut file.report);
        if topics.insert(slug.clone(), french(&it.name)).is_some() {
            file.report.add(line, format!("topic {slug} stands twice"));
        } else {
            order.push(slug);
        }
    }
    faults.append(&mut file.report.faults);
    (topics, order)
}

fn references(
    mut file: File<ReferencesFile>,
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, Reference> {
    let mut references = BTreeMap::new();
    for it in file.entries.reference {
        let line = line_of(&file.text, 1, &it.key.span());
        let key = it.key.get_ref().clone();
        let report = &mut file.report;
        if key.is_empty() || !key.bytes().all(|it| matches!(it, b'A'..=b'Z' | b'0'..=b'9' | b'-')) {
            report.add(line, format!("reference key {key:?} is not made of A-Z, 0-9 and -"));
        }
        let texts = [
            ("title", &it.title),
            ("authors", &it.authors),
            ("language", &it.language),
            ("summary", &it.summary),
        ];
        filled(&texts, line, report);
        if it.doi.as_ref().is_some_and(|it| !it.starts_with("10.") || !it.contains('/')) {
            report.add(line, format!("{key}: doi is not 10.…/…, without the resolver's address"));
        }
        if it.url.as_ref().is_some_and(|it| super::blocks::host(it).is_none()) {
            report.add(line, format!("{key}: url is not https://…"));
        }
        if it.year.is_some_and(|it| !(1800..=2200).contains(&it)) {
            report.add(line, format!("{key}: year is out of range"));
        }
        // Foreign titles keep the typography of their language.
        let title = if it.language.starts_with("fr") { french(&it.title) } else { it.title };
        let reference = Reference {
            key: key.clone(),
            kind: it.kind,
            title,
            authors: it.authors,
            year: it.year,
            doi: it.doi,
            url: it.url,
            language: it.language,
            access: it.access,
            level: it.level,
            summary: french(&it.summary),
        };
        if references.insert(key.clone(), reference).is_some() {
            report.add(line, format!("reference {key} stands twice"));
        }
    }
    faults.append(&mut file.report.faults);
    references
}

fn slug(text: &str, line: u32, report: &mut Report) -> Option<Slug> {
    Slug::try_from(text).map_err(|error| report.add(line, format!("{text:?}: {error}"))).ok()
}

/// Reports fields that are there but say nothing.
pub fn filled(fields: &[(&str, &String)], line: u32, report: &mut Report) {
    for (name, _) in fields.iter().filter(|(_, value)| value.trim().is_empty()) {
        report.add(line, format!("{name} is empty"));
    }
}
