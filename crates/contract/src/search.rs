//! Answers to a search.

use serde::{Deserialize, Serialize};

/// What a hit leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    Article,
    Glossary,
    Page,
    /// What a reader lived through: no proof of anything.
    Testimonial,
    Practitioner,
    /// A town: it leads to the practitioners around it.
    Town,
}

/// One hit, best first in its list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hit {
    pub kind: HitKind,
    pub title: String,
    /// An address of this site.
    pub href: String,
    /// Escaped text around the match; the matching words stand in `<mark>`.
    pub excerpt_html: String,
}

/// Longest query that is searched, in characters; the rest is cut.
pub const MAX_QUERY_CHARS: usize = 200;
