//! What the holder of a receipt sees, changes and erases.

use contract::{
    comment::CommentRules,
    desk::{Texts, hides},
    error::ProblemKind,
    receipt::{Kind, Receipt, ReceiptChange, State},
    slug::Slug,
};
use store::contributions::{Change, Contribution};

use crate::{
    clock,
    error::Refusal,
    people::{People, day, findings, known, secrets::hash, voices},
};

impl People {
    /// What the holder of a receipt sent, with the title of what it is about as `title` knows it. Where
    /// only somebody's first comment waits (`first_held`), an approved one proves that it was theirs.
    ///
    /// # Errors
    ///
    /// Nothing has this receipt, or not any more; the database.
    pub async fn receipt(
        &self,
        secret: &str,
        first_held: bool,
        title: impl FnOnce(Kind, &Slug) -> Option<String>,
    ) -> Result<Receipt, Refusal> {
        let inner = self.inner()?;
        let found = inner.store.contribution_of(&hash(secret)).await?;
        let it = found.ok_or(ProblemKind::NotFound)?;
        let (now, editable) = (clock::now_ms(), is_editable(&it));
        let lasts = it.expires_ms.is_none_or(|until| now < until);
        let public = matches!(it.kind, Kind::Comment | Kind::Testimonial);
        let shown = it.state == State::Approved && public && lasts;
        let speaks = shown && it.kind == Kind::Comment && known::speaks(&it, now);
        let writer = (first_held && speaks).then(|| inner.gate.writer(&it.id));
        let masked = if shown && it.masked { masked_kinds(&it) } else { Vec::new() };
        Ok(Receipt {
            kind: it.kind,
            state: it.state,
            article_title: title(it.kind, &it.page).unwrap_or_else(|| it.page.to_string()),
            article: it.page,
            name: it.name,
            email: it.email,
            subject: it.subject,
            body: it.body,
            treatments: it.treatments,
            ties: it.ties,
            written_on: day(it.created_ms),
            shown_until: it.expires_ms.map(voices::last_day),
            reply: it.reply,
            shown_as: shown.then_some(it.id),
            editable,
            masked,
            writer,
        })
    }

    /// Changes a comment or a testimonial that nobody has decided on.
    ///
    /// # Errors
    ///
    /// Nothing has this receipt; too many changes of it; somebody has decided; broken rules; the database.
    pub async fn change(
        &self,
        secret: &str,
        change: &ReceiptChange,
        rules: CommentRules,
    ) -> Result<(), Refusal> {
        let inner = self.inner()?;
        let (store, receipt) = (&inner.store, hash(secret));
        let found = store.contribution_of(&receipt).await?.ok_or(ProblemKind::NotFound)?;
        inner.changes.count_name(&receipt).map_err(|_| Refusal::from(ProblemKind::TooMany))?;
        if !is_editable(&found) {
            return Err(ProblemKind::Conflict.into());
        }
        // Later than before, however the clock stands: who looked at the old text is told.
        let now = clock::now_ms().max(found.changed_ms + 1);
        let changed = if found.kind == Kind::Testimonial {
            let valid = change.testimonial()?;
            let texts = Texts {
                name: valid.name(),
                subject: valid.title().unwrap_or_default(),
                treatments: valid.treatments(),
                ties: valid.ties().unwrap_or_default(),
                body: valid.body(),
            };
            let change = Change {
                name: valid.name(),
                email: None,
                body: valid.body(),
                findings: &findings::of(&texts),
                subject: valid.title(),
                treatments: Some(valid.treatments()),
                ties: valid.ties(),
            };
            store.change_contribution(&receipt, change, now).await?
        } else {
            let valid = change.comment(rules)?;
            let texts = Texts { name: valid.name(), body: valid.body(), ..Texts::default() };
            let change = Change {
                name: valid.name(),
                email: valid.email(),
                body: valid.body(),
                findings: &findings::of(&texts),
                subject: None,
                treatments: None,
                ties: None,
            };
            store.change_contribution(&receipt, change, now).await?
        };
        if changed { Ok(()) } else { Err(ProblemKind::Conflict.into()) }
    }

    /// Erases what the holder of a receipt sent, at once and for everybody.
    ///
    /// # Errors
    ///
    /// Nothing has this receipt; the database.
    pub async fn erase(&self, secret: &str) -> Result<(), Refusal> {
        let inner = self.inner()?;
        let erased = inner.store.erase_contribution(&hash(secret), clock::now_ms()).await?;
        self.hear().await;
        if erased { Ok(()) } else { Err(ProblemKind::NotFound.into()) }
    }
}

/// What is for everybody may be changed until somebody has decided on it; what only the site reads may
/// be read already.
fn is_editable(it: &Contribution) -> bool {
    it.state == State::Pending && matches!(it.kind, Kind::Comment | Kind::Testimonial)
}

/// Kinds of passage that are masked, each once.
pub(crate) fn masked_kinds(it: &Contribution) -> Vec<String> {
    let mut kinds: Vec<String> =
        it.found().into_iter().map(|it| it.kind).filter(|it| hides(it)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}
