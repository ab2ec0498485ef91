//! Articles and explainers.

use serde::{Deserialize, Serialize};

use crate::{
    block::{Block, TocEntry},
    date::Date,
    evidence::Evidence,
    glossary::GlossaryTerm,
    reference::Reference,
    slug::Slug,
};

/// What sort of page it is. The book spine beside a title tells it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ArticleKind {
    Article,
    Explainer,
    Interview,
    /// Paid for by somebody. Always carries a [`Sponsor`], wears no evidence level, takes no comments.
    Sponsored,
}

/// A subject that groups pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Topic {
    pub slug: Slug,
    pub name: String,
    /// Pages about it; 0 where the topic stands inside another answer.
    #[serde(default)]
    pub count: u32,
}

/// Who paid, and what that changes. Shown before the title, in lists, feeds and structured data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sponsor {
    pub name: String,
    /// The sentence a reader sees first.
    pub disclosure: String,
}

/// An author, or a reviewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    pub name: String,
    /// Function or profession.
    pub role: String,
    /// Declared interests, or that there are none.
    pub interests: String,
}

/// Whether a health professional has read the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// Nobody has yet, and the page says so.
    Pending,
    By {
        reviewer: Person,
        on: Date,
    },
}

/// A mistake that was mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Correction {
    pub date: Date,
    /// What was wrong and what it says now, plain text.
    pub text: String,
    /// Readers told of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub thanks: bool,
}

/// A question a reader asks next, and where it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelatedQuestion {
    pub text: String,
    /// An address of this site.
    pub href: String,
}

/// What a list, a card or a feed shows of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArticleSummary {
    pub slug: Slug,
    pub kind: ArticleKind,
    pub title: String,
    /// A few words, for breadcrumbs and menus.
    pub short_title: String,
    /// One or two plain sentences.
    pub excerpt: String,
    /// Name of the drawing in `/motifs/`.
    pub image: String,
    pub topics: Vec<Topic>,
    pub published: Date,
    pub updated: Date,
    /// Whole minutes, at least 1, for the full depth.
    pub reading_minutes: u16,
    /// Empty on sponsored pages alone.
    pub evidence: Vec<Evidence>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Sponsor>,
}

/// A whole page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Article {
    pub slug: Slug,
    pub kind: ArticleKind,
    pub title: String,
    pub short_title: String,
    pub excerpt: String,
    pub image: String,
    pub topics: Vec<Topic>,
    pub published: Date,
    pub updated: Date,
    pub reading_minutes: u16,
    pub evidence: Vec<Evidence>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Sponsor>,

    /// The reader's question that the page answers.
    pub question: String,
    /// The paragraph under the title, inline HTML.
    pub lead_html: String,
    /// "En 1 minute": the answer in a few sentences, inline HTML each.
    pub minute: Vec<String>,
    /// Minutes at the depths "en 1 minute" and "pour aller plus loin".
    pub minute_minutes: u16,
    pub further_minutes: u16,
    pub authors: Vec<Person>,
    pub review: Review,
    /// When the sources were last checked.
    pub checked: Date,
    /// After this day the page warns that it is due for review.
    pub review_due: Date,
    /// About side effects or urgent signs: emergency numbers stay one tap away.
    pub emergency: bool,
    /// Readers' comments are shown below it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub comments: bool,
    /// What the editors say beside a sponsored text, inline HTML; empty elsewhere.
    pub editors_note_html: String,
    pub blocks: Vec<Block>,
    pub toc: Vec<TocEntry>,
    /// Glossary terms used, in order of appearance.
    pub terms: Vec<GlossaryTerm>,
    /// References used; the mark in the text is the position here, counted from 1.
    pub references: Vec<Reference>,
    pub corrections: Vec<Correction>,
    pub questions: Vec<RelatedQuestion>,
}

impl Article {
    pub fn summary(&self) -> ArticleSummary {
        ArticleSummary {
            slug: self.slug.clone(),
            kind: self.kind,
            title: self.title.clone(),
            short_title: self.short_title.clone(),
            excerpt: self.excerpt.clone(),
            image: self.image.clone(),
            topics: self.topics.clone(),
            published: self.published,
            updated: self.updated,
            reading_minutes: self.reading_minutes,
            evidence: self.evidence.clone(),
            sponsor: self.sponsor.clone(),
        }
    }
}
