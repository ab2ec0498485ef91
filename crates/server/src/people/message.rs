//! What is sent, of whichever kind, and how it is told from what was sent before.

use contract::{receipt::Kind, slug::Slug};
use store::contributions::{Contribution, Particulars};

/// What is sent.
pub(super) struct Message<'a> {
    pub kind: Kind,
    pub parent: Option<&'a Slug>,
    pub name: &'a str,
    pub email: Option<&'a str>,
    pub body: &'a str,
    pub useful: Option<bool>,
    pub consent: Option<&'a str>,
    pub particulars: Particulars<'a>,
}

impl Message<'_> {
    /// All that its sender says. Whoever corrects one word of it sends another message; so every field
    /// is named, and one that comes later is not forgotten.
    pub fn said(&self) -> [&str; 10] {
        let Message { kind, parent, name, email, body, useful, consent, particulars } = self;
        // The day of its end is reckoned from the day it comes, and whose it is the site's to know.
        let Particulars { subject, treatments, ties, expires_ms: _, voucher: _ } = particulars;
        [
            kind.name(),
            parent.map_or("", Slug::as_str),
            name,
            email.unwrap_or_default(),
            body,
            useful.map_or("", |it| if it { "yes" } else { "no" }),
            consent.unwrap_or_default(),
            subject.unwrap_or_default(),
            treatments.unwrap_or_default(),
            ties.unwrap_or_default(),
        ]
    }

    /// Whether that is what was kept, of this page.
    pub fn is_on(&self, page: &Slug, kept: &Contribution) -> bool {
        let again = Message {
            kind: kept.kind,
            parent: kept.parent.as_ref(),
            name: &kept.name,
            email: kept.email.as_deref(),
            body: &kept.body,
            useful: kept.useful,
            consent: kept.consent.as_deref(),
            particulars: Particulars {
                subject: kept.subject.as_deref(),
                treatments: kept.treatments.as_deref(),
                ties: kept.ties.as_deref(),
                ..Particulars::default()
            },
        };
        *page == kept.page && self.said() == again.said()
    }
}
