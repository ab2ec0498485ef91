//! Immunothèque, the app: one set of views, run in the browser and rendered by the server.
//!
//! The browser takes over what the server rendered (`hydrate`), the server renders to HTML (`ssr`).
//! Exactly one of these features is on in any build that runs, or `embed`: the map alone, for other
//! people's pages.

#![recursion_limit = "256"]

pub mod api;
#[cfg(feature = "site")]
pub mod app;
pub mod components;
pub mod embed;
pub mod head;
pub mod html;
pub mod map;
#[cfg(feature = "site")]
pub mod navigation;
#[cfg(feature = "site")]
pub mod page;
pub mod pages;
#[cfg(feature = "site")]
pub mod reader;

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("build for one place: `ssr` or `hydrate`");
#[cfg(all(feature = "site", feature = "embed"))]
compile_error!("the embedded map is a build of its own");
