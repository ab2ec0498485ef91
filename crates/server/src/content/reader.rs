//! Reads the text of one page and keeps what the parts of it share: numbers of sources, terms
//! already explained, headings, links.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use contract::{
    block::TocEntry,
    glossary::GlossaryTerm,
    reference::{Reference, ReferenceKind},
    slug::Slug,
};
use locale::typography::french;

use super::{fault::Report, html};

/// What every page may point to.
#[derive(Debug, Default)]
pub struct Sources {
    pub terms: BTreeMap<Slug, GlossaryTerm>,
    /// By key.
    pub references: BTreeMap<String, Reference>,
    /// By slug, without counts.
    pub topics: BTreeMap<Slug, String>,
}

/// A link to another page of the site, checked once all pages are known.
#[derive(Clone, Debug)]
pub struct Link {
    pub line: u32,
    pub href: String,
}

/// State while one page is read, from its lead to its last line.
pub struct Reader<'a> {
    pub sources: &'a Sources,
    /// The folder whose files visitors fetch as `/…`; None leaves pictures unchecked.
    pub public: Option<&'a Path>,
    pub report: &'a mut Report,
    pub toc: Vec<TocEntry>,
    pub ids: BTreeSet<String>,
    pub links: Vec<Link>,
    /// Inside `::: further`.
    pub further: bool,
    /// Level of the heading above; 1 is the title.
    pub level: u8,
    /// What `::: declaration` stands for; None where it cannot stand.
    pub declaration: Option<&'a str>,
    /// It stood somewhere.
    pub declared: bool,
    terms: Vec<Slug>,
    explained: BTreeSet<Slug>,
    cited: Vec<String>,
}

impl<'a> Reader<'a> {
    pub fn new(sources: &'a Sources, public: Option<&'a Path>, report: &'a mut Report) -> Self {
        Reader {
            sources,
            public,
            report,
            toc: Vec::new(),
            ids: BTreeSet::new(),
            links: Vec::new(),
            further: false,
            level: 1,
            declaration: None,
            declared: false,
            terms: Vec::new(),
            explained: BTreeSet::new(),
            cited: Vec::new(),
        }
    }

    /// From here on each term is explained anew.
    pub fn start_section(&mut self) {
        self.explained.clear();
    }

    /// Starts a stretch that most readers do not see. What it explains, and its headings, must not
    /// be counted on after it: hand the answer to [`Reader::leave_further`].
    pub fn enter_further(&mut self) -> (BTreeSet<Slug>, u8) {
        self.further = true;
        (self.explained.clone(), self.level)
    }

    pub fn leave_further(&mut self, outside: (BTreeSet<Slug>, u8)) {
        self.further = false;
        (self.explained, self.level) = outside;
    }

    /// A glossary term as HTML: a button the first time in a section, plain text afterwards.
    pub fn term(&mut self, slug: &str, shown: &str, line: u32) -> String {
        let shown = html::text(&french(shown));
        let found = Slug::try_from(slug).ok().filter(|it| self.sources.terms.contains_key(it));
        let Some(slug) = found else {
            self.report.add(line, format!("unknown glossary term {slug}"));
            return shown;
        };
        if !self.terms.contains(&slug) {
            self.terms.push(slug.clone());
        }
        if !self.explained.insert(slug.clone()) {
            return shown;
        }
        format!(
            "<button class=\"term\" type=\"button\" popovertarget=\"g-{slug}\">{shown}</button>"
        )
    }

    /// The inside of `[@…]` as HTML, each source glued to what stands before it.
    pub fn proofs(&mut self, keys: &str, line: u32) -> String {
        let mut out = String::new();
        for key in keys.split(';') {
            let key = key.trim();
            let found = key.strip_prefix('@').map(|it| (it, self.sources.references.get(it)));
            match found {
                Some((key, Some(reference))) => {
                    let at = self.cited.iter().position(|it| it == key).unwrap_or_else(|| {
                        self.cited.push(key.to_owned());
                        self.cited.len() - 1
                    });
                    out.push_str(&proof(at + 1, reference));
                }
                Some((key, None)) => self.report.add(line, format!("unknown reference {key}")),
                None => self.report.add(line, format!("evidence mark is not [@KEY; @KEY]: {key}")),
            }
        }
        out
    }

    /// Checks the address of a link and remembers it. False when it must not become a link.
    pub fn link(&mut self, href: &str, line: u32) -> bool {
        let lower = href.to_ascii_lowercase();
        let inside = href.starts_with(['/', '#']) && !href.starts_with("//");
        if inside {
            self.links.push(Link { line, href: href.to_owned() });
            return true;
        }
        let known =
            ["https://", "http://", "mailto:", "tel:"].iter().any(|it| lower.starts_with(it));
        if !known {
            let message = format!("link is neither /page, #anchor nor https://…: {href}");
            self.report.add(line, message);
        }
        known
    }

    /// Terms used, in order of appearance.
    pub fn used_terms(&self) -> Vec<GlossaryTerm> {
        self.terms.iter().filter_map(|it| self.sources.terms.get(it)).cloned().collect()
    }

    /// Sources cited, in the order of their numbers.
    pub fn used_references(&self) -> Vec<Reference> {
        self.cited.iter().filter_map(|it| self.sources.references.get(it)).cloned().collect()
    }

    pub fn cites(&self) -> bool {
        !self.cited.is_empty()
    }
}

fn proof(number: usize, reference: &Reference) -> String {
    let mut kind = kind_name(reference.kind).to_owned();
    if let Some(year) = reference.year {
        kind.push_str(&format!(", {year}"));
    }
    let values = [("number", &*number.to_string()), ("kind", &*kind)];
    let label = html::text(&locale::fill(locale::text().source_mark(), &values));
    // The joiner keeps the mark on the line of its word.
    format!(
        "\u{2060}<button class=\"proof\" type=\"button\" popovertarget=\"r-{number}\" \
         aria-label=\"{label}\">{number}</button>"
    )
}

fn kind_name(kind: ReferenceKind) -> &'static str {
    let text = locale::text();
    match kind {
        ReferenceKind::Trial => text.kind_trial(),
        ReferenceKind::Study => text.kind_study(),
        ReferenceKind::Review => text.kind_review(),
        ReferenceKind::Guideline => text.kind_guideline(),
        ReferenceKind::Laboratory => text.kind_laboratory(),
        ReferenceKind::Information => text.kind_information(),
        ReferenceKind::Law => text.kind_law(),
        ReferenceKind::Registry => text.kind_registry(),
        ReferenceKind::Press => text.kind_press(),
        ReferenceKind::Promoter => text.kind_promoter(),
    }
}
