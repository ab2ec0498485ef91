//! Addresses that an operator writes down: which are some.

use contract::site::TileSource;

/// What the policy and the map need of a tile source.
pub(super) fn check_tiles(tiles: &TileSource) -> Result<(), String> {
    let url = &tiles.url;
    let host = tiles.origin().map(|it| it.trim_start_matches("https://"));
    if !url.starts_with('/') && !host.is_some_and(is_host) || url.starts_with("//") {
        return Err(format!(
            "url = {url:?} must start with https://host/, or be a path of this site"
        ));
    }
    if let Some(part) = ["{z}", "{x}", "{y}"].into_iter().find(|it| !url.contains(it)) {
        return Err(format!("url = {url:?} lacks {part}"));
    }
    if tiles.attribution.trim().is_empty() {
        return Err("attribution is empty: whoever draws the map is named beside it".to_owned());
    }
    match &tiles.attribution_url {
        Some(it) if !it.starts_with("https://") => {
            Err(format!("attribution_url = {it:?} must start with https://"))
        }
        _ if !(5..=22).contains(&tiles.max_zoom) => {
            Err(format!("max_zoom = {} must be from 5 to 22", tiles.max_zoom))
        }
        _ => Ok(()),
    }
}

/// `https://host` or `https://host:port`, nothing after it.
pub(super) fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(is_host)
}

pub(super) fn is_host(text: &str) -> bool {
    let known =
        |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b':' | b'[' | b']');
    !text.is_empty() && text.bytes().all(known)
}
