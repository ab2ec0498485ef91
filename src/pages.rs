//! One file for each kind of page: what it loads, its head, its view.

pub mod article;
pub mod articles;
pub mod comparison;
pub mod corrections;
pub mod glossary;
pub mod home;
pub mod lost;
pub mod references;
pub mod search;
pub mod standing;
pub mod understand;
