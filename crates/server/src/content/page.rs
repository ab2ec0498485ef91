//! Standing pages, and what all pages have in common.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use contract::{date::Date, page::StandingPage, route::Route, slug::Slug};
use locale::typography::french;
use toml::Spanned;

use super::{
    SiteFacts,
    directive::split,
    fault::Report,
    front::{self, Day, PageFront},
    reader::{Link, Reader, Sources},
    source::{self, Parts, line_of},
};

/// Addresses that the server keeps for itself, besides those of [`Route`].
const RESERVED: [&str; 6] = ["api", "embed", "healthz", "readyz", "themes", "pkg"];

/// Longest excerpt, in characters.
const MAX_EXCERPT: usize = 160;

/// What a page is read with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub folder: &'a Path,
    pub facts: &'a SiteFacts,
    pub sources: &'a Sources,
    pub today: Date,
}

/// A file after reading: what others may link to, what it links to, its faults, and the page
/// itself where it could be made.
pub struct Outcome<T> {
    pub slug: Option<Slug>,
    pub ids: BTreeSet<String>,
    pub links: Vec<Link>,
    pub report: Report,
    /// It says what is kept of people: `::: declaration`.
    pub declares: bool,
    pub page: Option<T>,
}

impl<T> Outcome<T> {
    pub fn new(file: &Path) -> Outcome<T> {
        let mut report = Report::new(file);
        let stem = file.file_stem().and_then(|it| it.to_str()).unwrap_or_default();
        let slug = Slug::try_from(stem)
            .map_err(|error| report.add(1, format!("the file name is the address: {error}")))
            .ok();
        let (ids, links) = (BTreeSet::new(), Vec::new());
        Outcome { slug, ids, links, report, declares: false, page: None }
    }
}

/// Lines of the values of front matter.
pub struct Front<'a> {
    pub toml: &'a str,
    pub line: u32,
}

impl Front<'_> {
    pub fn line<T>(&self, it: &Spanned<T>) -> u32 {
        line_of(self.toml, self.line, &it.span())
    }

    /// Line of the text itself: that of a `"""` text may start on the next line.
    pub fn text_line(&self, it: &Spanned<String>) -> u32 {
        let typed = self.toml.get(it.span()).unwrap_or_default();
        self.line(it) + u32::from(typed.starts_with("\"\"\"\n") || typed.starts_with("'''\n"))
    }

    /// Plain text, set by French rules; reported when it says nothing.
    pub fn plain(&self, name: &str, it: &Spanned<String>, report: &mut Report) -> String {
        let text = it.get_ref().trim();
        if text.is_empty() {
            report.add(self.line(it), format!("{name} is empty"));
        }
        if text.contains("[@") {
            report.add(self.line(it), format!("{name} is plain text and takes no evidence mark"));
        }
        french(text)
    }

    pub fn excerpt(&self, it: &Spanned<String>, report: &mut Report) -> String {
        let length = it.get_ref().trim().chars().count();
        if MAX_EXCERPT < length {
            let message = format!("excerpt has {length} characters, {MAX_EXCERPT} at most");
            report.add(self.line(it), message);
        }
        self.plain("excerpt", it, report)
    }

    /// A day that is not after `today`.
    pub fn past(&self, name: &str, it: &Spanned<Day>, today: Date, report: &mut Report) -> Date {
        let date = it.get_ref().0;
        if today < date {
            report.add(self.line(it), format!("{name} {date} is in the future"));
        }
        date
    }

    /// [`Front::past`] for two days of which the second is not before the first.
    pub fn published_and_updated(
        &self,
        published: &Spanned<Day>,
        updated: &Spanned<Day>,
        today: Date,
        report: &mut Report,
    ) -> (Date, Date) {
        let first = self.past("published", published, today, report);
        let last = self.past("updated", updated, today, report);
        if last < first {
            report.add(self.line(updated), "updated before it was published");
        }
        (first, last)
    }
}

/// Anchors of the frame around every text, and of the sources below it.
const FRAME_IDS: [&str; 7] = ["annonce", "app", "contenu", "q", "seed", "sources", "urgences"];

/// Reports anchors that the page's own popovers, titles and frame use.
pub fn check_ids(reader: &mut Reader<'_>, line: u32) {
    let terms = reader.used_terms().into_iter().map(|it| format!("g-{}", it.slug));
    let sources = (1..=reader.used_references().len()).map(|it| format!("r-{it}"));
    let frame = FRAME_IDS.map(str::to_owned);
    let titles = reader.ids.iter().filter(|it| it.starts_with("t-")).cloned().collect::<Vec<_>>();
    for id in terms
        .chain(sources)
        .chain(frame)
        .chain(titles)
        .filter(|it| reader.ids.contains(it))
        .collect::<Vec<_>>()
    {
        reader.report.add(line, format!("anchor {id} is taken: choose another with {{#…}}"));
    }
}

/// Reads one file of `pages/`.
pub fn read(file: &Path, context: Context<'_>) -> Outcome<StandingPage> {
    let mut outcome = Outcome::new(file);
    let report = &mut outcome.report;
    if let Some(slug) = &outcome.slug {
        let route = Route::parse(&format!("/{slug}"), "");
        let is_free =
            matches!(route, Some(Route::Page { .. })) && !RESERVED.contains(&slug.as_str());
        if !is_free {
            report.add(1, format!("/{slug} is an address of the site itself"));
        }
    }
    let Some(text) = source::read(context.folder, report) else { return outcome };
    let Some(parts) = source::parts(&text, report) else { return outcome };
    let Parts { front: toml, front_line, body, body_line } = parts;
    let values = &context.facts.placeholders;
    let body = fill(body, body_line, values, true, report);
    let nodes = split(&body, body_line, report);
    let page: Option<PageFront> = front::read(toml, front_line, report);
    let front = Front { toml, line: front_line };

    let mut reader =
        Reader::new(context.sources, context.facts.public.as_deref(), &mut outcome.report);
    reader.declaration = Some(&context.facts.declaration);
    let lead_html = page.as_ref().map(|it| {
        let line = front.text_line(&it.lead);
        let lead = fill(it.lead.get_ref(), line, values, true, reader.report);
        reader.fragment(&lead, line)
    });
    reader.start_section();
    let content = reader.body(&nodes, body_line, Some(false));
    check_ids(&mut reader, body_line);
    let (terms, references) = (reader.used_terms(), reader.used_references());
    let Reader { toc, ids, links, report, declared, .. } = reader;
    if let (Some(slug), Some(page), Some(lead_html)) = (outcome.slug.clone(), page, lead_html) {
        let plain = |name: &str, it: &Spanned<String>, report: &mut Report| {
            let text = front.plain(name, it, report);
            french(&fill(&text, front.line(it), values, false, report))
        };
        front.excerpt(&page.excerpt, report);
        outcome.page = Some(StandingPage {
            slug,
            title: plain("title", &page.title, report),
            excerpt: plain("excerpt", &page.excerpt, report),
            lead_html,
            updated: front.past("updated", &page.updated, context.today, report),
            blocks: content.blocks,
            toc,
            terms,
            references,
        });
    }
    (outcome.ids, outcome.links, outcome.declares) = (ids, links, declared);
    outcome
}

/// Replaces each `{{ name }}` by its value. Values are text: in Markdown their signs are escaped.
fn fill(
    text: &str,
    first: u32,
    values: &BTreeMap<String, String>,
    markdown: bool,
    report: &mut Report,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let line = first + source::line_at(text, text.len() - after.len()) - 1;
        let Some((name, after)) = after.split_once("}}") else {
            report.add(line, "{{ is not closed by }}");
            return out;
        };
        match values.get(name.trim()).map(|it| it.trim()) {
            None => report.add(line, format!("unknown placeholder {}", name.trim())),
            Some("") => out.push_str(locale::text().to_complete()),
            Some(value) if markdown => {
                // One line stays one line, so that those below keep their numbers.
                for it in value.chars() {
                    match it {
                        '\n' => out.push_str("<br>"),
                        it if it.is_control() => {}
                        it if it.is_ascii_punctuation() => out.extend(['\\', it]),
                        it => out.push(it),
                    }
                }
            }
            Some(value) => out.push_str(value),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
