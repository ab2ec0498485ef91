//! The journal: who did what.

use serde::{Deserialize, Serialize};

use crate::desk::FieldChange;

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recorded {
    /// The item; `@` and a name where it is about an account; `practitioners/` and an id where it is
    /// about an entry of the directory, and nothing after it where about all.
    pub item: String,
    pub at_ms: i64,
    pub actor: String,
    pub action: String,
    /// What was answered to the author, what was taken back, the role of an account.
    pub detail: String,
    /// What changed of an entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<FieldChange>,
}
