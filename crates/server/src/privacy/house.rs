//! What is kept beside messages: of senders in bulk, of mail on its way, of those who work here, of
//! practitioners. Nobody asks these people's consent on the site, but each column is said all the same.

use contract::{
    form::DRAFT_DAYS,
    privacy::{Field, Lifetime, Record},
    receipt::WRITER_DAYS,
    site::Features,
};
use locale::text;

use crate::privacy::{
    ARCHIVE_DAYS, CLOSED_DAYS, DECISION_DAYS, MAIL_DAYS, SESSION_DAYS, UPLOAD_DAYS, Words, open,
    section, time,
};

/// Something that is kept, and until when.
pub struct Standing {
    name: &'static str,
    title: Words,
    purpose: Words,
    columns: &'static [Kept],
    ends: &'static [End],
    applies: fn(Features) -> bool,
}

/// Columns of one table that serve one purpose.
pub struct Kept {
    /// Empty: in no database.
    pub table: &'static str,
    pub names: &'static str,
    words: Words,
    published: bool,
}

/// When it is erased.
struct End {
    since: &'static str,
    days: u16,
    words: Words,
}

const fn hidden(table: &'static str, names: &'static str, words: Words) -> Kept {
    Kept { table, names, words, published: false }
}

/// Readers send something.
fn sends(features: Features) -> bool {
    open(features).next().is_some()
}

pub const STANDING: [Standing; 5] = [
    Standing {
        name: "device",
        title: |it| it.privacy_device_title(),
        purpose: |it| it.privacy_device_purpose(),
        columns: &[
            hidden("", "draft", |it| it.privacy_device_draft()),
            hidden("", "known-writer", |it| it.privacy_device_writer()),
        ],
        ends: &[
            End { since: "written", days: DRAFT_DAYS, words: |it| it.privacy_device_drafts() },
            End { since: "decided", days: WRITER_DAYS, words: |it| it.privacy_device_writers() },
        ],
        applies: sends,
    },
    Standing {
        name: "limits",
        title: |it| it.privacy_limits_title(),
        purpose: |it| it.privacy_limits_purpose(),
        columns: &[hidden("", "sender", |it| it.privacy_limits_sender())],
        ends: &[End { since: "sent", days: 1, words: |it| it.privacy_limits_time() }],
        applies: sends,
    },
    Standing {
        name: "mails",
        title: |it| it.privacy_mails_title(),
        purpose: |it| it.privacy_mails_purpose(),
        columns: &[hidden(
            "mails",
            "item purpose state queued_at due_at lease_until attempts failure ended_at",
            |it| it.privacy_mails_what(),
        )],
        ends: &[End { since: "ended", days: MAIL_DAYS, words: |it| it.privacy_mails_ended() }],
        applies: sends,
    },
    Standing {
        name: "team",
        title: |it| it.privacy_team_title(),
        purpose: |it| it.privacy_team_purpose(),
        columns: &[
            hidden("moderators", "name role created_at disabled_at signed_in_at", |it| {
                it.privacy_team_account()
            }),
            hidden("moderators", "password", |it| it.privacy_team_password()),
            hidden("sessions", "token moderator created_at seen_at", |it| {
                it.privacy_team_session()
            }),
            hidden("decisions", "item at actor action detail was part", |it| {
                it.privacy_team_decision()
            }),
        ],
        ends: &[
            End { since: "opened", days: SESSION_DAYS, words: |it| it.privacy_team_signed_out() },
            End { since: "closed", days: CLOSED_DAYS, words: |it| it.privacy_team_closed() },
            End { since: "decided", days: DECISION_DAYS, words: |it| it.privacy_team_decided() },
        ],
        applies: sends,
    },
    Standing {
        name: "directory",
        title: |it| it.privacy_directory_title(),
        purpose: |it| it.privacy_directory_purpose(),
        columns: &[
            Kept {
                table: "practitioners",
                names: "id name profession street postcode town country lat lon \
                        position_precision phone email web languages fees remote accessible \
                        new_patients opening verified_on source sample",
                words: |it| it.privacy_directory_entry(),
                published: true,
            },
            hidden("practitioners", "external_id import_id updated_at archived_at", |it| {
                it.privacy_directory_import()
            }),
            hidden("uploads", "token moderator created_at version source day content", |it| {
                it.privacy_directory_upload()
            }),
        ],
        ends: &[
            End {
                since: "archived",
                days: ARCHIVE_DAYS,
                words: |it| it.privacy_directory_archived(),
            },
            End {
                since: "uploaded",
                days: UPLOAD_DAYS,
                words: |it| it.privacy_directory_uploaded(),
            },
        ],
        applies: |it| it.map,
    },
];

impl Standing {
    /// What the site keeps while these features are on.
    pub(super) fn of(features: Features) -> impl Iterator<Item = &'static Standing> {
        STANDING.iter().filter(move |it| (it.applies)(features))
    }

    /// What it consists of.
    pub fn kept(&self) -> &'static [Kept] {
        self.columns
    }

    /// For machines.
    pub(super) fn record(&self) -> Record {
        let t = text();
        let fields = self.columns.iter().map(|it| Field {
            name: it.names.to_owned(),
            purpose: (it.words)(t).to_owned(),
            published: it.published,
        });
        let lifetimes = self.ends.iter().map(|it| Lifetime {
            state: "any".to_owned(),
            erases: "all".to_owned(),
            since: it.since.to_owned(),
            days: it.days,
        });
        Record {
            name: self.name.to_owned(),
            title: (self.title)(t).to_owned(),
            purpose: (self.purpose)(t).to_owned(),
            consent: false,
            fields: fields.collect(),
            lifetimes: lifetimes.collect(),
        }
    }

    /// For readers.
    pub(super) fn write(&self, out: &mut String) {
        let t = text();
        let what: Vec<String> = self.columns.iter().map(|it| (it.words)(t).to_owned()).collect();
        let times =
            self.ends.iter().map(|it| locale::fill((it.words)(t), &[("time", &time(it.days))]));
        let times: Vec<String> = times.collect();
        section(out, self.name, (self.title)(t), (self.purpose)(t), false, &what, &times);
    }
}
