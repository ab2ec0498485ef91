//! The moderators' desk: who is at it, what waits there, what is decided.

use std::collections::HashMap;

use contract::{
    desk::{
        Action, Count, FieldChange, Outcome, PER_PAGE, PageOpinion, Question, Queue, QueueItem,
        Recorded, Role, Seen, Shelf, Verdict, Who, entries::ENTRY_ITEM, hides,
    },
    error::ProblemKind,
    list::Listing,
    receipt::Kind,
    slug::Slug,
};
use store::{
    Store,
    contributions::{Contribution, Decided, Decision, decided_at},
    index::Followed,
};
use tokio::sync::{Mutex, Semaphore};

use crate::{
    clock,
    error::Refusal,
    people::{self, People},
};

pub mod accounts;
pub mod cookie;
pub mod entries;
pub mod imports;
mod keeping;
pub mod passwords;
pub mod words;

use accounts::Accounts;
use entries::Places;

/// The desk of one server.
pub struct Desk {
    store: Store,
    accounts: Accounts,
    index: Mutex<Followed>,
    places: Mutex<Places>,
    /// One at a time: see [`imports`].
    imports: Semaphore,
}

/// What is on one page of the queue, beside the page itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    pub previous: Option<Slug>,
    pub next: Option<Slug>,
}

impl Desk {
    pub fn new(store: Store) -> Desk {
        let accounts = Accounts::new(store.clone());
        let (index, places, imports) = (Mutex::default(), Mutex::default(), Semaphore::new(1));
        Desk { store, accounts, index, places, imports }
    }

    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// # Errors
    ///
    /// The role may not.
    pub fn permit(&self, role: Role, action: Action) -> Result<(), Refusal> {
        permit(role, action)
    }

    /// One page of what a role may see. A page after the last is the last. `title` names pages.
    ///
    /// # Errors
    ///
    /// A kind that the role may not see; the database.
    pub async fn queue(
        &self,
        role: Role,
        question: &Question,
        title: impl Fn(Kind, &Slug) -> Option<String>,
    ) -> Result<Queue, Refusal> {
        let (ids, mut queue) = {
            let mut followed = self.index.lock().await;
            let index = followed.now(&self.store).await?;
            let found = index.find(question, &kinds(role, question)?);
            let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
            let last = contract::list::last_page(total, PER_PAGE);
            // The page that shows the item that is open, if it is in the list.
            let open = question.item.as_ref().and_then(|it| found.iter().position(|id| *id == it));
            let of_open = open.and_then(|at| u32::try_from(at).ok()).map(|at| at / PER_PAGE + 1);
            let page = of_open.unwrap_or(question.page).clamp(1, last);
            let start = usize::try_from((page - 1) * PER_PAGE).unwrap_or(usize::MAX);
            let most = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
            let ids: Vec<Slug> =
                found.into_iter().skip(start).take(most).map(ToOwned::to_owned).collect();
            let mut counts = Vec::new();
            for state in Shelf::ALL {
                for kind in role.kinds() {
                    let count = index.count(state, kind);
                    counts.extend((0 < count).then_some(Count { state, kind, count }));
                }
            }
            let oldest_ms = index.oldest(&role.kinds().collect::<Vec<_>>());
            let per_page = PER_PAGE;
            (ids, Queue { items: Vec::new(), page, per_page, total, counts, oldest_ms })
        };
        let mut found: HashMap<Slug, Contribution> = self
            .store
            .contributions(&ids)
            .await?
            .into_iter()
            .map(|it| (it.id.clone(), it))
            .collect();
        // What was erased since is left out.
        queue.items =
            ids.iter().filter_map(|it| found.remove(it)).map(|it| item(it, &title)).collect();
        Ok(queue)
    }

    /// One item.
    ///
    /// # Errors
    ///
    /// It is not there, or of a kind that the role may not see; the database.
    pub async fn item(
        &self,
        role: Role,
        id: &Slug,
        title: impl Fn(Kind, &Slug) -> Option<String>,
    ) -> Result<QueueItem, Refusal> {
        let found = self.store.contribution(id).await?.ok_or(ProblemKind::NotFound)?;
        permit(role, Action::See(found.kind))?;
        Ok(item(found, &title))
    }

    /// What stands before and after an item in the list that is asked for, or would stand there.
    ///
    /// # Errors
    ///
    /// A kind that the role may not see; the database.
    pub async fn neighbours(
        &self,
        role: Role,
        question: &Question,
        id: &Slug,
        without: &[Seen],
    ) -> Result<Neighbours, Refusal> {
        let mut followed = self.index.lock().await;
        let found = followed.now(&self.store).await?.find(question, &kinds(role, question)?);
        let Some(at) = found.iter().position(|it| *it == id) else {
            return Ok(Neighbours { previous: None, next: found.first().map(|it| (*it).clone()) });
        };
        let stays = |it: &&&Slug| !without.iter().any(|gone| gone.id == ***it);
        Ok(Neighbours {
            previous: found[..at].iter().rev().find(stays).map(|it| (*it).clone()),
            next: found[at + 1..].iter().find(stays).map(|it| (*it).clone()),
        })
    }

    /// Decides on items, one after the other: what has changed meanwhile is left as it is.
    ///
    /// # Errors
    ///
    /// The role may not decide this on one of them, and then nothing is decided; the database.
    pub async fn decide(
        &self,
        who: &Who,
        verdict: Verdict,
        reply: Option<&str>,
        items: &[Seen],
    ) -> Result<Outcome, Refusal> {
        for it in items {
            if let Some(kind) = self.store.kind_of(&it.id).await? {
                permit(who.role, Action::Decide(kind, verdict))?;
            }
        }
        let mut outcome = Outcome::default();
        for it in items {
            let (id, seen, now) = (&it.id, it.seen, clock::now_ms());
            let decided = match decision(verdict) {
                Some(decision) => {
                    self.store.decide(id, seen, decision, &who.name, reply, now).await?
                }
                None => self.store.undo(id, seen, &who.name, now).await?,
            };
            match decided {
                Decided::Done => {
                    let seen = decided_at(seen, now);
                    outcome.done.push(Seen { id: id.clone(), seen });
                }
                Decided::Changed => outcome.changed.push(id.clone()),
                Decided::Gone => outcome.gone.push(id.clone()),
            }
        }
        Ok(outcome)
    }

    /// What was decided on an item, also after it was erased, oldest first.
    ///
    /// # Errors
    ///
    /// There never was such an item; the role may not see its kind; the database.
    pub async fn history(&self, role: Role, id: &Slug) -> Result<Vec<Recorded>, Refusal> {
        let kind = self.store.kind_of(id).await?.ok_or(ProblemKind::NotFound)?;
        permit(role, Action::See(kind))?;
        Ok(self.store.history(id).await?.into_iter().map(recorded).collect())
    }

    /// What readers say of each page. `title` names pages.
    ///
    /// # Errors
    ///
    /// The role may not see it; the database.
    pub async fn opinions(
        &self,
        role: Role,
        title: impl Fn(Kind, &Slug) -> Option<String>,
    ) -> Result<Vec<PageOpinion>, Refusal> {
        permit(role, Action::See(Kind::Feedback))?;
        let mut found = self.store.opinions().await?;
        for it in &mut found {
            it.title = title(Kind::Feedback, &it.page).unwrap_or_default();
        }
        Ok(found)
    }

    /// One page of all that was decided, the latest first.
    ///
    /// # Errors
    ///
    /// The role may not; the database.
    pub async fn journal(&self, role: Role, page: u32) -> Result<Listing<Recorded>, Refusal> {
        permit(role, Action::Journal)?;
        let (page, per_page) = (page.max(1), PER_PAGE);
        let lines = self.store.journal(per_page, (page - 1).saturating_mul(per_page)).await?;
        let total = self.store.journal_length().await?;
        Ok(Listing { items: lines.into_iter().map(recorded).collect(), page, per_page, total })
    }
}

/// Reads what is not known yet, while somebody who has just signed in looks at the first page: the
/// first time that is all of it.
pub fn wake(people: &People) {
    let people = people.clone();
    tokio::spawn(async move {
        let Ok(desk) = people.desk() else { return };
        if let Err(error) = desk.index.lock().await.now(&desk.store).await {
            tracing::error!(%error, "what readers sent cannot be read");
        }
    });
}

/// # Errors
///
/// The role may not.
fn permit(role: Role, action: Action) -> Result<(), Refusal> {
    if role.may(action) {
        return Ok(());
    }
    let detail = locale::text().desk_forbidden().to_owned();
    Err(Refusal::with_detail(ProblemKind::Forbidden, detail))
}

/// The kinds that are asked for.
fn kinds(role: Role, question: &Question) -> Result<Vec<Kind>, Refusal> {
    match question.kind {
        Some(kind) => {
            permit(role, Action::See(kind))?;
            Ok(vec![kind])
        }
        None => Ok(role.kinds().collect()),
    }
}

/// None for taking one back.
fn decision(verdict: Verdict) -> Option<Decision> {
    Some(match verdict {
        Verdict::Approve => Decision::Approve,
        Verdict::Mask => Decision::Mask,
        Verdict::Institute => Decision::ApproveAsInstitute,
        Verdict::Reject => Decision::Reject,
        Verdict::Hold => Decision::Hold,
        Verdict::Reopen => Decision::Reopen,
        Verdict::Erase => Decision::Erase,
        Verdict::Undo => return None,
    })
}

fn item(it: Contribution, title: impl Fn(Kind, &Slug) -> Option<String>) -> QueueItem {
    let findings = it.found();
    QueueItem {
        // Where there was nothing to mask, nothing is.
        masked: it.masked && findings.iter().any(|it| hides(&it.kind)),
        findings,
        state: Shelf::of(it.state, it.held, it.unread),
        page_title: title(it.kind, &it.page).unwrap_or_else(|| it.page.to_string()),
        id: it.id,
        kind: it.kind,
        page: it.page,
        parent: it.parent,
        name: it.name,
        email: it.email,
        body: it.body,
        subject: it.subject,
        treatments: it.treatments,
        ties: it.ties,
        shown_until: it.expires_ms.map(people::last_day),
        useful: it.useful,
        institute: it.institute,
        reply: it.reply,
        sent_ms: it.created_ms,
        seen: it.changed_ms,
    }
}

fn recorded(it: store::contributions::Recorded) -> Recorded {
    let store::contributions::Recorded { item, at_ms, actor, action, detail } = it;
    let about_entry = item.starts_with(ENTRY_ITEM);
    let changes = if about_entry { FieldChange::read_all(&detail) } else { Vec::new() };
    let detail = if about_entry { String::new() } else { detail };
    Recorded { item, at_ms, actor, action, detail, changes }
}
