//! What `site.toml` says of what readers send.

use contract::site::Wording;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CommentsTable {
    pub email_required: bool,
    pub wording: Wording,
    pub close_after_days: u32,
    pub hold: Hold,
}

/// Which comments wait for a person.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    #[default]
    All,
    First,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FloodTable {
    pub messages_per_minute: u32,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TestimonialsTable {
    pub shown_for_days: u32,
}

impl Default for TestimonialsTable {
    fn default() -> TestimonialsTable {
        TestimonialsTable { shown_for_days: 365 }
    }
}
