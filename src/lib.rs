//! Immunothèque, the app: one set of views, run in the browser and rendered by the server.
//!
//! The browser takes over what the server rendered (`hydrate`), the server renders to HTML (`ssr`).
//! Exactly one of these features is on in any build that runs.

#![recursion_limit = "256"]

pub mod api;
pub mod app;
pub mod components;
pub mod head;
pub mod html;
pub mod map;
pub mod navigation;
pub mod page;
pub mod pages;
pub mod reader;

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("build for one place: `ssr` or `hydrate`");
