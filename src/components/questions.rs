//! Questions a reader asks next.

use contract::article::RelatedQuestion;
use maud::{Markup, html};

use crate::components::icon::icon;

/// Shows nothing without questions.
pub fn questions(title: &str, items: &[RelatedQuestion]) -> Markup {
    html! {
        @if !items.is_empty() {
            section class="late" aria-labelledby="t-questions" {
                h2 class="h-small" id="t-questions" { (title) }
                ul class="questions" {
                    @for it in items {
                        li {
                            a class="questions__link" href=(it.href) {
                                span { (it.text) }
                                (icon("arrow"))
                            }
                        }
                    }
                }
            }
        }
    }
}
