//! Pages that are not articles.

use serde::{Deserialize, Serialize};

use crate::{
    article::{ArticleSummary, Correction},
    block::{Block, TocEntry},
    date::Date,
    evidence::Evidence,
    glossary::GlossaryTerm,
    reference::Reference,
    slug::Slug,
};

/// A standing page: about, charter, legal notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandingPage {
    pub slug: Slug,
    pub title: String,
    pub excerpt: String,
    pub lead_html: String,
    pub updated: Date,
    pub blocks: Vec<Block>,
    pub toc: Vec<TocEntry>,
    pub terms: Vec<GlossaryTerm>,
    pub references: Vec<Reference>,
}

/// What the front page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Home {
    /// Explainers the editors put forward, at most six.
    pub explainers: Vec<ArticleSummary>,
    /// How many explainers there are.
    pub explainer_count: u32,
    /// Newest pages of the other kinds, at most four.
    pub latest: Vec<ArticleSummary>,
    /// The word of the week.
    pub word: GlossaryTerm,
    /// Searches offered under the search field.
    pub searches: Vec<String>,
}

/// Two things side by side, question by question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comparison {
    pub title: String,
    pub short_title: String,
    pub excerpt: String,
    pub lead_html: String,
    pub published: Date,
    pub updated: Date,
    pub checked: Date,
    pub left: ComparedSide,
    pub right: ComparedSide,
    pub rows: Vec<ComparedRow>,
    pub terms: Vec<GlossaryTerm>,
    pub references: Vec<Reference>,
    /// Pages to read next, as addresses of this site.
    pub questions: Vec<crate::article::RelatedQuestion>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedSide {
    pub name: String,
    /// Name of the drawing in `/motifs/`.
    pub image: String,
    pub evidence: Evidence,
}

/// Both answers to one question. What is not known stands on both sides, or on neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedRow {
    pub question: String,
    pub left_html: String,
    pub left_unknown_html: String,
    pub right_html: String,
    pub right_unknown_html: String,
}

/// A correction and the page it was made on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PageCorrection {
    pub slug: Slug,
    pub title: String,
    pub correction: Correction,
}
