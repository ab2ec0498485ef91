//! `/moderation/comptes` and `/moderation/mon-compte`: accounts, and one's own password.

use axum::{
    extract::{Request, State},
    response::Response,
};
use contract::{
    desk::{
        Action, Role,
        accounts::{AccountChange, AccountDraft, AccountMade, PasswordChange},
    },
    error::{FieldError, Problem, ProblemKind},
    route::{DESK_ACCOUNTS, DESK_OWN, query_value},
};
use locale::text;

use crate::{
    desk::{Desk, accounts::Signed},
    endpoints::session::signed,
    error::Refusal,
    forms::{
        desk::Visit,
        post::{Fields, envelope},
        visit::see_other,
    },
    render::pages::desk::{self as pages, AccountsPage},
    snapshot::Current,
};

/// `GET /moderation/comptes?fait=`.
pub async fn list(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let done = query_value(request.uri().query().unwrap_or_default(), "fait").is_some();
    let shown = async {
        let signed = signed(&current, &visit.headers).await?;
        let desk = current.people().desk()?;
        show(desk, &visit, &signed, Told { done, ..Told::default() }).await
    };
    visit.answer(shown.await)
}

/// What was done, or was not.
#[derive(Default)]
struct Told<'a> {
    done: bool,
    made: Option<&'a AccountMade>,
    problem: Option<&'a Problem>,
    /// The name that was typed.
    name: String,
}

async fn show(
    desk: &Desk,
    visit: &Visit,
    signed: &Signed,
    told: Told<'_>,
) -> Result<Response, Refusal> {
    let accounts = desk.all_accounts(signed.who.role).await?;
    Ok(visit.draw(pages::accounts(&AccountsPage {
        site: &visit.snapshot.config.site,
        who: &signed.who,
        accounts: &accounts,
        done: told.done,
        made: told.made,
        problem: told.problem,
        name: &told.name,
    })))
}

/// `POST /moderation/comptes`: one thing done to one account.
pub async fn change(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let done = carry_out(&current, &visit, request).await;
    visit.answer(done)
}

async fn carry_out(
    current: &Current,
    visit: &Visit,
    request: Request,
) -> Result<Response, Refusal> {
    envelope(&visit.snapshot, &request)?;
    let signed = signed(current, &visit.headers).await?;
    let desk = current.people().desk()?;
    desk.permit(signed.who.role, Action::Accounts)?;
    let fields = Fields::read(request).await?;
    let name = fields.get("account");
    let role = Role::ALL.into_iter().find(|it| it.name() == fields.get("role"));
    let change = AccountChange::default();
    let done = match (fields.get("action").as_str(), role) {
        ("add", Some(role)) => {
            desk.add_account(&signed.who, &AccountDraft { name: name.clone(), role }).await
        }
        (action, role) => {
            let change = match (action, role) {
                ("role", Some(_)) => AccountChange { role, ..change },
                ("disable", _) => AccountChange { disabled: Some(true), ..change },
                ("enable", _) => AccountChange { disabled: Some(false), ..change },
                ("sign_out", _) => AccountChange { sign_out: true, ..change },
                ("password", _) => AccountChange { new_password: true, ..change },
                _ => return Err(ProblemKind::BadRequest.into()),
            };
            desk.change_account(&signed.who, &name, &change).await
        }
    };
    match done {
        // Told once: another look at the page does not have it.
        Ok(made) if made.password.is_some() => {
            show(desk, visit, &signed, Told { made: Some(&made), ..Told::default() }).await
        }
        Ok(_) => Ok(see_other(&format!("/{DESK_ACCOUNTS}?fait=1"))),
        Err(refusal) => {
            let problem = Problem::from(refusal);
            let conflict = problem.status == ProblemKind::Conflict.status();
            if problem.errors.is_empty() && !conflict {
                return Err(problem.into());
            }
            let name = if conflict { String::new() } else { name };
            show(desk, visit, &signed, Told { problem: Some(&problem), name, ..Told::default() })
                .await
        }
    }
}

/// `GET /moderation/mon-compte?fait=`.
pub async fn own(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let done = query_value(request.uri().query().unwrap_or_default(), "fait").is_some();
    let shown = async {
        let Signed { who, .. } = signed(&current, &visit.headers).await?;
        Ok(visit.draw(pages::own(&visit.snapshot.config.site, &who, done, &[])))
    };
    visit.answer(shown.await)
}

/// `POST /moderation/mon-compte`.
pub async fn change_own(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let done = async {
        envelope(&visit.snapshot, &request)?;
        let signed = signed(&current, &visit.headers).await?;
        let fields = Fields::read(request).await?;
        let change = PasswordChange { old: fields.get("old"), new: fields.get("new") };
        let changed = if fields.get("again") == change.new {
            current.people().desk()?.change_password(&signed, &change).await
        } else {
            let error = FieldError {
                field: "again".to_owned(),
                code: "differs".to_owned(),
                message: text().own_differs().to_owned(),
            };
            let problem = crate::error::problem(ProblemKind::Invalid);
            Err(Problem { errors: vec![error], ..problem }.into())
        };
        match changed {
            Ok(()) => Ok(see_other(&format!("/{DESK_OWN}?fait=1"))),
            Err(refusal) => {
                let problem = Problem::from(refusal);
                if problem.errors.is_empty() {
                    return Err(problem.into());
                }
                let site = &visit.snapshot.config.site;
                Ok(visit.draw(pages::own(site, &signed.who, false, &problem.errors)))
            }
        }
    };
    let done: Result<Response, Refusal> = done.await;
    visit.answer(done)
}
