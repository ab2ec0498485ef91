//! What the holder of a receipt sees, changes and erases.

use contract::{
    comment::CommentRules,
    error::ProblemKind,
    receipt::{Kind, Receipt, ReceiptChange, State},
    slug::Slug,
};
use store::contributions::Change;

use crate::{
    clock,
    error::Refusal,
    people::{People, day, findings, secrets::hash, voices},
};

impl People {
    /// What the holder of a receipt sent, with the title of what it is about as `title` knows it.
    ///
    /// # Errors
    ///
    /// Nothing has this receipt, or not any more; the database.
    pub async fn receipt(
        &self,
        secret: &str,
        title: impl FnOnce(Kind, &Slug) -> Option<String>,
    ) -> Result<Receipt, Refusal> {
        let found = self.inner()?.store.contribution_of(&hash(secret)).await?;
        let it = found.ok_or(ProblemKind::NotFound)?;
        let now = clock::now_ms();
        let lasts = it.expires_ms.is_none_or(|until| now < until);
        let public = matches!(it.kind, Kind::Comment | Kind::Testimonial);
        let shown = it.state == State::Approved && public && lasts;
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
            editable: it.state == State::Pending && it.kind == Kind::Comment,
        })
    }

    /// Changes a comment that nobody has decided on.
    ///
    /// # Errors
    ///
    /// Nothing has this receipt; somebody has decided; broken rules; the database.
    pub async fn change(
        &self,
        secret: &str,
        change: &ReceiptChange,
        rules: CommentRules,
    ) -> Result<(), Refusal> {
        let store = &self.inner()?.store;
        let receipt = hash(secret);
        let found = store.contribution_of(&receipt).await?.ok_or(ProblemKind::NotFound)?;
        if found.state != State::Pending || found.kind != Kind::Comment {
            return Err(ProblemKind::Conflict.into());
        }
        let valid = change.validate(rules)?;
        let change = Change {
            name: valid.name(),
            email: valid.email(),
            body: valid.body(),
            findings: &findings::of(valid.body()),
        };
        // Later than before, however the clock stands: who looked at the old text is told.
        let now = clock::now_ms().max(found.changed_ms + 1);
        match store.change_contribution(&receipt, change, now).await? {
            true => Ok(()),
            false => Err(ProblemKind::Conflict.into()),
        }
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
