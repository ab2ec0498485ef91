//! The article: its body, contents, sources and notes, as HTML set once.
//!
//! A component per paragraph would cost bytes and time on a waiting-room phone and answer to
//! nothing: popovers, folds and anchors are native HTML.

pub mod apparatus;
pub mod blocks;
pub mod contents;
pub mod evidence;
pub mod notes;
pub mod people;
