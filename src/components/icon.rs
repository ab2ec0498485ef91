//! Icons and drawings, as references into one file each.

use contract::article::ArticleKind;
use maud::{Markup, html};

/// The file of the icons. The embedded map has them in its own page: in a frame of an origin of its
/// own, other files cannot be referred to.
const SPRITE: &str = if cfg!(feature = "embed") { "" } else { "/icons/sprite.svg" };

/// A line icon. It never carries meaning alone: words stand beside it. `name` is that in
/// `/icons/sprite.svg`, without `i-`.
pub fn icon(name: &str) -> Markup {
    html! {
        svg class="icon" aria-hidden="true" focusable="false" {
            use href={ (SPRITE) "#i-" (name) } {}
        }
    }
}

/// A drawing of cells, shelves and messengers. Decoration: the text says it all. `name` is its file
/// in `/motifs/`, without the ending.
pub fn motif(name: &str) -> Markup {
    drawing("motif", "0 0 280 190", name)
}

/// A drawing with a class and a shape of its own.
pub fn drawing(class: &str, view_box: &str, name: &str) -> Markup {
    html! {
        svg class=(class) viewBox=(view_box) aria-hidden="true" focusable="false" {
            use href={ "/motifs/" (name) ".svg#m" } {}
        }
    }
}

/// The double rule everything stands on.
pub fn shelf() -> Markup {
    html! {
        svg class="shelf" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            use href="/icons/sprite.svg#shelf" {}
        }
    }
}

/// The kind of a page as a style sheet and a drawing name it.
pub fn kind_id(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::Article => "article",
        ArticleKind::Explainer => "explainer",
        ArticleKind::Interview => "interview",
        ArticleKind::Sponsored => "sponsored",
    }
}

/// The back of a book: it tells the kind of a page.
pub fn spine(kind: ArticleKind) -> Markup {
    html! {
        svg class="spine" viewBox="0 0 16 44" aria-hidden="true" focusable="false" {
            use href={ "/icons/cups.svg#spine-" (kind_id(kind)) } {}
        }
    }
}
