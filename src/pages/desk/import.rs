//! `/moderation/annuaire/import`: a file is chosen, its report is read, then it is imported.

use contract::{
    desk::{
        MAX_ACCOUNT, Who,
        entries::{ImportChange, ImportProblem, ImportReport},
    },
    error::Problem,
    paths::{BASE, PRACTITIONERS_CSV},
    route::{DESK_DIRECTORY, IMPORT},
    site::Site,
};
use locale::{fill, text};
use maud::{Markup, html};

use crate::{
    page::Document,
    pages::desk::{Tab, frame, head, journal::changes, words},
};

/// The form that a file is sent with.
pub fn import_form(site: &Site, who: &Who, source: &str, problem: Option<&Problem>) -> Document {
    let t = text();
    let main = html! {
        section class="queue queue--wide" aria-labelledby="t-import" {
            (head(who, Tab::Directory, "t-import", t.import_title(), html! {}))
            div class="entry" {
                form class="form" method="post" enctype="multipart/form-data"
                    action={ "/" (DESK_DIRECTORY) "/" (IMPORT) } {
                    @if let Some(it) = problem {
                        div class="form__summary" role="alert" { p { (it.detail) } }
                    }
                    p { (t.import_lead()) }
                    p class="muted small" {
                        (t.import_columns()) " "
                        a href={ (BASE) (PRACTITIONERS_CSV) } download { (t.import_export()) }
                    }
                    div class="field" {
                        label class="field__label" for="i-file" {
                            (t.import_file()) span aria-hidden="true" { " *" }
                        }
                        p class="field__hint" id="i-file-aide" { (t.import_file_hint()) }
                        input class="input" id="i-file" name="file" type="file" required
                            accept=".csv,text/csv,text/plain" aria-describedby="i-file-aide";
                    }
                    div class="field" {
                        label class="field__label" for="i-source" {
                            (t.desk_entry_source()) " "
                            span class="muted" { "(" (t.form_optional()) ")" }
                        }
                        p class="field__hint" id="i-source-aide" { (t.import_source_hint()) }
                        input class="input" id="i-source" name="source" type="text"
                            value=(source) maxlength=(2 * MAX_ACCOUNT) autocomplete="off"
                            aria-describedby="i-source-aide";
                    }
                    p { button class="button" type="submit" { (t.import_look()) } }
                }
            }
        }
    };
    frame(site, Some(who), t.import_title(), problem.map_or(200, |it| it.status), &main)
}

/// What importing a file would do.
pub fn import_report(
    site: &Site,
    who: &Who,
    report: &ImportReport,
    problem: Option<&Problem>,
) -> Document {
    let t = text();
    let again = format!("/{DESK_DIRECTORY}/{IMPORT}");
    let main = html! {
        section class="queue queue--wide" aria-labelledby="t-import" {
            (head(who, Tab::Directory, "t-import", t.import_report(), html! {
                p { (t.import_report_lead()) }
            }))
            div class="entry" {
                @if let Some(it) = problem {
                    div class="form__summary" role="alert" { p { (it.detail) } }
                }
                (counts(report))
                (go(report))
                p { a href=(again) { (t.import_again()) } }
                (problems(report))
                (changed(report))
            }
        }
    };
    frame(site, Some(who), t.import_report(), problem.map_or(200, |it| it.status), &main)
}

fn counts(it: &ImportReport) -> Markup {
    let t = text();
    let separator = if it.separator == "\t" {
        t.import_tab().to_owned()
    } else {
        format!("« {} »", it.separator)
    };
    let format = [("encoding", &*it.encoding), ("separator", &*separator)];
    html! {
        section class="why" aria-labelledby="t-lignes" {
            h2 class="why__title" id="t-lignes" { (t.import_rows().with(it.rows)) }
            ul class="entry__counts" {
                li { (t.import_accepted().with(it.accepted)) }
                li { (t.import_rejected().with(it.rejected)) }
                li { (t.import_doubtful().with(it.doubtful)) }
            }
            p class="muted small" {
                (t.desk_entry_source()) " : " span dir="auto" { (it.source) } br;
                (fill(t.import_format(), &format))
                @if !it.unknown_columns.is_empty() {
                    br; (fill(t.import_unknown_columns(), &[
                        ("columns", &it.unknown_columns.join(", ")),
                    ]))
                }
            }
        }
        section class="why" aria-labelledby="t-effet" {
            h2 class="why__title" id="t-effet" { (t.import_effect()) }
            ul class="entry__counts" {
                li { (t.import_will_add().with(it.added)) }
                li { (t.import_will_update().with(it.updated)) }
                li { (t.import_will_keep().with(it.unchanged)) }
                li { (t.import_will_archive().with(it.archived)) }
            }
        }
    }
}

fn go(it: &ImportReport) -> Markup {
    let t = text();
    html! {
        @if let Some(token) = &it.token {
            form class="decide" method="post"
                action={ "/" (DESK_DIRECTORY) "/" (IMPORT) "/confirmer" } {
                input type="hidden" name="token" value=(token);
                @if 0 < it.rejected {
                    div class="check" {
                        input class="check__box" id="i-partial" name="partial" type="checkbox"
                            value="true";
                        label for="i-partial" { (t.import_partial()) }
                    }
                }
                p {
                    button class="decide__button decide__button--main" type="submit" {
                        (t.import_go())
                    }
                }
            }
        } @else {
            p { strong { (t.import_nobody()) } }
        }
    }
}

fn problems(it: &ImportReport) -> Markup {
    let t = text();
    let shown = u32::try_from(it.problems.len()).unwrap_or(u32::MAX);
    let more = it.problems_total.saturating_sub(shown);
    html! {
        section class="why" aria-labelledby="t-remarques" {
            h2 class="why__title" id="t-remarques" { (t.import_problems()) }
            @if it.problems.is_empty() {
                p class="muted" { (t.import_problems_none()) }
            } @else {
                div class="table-scroll" tabindex="0" role="group" aria-labelledby="t-remarques" {
                    table class="table" {
                        thead {
                            tr {
                                th scope="col" { (t.import_line()) }
                                th scope="col" { (t.import_column()) }
                                th scope="col" { (t.import_value()) }
                                th scope="col" { (t.import_what()) }
                                th scope="col" { (t.import_fate()) }
                            }
                        }
                        tbody { @for problem in &it.problems { (row(problem)) } }
                    }
                }
                @if 0 < more { p class="muted" { (t.import_problems_more().with(more)) } }
            }
        }
    }
}

fn row(it: &ImportProblem) -> Markup {
    let t = text();
    let fate = if it.rejected { t.import_fate_rejected() } else { t.import_fate_doubtful() };
    html! {
        tr {
            th scope="row" { (it.line) }
            td { (it.field.as_deref().map_or("", words::field)) }
            td dir="auto" { (it.value) }
            td { (it.message) }
            td { (fate) }
        }
    }
}

fn changed(it: &ImportReport) -> Markup {
    let t = text();
    let count = u32::try_from(it.changes.len()).unwrap_or(u32::MAX);
    let more = count < it.updated.saturating_add(it.archived);
    html! {
        @if !it.changes.is_empty() {
            section class="why" aria-labelledby="t-changements" {
                h2 class="why__title" id="t-changements" { (t.import_changes()) }
                @if more { p class="muted" { (t.import_changes_first().with(count)) } }
                ol class="lines" { @for it in &it.changes { (change(it)) } }
            }
        }
    }
}

fn change(it: &ImportChange) -> Markup {
    let t = text();
    html! {
        li class="lines__line" {
            a dir="auto" href={ "/" (DESK_DIRECTORY) "/" (it.id) } { (it.name) }
            @if it.archived { ", " strong { (t.desk_did_entry_archive()) } }
            @if it.restored { ", " strong { (t.import_restored()) } }
            (changes(&it.changes))
        }
    }
}
