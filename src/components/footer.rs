//! Emergency numbers, the site's own pages, feeds and networks, on every page.

use contract::site::Site;
use locale::text;
use maud::{Markup, html};

/// The inside of `footer.footer`.
pub fn footer(site: &Site) -> Markup {
    let t = text();
    let pages = [
        ("/a-propos", t.footer_about()),
        ("/charte-editoriale", t.footer_method()),
        ("/financement", t.footer_funding()),
        ("/glossaire", t.glossary()),
        ("/references", t.footer_sources()),
        ("/corrections", t.footer_corrections()),
        ("/vie-privee", t.footer_privacy()),
        ("/accessibilite", t.footer_accessibility()),
        ("/mentions-legales", t.footer_legal()),
    ];
    let feeds = [
        ("/feed.xml", t.footer_rss()),
        ("/atom.xml", t.footer_atom()),
        ("/feed.json", t.footer_json_feed()),
    ];
    html! {
        div class="wrap footer__inner" {
            section id="urgences" aria-labelledby="t-urgences" {
                h2 class="footer__title" id="t-urgences" { (t.footer_emergency()) }
                ul class="numbers" {
                    @for it in &site.emergency_numbers {
                        li class="numbers__item" {
                            a class="numbers__tel" href=(it.href) { (it.number) }
                            " "
                            span class="numbers__text" { (it.label) }
                        }
                    }
                }
            }
            nav aria-label=(t.footer_nav()) {
                ul class="footer__links" {
                    @for (href, name) in pages { (link(href, name, None)) }
                    @if site.features.testimonials { (link("/temoignages", t.testimonials(), None)) }
                    @if site.features.contact {
                        (link("/contact", t.footer_contact(), None))
                    } @else if let Some(email) = &site.contact_email {
                        li { a class="footer__link" href={ "mailto:" (email) } { (t.footer_contact()) } }
                    }
                    @if !site.side_effects_url.is_empty() {
                        (link(&site.side_effects_url, t.footer_side_effect(), Some("external noopener")))
                    }
                }
            }
            nav aria-label=(t.footer_follow()) {
                ul class="footer__social" {
                    @for it in &site.social { (link(&it.url, &it.name, Some("me external noopener"))) }
                    @for (href, name) in feeds { (link(href, name, None)) }
                }
            }
            p class="footer__legal" { (t.footer_disclaimer()) }
        }
    }
}

fn link(href: &str, name: &str, rel: Option<&str>) -> Markup {
    html! { li { a class="footer__link" href=(href) rel=[rel] { (name) } } }
}
