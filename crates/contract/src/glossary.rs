//! Words explained in one sentence.

use serde::{Deserialize, Serialize};

use crate::slug::Slug;

/// A glossary entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GlossaryTerm {
    /// Its name in content (`glossary:cytokine`) and its anchor on the glossary page.
    pub slug: Slug,
    /// The word as a heading: "Cytokine".
    pub term: String,
    /// One sentence, plain text.
    pub definition: String,
}
