//! Emergency numbers, the site's own pages, feeds and networks, on every page.

use contract::site::Site;
use leptos::prelude::*;
use locale::text;

#[component]
pub fn Footer(site: StoredValue<Site>) -> impl IntoView {
    let t = text();
    let site = site.get_value();
    let numbers = site.emergency_numbers.into_iter().map(|it| {
        view! {
            <li class="numbers__item">
                <a class="numbers__tel" href=it.href>{it.number}</a>
                <span class="numbers__text">{it.label}</span>
            </li>
        }
    });
    let links = [
        ("/a-propos", t.footer_about),
        ("/charte-editoriale", t.footer_method),
        ("/financement", t.footer_funding),
        ("/glossaire", t.glossary),
        ("/references", t.footer_sources),
        ("/corrections", t.footer_corrections),
        ("/vie-privee", t.footer_privacy),
        ("/accessibilite", t.footer_accessibility),
        ("/mentions-legales", t.footer_legal),
    ];
    let links = links.map(|(href, name)| {
        view! { <li><a class="footer__link" href=href>{name}</a></li> }
    });
    let contact = site.contact_email.map(|email| {
        view! { <li><a class="footer__link" href=format!("mailto:{email}")>{t.footer_contact}</a></li> }
    });
    let side_effects = (!site.side_effects_url.is_empty()).then(|| {
        view! {
            <li><a class="footer__link" href=site.side_effects_url rel="external noopener">{t.footer_side_effect}</a></li>
        }
    });
    let social = site.social.into_iter().map(|it| {
        view! { <li><a class="footer__link" href=it.url rel="me external noopener">{it.name}</a></li> }
    });
    let feeds = [
        ("/feed.xml", t.footer_rss),
        ("/atom.xml", t.footer_atom),
        ("/feed.json", t.footer_json_feed),
    ];
    let feeds = feeds.map(|(href, name)| {
        view! { <li><a class="footer__link" href=href>{name}</a></li> }
    });
    view! {
        <footer class="footer deep">
            <div class="wrap footer__inner">
                <section id="urgences" aria-labelledby="t-urgences">
                    <h2 class="footer__title" id="t-urgences">{t.footer_emergency}</h2>
                    <ul class="numbers">{numbers.collect_view()}</ul>
                </section>
                <nav aria-label=t.footer_nav>
                    <ul class="footer__links">{links.into_iter().collect_view()}{contact}{side_effects}</ul>
                </nav>
                <nav aria-label=t.footer_follow>
                    <ul class="footer__social">{social.collect_view()}{feeds.into_iter().collect_view()}</ul>
                </nav>
                <p class="footer__legal">{t.footer_disclaimer}</p>
            </div>
        </footer>
    }
}
