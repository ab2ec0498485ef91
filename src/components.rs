//! Views without data loading: values in, HTML out. One component, one file, one style sheet of the
//! same name.
//!
//! What never changes is a template (maud), compiled to plain text writing: in the browser's bundle
//! a reactive view costs kilobytes, a template costs its words. Only what follows the reader is a
//! Leptos view: the masthead, and links that know whether they are current.

pub mod cards;
pub mod comfort;
#[cfg(feature = "site")]
pub mod comment_form;
#[cfg(feature = "site")]
pub mod comments;
pub mod crumbs;
pub mod disclosure;
pub mod emergency;
#[cfg(feature = "site")]
pub mod feedback;
#[cfg(feature = "site")]
pub mod field;
pub mod footer;
pub mod icon;
pub mod level;
#[cfg(feature = "site")]
pub mod link;
#[cfg(feature = "site")]
pub mod masthead;
pub mod nexts;
pub mod pagination;
pub mod place;
pub mod questions;
pub mod search;
pub mod share;
pub mod stories;
pub mod topics;
