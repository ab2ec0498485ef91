//! The open item: what it is, its text, why it was held, what can be decided, what was.

use contract::{
    desk::{Action, Field, MAX_REPLY, QueueItem, Seen, Shelf, Verdict, hides, masked},
    receipt::Kind,
    route::DESK,
};
use locale::{fill, text};
use maud::{Markup, html};

use crate::{
    components::comments::permalink,
    html::day,
    pages::desk::{
        Desk, Open, address,
        journal::lines,
        list::{leads_away, reason},
        marks::{marked, quoted},
        words,
    },
};

pub fn case(desk: &Desk, open: &Open) -> Markup {
    let (t, it) = (text(), &open.item);
    let title = if it.name.is_empty() {
        t.desk_case_nameless().to_owned()
    } else {
        fill(t.desk_case(), &[("name", &masked(&it.name, Field::Name, &it.findings))])
    };
    let step = |to: &Option<_>, key: &str, words: &str| {
        html! {
            @if let Some(id) = to {
                a href={ (address(&desk.question.at(Some(id)))) "#cas" } data-key=(key) { (words) }
            }
        }
    };
    html! {
        nav class="case__steps" aria-label=(t.desk_steps()) {
            (step(&open.previous, "k", t.desk_previous()))
            (step(&open.next, "j", t.desk_next()))
        }
        h2 class="case__title" id="t-cas" dir="auto" { (title) }
        (facts(desk, open))
        @if it.body.is_empty() {
            p class="muted" { (t.desk_empty_text()) }
        } @else {
            (quoted(&it.body, &it.findings))
        }
        (why(it))
        (decide(desk, it))
        section class="why" aria-labelledby="t-historique" {
            h3 class="why__title" id="t-historique" { (t.desk_history()) }
            @if open.history.is_empty() {
                p class="muted" { (t.desk_history_none()) }
            } @else {
                (lines(&open.history, false))
            }
        }
    }
}

fn facts(desk: &Desk, open: &Open) -> Markup {
    let (t, it) = (text(), &open.item);
    html! {
        dl class="case__facts" {
            dt class="case__key" { (t.desk_fact_kind()) }
            dd { (words::kind(it.kind)) ", " (words::shelf(it.state)) }
            dt class="case__key" { (t.desk_fact_page()) }
            dd {
                @if let Some(about) = &open.about {
                    a href=(about) { (it.page_title) }
                } @else {
                    (it.page_title)
                }
                @if let Some(edits) = &open.edits {
                    br; a href=(edits) { (t.desk_entry_open()) }
                }
            }
            @if let Some(parent) = &it.parent {
                dt class="case__key" { (t.desk_fact_parent()) }
                dd {
                    a href=(permalink(&it.page, parent)) { (t.desk_fact_parent_see()) }
                }
            }
            dt class="case__key" { (t.desk_fact_sent()) }
            dd {
                (words::moment(it.sent_ms)) " ("
                (fill(t.desk_ago(), &[("age", &words::age(it.sent_ms, desk.now_ms))])) ")"
            }
            @if let Some(useful) = it.useful {
                dt class="case__key" { (t.desk_fact_useful()) }
                dd { (if useful { t.feedback_yes() } else { t.feedback_no() }) }
            }
            // Else the heading says it all.
            @if it.findings.iter().any(|it| it.field == Field::Name) {
                (said(it, Field::Name, Some(&it.name)))
            }
            (said(it, Field::Subject, it.subject.as_deref()))
            (said(it, Field::Treatments, it.treatments.as_deref()))
            (said(it, Field::Ties, it.ties.as_deref()))
            @if let Some(day_of_end) = it.shown_until {
                dt class="case__key" { (t.desk_fact_until()) }
                dd { (day(day_of_end)) }
            }
            @if let Some(email) = &it.email {
                dt class="case__key" { (t.desk_fact_email()) }
                dd dir="ltr" {
                    @if matches!(it.kind, Kind::Message | Kind::Report) {
                        // Whoever is written to is answered.
                        (email)
                    } @else {
                        details class="reveal" { summary { (t.desk_reveal()) } (email) }
                    }
                }
            }
            @if it.masked {
                dt class="case__key" { (t.desk_fact_masked()) }
                dd { (t.desk_yes()) }
            }
            @if it.institute {
                dt class="case__key" { (t.desk_fact_institute()) }
                dd { (t.desk_yes()) }
            }
        }
    }
}

/// What the author wrote beside the text.
fn said(it: &QueueItem, field: Field, words: Option<&str>) -> Markup {
    html! {
        @if let Some(words) = words {
            dt class="case__key" { (words::beside(field)) }
            dd dir="auto" { (marked(words, field, &it.findings)) }
        }
    }
}

fn why(it: &QueueItem) -> Markup {
    let t = text();
    html! {
        section class="why" aria-labelledby="t-pourquoi" {
            h3 class="why__title" id="t-pourquoi" { (t.desk_why()) }
            @if it.findings.is_empty() {
                p class="muted" { (t.desk_why_none()) }
            } @else {
                ol class="stack stack--tight" {
                    @for (number, finding) in (1..).zip(&it.findings) {
                        li class="why__item" {
                            span class="why__num" { (number) }
                            span {
                                (reason(&finding.kind)) " " (words::finding(&finding.kind).1)
                                " " span class="muted small" {
                                    (fill(t.desk_rule(), &[("rule", &finding.rule)]))
                                    @if finding.field != Field::Body {
                                        ". " (fill(t.desk_found_in(), &[("field", words::beside(finding.field))]))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn decide(desk: &Desk, it: &QueueItem) -> Markup {
    let t = text();
    let seen = Seen { id: it.id.clone(), seen: it.seen };
    // There is something to mask, and it is not yet.
    let hidden = it.masked && it.state == Shelf::Approved;
    let maskable = !hidden && it.findings.iter().any(|it| hides(&it.kind));
    let may = |verdict| desk.who.role.may(Action::Decide(it.kind, verdict));
    let button = |verdict: Verdict, key: &str, more: &str| {
        html! {
            @if may(verdict) && leads_away(verdict, it.state) {
                button class={ "decide__button" (more) } type="submit" name="verdict"
                    value=(verdict.name()) data-key=(key.to_lowercase()) {
                    (words::verdict(verdict, it.kind, it.state))
                    @if !key.is_empty() { " " kbd class="key" { (key) } }
                }
            }
        }
    };
    html! {
        form class="decide" id="decision" method="post" action={ "/" (DESK) } {
            input type="hidden" name="items" value=(seen);
            input type="hidden" name="back" value=(desk.question.at(Some(&it.id)));
            (reply(it))
            div class="decide__row" {
                (button(Verdict::Approve, "A", " decide__button--main"))
                @if maskable { (button(Verdict::Mask, "M", "")) }
                @if it.kind == Kind::Comment && !it.institute {
                    (button(Verdict::Institute, "I", ""))
                }
                (button(Verdict::Hold, "H", ""))
                (button(Verdict::Reject, "R", ""))
                (button(Verdict::Reopen, "", ""))
            }
            @if may(Verdict::Erase) {
                // Two presses: what is erased does not come back.
                details class="decide__erase" {
                    summary data-key="e" { (t.desk_erase()) " " kbd class="key" { "E" } }
                    p { (t.desk_erase_text()) }
                    button class="decide__button decide__button--danger" type="submit"
                        name="verdict" value=(Verdict::Erase.name()) { (t.desk_erase_confirm()) }
                }
            }
            p class="muted small" { (t.desk_recorded()) }
        }
    }
}

/// What its author will read: one of those that are proposed, or other words.
fn reply(it: &QueueItem) -> Markup {
    let t = text();
    html! {
        details class="decide__reply" open[it.reply.is_some()] {
            summary { (t.desk_reply()) }
            fieldset class="stack stack--tight" {
                legend class="muted small" { (t.desk_reply_hint()) }
                label class="decide__choice" {
                    input type="radio" name="proposed" value="" checked;
                    span { (t.desk_reply_none()) }
                }
                @for (number, (name, words)) in (1..).zip(words::proposed()) {
                    label class="decide__choice" {
                        input type="radio" name="proposed" value=(number) data-key=(number);
                        span {
                            strong { (name) } " " kbd class="key" { (number) }
                            br;
                            span class="small" { (words) }
                        }
                    }
                }
            }
            label class="field" {
                span class="field__label" { (t.desk_reply_own()) }
                textarea class="input" name="reply" rows="3" maxlength=(MAX_REPLY) {
                    (it.reply.as_deref().unwrap_or_default())
                }
            }
        }
    }
}
