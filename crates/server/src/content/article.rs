//! Articles and explainers.

use std::path::Path;

use contract::{
    article::{Article, ArticleKind, Correction, Person, RelatedQuestion, Review, Sponsor, Topic},
    date::Date,
    evidence::Evidence,
    route::{Depth, Route},
    slug::Slug,
};
use locale::typography::french;

use super::{
    blocks::Body,
    data::filled,
    directive::split,
    fault::Report,
    front::{self, ArticleFront},
    page::{Context, Front, Outcome, check_ids},
    plain,
    reader::{Link, Reader},
    source,
};

/// An article and what only lists need of it.
#[derive(Debug)]
pub struct Entry {
    pub article: Article,
    /// Place among the explainers; those without come last.
    pub order: u32,
    pub featured: bool,
    /// Pages the editors chose to go with it.
    pub related: Vec<Slug>,
}

/// The two sections that every page of knowledge has.
const SECTIONS: [(&str, &str); 2] =
    [("inconnu", "what is not known"), ("consulter", "when to see a doctor")];

/// Days until a review is due, at most: a year.
const MAX_REVIEW_DAYS: i32 = 366;

/// Reads one file of `explainers/` or `articles/`.
pub fn read(file: &Path, context: Context<'_>) -> Outcome<Entry> {
    let mut outcome = Outcome::new(file);
    let report = &mut outcome.report;
    if let Some(slug) = &outcome.slug {
        let route = Route::Article { slug: slug.clone(), depth: Depth::Minute };
        if Route::parse(&route.to_string(), "") != Some(route) {
            report.add(1, format!("/articles/{slug} is an address of the site itself"));
        }
    }
    let Some(text) = source::read(context.folder, report) else { return outcome };
    let Some(parts) = source::parts(&text, report) else { return outcome };
    let nodes = split(parts.body, parts.body_line, report);
    let written: Option<ArticleFront> = front::read(parts.front, parts.front_line, report);
    let front = Front { toml: parts.front, line: parts.front_line };
    let kind = written.as_ref().map(|it| *it.kind.get_ref());

    let mut reader =
        Reader::new(context.sources, context.facts.public.as_deref(), &mut outcome.report);
    let lead_html = written.as_ref().map(|it| {
        let lead = reader.fragment(it.lead.get_ref(), front.text_line(&it.lead));
        if lead.is_empty() {
            reader.report.add(front.line(&it.lead), "lead is empty");
        }
        lead
    });
    reader.start_section();
    let wants_minute = kind.and_then(|it| (it != ArticleKind::Sponsored).then_some(true));
    let body = reader.body(&nodes, parts.body_line, wants_minute);
    let note = written.as_ref().and_then(|it| it.sponsor.as_ref());
    let editors_note_html = note.map(|it| {
        reader.start_section();
        reader.fragment(&it.get_ref().editors_note, front.line(it))
    });
    check_ids(&mut reader, parts.body_line);
    if let Some(kind) = kind {
        check_parts(&mut reader, kind, parts.body_line);
    }

    if let (Some(slug), Some(written), Some(lead_html)) = (outcome.slug.clone(), written, lead_html)
    {
        let html = Html { lead: lead_html, note: editors_note_html.unwrap_or_default(), body };
        outcome.page = Some(entry(slug, file, &front, written, html, &mut reader, context));
    }
    let Reader { ids, links, .. } = reader;
    (outcome.ids, outcome.links) = (ids, links);
    outcome
}

struct Html {
    lead: String,
    note: String,
    body: Body,
}

fn check_parts(reader: &mut Reader<'_>, kind: ArticleKind, line: u32) {
    if matches!(kind, ArticleKind::Article | ArticleKind::Explainer) {
        for (id, what) in SECTIONS.iter().filter(|(id, _)| !reader.ids.contains(*id)) {
            reader.report.add(line, format!("section {{#{id}}} is missing: {what}"));
        }
    }
    if kind != ArticleKind::Sponsored && !reader.cites() {
        reader.report.add(line, "states facts without a single evidence mark");
    }
}

fn entry(
    slug: Slug,
    file: &Path,
    front: &Front<'_>,
    it: ArticleFront,
    html: Html,
    reader: &mut Reader<'_>,
    context: Context<'_>,
) -> Entry {
    let kind = *it.kind.get_ref();
    let (terms, references) = (reader.used_terms(), reader.used_references());
    let toc = std::mem::take(&mut reader.toc);
    for question in &it.questions {
        address(question.to.get_ref(), front.line(&question.to), reader);
    }
    for related in &it.related {
        let href = format!("/articles/{}", related.get_ref());
        reader.links.push(Link { line: front.line(related), href });
    }
    let report = &mut *reader.report;
    check_kind(kind, file, front.line(&it.kind), report);
    check_dates(&it, front, context.today, report);
    check_sponsor(&it, front, report);
    let (published, updated) =
        front.published_and_updated(&it.published, &it.updated, context.today, report);
    let motifs = &context.facts.motifs;
    if !motifs.is_empty() && !motifs.contains(it.motif.get_ref()) {
        report.add(front.line(&it.motif), format!("unknown motif {}", it.motif.get_ref()));
    }
    let words = plain::count(&plain::text(&html.lead))
        + html.body.minute.iter().map(|it| plain::count(&plain::text(it))).sum::<usize>();
    let full = words + plain::count_blocks(&html.body.blocks, false);
    let all = words + plain::count_blocks(&html.body.blocks, true);
    let reading_minutes = match &it.reading_minutes {
        Some(chosen) => {
            if *chosen.get_ref() == 0 {
                report.add(front.line(chosen), "reading_minutes is at least 1");
            }
            *chosen.get_ref()
        }
        None => plain::minutes(full),
    };
    let article = Article {
        slug: slug.clone(),
        kind,
        title: front.plain("title", &it.title, report),
        short_title: front.plain("short_title", &it.short_title, report),
        excerpt: front.excerpt(&it.excerpt, report),
        image: it.motif.get_ref().clone(),
        topics: topics(&it, front, context, report),
        published,
        updated,
        reading_minutes,
        evidence: evidence(&it, front, report),
        sponsor: it.sponsor.as_ref().map(|it| Sponsor {
            name: french(&it.get_ref().name),
            disclosure: french(&it.get_ref().disclosure),
        }),
        question: front.plain("question", &it.question, report),
        lead_html: html.lead,
        minute: html.body.minute,
        minute_minutes: plain::minutes(words),
        further_minutes: plain::minutes(all).max(reading_minutes),
        authors: authors(it.authors.map(|it| it.into_iter().map(Person::from).collect()), context),
        review: match it.reviewer {
            None => Review::Pending,
            Some(by) => Review::By {
                on: front.past("reviewer.on", &by.on, context.today, report),
                reviewer: person(Person { name: by.name, role: by.role, interests: by.interests }),
            },
        },
        checked: it.checked.get_ref().0,
        review_due: it.review_due.get_ref().0,
        emergency: it.emergency,
        // A paid text takes none: it would borrow their voices.
        comments: context.facts.features.comments && it.comments && it.sponsor.is_none(),
        editors_note_html: html.note,
        blocks: html.body.blocks,
        toc,
        terms,
        references,
        corrections: it
            .corrections
            .into_iter()
            .map(|it| Correction {
                date: front.past("correction", &it.date, context.today, report),
                text: french(&it.text),
                thanks: it.thanks,
            })
            .collect(),
        questions: it
            .questions
            .into_iter()
            .map(|it| RelatedQuestion { text: french(&it.text), href: it.to.into_inner() })
            .collect(),
    };
    let related = it.related.into_iter().filter_map(|it| Slug::try_from(it.into_inner()).ok());
    let related = related.filter(|it| *it != slug).collect();
    let order = it.order.unwrap_or(u32::MAX);
    Entry { article, order, featured: it.featured, related }
}

/// An address that must be one of this site.
pub fn address(href: &str, line: u32, reader: &mut Reader<'_>) {
    if href.starts_with(['/', '#']) {
        reader.link(href, line);
    } else {
        reader.report.add(line, format!("not an address of this site: {href}"));
    }
}

fn check_kind(kind: ArticleKind, file: &Path, line: u32, report: &mut Report) {
    let in_explainers = file.starts_with("explainers");
    if in_explainers != (kind == ArticleKind::Explainer) {
        report.add(line, "explainers, and nothing else, stand in the folder explainers");
    }
}

fn check_dates(it: &ArticleFront, front: &Front<'_>, today: Date, report: &mut Report) {
    let checked = front.past("checked", &it.checked, today, report);
    let due = it.review_due.get_ref().0;
    let days = due.days_since_epoch() - checked.days_since_epoch();
    if days <= 0 {
        report.add(front.line(&it.review_due), "review_due is not after checked");
    } else if MAX_REVIEW_DAYS < days {
        let message = format!("review_due is more than {MAX_REVIEW_DAYS} days after checked");
        report.add(front.line(&it.review_due), message);
    }
}

fn check_sponsor(it: &ArticleFront, front: &Front<'_>, report: &mut Report) {
    let sponsored = *it.kind.get_ref() == ArticleKind::Sponsored;
    match &it.sponsor {
        None if sponsored => {
            report.add(front.line(&it.kind), "a sponsored page says who paid: sponsor = { … }");
        }
        Some(sponsor) if !sponsored => {
            report.add(front.line(sponsor), "a page with a sponsor is of kind \"sponsored\"");
        }
        Some(sponsor) => {
            let it = sponsor.get_ref();
            let texts = [("sponsor.name", &it.name), ("sponsor.disclosure", &it.disclosure)];
            filled(&texts, front.line(sponsor), report);
        }
        None => {}
    }
    match it.evidence.first() {
        None if !sponsored => {
            report.add(front.line(&it.kind), "evidence level is missing: evidence = [{ … }]");
        }
        Some(level) if sponsored => {
            report.add(front.line(level), "a sponsored page wears no evidence level");
        }
        _ => {}
    }
}

fn evidence(it: &ArticleFront, front: &Front<'_>, report: &mut Report) -> Vec<Evidence> {
    let levels = it.evidence.iter().map(|it| {
        let line = front.line(it);
        let it = it.get_ref();
        filled(&[("scope", &it.scope)], line, report);
        // The strongest level is the smallest.
        if it.up_to.is_some_and(|up_to| it.level <= up_to) {
            report.add(line, "up_to is not above level");
        }
        Evidence { level: it.level, up_to: it.up_to, scope: french(&it.scope) }
    });
    levels.collect()
}

fn topics(
    it: &ArticleFront,
    front: &Front<'_>,
    context: Context<'_>,
    report: &mut Report,
) -> Vec<Topic> {
    let mut topics = Vec::new();
    for topic in &it.topics {
        let slug = Slug::try_from(topic.get_ref().as_str()).ok();
        let found = slug.and_then(|it| context.sources.topics.get_key_value(&it));
        match found {
            Some((slug, name)) => {
                topics.push(Topic { slug: slug.clone(), name: name.clone(), count: 0 });
            }
            None => report.add(front.line(topic), format!("unknown topic {}", topic.get_ref())),
        }
    }
    topics
}

fn authors(written: Option<Vec<Person>>, context: Context<'_>) -> Vec<Person> {
    let authors = written.filter(|it| !it.is_empty());
    authors.map_or_else(
        || vec![context.facts.default_author.clone()],
        |it| it.into_iter().map(person).collect(),
    )
}

fn person(it: Person) -> Person {
    Person { name: it.name, role: french(&it.role), interests: french(&it.interests) }
}
