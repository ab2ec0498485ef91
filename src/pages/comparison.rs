//! `/comprendre/comparer`: two neighbouring words, side by side.

use contract::{page::Comparison, route::Route};
use leptos::prelude::*;
use locale::{date, fill, text};

use crate::{
    components::{
        crumbs::Crumbs, icon::Icon, icon::Motif, level::Cups, level::range, questions::Questions,
    },
    head::Head,
    html::{escape, push},
    reader::{apparatus, evidence::capitalised, evidence::count_sources, notes},
};

pub fn head(it: &Comparison) -> Head {
    Head::new(&it.title, &it.excerpt, Some(Route::Comparison))
}

pub fn seed(it: &Comparison) -> Comparison {
    let mut it = it.clone();
    it.lead_html.clear();
    it.rows.clear();
    it.terms.clear();
    it.references.clear();
    it
}

/// One side of one row. Both sides carry the line on what is not known, or neither does.
fn side(out: &mut String, class: &str, name: &str, html: &str, unknown: &str) {
    push(
        out,
        &[
            r#"<div class="versus__side"#,
            class,
            r#""><p class="versus__label">"#,
            &escape(name),
            "</p><p>",
            html,
            "</p>",
        ],
    );
    if !unknown.is_empty() {
        push(
            out,
            &[
                r#"<p class="versus__unknown"><strong>"#,
                text().comparison_unknown,
                "</strong> ",
                unknown,
                "</p>",
            ],
        );
    }
    out.push_str("</div>");
}

fn rows(it: &Comparison) -> String {
    let mut out = String::new();
    for row in &it.rows {
        push(
            &mut out,
            &[
                r#"<section class="versus__row"><h2 class="versus__question">"#,
                &escape(&row.question),
                "</h2>",
            ],
        );
        side(&mut out, "", &it.left.name, &row.left_html, &row.left_unknown_html);
        side(
            &mut out,
            " versus__side--warm",
            &it.right.name,
            &row.right_html,
            &row.right_unknown_html,
        );
        out.push_str("</section>");
    }
    out
}

#[component]
pub fn ComparisonPage(it: Comparison) -> impl IntoView {
    let trail = vec![
        ("/comprendre".to_owned(), text().understand.to_owned()),
        ("/comprendre/comparer".to_owned(), it.short_title.clone()),
    ];
    let rows = rows(&it);
    let sources = [
        apparatus::sources(&it.references),
        notes::for_paper(&it.terms),
        notes::html(&it.terms, &it.references),
    ]
    .concat();
    let checked = fill(text().sources_checked, &[("date", &date::long(it.checked))]);
    let facts = format!(
        r##"<a href="#sources">{}</a>, {checked}. {}."##,
        escape(&count_sources(&it.references)),
        text().review_pending
    );
    let figures = [it.left.clone(), it.right.clone()].map(|side| {
        view! {
            <figure class="versus__figure">
                <Motif name=side.image/>
                <figcaption class="stack stack--tight">
                    <p class="versus__name h-like">{side.name}</p>
                    <p class="level"><Cups level=side.evidence.level/></p>
                    <p class="small"><strong>{capitalised(&range(&side.evidence))}</strong>" : "{side.evidence.scope.clone()}</p>
                </figcaption>
            </figure>
        }
    });
    view! {
        <div class="wrap">
            <Crumbs trail/>
            <header class="headline headline--wide">
                <div class="headline__body">
                    <p class="kind">{text().comparison_kind}</p>
                    <h1 class="headline__title">{it.title}</h1>
                    <p class="headline__lead" inner_html=it.lead_html></p>
                    <p class="meta">
                        <span class="meta__item">
                            {text().updated_on}" "
                            <time datetime=it.updated.to_string()>{date::long(it.updated)}</time>
                        </span>
                    </p>
                    <p class="pending"><Icon name="clock"/>{text().review_pending}</p>
                </div>
            </header>
            <div class="versus-all">
                <div class="versus__heads" aria-hidden="true">
                    <span></span><span>{it.left.name}</span><span>{it.right.name}</span>
                </div>
                <div class="versus__intro">
                    <h2 class="versus__key">{text().comparison_today}</h2>
                    {figures.into_iter().collect_view()}
                </div>
                <div class="versus" inner_html=rows></div>
            </div>
            <section class="section stack">
                <p class="evidence__facts" inner_html=facts></p>
                <p class="facts__disclaimer">{text().disclaimer}</p>
                <Questions title=text().comparison_next items=it.questions/>
                <div class="reading__apparatus stack stack--loose" inner_html=sources></div>
            </section>
        </div>
    }
}
