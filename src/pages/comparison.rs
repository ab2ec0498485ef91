//! `/comprendre/comparer`: two neighbouring words, side by side.

use contract::{
    page::{ComparedRow, ComparedSide, Comparison},
    route::Route,
};
use locale::{date, fill, text};
use maud::{Markup, PreEscaped, html};

use crate::{
    components::{
        crumbs::crumbs,
        icon::{icon, motif},
        level::{cups, range},
        questions::questions,
    },
    head::Head,
    html::day,
    reader::{apparatus, evidence::capitalised, evidence::count_sources, notes},
};

pub fn head(it: &Comparison) -> Head {
    Head::new(&it.title, &it.excerpt, Some(Route::Comparison))
}

/// One side of one row. Both sides carry the line on what is not known, or neither does.
fn side(class: &str, name: &str, html: &str, unknown: &str) -> Markup {
    html! {
        div class=(class) {
            p class="versus__label" { (name) }
            p { (PreEscaped(html)) }
            @if !unknown.is_empty() {
                p class="versus__unknown" {
                    strong { (text().comparison_unknown()) }
                    " "
                    (PreEscaped(unknown))
                }
            }
        }
    }
}

fn row(it: &Comparison, row: &ComparedRow) -> Markup {
    let warm = "versus__side versus__side--warm";
    html! {
        section class="versus__row late" {
            h2 class="versus__question" { (row.question) }
            (side("versus__side", &it.left.name, &row.left_html, &row.left_unknown_html))
            (side(warm, &it.right.name, &row.right_html, &row.right_unknown_html))
        }
    }
}

fn figure(side: &ComparedSide) -> Markup {
    html! {
        figure class="versus__figure" {
            (motif(&side.image))
            figcaption class="stack stack--tight" {
                p class="versus__name" { (side.name) }
                p class="level" { (cups(side.evidence.level)) }
                p class="small" {
                    strong { (capitalised(&range(&side.evidence))) }
                    "\u{a0}: "
                    (side.evidence.scope)
                }
            }
        }
    }
}

fn headline(it: &Comparison) -> Markup {
    html! {
        header class="headline headline--wide" id="tete" {
            div class="headline__body" {
                p class="kind" { (text().comparison_kind()) }
                h1 class="headline__title" { (it.title) }
                p class="headline__lead" { (PreEscaped(&it.lead_html)) }
                p class="meta" {
                    span class="meta__item" { (text().updated_on()) " " (day(it.updated)) }
                }
                p class="pending" { (icon("clock")) (text().review_pending()) }
            }
        }
    }
}

pub fn view(it: &Comparison) -> Markup {
    let t = text();
    let trail =
        [("/comprendre", t.understand()), ("/comprendre/comparer", it.short_title.as_str())];
    let checked = fill(t.sources_checked(), &[("date", &date::long(it.checked))]);
    html! {
        div class="wrap" {
            (crumbs(&trail))
            (headline(it))
            div {
                div class="versus__heads" aria-hidden="true" {
                    span {}
                    span { (it.left.name) }
                    span { (it.right.name) }
                }
                div class="versus__intro" {
                    h2 class="versus__key" { (t.comparison_today()) }
                    (figure(&it.left))
                    (figure(&it.right))
                }
                div class="versus" { @for it_row in &it.rows { (row(it, it_row)) } }
            }
            section class="section stack" {
                p class="evidence__facts" {
                    a href="#sources" { (count_sources(&it.references)) }
                    ", " (checked) ". " (t.review_pending()) "."
                }
                p class="small" { (t.disclaimer()) }
                (questions(t.comparison_next(), &it.questions))
                (apparatus::sources(&it.references))
                (notes::for_paper(&it.terms, ""))
                (notes::notes(&it.terms, &it.references))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_said_where_there_is_any() {
        let side = |unknown| side("versus__side", "A & B", "<em>x</em>", unknown).into_string();
        assert!(side("").contains("A &amp; B") && side("").contains("<em>x</em>"));
        assert!(!side("").contains("versus__unknown"));
        assert!(side("y").contains("versus__unknown"));
    }
}
