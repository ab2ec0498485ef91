//! `/corrections`: every mistake that was mended, in the open.

use contract::{
    page::PageCorrection,
    route::{Depth, Route},
};
use leptos::prelude::*;
use locale::{date, text};

use crate::{
    app::use_site,
    components::crumbs::Crumbs,
    head::Head,
    html::{escape, push},
};

pub fn head() -> Head {
    Head::new(text().corrections_page_title, text().corrections_lead, Some(Route::Corrections))
}

fn list(items: &[PageCorrection]) -> String {
    if items.is_empty() {
        return format!(r#"<p class="empty">{}</p>"#, text().corrections_empty);
    }
    let mut out = String::from(r#"<ol class="corrections__list">"#);
    for it in items {
        let route = Route::Article { slug: it.slug.clone(), depth: Depth::Full };
        push(
            &mut out,
            &[
                &format!(
                    r#"<li class="corrections__item"><time datetime="{}">{}</time> <a href="{route}">"#,
                    it.correction.date,
                    date::long(it.correction.date)
                ),
                &escape(&it.title),
                "</a><p>",
                &escape(&it.correction.text),
                "</p></li>",
            ],
        );
    }
    out.push_str("</ol>");
    out
}

#[component]
pub fn CorrectionsPage(it: Vec<PageCorrection>) -> impl IntoView {
    let trail = vec![("/corrections".to_owned(), text().corrections_page_title.to_owned())];
    let report = use_site().with_value(|site| site.contact_email.clone()).map(|email| {
        view! {
            <p>{text().corrections_report}" "<a href=format!("mailto:{email}")>{text().footer_contact}</a></p>
        }
    });
    view! {
        <div class="wrap">
            <Crumbs trail/>
            <header class="title-block">
                <h1>{text().corrections_page_title}</h1>
                <p class="headline__lead">{text().corrections_lead}</p>
            </header>
            <div class="section" inner_html=list(&it)></div>
            {report}
        </div>
    }
}
