//! The server: JSON endpoints, content, and the app rendered to HTML.

pub mod assets;
pub mod cache;
pub mod clock;
pub mod colour;
pub mod compress;
pub mod config;
pub mod content;
pub mod defaults;
pub mod embed;
pub mod endpoints;
pub mod entity;
pub mod error;
pub mod export;
pub mod feeds;
pub mod headers;
pub mod listen;
pub mod openapi;
pub mod picture;
pub mod register;
pub mod render;
pub mod router;
pub mod sitemap;
pub mod snapshot;
pub mod structured_data;
pub mod template;
