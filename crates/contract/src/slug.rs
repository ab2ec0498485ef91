//! Names that are safe in addresses and file names.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Names one article, page, term or topic in addresses and file names: `cellules-car-t`.
///
/// Invariant: 1 to [`Slug::MAX_BYTES`] bytes of `a-z`, `0-9` and `-`, so it is a safe path segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "cellules-car-t"))]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// The text cannot be a [`Slug`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a slug is 1 to {max} of a-z, 0-9 and -", max = Slug::MAX_BYTES)]
pub struct SlugError;

impl Slug {
    pub const MAX_BYTES: usize = 80;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Slug, SlugError> {
        let known = text.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if !known || text.is_empty() || Slug::MAX_BYTES < text.len() {
            return Err(SlugError);
        }
        Ok(Slug(text))
    }
}

impl TryFrom<&str> for Slug {
    type Error = SlugError;

    fn try_from(text: &str) -> Result<Slug, SlugError> {
        Slug::try_from(text.to_owned())
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, accepted: bool) {
        assert_eq!(Slug::try_from(text).is_ok(), accepted, "{text:?}");
    }

    #[test]
    fn a_slug_is_a_safe_path_segment() {
        check("cellules-car-t", true);
        check(&"a".repeat(Slug::MAX_BYTES), true);
        check(&"a".repeat(Slug::MAX_BYTES + 1), false);
        check("", false);
        check("../secret", false);
        check("%00", false);
        check("Cellules", false);
        check("allergie-à-l-herbe", false);
    }
}
