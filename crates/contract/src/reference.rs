//! The sources that pages rest on.

use serde::{Deserialize, Serialize};

use crate::evidence::EvidenceLevel;

/// What a source is, for a reader who wonders how much to trust it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceKind {
    /// A comparative trial in people.
    Trial,
    /// An uncontrolled or observational study in people.
    Study,
    /// A review, systematic review or meta-analysis.
    Review,
    /// A recommendation by a learned society or agency.
    Guideline,
    /// Cells or animals.
    Laboratory,
    /// Information by a public body, a charity or a learned institution.
    Information,
    /// A law, decree or regulation, or a legal analysis of one.
    Law,
    /// An entry in a register of trials.
    Registry,
    /// Press, press release or fact-check.
    Press,
    /// A manufacturer or promoter speaking of its own product.
    Promoter,
}

/// How the editors read the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// The document itself or its abstract.
    Direct,
    /// Through someone who cites it.
    Relay,
    /// Read in part; title or authors may be incomplete.
    Partial,
}

/// One source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reference {
    /// Stable name, as cited in content: `HODI-2010`.
    pub key: String,
    pub kind: ReferenceKind,
    pub title: String,
    /// Authors and where it appeared, as plain text.
    pub authors: String,
    /// Year of publication, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Digital Object Identifier without the resolver: `10.1056/NEJMoa1003466`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// BCP 47 tag of the document's language.
    pub language: String,
    pub access: Access,
    /// How far this source alone proves what it is cited for. None for laws and registers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<EvidenceLevel>,
    /// One plain French sentence: what this source is and its main limit.
    pub summary: String,
}

impl Reference {
    /// Where a reader can open it: the DOI's resolver first, then the address.
    pub fn href(&self) -> Option<String> {
        match (&self.doi, &self.url) {
            (Some(doi), _) => Some(format!("https://doi.org/{doi}")),
            (None, url) => url.clone(),
        }
    }
}
