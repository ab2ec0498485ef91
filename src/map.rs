//! The map of the practitioners beside their list: one state, kept in the address.
//!
//! The list is there without it and stays the whole answer; the map is drawn where scripts run.
//! What can be reckoned without a browser stands in files of its own and is tested as such.

pub mod drawing;
pub mod fan;
pub mod marks;
pub mod mercator;
pub mod sight;
pub mod viewport;

#[cfg(target_arch = "wasm32")]
mod basemap;
#[cfg(target_arch = "wasm32")]
mod chart;
#[cfg(target_arch = "wasm32")]
pub(crate) mod elements;
#[cfg(target_arch = "wasm32")]
mod form;
#[cfg(target_arch = "wasm32")]
mod gestures;
#[cfg(target_arch = "wasm32")]
mod leaflet;
#[cfg(target_arch = "wasm32")]
mod list;
#[cfg(target_arch = "wasm32")]
mod practitioner_map;
#[cfg(target_arch = "wasm32")]
mod selection;
#[cfg(target_arch = "wasm32")]
mod sheet;
#[cfg(target_arch = "wasm32")]
mod tiles;
#[cfg(target_arch = "wasm32")]
mod town;

#[cfg(target_arch = "wasm32")]
pub use gestures::{on_click, on_submit, start};
#[cfg(target_arch = "wasm32")]
pub use practitioner_map::{Host, begin, follow, leave, refresh};
