//! Passing a page on: the device's own sheet, a copied link, mail, and plain links to networks,
//! none of whose scripts is ever loaded.

use contract::route::encode;
use leptos::prelude::*;
use locale::text;

use crate::components::icon::Icon;

/// `address` is absolute. The two buttons are shown by `navigation::reading` where they can work.
#[component]
pub fn Share(address: String, title: String) -> impl IntoView {
    let t = text();
    let (url, words) = (encode(&address), encode(&title));
    let networks = [
        (t.share_facebook, format!("https://www.facebook.com/sharer/sharer.php?u={url}")),
        (t.share_linkedin, format!("https://www.linkedin.com/sharing/share-offsite/?url={url}")),
        (t.share_bluesky, format!("https://bsky.app/intent/compose?text={words}%20{url}")),
        (t.share_whatsapp, format!("https://wa.me/?text={words}%20{url}")),
    ];
    let networks = networks.map(|(name, href)| {
        view! { <li><a class="share__link" href=href rel="external noopener nofollow">{name}</a></li> }
    });
    view! {
        <section class="share" aria-labelledby="t-share">
            <h2 class="h-small" id="t-share">{t.share_title}</h2>
            <ul class="share__list">
                <li>
                    <button class="share__button" type="button" data-share="native" data-address=address.clone() hidden>
                        <Icon name="share"/><span>{t.share_native}</span>
                    </button>
                </li>
                <li>
                    <button
                        class="share__button"
                        type="button"
                        data-share="copy"
                        data-address=address
                        data-done=t.share_copied
                        data-failed=t.share_copy_failed
                        hidden
                    >
                        <Icon name="link"/><span data-label="">{t.share_copy}</span>
                    </button>
                </li>
                <li>
                    <a class="share__link" href=format!("mailto:?subject={words}&body={url}")>
                        <Icon name="mail"/>{t.share_mail}
                    </a>
                </li>
                {networks.into_iter().collect_view()}
            </ul>
        </section>
    }
}
