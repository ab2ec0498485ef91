//! Moving between pages without reloading, in a way a screen reader can follow.
//!
//! The next page is loaded first, then shown: the old one stays readable until then, and nothing
//! flashes or shifts. A new page announces its title, takes the focus to its `h1` and starts at the
//! top; Back and Forward restore the place where the reader was. Changing the depth of an article
//! loads nothing and moves nothing. Links, forms and menus are plain HTML: without this module
//! every one of them works by loading the page.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod drafts;
#[cfg(target_arch = "wasm32")]
mod reading;
#[cfg(target_arch = "wasm32")]
mod styles;
#[cfg(target_arch = "wasm32")]
mod trail;

#[cfg(target_arch = "wasm32")]
pub use browser::{current_route, mark_ready, start};

use contract::route::Route;

/// Whether both addresses show the same loaded page: one article at two depths, or two views of the
/// map, which follows by itself.
pub fn same_page(a: &Route, b: &Route) -> bool {
    match (a, b) {
        (Route::Article { slug: a, .. }, Route::Article { slug: b, .. }) => a == b,
        (Route::Map(_), Route::Map(_)) => true,
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(path: &str) -> Route {
        Route::parse(path, "").unwrap()
    }

    #[test]
    fn the_depths_of_one_article_and_the_views_of_the_map_share_a_page() {
        assert!(same_page(&route("/articles/a"), &route("/articles/a/en-1-minute")));
        assert!(!same_page(&route("/articles/a"), &route("/articles/b")));
        assert!(!same_page(&route("/articles"), &route("/")));
        assert!(same_page(&route("/glossaire"), &route("/glossaire")));
        let there = Route::parse("/carte", "town=Lyon").unwrap();
        assert!(same_page(&route("/carte"), &there));
    }
}
