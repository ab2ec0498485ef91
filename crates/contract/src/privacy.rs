//! What the site keeps of people, why and for how long, for machines: `/vie-privee.json`.

use serde::{Deserialize, Serialize};

/// Where the declaration is.
pub const ADDRESS: &str = "/vie-privee.json";

/// Everything that is kept of people. The page `/vie-privee` says the same to readers, and a daily
/// job erases by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Declaration {
    pub site: String,
    /// The controller, as in `site.toml`; empty where the operator has not said it yet.
    pub controller: String,
    /// Where rights are used (GDPR, articles 15 to 22).
    pub contact: String,
    pub records: Vec<Record>,
}

/// One thing that people send, or that comes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Record {
    /// Stable name, such as `comment`.
    pub name: String,
    pub title: String,
    pub purpose: String,
    /// An explicit consent is asked for before (GDPR, article 9).
    pub consent: bool,
    pub fields: Vec<Field>,
    pub lifetimes: Vec<Lifetime>,
}

/// One column of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Field {
    /// Stable name, such as `email`.
    pub name: String,
    /// What it is and what it is for.
    pub purpose: String,
    /// Everybody may see it, once it is published.
    pub published: bool,
}

/// How long something stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lifetime {
    /// The state that it is in, such as `rejected`; `any` for all.
    pub state: String,
    /// What is erased then: names of fields, or `all`.
    pub erases: String,
    /// Counted from the day it was sent (`sent`), or from the last decision (`decided`).
    pub since: String,
    pub days: u16,
}
