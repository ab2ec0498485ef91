//! One entry of the directory at the desk: its form, what was reported of it, what was done to it.

use contract::{
    desk::{
        FieldChange, Question, QueueItem, Recorded, Who,
        entries::{DeskEntry, EntryDraft},
    },
    error::FieldError,
    practitioner::Practitioner,
    route::{DESK_DIRECTORY, NEW_ENTRY, Route},
    site::Site,
};
use locale::{fill, text};
use maud::{Markup, html};

use crate::{
    page::Document,
    pages::desk::{
        Tab, address, entry_fields, frame, head,
        journal::{changes, lines},
        words,
    },
};

/// What the page of an entry shows, a new one's too.
pub struct EntryPage<'a> {
    pub site: &'a Site,
    pub who: &'a Who,
    /// None for a new one.
    pub kept: Option<&'a DeskEntry>,
    pub draft: &'a EntryDraft,
    /// Which state of the entry the draft was made from.
    pub seen: i64,
    pub errors: &'a [FieldError],
    pub doubts: &'a [FieldError],
    pub conflict: Option<&'a Conflict>,
    pub history: &'a [Recorded],
    /// What waits of readers.
    pub reports: &'a [QueueItem],
    pub notice: Option<&'static str>,
    pub status: u16,
    pub now_ms: i64,
}

/// Somebody else was faster.
pub struct Conflict {
    /// What saving again would replace.
    pub changes: Vec<FieldChange>,
}

/// What was just done, as an address says it.
pub fn entry_notice(name: &str) -> Option<&'static str> {
    let t = text();
    Some(match name {
        "ajout" => t.desk_entry_added(),
        "modification" => t.desk_entry_saved(),
        "archive" => t.desk_entry_was_archived(),
        "retour" => t.desk_entry_was_restored(),
        _ => return None,
    })
}

/// The page of an entry.
pub fn entry(it: &EntryPage) -> Document {
    let t = text();
    let title = match it.kept {
        Some(kept) => fill(t.desk_entry_title(), &[("name", &kept.practitioner.name)]),
        None => t.desk_entry_new().to_owned(),
    };
    let main = html! {
        section class="queue queue--wide" aria-labelledby="t-fiche" {
            (head(it.who, Tab::Directory, "t-fiche", &title, html! {
                @if let Some(kept) = it.kept { (facts(kept)) }
            }))
            div class="entry" {
                @if let Some(notice) = it.notice {
                    div class="told" role="status" { p { (notice) } }
                }
                @if let Some(conflict) = it.conflict { (told(conflict)) }
                (form(it))
                @if let Some(kept) = it.kept {
                    (put_away(kept))
                    (reports(it))
                    section class="why" aria-labelledby="t-historique" {
                        h2 class="why__title" id="t-historique" { (t.desk_history()) }
                        @if it.history.is_empty() {
                            p class="muted" { (t.desk_history_none()) }
                        } @else {
                            (lines(it.history, false))
                        }
                    }
                }
            }
        }
    };
    frame(it.site, Some(it.who), &title, it.status, &main)
}

fn facts(kept: &DeskEntry) -> Markup {
    let (t, about) = (text(), &kept.practitioner);
    html! {
        @if kept.archived_ms.is_some() {
            p { strong { (t.desk_entry_archived()) } }
        } @else {
            p {
                a href=(Route::Practitioner { id: about.id.clone() }) { (t.desk_entry_public()) }
            }
        }
        p class="muted small" {
            (t.desk_entry_external()) " : " span dir="auto" { (kept.external_id) }
            br;
            (fill(t.desk_entry_position_now(), &[
                ("position", &about.position.at.to_string()),
                ("precision", precision(about)),
            ]))
        }
    }
}

fn precision(it: &Practitioner) -> &'static str {
    entry_fields::precision(it.position.precision)
}

fn told(it: &Conflict) -> Markup {
    let t = text();
    html! {
        div class="form__summary" role="alert" tabindex="-1" id="conflit" {
            p class="form__summary-title" { (t.desk_entry_conflict()) }
            @if it.changes.is_empty() {
                p { (t.desk_entry_conflict_same()) }
            } @else {
                p { (t.desk_entry_conflict_differs()) }
                (changes(&it.changes))
            }
        }
    }
}

fn form(it: &EntryPage) -> Markup {
    let t = text();
    let action = match it.kept {
        Some(kept) => format!("/{DESK_DIRECTORY}/{}", kept.practitioner.id),
        None => format!("/{DESK_DIRECTORY}/{NEW_ENTRY}"),
    };
    let anchor = if it.conflict.is_some() { "#conflit" } else { "#erreurs" };
    html! {
        form class="form" method="post" novalidate action={ (action) (anchor) } {
            (summary(it.errors))
            @if !it.doubts.is_empty() {
                div class="told" {
                    div {
                        p { strong { (t.desk_entry_doubts()) } }
                        ul {
                            @for doubt in it.doubts {
                                li { a href={ "#e-" (doubt.field) } { (words::field(&doubt.field)) }
                                    " : " (doubt.message) }
                            }
                        }
                    }
                }
            }
            p class="form__note muted small" { (t.form_required()) }
            @if it.kept.is_some() { input type="hidden" name="seen" value=(it.seen); }
            (entry_fields::fields(it.draft, it.errors, it.kept.is_none()))
            p { button class="button" type="submit" { (t.desk_entry_save()) } }
            p class="muted small" { (t.desk_directory_lead()) }
        }
    }
}

/// What is wrong, one link each to its field.
fn summary(errors: &[FieldError]) -> Markup {
    let count = u32::try_from(errors.len()).unwrap_or(u32::MAX);
    html! {
        @if !errors.is_empty() {
            div class="form__summary" role="alert" tabindex="-1" id="erreurs" {
                p class="form__summary-title" { (text().desk_entry_wrong().with(count)) }
                ul {
                    @for it in errors {
                        li {
                            a href={ "#e-" (it.field) } {
                                (words::field(&it.field)) " : " (it.message)
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Taking it out of sight takes two presses; bringing it back one.
fn put_away(kept: &DeskEntry) -> Markup {
    let (t, id) = (text(), &kept.practitioner.id);
    let archived = kept.archived_ms.is_some();
    let step = if archived { "remettre" } else { "archiver" };
    html! {
        form class="decide" method="post" action={ "/" (DESK_DIRECTORY) "/" (id) "/" (step) } {
            input type="hidden" name="seen" value=(kept.seen);
            @if archived {
                p { button class="decide__button" type="submit" { (t.desk_entry_restore()) } }
            } @else {
                details class="decide__erase" {
                    summary { (t.desk_entry_archive()) }
                    p { (t.desk_entry_archive_text()) }
                    button class="decide__button decide__button--danger" type="submit" {
                        (t.desk_entry_archive_confirm())
                    }
                }
            }
        }
    }
}

/// What readers say is wrong, each with its place in the queue.
fn reports(it: &EntryPage) -> Markup {
    let t = text();
    html! {
        section class="why" aria-labelledby="t-signalements" {
            h2 class="why__title" id="t-signalements" { (t.desk_entry_reports()) }
            @if it.reports.is_empty() {
                p class="muted" { (t.desk_entry_reports_none()) }
            } @else {
                ol class="lines" {
                    @for report in it.reports {
                        li class="lines__line" {
                            a href={ (address(&Question::default().at(Some(&report.id)))) "#cas" } {
                                (fill(t.desk_entry_report_anonymous(), &[
                                    ("date", &words::moment(report.sent_ms)),
                                ]))
                            }
                            ", " (fill(t.desk_ago(), &[
                                ("age", &words::age(report.sent_ms, it.now_ms)),
                            ]))
                            br;
                            span class="lines__detail" dir="auto" { (report.body) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::practitioner::Precision;

    use super::*;

    #[test]
    fn what_is_approximate_is_said_to_be_so() {
        for it in Precision::ALL {
            let words = entry_fields::precision(*it);
            assert_eq!(words.contains("approximative"), *it != Precision::Exact, "{words}");
        }
    }

    #[test]
    fn only_what_was_done_is_told() {
        assert!(entry_notice("ajout").is_some() && entry_notice("<script>").is_none());
    }
}
