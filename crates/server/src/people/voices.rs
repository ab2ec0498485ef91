//! Testimonials, messages to the site, and errors told of in the directory.

use std::sync::Arc;

use contract::{
    contact::ValidContact,
    date::Date,
    list::Listing,
    receipt::{Created, Kind},
    report::ValidReport,
    route::{CONTACT, TESTIMONIALS},
    search::HitKind,
    slug::Slug,
    testimonial::{PER_PAGE, PublicTestimonial, ValidTestimonial},
};
use search::{Document, Index};
use store::contributions::{Particulars, Testimonial};

use crate::{
    clock,
    error::Refusal,
    people::{DAY, Envelope, Inner, People, consents, day, message::Message, secrets},
    render::pages::testimonials::permalink,
};

/// Testimonials that are searched, the newest; reading more of them would be research.
const MOST_STORIES: u32 = 10_000;

/// The testimonials of one version, as the search reads them.
#[derive(Default)]
pub(super) struct Stories {
    version: Option<i64>,
    /// From then on one of them is not shown any more.
    until_ms: i64,
    index: Arc<Index>,
}

impl People {
    /// One page of the testimonials that are shown now, newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn testimonials(&self, page: u32) -> Result<Listing<PublicTestimonial>, Refusal> {
        let (mut items, mut total) = (Vec::new(), 0);
        if let Some(inner) = &self.0 {
            let now = clock::now_ms();
            let found = inner.store.testimonials(now, page, PER_PAGE).await?;
            items = found.into_iter().map(shown).collect();
            total = inner.store.testimonial_count(now).await?;
        }
        Ok(Listing { items, page, per_page: PER_PAGE, total })
    }

    /// The page of the list that a testimonial stands on, wherever newer ones have moved it. None where
    /// it is not shown, or not any more.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn testimonials_with(
        &self,
        id: &Slug,
    ) -> Result<Option<Listing<PublicTestimonial>>, Refusal> {
        let Some(inner) = &self.0 else { return Ok(None) };
        let before = inner.store.testimonials_before(id, clock::now_ms()).await?;
        let Some(before) = before else { return Ok(None) };
        let found = self.testimonials(before / PER_PAGE + 1).await?;
        // One may have come or gone in between.
        let there = found.items.iter().any(|it| it.id == *id);
        Ok(there.then_some(found))
    }

    /// The testimonials that are shown now, to be searched. Made once for each state of them.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn stories(&self) -> Result<Arc<Index>, Refusal> {
        let Some(inner) = &self.0 else { return Ok(Arc::default()) };
        // Held while it is made: who asks at the same time waits for the same one.
        let mut kept = inner.stories.lock().await;
        let (version, now) = (self.version(), clock::now_ms());
        if kept.version != Some(version) || kept.until_ms <= now {
            let found = inner.store.testimonials(now, 1, MOST_STORIES).await?;
            let until_ms = found.iter().map(|it| it.expires_ms).min().unwrap_or(i64::MAX);
            let documents = found.into_iter().map(document).collect();
            let index = Arc::new(Index::new(documents));
            *kept = Stories { version: Some(version), until_ms, index };
        }
        Ok(kept.index.clone())
    }

    /// A testimonial as everybody would see it, were it sent today and shown for so many days. Nothing
    /// is kept.
    ///
    /// # Errors
    ///
    /// A fault of ours alone.
    pub fn preview(
        &self,
        testimonial: &ValidTestimonial,
        days: u32,
    ) -> Result<PublicTestimonial, Refusal> {
        let now = clock::now_ms();
        Ok(testimonial.shown(slug(TESTIMONIALS)?, day(now), last_day(expiry(now, days))))
    }

    /// What a form says of when it was drawn: now, or so long ago that its next press counts at once.
    /// Nothing without a database.
    pub fn drawn(&self, now: bool) -> String {
        let at = if now { clock::now_ms() } else { 0 };
        self.0.as_ref().map_or(String::new(), |it| it.gate.drawn(at))
    }

    /// Whether a form comes back faster than anybody writes: see [`Gate`](super::gate::Gate).
    pub fn is_hurried(&self, drawn: &str, spent: &str) -> bool {
        self.0.as_ref().is_some_and(|it| it.gate.is_hurried(drawn, spent, clock::now_ms()))
    }

    /// Whether a writer's proof is one of ours, whatever it is worth now.
    pub fn is_writer(&self, proof: &str) -> bool {
        self.0.as_ref().is_some_and(|it| it.gate.written(proof).is_some())
    }

    /// A key that makes two presses on the same button one message.
    pub fn new_key(&self) -> String {
        secrets::random()
    }

    /// Keeps a testimonial until somebody decides on it, and its time, in days, is over.
    ///
    /// # Errors
    ///
    /// Too many from one sender; the database.
    pub async fn send_testimonial(
        &self,
        testimonial: &ValidTestimonial,
        days: u32,
        envelope: &Envelope,
    ) -> Result<Created, Refusal> {
        let message = Message {
            kind: Kind::Testimonial,
            parent: None,
            name: testimonial.name(),
            email: None,
            body: testimonial.body(),
            useful: None,
            consent: Some(&consents::testimonial()),
            particulars: Particulars {
                subject: testimonial.title(),
                treatments: Some(testimonial.treatments()),
                ties: testimonial.ties(),
                expires_ms: Some(expiry(clock::now_ms(), days)),
                voucher: None,
            },
        };
        self.inner()?.keep(&slug(TESTIMONIALS)?, &message, envelope).await
    }

    /// Keeps a message to the site, and the mail that brings it.
    ///
    /// # Errors
    ///
    /// Too many from one sender; the database.
    pub async fn send_contact(
        &self,
        contact: &ValidContact,
        envelope: &Envelope,
    ) -> Result<Created, Refusal> {
        let message = Message {
            kind: Kind::Message,
            parent: None,
            name: "",
            email: Some(contact.email()),
            body: contact.message(),
            useful: None,
            consent: None,
            particulars: Particulars { subject: Some(contact.subject()), ..Default::default() },
        };
        self.inner()?.keep(&slug(CONTACT)?, &message, envelope).await
    }

    /// Keeps what is said to be wrong with a practitioner's entry, and the mail that brings it.
    ///
    /// # Errors
    ///
    /// Too many from one sender; the database.
    pub async fn send_report(
        &self,
        practitioner: &Slug,
        report: &ValidReport,
        envelope: &Envelope,
    ) -> Result<Created, Refusal> {
        let message = Message {
            kind: Kind::Report,
            parent: None,
            name: "",
            email: report.email(),
            body: report.body(),
            useful: None,
            consent: None,
            particulars: Particulars::default(),
        };
        self.inner()?.keep(practitioner, &message, envelope).await
    }
}

impl Inner {
    /// Erases what has expired. A database that cannot be asked now is asked again.
    pub(super) async fn end_expired(&self) {
        match self.store.erase_expired(clock::now_ms()).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "testimonials erased: their time is over"),
            Err(error) => tracing::error!(%error, "what has expired cannot be erased"),
        }
    }
}

/// A page of this site as what something is about.
fn slug(page: &str) -> Result<Slug, Refusal> {
    Slug::try_from(page).map_err(|_| contract::error::ProblemKind::Internal.into())
}

/// The end of the last day of so many, in UTC: a day's number is all that readers are told.
fn expiry(now_ms: i64, days: u32) -> i64 {
    (now_ms.div_euclid(DAY) + i64::from(days) + 1) * DAY
}

/// The last day before it expires.
pub(crate) fn last_day(expires_ms: i64) -> Date {
    day(expires_ms - 1)
}

/// What is found of a testimonial.
fn document(it: Testimonial) -> Document {
    let title = it.title.unwrap_or_else(|| {
        locale::fill(locale::text().hit_testimonial_title(), &[("name", &it.name)])
    });
    Document {
        kind: HitKind::Testimonial,
        title,
        href: permalink(&it.id),
        names: Vec::new(),
        headings: Vec::new(),
        text: it.body,
    }
}

fn shown(it: Testimonial) -> PublicTestimonial {
    PublicTestimonial {
        id: it.id,
        name: it.name,
        title: it.title,
        body: it.body,
        treatments: it.treatments,
        ties: it.ties,
        written_on: day(it.created_ms),
        shown_until: last_day(it.expires_ms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_shown_to_its_end() {
        let start = 20_000 * DAY;
        for now in [start, start + DAY - 1] {
            let end = expiry(now, 365);
            assert_eq!(end, start + 366 * DAY);
            assert_eq!(last_day(end).days_since_epoch(), 20_365);
        }
    }
}
