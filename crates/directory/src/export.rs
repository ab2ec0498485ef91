//! The directory in other programs' formats: a table, a map's layer, a contact.

mod csv;
mod geojson;
mod vcard;

pub use csv::csv;
pub use geojson::{Collection, geojson};
pub use vcard::vcard;

#[cfg(test)]
mod tests;
