//! Views without data loading: values in, HTML out. One component, one file, one style sheet of the
//! same name.

pub mod cards;
pub mod comfort;
pub mod crumbs;
pub mod disclosure;
pub mod emergency;
pub mod footer;
pub mod icon;
pub mod level;
pub mod masthead;
pub mod nexts;
pub mod pagination;
pub mod questions;
pub mod search;
pub mod share;
pub mod stories;
pub mod topics;
