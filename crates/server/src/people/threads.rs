//! Comments as everybody sees them, a page at a time.
//!
//! Which threads an article has is read once for each version of what readers see; what stands in those
//! of a page is read each time. So a page of ten thousand costs what a page of twenty does.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use contract::{
    comment::{Comments, PublicComment},
    receipt::{Kind, State},
    slug::Slug,
};
use store::contributions::{Contribution, Thread, Threads};

use crate::{
    error::Refusal,
    people::{Inner, People, shown},
};

/// The threads of each article, and the version that they were read after.
#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<Slug, (i64, Arc<Threads>)>>);

impl People {
    /// One page of an article's comments, `per_page` at most, each with its answers.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn comments(
        &self,
        article: &Slug,
        page: u32,
        per_page: u32,
        open: bool,
    ) -> Result<Comments, Refusal> {
        let Some(inner) = &self.0 else {
            return Ok(Comments {
                items: Vec::new(),
                page,
                per_page,
                total: 0,
                count: 0,
                open: false,
            });
        };
        let known = inner.threads_of(article).await?;
        let [start, most] = [page.saturating_sub(1).saturating_mul(per_page), per_page]
            .map(|it| usize::try_from(it).unwrap_or(usize::MAX));
        let ids: Vec<Slug> = known.ids.iter().skip(start).take(most).cloned().collect();
        let threads = inner.store.threads_of(article, &ids).await?;
        let items = threads.into_iter().map(thread).collect();
        let total = u32::try_from(known.ids.len()).unwrap_or(u32::MAX);
        Ok(Comments { items, page, per_page, total, count: known.count, open })
    }

    /// The page with a comment, or with an answer to one, wherever others have moved it. None where
    /// nobody sees it, whether it was ever there or not.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn comments_with(
        &self,
        article: &Slug,
        id: &Slug,
        per_page: u32,
        open: bool,
    ) -> Result<Option<Comments>, Refusal> {
        let Some(inner) = &self.0 else { return Ok(None) };
        let Some(place) = inner.place_of(article, id).await? else { return Ok(None) };
        let before = u32::try_from(place).unwrap_or(u32::MAX);
        let page = (before / per_page.max(1)).saturating_add(1);
        let found = self.comments(article, page, per_page, open).await?;
        // What was taken back a moment ago is read no more, though its place is known.
        let is = |it: &PublicComment| it.id == *id;
        let shown = found.items.iter().any(|it| is(it) || it.replies.iter().any(is));
        Ok(shown.then_some(found))
    }
}

impl Inner {
    /// How many threads stand before the one with a comment or an answer.
    async fn place_of(&self, article: &Slug, id: &Slug) -> Result<Option<usize>, Refusal> {
        let known = self.threads_of(article).await?;
        let place = |id: &Slug| known.ids.iter().position(|it| it == id);
        if let Some(place) = place(id) {
            return Ok(Some(place));
        }
        let found = self.store.contribution(id).await?;
        let shown = |it: &Contribution| {
            it.page == *article && it.kind == Kind::Comment && it.state == State::Approved
        };
        let thread = found.filter(shown).and_then(|it| it.parent);
        Ok(thread.and_then(|it| place(&it)))
    }

    async fn threads_of(&self, article: &Slug) -> Result<Arc<Threads>, Refusal> {
        // Before they are read: a change meanwhile is a newer version.
        let version = self.version.load(std::sync::atomic::Ordering::Acquire);
        let known = |it: &Known| {
            let known = it.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.get(article).filter(|it| it.0 == version).map(|it| it.1.clone())
        };
        if let Some(known) = known(&self.threads) {
            return Ok(known);
        }
        let read = Arc::new(self.store.thread_list(article).await?);
        let mut all = self.threads.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(article.clone(), (version, read.clone()));
        Ok(read)
    }
}

fn thread(it: Thread) -> PublicComment {
    let replies = it.answers.into_iter().map(|it| shown(it, Vec::new())).collect();
    shown(it.comment, replies)
}
