//! The built app, embedded: scripts, wasm, style sheets, fonts, drawings.

use std::{collections::HashMap, path::Path, sync::Arc};

use bytes::Bytes;

use crate::{
    entity::{Caching, Entity},
    template::{FrameTemplate, Template, TemplateError},
};

/// One file of `dist/` with its compressed forms, made at build time.
struct Embedded {
    path: &'static str,
    identity: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The pages around the app and around the embedded map.
const INDEX: &str = "index.html";
const FRAME: &str = "embed/index.html";
const BARE_FRAME: &str =
    "<!DOCTYPE html><html lang=\"fr\"><head><!--HEAD--></head><body><!--BODY--></body></html>";

/// Files by their path from the root, and the page they are served around.
pub struct Assets {
    files: HashMap<String, Arc<Entity>>,
    template: Template,
    frame: FrameTemplate,
}

/// The app is not there.
#[derive(Debug, thiserror::Error)]
pub enum AssetsError {
    #[error("the app is not built into this binary; run `cargo xtask build`")]
    NotBuilt,
    #[error("the built index.html cannot be used: {0}")]
    Template(#[from] TemplateError),
}

impl Assets {
    /// # Errors
    ///
    /// [`AssetsError`] when the binary was built without the app, or with one it cannot render into.
    pub fn embedded() -> Result<Assets, AssetsError> {
        let text = |path: &str| {
            let file = EMBEDDED.iter().find(|it| it.path == path);
            file.map(|it| String::from_utf8_lossy(it.identity)).ok_or(AssetsError::NotBuilt)
        };
        let template = Template::parse(&text(INDEX)?)?;
        // `trunk serve` builds the app alone: the embedded map is then its list.
        let frame = text(FRAME).unwrap_or(BARE_FRAME.into());
        let frame = FrameTemplate::parse(&frame, &text("icons/sprite.svg")?)?;
        let files = EMBEDDED.iter().filter(|it| it.path != INDEX && it.path != FRAME).map(|it| {
            let entity = Entity::ready(
                content_type(it.path),
                caching(it.path),
                Bytes::from_static(it.identity),
                it.brotli.map(Bytes::from_static),
                it.gzip.map(Bytes::from_static),
            );
            (format!("/{}", it.path), Arc::new(entity))
        });
        Ok(Assets { files: files.collect(), template, frame })
    }

    pub fn template(&self) -> &Template {
        &self.template
    }

    /// The page around the embedded map.
    pub fn frame(&self) -> &FrameTemplate {
        &self.frame
    }

    /// The file at `path`, which starts with a slash.
    pub fn get(&self, path: &str) -> Option<&Arc<Entity>> {
        self.files.get(path)
    }

    /// Writes what content may show or link, drawings and pictures, below `folder`, where content
    /// checks find and measure it.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub fn unpack(&self, folder: &Path) -> std::io::Result<()> {
        for (path, entity) in &self.files {
            let kind = path.rsplit('.').next().unwrap_or_default();
            if matches!(kind, "js" | "mjs" | "wasm" | "css" | "woff2") {
                continue;
            }
            let file = folder.join(path.trim_start_matches('/'));
            if let Some(parent) = file.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(file, entity.identity())?;
        }
        Ok(())
    }

    /// Names of the drawings that content may use.
    pub fn motifs(&self) -> std::collections::BTreeSet<String> {
        let name =
            |path: &String| path.strip_prefix("/motifs/")?.strip_suffix(".svg").map(str::to_owned);
        self.files.keys().filter_map(name).collect()
    }

    /// Every path with its content, for the static export and for budgets.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entity)> {
        self.files.iter().map(|(path, it)| (path.as_str(), &**it))
    }
}

/// Trunk names what may change by its content: `main-1a2b3c4d5e6f7a8b.css`.
fn caching(path: &str) -> Caching {
    let hashed =
        path.rsplit_once('.').and_then(|(stem, _)| stem.rsplit_once('-')).is_some_and(|it| {
            let hash = it.1.strip_suffix("_bg").unwrap_or(it.1);
            // Of 64 bits; Trunk writes no zeros before it.
            (10..=16).contains(&hash.len()) && hash.bytes().all(|it| it.is_ascii_hexdigit())
        });
    match path {
        _ if hashed => Caching::Forever,
        // Others' pages load it by this name for years: a mend should reach them the same day.
        "embed.js" | "embed/start.mjs" => Caching::Hour,
        _ => Caching::Week,
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "mp4" => "video/mp4",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, forever: bool) {
        assert_eq!(caching(path) == Caching::Forever, forever, "{path}");
    }

    #[test]
    fn only_names_that_change_with_their_content_are_kept_forever() {
        check("main-1a2b3c4d5e6f7a8b.css", true);
        check("immunotheque-web-1a2b3c4d5e6f7a8b_bg.wasm", true);
        check("embed/immunotheque-embed-21cda44ed24f284.js", true);
        check("immunotheque-search_bg.wasm", false);
        check("fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2", false);
        check("prefs.js", false);
        check("fonts/literata-latin-500-normal.woff2", false);
    }
}
