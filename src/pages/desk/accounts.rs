//! `/moderation/comptes` and `/moderation/mon-compte`: who may sit at the desk, and one's own password.

use contract::{
    desk::{
        MAX_ACCOUNT, PASSWORD_CHARS, Role, Who,
        accounts::{Account, AccountMade},
    },
    error::{FieldError, Problem},
    route::{DESK_ACCOUNTS, DESK_OWN},
    site::Site,
};
use locale::{fill, text};
use maud::{Markup, html};

use crate::{
    components::field::{Field, input, summary},
    page::Document,
    pages::desk::{Tab, frame, head, words},
};

/// What the page of accounts shows.
pub struct AccountsPage<'a> {
    pub site: &'a Site,
    pub who: &'a Who,
    pub accounts: &'a [Account],
    /// Something has just been done.
    pub done: bool,
    /// A password that is told this once.
    pub made: Option<&'a AccountMade>,
    pub problem: Option<&'a Problem>,
    /// The name that was typed for a new one.
    pub name: &'a str,
}

/// All accounts, and a form for another.
pub fn accounts(it: &AccountsPage) -> Document {
    let t = text();
    let errors = it.problem.map_or(&[][..], |it| &it.errors);
    let main = html! {
        section class="queue queue--wide" aria-labelledby="t-comptes" {
            (head(it.who, Tab::Accounts, "t-comptes", t.accounts_title(), html! {
                p class="muted small" { (t.accounts_lead()) }
            }))
            div class="entry" {
                @if it.done { div class="told" role="status" { p { (t.accounts_done()) } } }
                @if let Some(problem) = it.problem.filter(|it| it.errors.is_empty()) {
                    div class="form__summary" role="alert" { p { (problem.detail) } }
                }
                @if let Some(made) = it.made { (password(made)) }
                (table(it.accounts))
                (add(it.name, errors))
            }
        }
    };
    let status = it.problem.map_or(200, |it| it.status);
    frame(it.site, Some(it.who), t.accounts_title(), status, &main)
}

fn password(it: &AccountMade) -> Markup {
    let t = text();
    html! {
        @if let Some(password) = &it.password {
            section class="told" role="status" aria-labelledby="t-mot-de-passe" {
                div {
                    h2 class="why__title" id="t-mot-de-passe" {
                        (fill(t.accounts_made(), &[("name", &it.account.name)]))
                    }
                    p { code class="entry__password" { (password) } }
                    p { (t.accounts_made_text()) }
                }
            }
        }
    }
}

fn table(accounts: &[Account]) -> Markup {
    let t = text();
    html! {
        div class="table-scroll" tabindex="0" role="region" aria-label=(t.accounts_list()) {
            table class="table" {
                thead {
                    tr {
                        th scope="col" { (t.desk_name()) }
                        th scope="col" { (t.accounts_role()) }
                        th scope="col" { (t.accounts_signed_in()) }
                        th scope="col" { (t.accounts_state()) }
                        th scope="col" { (t.accounts_actions()) }
                    }
                }
                tbody { @for it in accounts { (row(it)) } }
            }
        }
    }
}

fn row(it: &Account) -> Markup {
    let t = text();
    let closed = it.disabled_ms.is_some();
    let (switch, words) =
        if closed { ("enable", t.accounts_enable()) } else { ("disable", t.accounts_disable()) };
    let button = |action: &str, words: &str| {
        let label = fill(t.accounts_about(), &[("action", words), ("name", &it.name)]);
        html! {
            button class="decide__button" type="submit" name="action" value=(action)
                aria-label=(label) { (words) }
        }
    };
    html! {
        tr {
            th scope="row" dir="auto" { (it.name) }
            td {
                form class="entry__row" method="post" action={ "/" (DESK_ACCOUNTS) } {
                    input type="hidden" name="account" value=(it.name);
                    select class="input" name="role"
                        aria-label=(fill(t.accounts_role_of(), &[("name", &it.name)])) {
                        (roles(it.role))
                    }
                    (button("role", t.accounts_role_go()))
                }
            }
            td {
                (it.signed_in_ms.map_or(t.accounts_never().to_owned(), words::moment))
                br; span class="muted" { (t.accounts_created()) " " (words::moment(it.created_ms)) }
            }
            td {
                @match it.disabled_ms {
                    Some(since) => (fill(t.accounts_closed(), &[("date", &words::moment(since))])),
                    None => (t.accounts_open()),
                }
            }
            td {
                form class="entry__row" method="post" action={ "/" (DESK_ACCOUNTS) } {
                    input type="hidden" name="account" value=(it.name);
                    (button("sign_out", t.accounts_sign_out()))
                    (button("password", t.accounts_password()))
                    (button(switch, words))
                }
            }
        }
    }
}

fn roles(chosen: Role) -> Markup {
    html! {
        @for role in Role::ALL {
            option value=(role.name()) selected[role == chosen] { (words::role(role)) }
        }
    }
}

fn add(name: &str, errors: &[FieldError]) -> Markup {
    let t = text();
    let field = Field {
        id: "c-account",
        name: "account",
        label: t.accounts_name(),
        hint: "",
        required: true,
        autocomplete: "off",
        most: MAX_ACCOUNT,
    };
    html! {
        form class="form" method="post" action={ "/" (DESK_ACCOUNTS) "#erreurs" } {
            h2 class="form__title" { (t.accounts_add()) }
            (summary(errors, |field| format!("c-{field}")))
            (input(&field, "text", name, errors))
            label class="field" {
                span class="field__label" { (t.accounts_role()) }
                select class="input" name="role" { (roles(Role::Moderator)) }
            }
            p {
                button class="button" type="submit" name="action" value="add" {
                    (t.accounts_add_go())
                }
            }
        }
    }
}

/// Somebody's own account.
pub fn own(site: &Site, who: &Who, done: bool, errors: &[FieldError]) -> Document {
    let t = text();
    let field = |id, name, label, hint, autocomplete| Field {
        id,
        name,
        label,
        hint,
        required: true,
        autocomplete,
        most: *PASSWORD_CHARS.end(),
    };
    let old = field("p-old", "old", t.own_old(), "", "current-password");
    let new = field("p-new", "new", t.own_new(), t.own_new_hint(), "new-password");
    let again = field("p-again", "again", t.own_again(), "", "new-password");
    let main = html! {
        section class="queue queue--wide" aria-labelledby="t-moi" {
            (head(who, Tab::Own, "t-moi", t.own_title(), html! {
                p { span dir="auto" { (who.name) } ", " (words::role(who.role)) }
            }))
            div class="entry" {
                @if done { div class="told" role="status" { p { (t.own_done()) } } }
                form class="form" method="post" action={ "/" (DESK_OWN) "#erreurs" } {
                    h2 class="form__title" { (t.own_password()) }
                    (summary(errors, |field| format!("p-{field}")))
                    // Never sent back: what was typed is typed again.
                    (input(&old, "password", "", errors))
                    (input(&new, "password", "", errors))
                    (input(&again, "password", "", errors))
                    p class="muted small" { (t.own_note()) }
                    p { button class="button" type="submit" { (t.own_go()) } }
                }
            }
        }
    };
    let status = if errors.is_empty() { 200 } else { 422 };
    frame(site, Some(who), t.own_title(), status, &main)
}
