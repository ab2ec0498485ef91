//! What is kept of people, why and for how long: said here once. The daily job erases by it
//! (`people/lifetimes.rs`), `/vie-privee` and `/vie-privee.json` are made from it.

use contract::{
    privacy::{Declaration, Field, Lifetime, Record},
    receipt::{Kind, State},
    site::{Features, Site},
};
use locale::{Locale, Plural, fill, text};

use crate::config::Config;

mod house;

pub use house::{STANDING, Standing};

/// One of the locale's texts.
type Words = fn(Locale) -> &'static str;

/// What is kept of one kind of message.
struct Kept {
    kind: Kind,
    title: Words,
    purpose: Words,
    consent: bool,
    columns: &'static [Column],
    terms: &'static [Term],
}

struct Column {
    /// As in the table `contributions`.
    name: &'static str,
    words: Words,
    published: bool,
}

/// When something of it is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// None: in any state.
    pub state: Option<State>,
    pub erases: Erases,
    pub since: Since,
    pub days: u16,
}

/// What goes at the end of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erases {
    All,
    Email,
}

impl Erases {
    fn name(self) -> &'static str {
        match self {
            Erases::All => "all",
            Erases::Email => "email",
        }
    }
}

/// What a term counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    Sent,
    /// The last decision.
    Decided,
    /// The day that its author was told of: each server looks every hour.
    Expired,
}

impl Since {
    fn name(self) -> &'static str {
        match self {
            Since::Sent => "sent",
            Since::Decided => "decided",
            Since::Expired => "expired",
        }
    }
}

/// Days after which nothing is left of a message that was erased, unless it is answered: its place
/// in the thread then stays.
pub const TRACE_DAYS: u16 = 30;
/// Days that decisions are kept: who decided what, without a word of the message.
pub const DECISION_DAYS: u16 = 1_095;

/// Days after which nothing is left of a mail that was sent, or given up. It holds no words.
pub const MAIL_DAYS: u16 = 30;

/// Days after which a session is gone, used or not: it ends after twelve hours.
pub const SESSION_DAYS: u16 = 1;
/// Days that the name of a closed account is kept, as long as what it decided.
pub const CLOSED_DAYS: u16 = DECISION_DAYS;
/// Days that an entry of the directory is kept after it was taken out, to be brought back by the next
/// import without a change of address.
pub const ARCHIVE_DAYS: u16 = 365;
/// Days after which no file of an import is left; it can be imported for an hour.
pub const UPLOAD_DAYS: u16 = 1;

/// Columns that every message has, said in one sentence.
pub const ENVELOPE: [&str; 15] = [
    "id",
    "kind",
    "state",
    "page",
    "parent",
    "institute",
    "held",
    "reply",
    "created_at",
    "changed_at",
    "receipt",
    "request",
    "change",
    "unread",
    "masked",
];

const UNDECIDED: Term =
    Term { state: Some(State::Pending), erases: Erases::All, since: Since::Sent, days: 180 };
const REFUSED: Term =
    Term { state: Some(State::Rejected), erases: Erases::All, since: Since::Decided, days: 30 };
/// Nobody but the site reads it.
const READ: Term = Term { state: None, erases: Erases::All, since: Since::Sent, days: 365 };

const CONSENT: Column =
    Column { name: "consent consented_at", words: |it| it.privacy_consented(), published: false };
const FINDINGS: Column =
    Column { name: "findings", words: |it| it.privacy_findings(), published: false };

const fn hidden(name: &'static str, words: Words) -> Column {
    Column { name, words, published: false }
}

const fn shown(name: &'static str, words: Words) -> Column {
    Column { name, words, published: true }
}

const KEPT: [Kept; 5] = [
    Kept {
        kind: Kind::Comment,
        title: |it| it.privacy_comment_title(),
        purpose: |it| it.privacy_comment_purpose(),
        consent: true,
        columns: &[
            shown("name", |it| it.privacy_comment_name()),
            hidden("email", |it| it.privacy_comment_email()),
            shown("body", |it| it.privacy_comment_body()),
            CONSENT,
            FINDINGS,
        ],
        terms: &[
            UNDECIDED,
            REFUSED,
            Term {
                state: Some(State::Approved),
                erases: Erases::All,
                since: Since::Decided,
                days: 1_095,
            },
            // It was for news of the decision.
            Term {
                state: Some(State::Approved),
                erases: Erases::Email,
                since: Since::Decided,
                days: 30,
            },
        ],
    },
    Kept {
        kind: Kind::Feedback,
        title: |it| it.privacy_feedback_title(),
        purpose: |it| it.privacy_feedback_purpose(),
        consent: false,
        columns: &[
            hidden("useful", |it| it.privacy_feedback_useful()),
            hidden("body", |it| it.privacy_feedback_body()),
            FINDINGS,
        ],
        terms: &[READ],
    },
    Kept {
        kind: Kind::Testimonial,
        title: |it| it.testimonials(),
        purpose: |it| it.privacy_testimonial_purpose(),
        consent: true,
        columns: &[
            shown("name subject", |it| it.privacy_testimonial_name()),
            shown("body treatments ties", |it| it.privacy_testimonial_body()),
            shown("expires_at", |it| it.privacy_testimonial_until()),
            CONSENT,
            FINDINGS,
        ],
        terms: &[
            UNDECIDED,
            REFUSED,
            Term { state: None, erases: Erases::All, since: Since::Expired, days: 0 },
        ],
    },
    Kept {
        kind: Kind::Message,
        title: |it| it.privacy_message_title(),
        purpose: |it| it.privacy_message_purpose(),
        consent: false,
        columns: &[
            hidden("subject body", |it| it.privacy_message_body()),
            hidden("email", |it| it.privacy_message_email()),
            FINDINGS,
        ],
        terms: &[READ],
    },
    Kept {
        kind: Kind::Report,
        title: |it| it.privacy_report_title(),
        purpose: |it| it.privacy_report_purpose(),
        consent: false,
        columns: &[
            hidden("body", |it| it.privacy_report_body()),
            hidden("email", |it| it.privacy_report_email()),
            FINDINGS,
        ],
        terms: &[READ],
    },
];

/// Every kind and its terms, whether it can be sent now or not: what was kept before goes in time.
pub fn terms() -> impl Iterator<Item = (Kind, &'static [Term])> {
    KEPT.iter().map(|it| (it.kind, it.terms))
}

/// The whole of it, for machines.
pub fn declaration(config: &Config) -> Declaration {
    let value = |name: &str| config.facts.placeholders.get(name).cloned().unwrap_or_default();
    let mut records: Vec<Record> = open(config.site.features).map(record).collect();
    records.extend(Standing::of(config.site.features).map(Standing::record));
    Declaration {
        site: config.site.name.clone(),
        controller: value("publisher.name"),
        contact: value("contact.email"),
        records,
    }
}

/// The same for readers, in the Markdown of the content folder.
pub fn markdown(site: &Site) -> String {
    let t = text();
    let open: Vec<&Kept> = open(site.features).collect();
    let read = if site.comments.first_held && site.features.comments {
        t.privacy_read_first()
    } else {
        t.privacy_read()
    };
    let mut out = if open.is_empty() {
        format!("{}\n\n", t.privacy_closed())
    } else {
        format!("{read} {}\n\n", t.privacy_open())
    };
    for it in open {
        let mut what: Vec<String> = it.columns.iter().map(column).collect();
        what.push(t.privacy_envelope().to_owned());
        let mut times: Vec<String> = it.terms.iter().map(term).collect();
        times.push(trace());
        section(
            &mut out,
            it.kind.name(),
            (it.title)(t),
            (it.purpose)(t),
            it.consent,
            &what,
            &times,
        );
    }
    Standing::of(site.features).for_each(|it| it.write(&mut out));
    out.push_str(t.privacy_machine());
    out.push('\n');
    out
}

fn open(features: Features) -> impl Iterator<Item = &'static Kept> {
    KEPT.iter().filter(move |it| match it.kind {
        Kind::Comment => features.comments,
        Kind::Feedback => features.feedback,
        Kind::Testimonial => features.testimonials,
        Kind::Message => features.contact,
        // They are told of by the same forms.
        Kind::Report => features.contact && features.map,
    })
}

fn section(
    out: &mut String,
    name: &str,
    title: &str,
    purpose: &str,
    consent: bool,
    what: &[String],
    times: &[String],
) {
    let t = text();
    let consent = if consent { format!(" {}", t.privacy_consent()) } else { String::new() };
    out.push_str(&format!("### {title} {{#donnees-{name}}}\n\n"));
    out.push_str(&format!("- **{}** : {purpose}{consent}\n", t.privacy_why()));
    for (label, items) in [(t.privacy_what(), what), (t.privacy_how_long(), times)] {
        out.push_str(&format!("- **{label}** : {}.\n", items.join(" ; ")));
    }
    out.push('\n');
}

fn column(it: &Column) -> String {
    let t = text();
    let seen = if it.published { t.privacy_public() } else { t.privacy_hidden() };
    format!("{} ({seen})", (it.words)(t))
}

fn term(it: &Term) -> String {
    let t = text();
    let what = match it.erases {
        Erases::All => t.privacy_all(),
        Erases::Email => t.privacy_email(),
    };
    let state = match it.state {
        None => t.privacy_any(),
        Some(State::Pending) => t.privacy_pending(),
        Some(State::Approved) => t.privacy_approved(),
        Some(State::Rejected) => t.privacy_rejected(),
    };
    let event = match it.since {
        Since::Sent => t.privacy_sent(),
        Since::Decided => t.privacy_decided(),
        Since::Expired => return format!("{what}, {state} : {}", t.privacy_expired()),
    };
    after(what, state, it.days, event)
}

/// What stays of an erased message.
fn trace() -> String {
    let t = text();
    after(t.privacy_trace(), t.privacy_erased(), TRACE_DAYS, t.privacy_erasing())
}

fn after(what: &str, state: &str, days: u16, event: &str) -> String {
    let time = time(days);
    let values = [("what", what), ("state", state), ("time", &*time), ("event", event)];
    fill(text().privacy_after(), &values)
}

/// In the largest unit that fits: 365 days are a year, 30 a month.
fn time(days: u16) -> String {
    let t = text();
    let (unit, count): (Plural, u16) = match days {
        it if it % 365 == 0 => (t.privacy_years(), it / 365),
        it if it % 30 == 0 => (t.privacy_months(), it / 30),
        it => (t.privacy_days(), it),
    };
    unit.with(u32::from(count))
}

fn record(it: &Kept) -> Record {
    let t = text();
    let fields = it.columns.iter().map(|it| Field {
        name: it.name.to_owned(),
        purpose: (it.words)(t).to_owned(),
        published: it.published,
    });
    let envelope = Field {
        name: ENVELOPE.join(" "),
        purpose: t.privacy_envelope().to_owned(),
        published: false,
    };
    let lifetimes = it.terms.iter().map(|it| Lifetime {
        state: it.state.map_or("any", State::name).to_owned(),
        erases: it.erases.name().to_owned(),
        since: it.since.name().to_owned(),
        days: it.days,
    });
    Record {
        name: it.kind.name().to_owned(),
        title: (it.title)(t).to_owned(),
        purpose: (it.purpose)(t).to_owned(),
        consent: it.consent,
        fields: fields.chain([envelope]).collect(),
        lifetimes: lifetimes.collect(),
    }
}
