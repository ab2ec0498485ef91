//! What a page says of itself in its head.
//!
//! The server writes all of it into the first answer; on a navigation the browser updates the same
//! elements. Open Graph and structured data are the server's alone: only machines that do not
//! navigate read them.

use contract::{route::Route, site::Site};

/// A page's head, as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Without the site's name.
    pub title: String,
    pub description: String,
    /// The one address search engines should keep; None for pages that are not worth one.
    pub canonical: Option<Route>,
}

impl Head {
    pub fn new(title: &str, description: &str, canonical: Option<Route>) -> Head {
        Head { title: title.to_owned(), description: description.to_owned(), canonical }
    }

    /// The text of `<title>`: the page's, then the site's.
    pub fn full_title(&self, site: &Site) -> String {
        if self.title.is_empty() || self.title == site.name {
            return site.name.clone();
        }
        format!("{} | {}", self.title, site.name)
    }

    /// Writes this head into the document of the running browser.
    #[cfg(all(target_arch = "wasm32", feature = "site"))]
    pub fn apply(&self, site: &Site) {
        let document = leptos::prelude::document();
        document.set_title(&self.full_title(site));
        let set = |selector: &str, attribute: &str, value: &str| {
            if let Ok(Some(element)) = document.query_selector(selector) {
                // Fails only for attribute names with forbidden characters.
                let _ = element.set_attribute(attribute, value);
            }
        };
        set("meta[name=description]", "content", &self.description);
        // A page without an address of its own must not claim another's: the link goes, or comes back.
        if let Ok(Some(link)) = document.query_selector("link[rel=canonical]") {
            link.remove();
        }
        if let (Some(route), Some(head), Ok(link)) =
            (&self.canonical, document.head(), document.create_element("link"))
        {
            let _ = link.set_attribute("rel", "canonical");
            let _ = link.set_attribute("href", &format!("{}{route}", site.url));
            let _ = head.append_child(&link);
        }
        let robots = if self.canonical.is_some() { "index,follow" } else { "noindex" };
        set("meta[name=robots]", "content", robots);
    }
}
