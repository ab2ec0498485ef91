//! The institute's name, links and switches, as far as the app needs them.

use serde::{Deserialize, Serialize};

/// What `site.toml` says that visitors may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Site {
    pub name: String,
    /// One sentence about the site.
    pub description: String,
    /// Absolute address without a final slash: canonical links and feeds start with it.
    pub url: String,
    /// BCP 47 tags, the default first.
    pub languages: Vec<String>,
    /// Path of a picture in place of the drawn mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// Where readers write; None hides the links.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_email: Option<String>,
    pub social: Vec<SocialLink>,
    pub features: Features,
    #[serde(default)]
    pub comments: CommentSettings,
    /// Other sites may show the map.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub embedding: bool,
    pub emergency_numbers: Vec<EmergencyNumber>,
    /// Where a suspected side effect is reported.
    pub side_effects_url: String,
    /// Map tiles of another host, where the operator chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiles: Option<TileSource>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SocialLink {
    pub name: String,
    pub url: String,
}

/// Parts of the site that can be switched off. What is off is not mentioned anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Features {
    pub map: bool,
    pub comments: bool,
    pub feedback: bool,
    pub testimonials: bool,
    pub contact: bool,
    pub professionals: bool,
}

/// How comments are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CommentSettings {
    pub email_required: bool,
    pub wording: Wording,
    /// Only somebody's first comment always waits for a person; else every comment does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub first_held: bool,
}

/// The title of the form: "Écrire", "Laisser" or "Ajouter un commentaire".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    Write,
    #[default]
    Leave,
    Add,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmergencyNumber {
    /// As shown: "3114".
    pub number: String,
    /// `tel:15` or `sms:114`.
    pub href: String,
    pub label: String,
    /// One word, for where there is little room: "Samu".
    #[serde(default)]
    pub short: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TileSource {
    /// XYZ template: `https://tiles.example.org/{z}/{x}/{y}.png`, or a path of this site.
    pub url: String,
    /// Who is to be named beside the map, as plain text: "© OpenStreetMap".
    pub attribution: String,
    /// Where that name leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution_url: Option<String>,
    /// The nearest zoom that there are tiles for; nearer, they are enlarged.
    #[serde(default = "nearest")]
    pub max_zoom: u8,
}

fn nearest() -> u8 {
    18
}

impl TileSource {
    /// The other origin that is asked for tiles (`https://tiles.example.org`); none for a path.
    pub fn origin(&self) -> Option<&str> {
        let host = self.url.strip_prefix("https://")?;
        let end = host.find('/').unwrap_or(host.len());
        Some(&self.url[..self.url.len() - host.len() + end])
    }
}
