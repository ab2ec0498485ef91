//! All that is kept of a message, for whoever holds its receipt.

use contract::{
    error::ProblemKind,
    kept::{DecidedBy, Kept, KeptDecision, KeptMail},
    receipt::Kind,
    slug::Slug,
};
use store::contributions::{Contribution, Queued, Step, Whole};

use crate::{
    error::Refusal,
    people::{People, secrets::hash},
};

impl People {
    /// All that is kept of what the holder of a receipt sent, with the title of what it is about as
    /// `title` knows it.
    ///
    /// # Errors
    ///
    /// Nothing has this receipt, or not any more; the database.
    pub async fn kept(
        &self,
        secret: &str,
        title: impl FnOnce(Kind, &Slug) -> Option<String>,
    ) -> Result<Kept, Refusal> {
        let found = self.inner()?.store.whole_of(&hash(secret)).await?;
        let it = found.ok_or(ProblemKind::NotFound)?;
        let title = title(it.item.kind, &it.item.page);
        Ok(kept(it, title))
    }
}

/// Everything by its name: what is kept from one day on has its place here from that day on.
fn kept(it: Whole, title: Option<String>) -> Kept {
    let Whole { item, change, receipt, request, decisions, mails } = it;
    let marks = item.found();
    let Contribution {
        id,
        kind,
        state,
        page,
        parent,
        name,
        email,
        body,
        useful,
        institute,
        findings: _,
        held,
        unread,
        masked,
        reply,
        created_ms,
        changed_ms,
        subject,
        treatments,
        ties,
        expires_ms,
        consent,
        consented_ms,
    } = item;
    Kept {
        page_title: title.unwrap_or_else(|| page.to_string()),
        findings: marks,
        id,
        kind,
        state,
        page,
        parent,
        name,
        email,
        subject,
        body,
        treatments,
        ties,
        useful,
        consent,
        consented_at: consented_ms,
        created_at: created_ms,
        changed_at: changed_ms,
        expires_at: expires_ms,
        held,
        institute,
        unread,
        masked,
        reply,
        change,
        receipt,
        request,
        decisions: decisions.into_iter().map(decision).collect(),
        mails: mails.into_iter().map(mail).collect(),
    }
}

/// What was decided is the author's to know, and what was answered to them; who it was is not.
fn decision(it: Step) -> KeptDecision {
    let by = match it.actor.as_str() {
        "author" => DecidedBy::Author,
        "site" | "lifetime" => DecidedBy::Site,
        _ => DecidedBy::Team,
    };
    let was = serde_json::from_str(&it.was).ok();
    KeptDecision { at: it.at_ms, by, action: it.action, detail: it.detail, was }
}

fn mail(it: Queued) -> KeptMail {
    KeptMail {
        purpose: it.purpose,
        state: it.state,
        queued_at: it.queued_ms,
        due_at: it.due_ms,
        attempts: it.attempts,
        ended_at: it.ended_ms,
    }
}
