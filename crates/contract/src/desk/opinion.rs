//! What readers say of each page, taken together.

use serde::{Deserialize, Serialize};

use crate::slug::Slug;

/// How many found a page useful and how many did not. What was erased is not counted any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PageOpinion {
    pub page: Slug,
    /// Empty of a page that is not there any more.
    pub title: String,
    pub useful: u32,
    pub not_useful: u32,
    /// Those that also wrote something, and wait to be read.
    pub unread: u32,
    /// Those that also wrote something, and were read.
    pub read: u32,
    /// When the last one came, in milliseconds since 1970.
    pub latest_ms: i64,
}
