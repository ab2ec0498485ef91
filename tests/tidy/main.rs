//! Rules about the code itself: what may know what, how long files are, what the styles promise.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the code has failed")]

mod arrows;
mod colours;
mod documents;
mod files;
mod locale;
mod styles;
mod tree;
