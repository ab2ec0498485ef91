//! The desk's names for what the contract calls otherwise. Kinds are told by their stable names, so
//! that one more of them is shown before it has words of its own.

use contract::{
    desk::{Field, Role, Shelf, Verdict},
    receipt::Kind,
};
use locale::{Plural, text};

pub fn shelf(state: Shelf) -> &'static str {
    let t = text();
    match state {
        Shelf::Pending => t.desk_pending(),
        Shelf::Held => t.desk_held(),
        Shelf::Unread => t.desk_unread(),
        Shelf::Approved => t.desk_approved(),
        Shelf::Rejected => t.desk_rejected(),
    }
}

pub fn role(role: Role) -> &'static str {
    let t = text();
    match role {
        Role::Moderator => t.desk_role_moderator(),
        Role::Editor => t.desk_role_editor(),
        Role::DirectoryManager => t.desk_role_directory(),
        Role::Admin => t.desk_role_admin(),
    }
}

pub fn kind(kind: Kind) -> &'static str {
    let t = text();
    match kind.name() {
        "comment" => t.desk_kind_comment(),
        "feedback" => t.desk_kind_feedback(),
        "testimonial" => t.desk_kind_testimonial(),
        "message" => t.desk_kind_message(),
        "report" => t.desk_kind_report(),
        other => other,
    }
}

/// Whether everybody sees what is approved of it.
pub fn is_public(kind: Kind) -> bool {
    matches!(kind.name(), "comment" | "testimonial")
}

/// What a decision is called on its button, for what stands on a shelf.
pub fn verdict(verdict: Verdict, kind: Kind, shelf: Shelf) -> &'static str {
    let t = text();
    match verdict {
        Verdict::Approve if shelf == Shelf::Unread => t.desk_keep(),
        Verdict::Approve if is_public(kind) => t.desk_approve(),
        Verdict::Approve => t.desk_settle(),
        Verdict::Institute => t.desk_institute(),
        Verdict::Mask => t.desk_mask(),
        Verdict::Reject => t.desk_reject(),
        Verdict::Hold => t.desk_hold(),
        Verdict::Reopen => t.desk_reopen(),
        Verdict::Erase => t.desk_erase(),
        Verdict::Undo => t.desk_undo(),
    }
}

/// What is said once it is decided.
pub fn done(verdict: Verdict) -> Plural {
    let t = text();
    match verdict {
        Verdict::Approve => t.desk_done_approve(),
        Verdict::Institute => t.desk_done_institute(),
        Verdict::Mask => t.desk_done_mask(),
        Verdict::Reject => t.desk_done_reject(),
        Verdict::Hold => t.desk_done_hold(),
        Verdict::Reopen => t.desk_done_reopen(),
        Verdict::Erase => t.desk_done_erase(),
        Verdict::Undo => t.desk_done_undo(),
    }
}

/// What the journal writes of an action.
pub fn action(name: &str) -> &str {
    let t = text();
    match name {
        "approve" => t.desk_did_approve(),
        "approve_as_institute" => t.desk_did_institute(),
        "mask" => t.desk_did_mask(),
        "publish_unread" => t.desk_did_unread(),
        "reject" => t.desk_did_reject(),
        "hold" => t.desk_did_hold(),
        "reopen" => t.desk_did_reopen(),
        "erase" => t.desk_did_erase(),
        "undo" => t.desk_did_undo(),
        "moderator_add" => t.desk_did_add(),
        "moderator_disable" => t.desk_did_disable(),
        "moderator_password" => t.desk_did_password(),
        "moderator_role" => t.desk_did_role(),
        "moderator_enable" => t.desk_did_enable(),
        "moderator_sign_out" => t.desk_did_sign_out(),
        "practitioner_add" => t.desk_did_entry_add(),
        "practitioner_change" => t.desk_did_entry_change(),
        "practitioner_archive" => t.desk_did_entry_archive(),
        "practitioner_restore" => t.desk_did_entry_restore(),
        "practitioner_import" => t.desk_did_entry_import(),
        other => other,
    }
}

/// A role by its stable name, as the journal has it.
pub fn role_named(name: &str) -> &str {
    match Role::ALL.into_iter().find(|it| it.name() == name) {
        Some(it) => role(it),
        None => name,
    }
}

/// What a field of an entry is called, or one of an import's counts.
pub fn field(name: &str) -> &'static str {
    let t = text();
    match name {
        "external_id" => t.desk_entry_external(),
        "name" => t.desk_entry_name(),
        "profession" => t.map_profession(),
        "street" => t.desk_entry_street(),
        "postcode" => t.desk_entry_postcode(),
        "town" => t.desk_entry_town(),
        "country" => t.desk_entry_country(),
        "lat" => t.desk_entry_lat(),
        "lon" => t.desk_entry_lon(),
        "precision" => t.desk_entry_precision(),
        "phone" => t.map_phone(),
        "email" => t.map_email(),
        "web" => t.desk_entry_web(),
        "languages" => t.map_languages(),
        "fees" => t.desk_entry_fees(),
        "remote" => t.map_remote(),
        "accessible" => t.map_accessible(),
        "new_patients" => t.map_new_patients(),
        "opening" => t.desk_entry_opening(),
        "verified_on" => t.desk_entry_verified(),
        "source" => t.desk_entry_source(),
        "fictif" => t.desk_entry_sample(),
        "file" => t.desk_import_file(),
        "added" => t.desk_import_added(),
        "updated" => t.desk_import_updated(),
        "unchanged" => t.desk_import_unchanged(),
        "archived" => t.desk_import_archived(),
        _ => "",
    }
}

/// What a finding is, what to do about it, and whether somebody may come to harm.
pub fn finding(kind: &str) -> (&'static str, &'static str, bool) {
    let t = text();
    match kind {
        "phone" => (t.desk_found_phone(), t.desk_found_contact_text(), false),
        "email" => (t.desk_found_email(), t.desk_found_contact_text(), false),
        "address" => (t.desk_found_address(), t.desk_found_contact_text(), false),
        "social_security" => (t.desk_found_number(), t.desk_found_number_text(), true),
        "named_doctor" => (t.desk_found_doctor(), t.desk_found_doctor_text(), false),
        "stops_treatment" => (t.desk_found_stop(), t.desk_found_stop_text(), true),
        "distress" => (t.desk_found_distress(), t.desk_found_distress_text(), true),
        _ => (t.desk_found_other(), t.desk_found_other_text(), false),
    }
}

/// What stands beside the text, whichever form it was written in. The text itself needs no name.
pub fn beside(field: Field) -> &'static str {
    let t = text();
    match field {
        Field::Name => t.comment_name(),
        Field::Subject => t.desk_fact_subject(),
        Field::Treatments => t.testimonial_treatments(),
        Field::Ties => t.testimonial_ties(),
        Field::Body => "",
    }
}

/// Replies to choose from: what each is about, and its words.
pub fn proposed() -> [(&'static str, &'static str); 5] {
    let t = text();
    [
        (t.desk_reply_topic(), t.desk_reply_topic_text()),
        (t.desk_reply_contact(), t.desk_reply_contact_text()),
        (t.desk_reply_product(), t.desk_reply_product_text()),
        (t.desk_reply_advice(), t.desk_reply_advice_text()),
        (t.desk_reply_help(), t.desk_reply_help_text()),
    ]
}

/// How long ago something was.
pub fn age(then_ms: i64, now_ms: i64) -> String {
    let t = text();
    let minutes = now_ms.saturating_sub(then_ms).max(0) / 60_000;
    let count = |it: i64| u32::try_from(it).unwrap_or(u32::MAX);
    match minutes {
        0..60 => t.desk_minutes().with(count(minutes)),
        60..1_440 => t.desk_hours().with(count(minutes / 60)),
        _ => t.desk_days().with(count(minutes / 1_440)),
    }
}

/// Day and hour, in UTC: the journal is for exact reading.
pub fn moment(ms: i64) -> String {
    let days = i32::try_from(ms.div_euclid(86_400_000)).unwrap_or(0);
    let date =
        contract::date::Date::from_days_since_epoch(days).unwrap_or(contract::date::Date::EPOCH);
    let minutes = ms.rem_euclid(86_400_000) / 60_000;
    format!("{}, {:02}:{:02} UTC", locale::date::long(date), minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_told_in_its_largest_unit() {
        let minute = 60_000;
        assert_eq!(age(0, 12 * minute), text().desk_minutes().with(12));
        assert_eq!(age(0, 60 * minute), text().desk_hours().with(1));
        assert_eq!(age(0, 49 * 60 * minute), text().desk_days().with(2));
        // Written by a clock that was ahead.
        assert_eq!(age(5, 0), text().desk_minutes().with(0));
        assert_eq!(age(i64::MIN, i64::MAX), text().desk_days().with(u32::MAX));
    }

    #[test]
    fn a_moment_is_a_day_and_an_hour() {
        assert!(moment(0).ends_with("1970, 00:00 UTC"));
        assert!(moment(86_400_000 - 1).ends_with("1970, 23:59 UTC"));
        assert!(!moment(i64::MIN).is_empty() && !moment(i64::MAX).is_empty());
    }
}
