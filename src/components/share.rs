//! Passing a page on: the device's own sheet, a copied link, mail, and plain links to networks,
//! none of whose scripts is ever loaded.

use contract::route::encode;
use locale::text;
use maud::{Markup, html};

use crate::components::icon::icon;

/// `address` is absolute. The two buttons are shown by `navigation::reading` where they can work.
pub fn share(address: &str, title: &str) -> Markup {
    let t = text();
    let (url, words) = (encode(address), encode(title));
    html! {
        section class="share late" aria-labelledby="t-share" {
            h2 id="t-share" { (t.share_title()) }
            ul class="share__list" {
                li {
                    button class="share__button" type="button" data-share="native"
                        data-address=(address) hidden {
                        (icon("share"))
                        span { (t.share_native()) }
                    }
                }
                li {
                    button class="share__button" type="button" data-share="copy"
                        data-address=(address) data-done=(t.share_copied())
                        data-failed=(t.share_copy_failed()) hidden {
                        (icon("copy"))
                        span data-label { (t.share_copy()) }
                    }
                }
                li {
                    a class="share__link" href={ "mailto:?subject=" (words) "&body=" (url) } {
                        (icon("mail"))
                        (t.share_mail())
                    }
                }
                (network(t.share_facebook(), "https://www.facebook.com/sharer/sharer.php?u=", "", &url))
                (network(
                    t.share_linkedin(),
                    "https://www.linkedin.com/sharing/share-offsite/?url=",
                    "",
                    &url,
                ))
                (network(t.share_bluesky(), "https://bsky.app/intent/compose?text=", &words, &url))
                (network(t.share_whatsapp(), "https://wa.me/?text=", &words, &url))
            }
        }
    }
}

/// `words` and `url` are percent-encoded.
fn network(name: &str, start: &str, words: &str, url: &str) -> Markup {
    html! {
        li {
            a class="share__link" rel="external noopener nofollow"
                href={ (start) (words) @if !words.is_empty() { "%20" } (url) } {
                (name)
            }
        }
    }
}
