//! What somebody is told of what they write.

use std::cell::RefCell;

use contract::desk::Field;
use guard::{Guard, Kind};
use locale::text;

/// Most characters of a passage that is shown again.
const MOST_SHOWN: usize = 60;

/// Who reads what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Everybody, once it is approved.
    All,
    /// The site's own people.
    Site,
}

/// One thing to mind: a notice beside the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What it is about, as it was written.
    pub passage: String,
    /// Why, and what to do.
    pub words: &'static str,
    /// Whom to call, as addresses of links.
    pub calls: &'static [&'static str],
}

thread_local! {
    /// Remembers the last text: whoever types changes one sentence of it.
    static GUARD: RefCell<Guard> = RefCell::default();
}

/// One piece of advice for each kind of thing that is found, in the text's order.
pub fn advice(written: &str, field: Field, readers: Readers) -> Vec<Advice> {
    let mut told: Vec<Kind> = Vec::new();
    let mut all = Vec::new();
    for it in GUARD.with_borrow_mut(|it| it.look(written)) {
        let minded = field.minds(it.kind.name()) && concerns(it.kind, readers);
        if told.contains(&it.kind) || !minded {
            continue;
        }
        told.push(it.kind);
        let passage = written.get(it.range).unwrap_or_default();
        all.push(Advice {
            passage: shortened(passage),
            words: words(it.kind),
            calls: calls(it.kind),
        });
    }
    all
}

/// Whoever writes to the site alone may say who they are.
fn concerns(kind: Kind, readers: Readers) -> bool {
    readers == Readers::All
        || matches!(kind, Kind::SocialSecurity | Kind::StopsTreatment | Kind::Distress)
}

fn words(kind: Kind) -> &'static str {
    let t = text();
    match kind {
        Kind::Phone => t.guard_phone(),
        Kind::Email => t.guard_email(),
        Kind::SocialSecurity => t.guard_social_security(),
        Kind::Address => t.guard_address(),
        Kind::NamedDoctor => t.guard_named_doctor(),
        Kind::StopsTreatment => t.guard_stops_treatment(),
        Kind::Distress => t.guard_distress(),
    }
}

fn calls(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::StopsTreatment => &["tel:15", "tel:112", "sms:114"],
        Kind::Distress => &["tel:3114", "tel:15", "tel:112", "sms:114"],
        _ => &[],
    }
}

fn shortened(passage: &str) -> String {
    let mut it = passage.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = it.char_indices().nth(MOST_SHOWN) {
        it.truncate(end);
        it.push('…');
    }
    it
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, readers: Readers, passages: &[&str]) {
        let found = advice(written, Field::Body, readers);
        let found: Vec<&str> = found.iter().map(|it| it.passage.as_str()).collect();
        assert_eq!(found, passages, "{written}");
    }

    #[test]
    fn each_kind_is_told_once() {
        let written = "Appelez le 06 39 98 00 17 ou le 06 39 98 00 18, ou zoe@example.org";
        check(written, Readers::All, &["06 39 98 00 17", "zoe@example.org"]);
        check("Merci, j’ai tout compris.", Readers::All, &[]);
    }

    #[test]
    fn who_writes_to_the_site_may_say_who_they_are() {
        check("Mon numéro : 06 39 98 00 17", Readers::Site, &[]);
        let told = advice("J’arrête mon traitement.", Field::Body, Readers::Site);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].calls, ["tel:15", "tel:112", "sms:114"]);
    }

    #[test]
    fn somebody_who_cannot_go_on_is_told_whom_to_call() {
        let told = advice("Je veux mourir.", Field::Body, Readers::All);
        assert!(told[0].words.contains("3114") && told[0].calls[0] == "tel:3114", "{told:?}");
    }

    #[test]
    fn a_name_is_no_advice_and_a_number_in_it_is() {
        let told = |name: &str| advice(name, Field::Name, Readers::All).len();
        assert_eq!([told("Docteur Martin"), told("Je veux mourir"), told("Marie Dupont")], [0; 3]);
        assert_eq!([told("Zoé 06 39 98 00 17"), told("zoe@example.org")], [1; 2]);
        assert_eq!(advice("Docteur Martin", Field::Subject, Readers::All).len(), 1);
    }

    #[test]
    fn a_long_passage_is_cut_between_characters() {
        assert_eq!(shortened(&"é".repeat(100)), format!("{}…", "é".repeat(60)));
    }
}
