//! How well something is known.

use serde::{Deserialize, Serialize};

/// The site's five-step scale of proof, strongest first. Its wording for readers is in the locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceLevel {
    /// Several solid comparative trials, or a good synthesis of them.
    High,
    /// At least one good comparative trial, or large studies that agree.
    Moderate,
    /// Small studies, without a control group or with important biases.
    Low,
    /// Cells, animals, case series, or single studies tied to a manufacturer.
    VeryLow,
    /// Expert opinion, usage, testimony: no study.
    Opinion,
}

/// One line of a page's evidence strip: how solid the proof is, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// The level, or the lower end of a range.
    pub level: EvidenceLevel,
    /// The upper end, where the proof varies within the scope ("modéré à élevé").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<EvidenceLevel>,
    /// What the level is about, as plain text: "cancers du sang autorisés".
    pub scope: String,
}
