//! Lists that come a page at a time.

use serde::{Deserialize, Serialize};

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Listing<T> {
    pub items: Vec<T>,
    /// From 1.
    pub page: u32,
    /// 1 to [`MAX_PER_PAGE`].
    pub per_page: u32,
    /// Items on all pages together.
    pub total: u32,
}

/// The most a client may ask for at once.
pub const MAX_PER_PAGE: u32 = 100;

impl<T> Listing<T> {
    /// Number of the last page, at least 1.
    pub fn last_page(&self) -> u32 {
        last_page(self.total, self.per_page)
    }
}

/// Number of the last page, at least 1.
pub fn last_page(total: u32, per_page: u32) -> u32 {
    total.div_ceil(per_page.max(1)).max(1)
}
