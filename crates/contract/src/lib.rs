//! What crosses the wire between the app and the server, said once.
//!
//! Types (serde), the rules that make them trustworthy, the error shape and the addresses of
//! pages and endpoints. No framework, no clock, no input or output.

pub mod article;
pub mod block;
pub mod challenge;
pub mod comment;
pub mod contact;
pub mod date;
pub mod desk;
pub mod directory;
pub mod embed;
pub mod error;
pub mod evidence;
pub mod feedback;
pub mod form;
pub mod geo;
pub mod glossary;
pub mod kept;
pub mod list;
pub mod map;
pub mod opening;
pub mod page;
pub mod paths;
pub mod practitioner;
pub mod privacy;
pub mod receipt;
pub mod reference;
pub mod report;
pub mod route;
pub mod search;
pub mod site;
pub mod slug;
pub mod testimonial;
