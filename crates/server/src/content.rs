//! Reads the content folder (see `content/README.md`), checks all of it, and answers from it.
//!
//! [`load`] either gives a [`Library`] or every fault of every file. Nothing here is asynchronous,
//! reads a clock, or panics, whatever the files hold.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use contract::{article::Person, date::Date, site::Features, slug::Slug};

pub use fault::{Fault, Faults};
pub use library::{Library, cut};

mod article;
mod blocks;
mod comparison;
mod data;
mod directive;
mod fault;
mod front;
mod hold;
mod html;
mod inline;
mod library;
mod links;
mod markdown;
mod page;
mod picture;
mod plain;
mod reader;
mod source;
#[cfg(test)]
mod tests;
pub mod watch;

/// What content needs to know of the site it stands in.
#[derive(Clone, Debug)]
pub struct SiteFacts {
    /// A feature that is on needs its standing page.
    pub features: Features,
    /// Who signs pages that name no author.
    pub default_author: Person,
    /// Values for `{{ name }}` in standing pages, keyed like `publisher.name`. An empty value reads
    /// "à compléter par l'éditeur"; a name that is not here is a fault.
    pub placeholders: BTreeMap<String, String>,
    /// What `::: declaration` in a standing page stands for, in Markdown.
    pub declaration: String,
    /// Names of the drawings; empty leaves them unchecked.
    pub motifs: BTreeSet<String>,
    /// The folder whose files visitors fetch as `/…`: pictures are measured there. None leaves
    /// pictures unchecked and their size 0.
    pub public: Option<PathBuf>,
}

/// Reads and checks everything in `folder`.
///
/// # Errors
///
/// Every fault of every file, sorted. `today` tells which dates are in the future.
pub fn load(folder: &Path, facts: &SiteFacts, today: Date) -> Result<Library, Faults> {
    let mut faults = Vec::new();
    let (sources, topic_order) = data::read(folder, &mut faults);
    let context = page::Context { folder, facts, sources: &sources, today };

    let mut articles = Vec::new();
    for kind in ["articles", "explainers"] {
        let files = source::markdown_files(folder, kind);
        articles.extend(files.iter().map(|it| article::read(it, context)));
    }
    let files = source::markdown_files(folder, "pages");
    let mut pages: Vec<_> = files.iter().map(|it| page::read(it, context)).collect();
    let mut comparison = comparison::read(context);

    check_duplicates(&mut articles);
    check_features(facts.features, &pages, &mut faults);
    let dead = {
        let targets = links::Targets {
            articles: articles.iter().filter_map(|it| Some((it.slug.clone()?, &it.ids))).collect(),
            pages: pages.iter().filter_map(|it| Some((it.slug.clone()?, &it.ids))).collect(),
            topics: sources.topics.keys().collect(),
            terms: sources.terms.keys().map(Slug::as_str).collect(),
            public: facts.public.as_deref(),
        };
        let mut dead = check_links(&articles, &targets);
        dead.extend(check_links(&pages, &targets));
        dead.extend(check_links(std::slice::from_ref(&comparison), &targets));
        dead
    };
    faults.extend(dead);
    articles.iter_mut().for_each(|it| faults.append(&mut it.report.faults));
    pages.iter_mut().for_each(|it| faults.append(&mut it.report.faults));
    faults.append(&mut comparison.report.faults);
    let made = comparison.page;
    match (Faults::new(faults), made) {
        (None, Some(comparison)) => Ok(Library::new(
            articles.into_iter().filter_map(|it| it.page).collect(),
            pages.into_iter().filter_map(|it| it.page).collect(),
            comparison,
            sources,
            &topic_order,
        )),
        (Some(faults), _) => Err(faults),
        // A file that could not be read has said so.
        (None, None) => Err(Faults::one("comparison.toml", "cannot be read")),
    }
}

fn check_duplicates(articles: &mut [page::Outcome<article::Entry>]) {
    let mut seen: BTreeMap<Slug, PathBuf> = BTreeMap::new();
    for it in articles {
        let Some(slug) = it.slug.clone() else { continue };
        if let Some(other) = seen.get(&slug) {
            it.report.add(1, format!("{} has the same address", other.display()));
        } else {
            seen.insert(slug, it.report.file.clone());
        }
    }
}

/// Features bring a link into the site's menus: their page must be there.
fn check_features<T>(features: Features, pages: &[page::Outcome<T>], faults: &mut Vec<Fault>) {
    let needed = [(features.professionals, "professionals", "professionnels")];
    let collects =
        features.comments || features.feedback || features.testimonials || features.contact;
    if collects && !pages.iter().any(|it| it.declares) {
        let message = "forms are on and no page says what is kept of people: ::: declaration";
        let file = "pages/vie-privee.md".into();
        faults.push(Fault { file, line: 1, message: message.to_owned() });
    }
    for (_, feature, page) in needed.into_iter().filter(|(is_on, ..)| *is_on) {
        let is_there =
            |it: &page::Outcome<T>| it.slug.as_ref().is_some_and(|it| it.as_str() == page);
        if !pages.iter().any(is_there) {
            let message = format!("the feature {feature} is on and this page is missing");
            faults.push(Fault { file: format!("pages/{page}.md").into(), line: 1, message });
        }
    }
}

fn check_links<T>(pages: &[page::Outcome<T>], targets: &links::Targets<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for page in pages {
        for link in &page.links {
            if let Some(message) = targets.fault(&link.href, &page.ids) {
                faults.push(Fault { file: page.report.file.clone(), line: link.line, message });
            }
        }
    }
    faults
}
