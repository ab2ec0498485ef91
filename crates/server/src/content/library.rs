//! What visitors ask for, made once and then only read.

use std::{cmp::Reverse, collections::BTreeMap};

use contract::{
    article::{Article, ArticleKind, ArticleSummary, Topic},
    block::Block,
    date::Date,
    glossary::GlossaryTerm,
    list::{Listing, MAX_PER_PAGE},
    page::{Comparison, Home, PageCorrection, StandingPage},
    reference::Reference,
    route::{Depth, Route},
    search::HitKind,
    slug::Slug,
};
use search::{Document, Found, Index, fold::fold};

use super::{article::Entry, plain, reader::Sources, source::number};

/// How many pages are proposed at the end of one.
const MAX_RELATED: usize = 3;
/// How many explainers, other pages and searches the front page shows.
const MAX_FEATURED: usize = 6;
const MAX_LATEST: usize = 4;
const MAX_SEARCHES: usize = 4;

/// All content, free of faults.
#[derive(Debug)]
pub struct Library {
    /// Newest first.
    entries: Vec<Entry>,
    by_slug: BTreeMap<Slug, usize>,
    /// Numbers of explainers in the order of their hub.
    explainers: Vec<usize>,
    topics: Vec<Topic>,
    /// In French order. Never empty: [`super::load`] refuses that.
    glossary: Vec<GlossaryTerm>,
    references: Vec<Reference>,
    cited_by: BTreeMap<String, Vec<Slug>>,
    comparison: Comparison,
    pages: BTreeMap<Slug, StandingPage>,
    corrections: Vec<PageCorrection>,
    documents: Vec<Document>,
    index: Index,
}

impl Library {
    pub(super) fn new(
        mut entries: Vec<Entry>,
        pages: Vec<StandingPage>,
        comparison: Comparison,
        sources: Sources,
        topic_order: &[Slug],
    ) -> Library {
        entries.sort_by_cached_key(|it| (Reverse(it.article.updated), fold(&it.article.title)));
        let by_slug =
            entries.iter().enumerate().map(|(at, it)| (it.article.slug.clone(), at)).collect();
        let mut explainers: Vec<usize> = (0..entries.len())
            .filter(|it| entries[*it].article.kind == ArticleKind::Explainer)
            .collect();
        explainers.sort_by_cached_key(|it| (entries[*it].order, fold(&entries[*it].article.title)));

        let topics = topic_order.iter().filter_map(|slug| {
            let about = entries.iter().filter(|it| is_about(it, slug)).count();
            let name = sources.topics.get(slug)?.clone();
            Some(Topic { slug: slug.clone(), name, count: number(about) })
        });
        let topics = topics.collect();

        let mut glossary: Vec<GlossaryTerm> = sources.terms.into_values().collect();
        glossary.sort_by_cached_key(|it| fold(&it.term));
        let mut references: Vec<Reference> = sources.references.into_values().collect();
        references.sort_by_cached_key(|it| (it.kind, fold(&it.authors), it.year));

        let mut cited_by: BTreeMap<String, Vec<Slug>> = BTreeMap::new();
        for it in &entries {
            for reference in &it.article.references {
                cited_by.entry(reference.key.clone()).or_default().push(it.article.slug.clone());
            }
        }
        let documents = documents(&entries, &glossary, &pages, &comparison);
        Library {
            corrections: corrections(&entries),
            pages: pages.into_iter().map(|it| (it.slug.clone(), it)).collect(),
            entries,
            by_slug,
            explainers,
            topics,
            glossary,
            references,
            cited_by,
            comparison,
            index: Index::new(documents.clone()),
            documents,
        }
    }

    /// Articles and explainers: last updated first, then by title.
    pub fn articles(&self) -> impl ExactSizeIterator<Item = &Article> {
        self.entries.iter().map(|it| &it.article)
    }

    pub fn article(&self, slug: &Slug) -> Option<&Article> {
        self.entry(slug).map(|it| &it.article)
    }

    fn entry(&self, slug: &Slug) -> Option<&Entry> {
        self.by_slug.get(slug).and_then(|it| self.entries.get(*it))
    }

    /// Summaries, narrowed; explainers in the order of their hub, all else newest first.
    ///
    /// `page` counts from 1, `per_page` is brought into 1 to [`MAX_PER_PAGE`]. Past the last page
    /// a list is empty.
    pub fn list(
        &self,
        kind: Option<ArticleKind>,
        topic: Option<&Slug>,
        page: u32,
        per_page: u32,
    ) -> Listing<ArticleSummary> {
        let all: Vec<&Entry> = if kind == Some(ArticleKind::Explainer) {
            self.explainers.iter().filter_map(|it| self.entries.get(*it)).collect()
        } else {
            self.entries
                .iter()
                .filter(|it| kind.is_none_or(|kind| it.article.kind == kind))
                .collect()
        };
        let found: Vec<&Entry> =
            all.into_iter().filter(|it| topic.is_none_or(|topic| is_about(it, topic))).collect();
        cut(&found, page, per_page, |it| it.article.summary())
    }

    /// Pages to read after this one: those the editors chose, then those that share most topics.
    /// At most three, never a sponsored one. None when there is no such page.
    pub fn related(&self, slug: &Slug) -> Option<Vec<ArticleSummary>> {
        let entry = self.entry(slug)?;
        let shared = |it: &Entry| {
            let topics = &entry.article.topics;
            topics.iter().filter(|topic| is_about(it, &topic.slug)).count()
        };
        let mut others: Vec<&Entry> = self.entries.iter().filter(|it| 0 < shared(it)).collect();
        others.sort_by_key(|it| Reverse(shared(it)));
        let chosen = entry.related.iter().filter_map(|it| self.entry(it));
        let mut related: Vec<&Entry> = Vec::new();
        for it in chosen.chain(others) {
            let known = it.article.slug == *slug
                || related.iter().any(|other| other.article.slug == it.article.slug);
            if !known && it.article.kind != ArticleKind::Sponsored {
                related.push(it);
            }
        }
        Some(related.into_iter().take(MAX_RELATED).map(|it| it.article.summary()).collect())
    }

    /// In the order of their file, with the number of pages about each.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// In French order: accents and case do not count.
    pub fn glossary(&self) -> &[GlossaryTerm] {
        &self.glossary
    }

    /// By kind, then authors, then year.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// Articles that cite the source with this key, newest first.
    pub fn cited_by(&self, key: &str) -> &[Slug] {
        self.cited_by.get(key).map_or(&[], Vec::as_slice)
    }

    pub fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    pub fn page(&self, slug: &Slug) -> Option<&StandingPage> {
        self.pages.get(slug)
    }

    /// Standing pages by slug.
    pub fn pages(&self) -> impl ExactSizeIterator<Item = &StandingPage> {
        self.pages.values()
    }

    /// Newest first.
    pub fn corrections(&self) -> &[PageCorrection] {
        &self.corrections
    }

    /// The front page. The word changes every seven days, on the same day for everybody.
    pub fn home(&self, today: Date) -> Home {
        let explainers = self.explainers.iter().filter_map(|it| self.entries.get(*it));
        let featured: Vec<&Entry> =
            explainers.filter(|it| it.featured).take(MAX_FEATURED).collect();
        let others = self.entries.iter().filter(|it| it.article.kind != ArticleKind::Explainer);
        // 1970-01-01 was a Thursday: three days on, weeks start on Monday.
        let week = (today.days_since_epoch() + 3).div_euclid(7);
        let count = i32::try_from(self.glossary.len()).unwrap_or(i32::MAX).max(1);
        let word = usize::try_from(week.rem_euclid(count)).unwrap_or_default();
        Home {
            searches: featured
                .iter()
                .take(MAX_SEARCHES)
                .map(|it| it.article.short_title.clone())
                .collect(),
            explainers: featured.into_iter().map(|it| it.article.summary()).collect(),
            explainer_count: number(self.explainers.len()),
            latest: others.take(MAX_LATEST).map(|it| it.article.summary()).collect(),
            // The glossary is never empty, and `word` is below its length.
            word: self.glossary[word].clone(),
        }
    }

    /// What the search looks through, for an export without a server to ask.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Hits, best first. `query` is cut at [`contract::search::MAX_QUERY_CHARS`]; a query without
    /// a letter or digit finds nothing.
    pub fn search(&self, query: &str, kind: Option<HitKind>) -> Vec<Found<'_>> {
        self.index.search(query, kind)
    }
}

fn is_about(entry: &Entry, topic: &Slug) -> bool {
    entry.article.topics.iter().any(|it| it.slug == *topic)
}

/// One page of a list.
pub fn cut<T, U>(all: &[T], page: u32, per_page: u32, show: impl Fn(&T) -> U) -> Listing<U> {
    let (page, per_page) = (page.max(1), per_page.clamp(1, MAX_PER_PAGE));
    let size = usize::try_from(per_page).unwrap_or(usize::MAX);
    let before = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(size);
    let items = all.iter().skip(before).take(size).map(show).collect();
    Listing { items, page, per_page, total: number(all.len()) }
}

fn corrections(entries: &[Entry]) -> Vec<PageCorrection> {
    let of = |it: &Entry| {
        let (slug, title) = (it.article.slug.clone(), it.article.title.clone());
        let corrections = it.article.corrections.clone().into_iter();
        corrections
            .map(move |correction| PageCorrection {
                slug: slug.clone(),
                title: title.clone(),
                correction,
            })
            .collect::<Vec<_>>()
    };
    let mut all: Vec<PageCorrection> = entries.iter().flat_map(of).collect();
    all.sort_by_key(|it| Reverse(it.correction.date));
    all
}

/// What the search finds; of documents that match alike, articles come first, the newest first.
fn documents(
    entries: &[Entry],
    glossary: &[GlossaryTerm],
    pages: &[StandingPage],
    comparison: &Comparison,
) -> Vec<Document> {
    let mut documents = Vec::new();
    for Entry { article, .. } in entries {
        let route = Route::Article { slug: article.slug.clone(), depth: Depth::Full };
        let mut text = vec![article.excerpt.clone(), plain::text(&article.lead_html)];
        text.extend(article.minute.iter().map(|it| plain::text(it)));
        let names = vec![article.short_title.clone(), article.question.clone()];
        let topics = article.topics.iter().map(|it| it.name.clone()).collect();
        let title = article.title.clone();
        let mut document = document(HitKind::Article, title, &route, names, topics);
        fill(&mut document, text, &article.blocks);
        documents.push(document);
    }
    for it in glossary {
        let mut document =
            document(HitKind::Glossary, it.term.clone(), &Route::Glossary, Vec::new(), Vec::new());
        document.href.push_str(&format!("#{}", it.slug));
        fill(&mut document, vec![it.definition.clone()], &[]);
        documents.push(document);
    }
    let names = vec![comparison.short_title.clone()];
    let title = comparison.title.clone();
    let headings = comparison.rows.iter().map(|it| it.question.clone()).collect();
    let mut compared = document(HitKind::Page, title, &Route::Comparison, names, headings);
    let cells = comparison.rows.iter().flat_map(|it| {
        [&it.left_html, &it.left_unknown_html, &it.right_html, &it.right_unknown_html]
    });
    let text = [comparison.excerpt.clone(), plain::text(&comparison.lead_html)];
    let text = text.into_iter().chain(cells.map(|it| plain::text(it))).collect();
    fill(&mut compared, text, &[]);
    documents.push(compared);
    for it in pages {
        let route = Route::Page { slug: it.slug.clone() };
        let mut document =
            document(HitKind::Page, it.title.clone(), &route, Vec::new(), Vec::new());
        fill(&mut document, vec![it.excerpt.clone(), plain::text(&it.lead_html)], &it.blocks);
        documents.push(document);
    }
    documents
}

fn document(
    kind: HitKind,
    title: String,
    route: &Route,
    names: Vec<String>,
    headings: Vec<String>,
) -> Document {
    Document { kind, title, href: route.to_string(), names, headings, text: String::new() }
}

fn fill(document: &mut Document, mut text: Vec<String>, blocks: &[Block]) {
    plain::visit(blocks, true, &mut |is_heading, it| {
        if is_heading {
            document.headings.push(it.to_owned());
        } else {
            text.push(it.to_owned());
        }
    });
    text.retain(|it| !it.trim().is_empty());
    document.text = text.iter().map(|it| it.trim()).collect::<Vec<_>>().join(" ");
}
