//! What the guard finds in what was sent, for whoever decides on it: a line each, as the contract's
//! [`Finding`] reads them.

use contract::desk::{Field, Finding, Texts};
use guard::Guard;

use crate::people::Message;

/// Empty where there is nothing to see.
pub fn of(texts: &Texts) -> String {
    // One for all: what a guard needs is made once.
    let mut guard = Guard::default();
    let within = |it| within(it, guard.look(texts.of(it)));
    let lines: Vec<String> = Field::ALL.into_iter().flat_map(within).collect();
    lines.join("\n")
}

fn within(field: Field, found: Vec<guard::Finding>) -> impl Iterator<Item = String> {
    let found = found.into_iter().filter(move |it| field.minds(it.kind.name()));
    found.map(move |it| {
        let (kind, rule) = (it.kind.name().to_owned(), it.rule.to_owned());
        Finding { kind, rule, field, from: it.range.start, to: it.range.end }.to_string()
    })
}

impl Message<'_> {
    /// All that somebody else will read.
    pub(super) fn texts(&self) -> Texts<'_> {
        let it = &self.particulars;
        Texts {
            name: self.name,
            subject: it.subject.unwrap_or_default(),
            treatments: it.treatments.unwrap_or_default(),
            ties: it.ties.unwrap_or_default(),
            body: self.body,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: &str = "06 39 98 00 17";

    #[test]
    fn what_is_found_reads_back_as_passages_of_the_text() {
        let body = "Écrivez-moi : zoé@example.org, ou au 06 39 98 00 17.";
        let texts = Texts { body, ..Texts::default() };
        let found = Finding::read_all(&of(&texts), &texts);
        let passages: Vec<&str> = found.iter().map(|it| &body[it.from..it.to]).collect();
        assert_eq!(passages, ["zoé@example.org", PHONE]);
        let body = "Merci beaucoup, tout est clair.";
        assert_eq!(of(&Texts { body, ..Texts::default() }), "");
    }

    #[test]
    fn every_field_is_looked_at_for_itself() {
        let texts = Texts {
            name: "Zoé 06 39 98 00 17",
            subject: "Le 06 39 98 00 17",
            treatments: "J’arrête mon traitement.",
            ties: "zoe@example.org",
            body: "Je veux mourir.",
        };
        let found = Finding::read_all(&of(&texts), &texts);
        let told: Vec<_> = found
            .iter()
            .map(|it| (it.field, it.kind.as_str(), &texts.of(it.field)[it.from..it.to]))
            .collect();
        let expected = [
            (Field::Name, "phone", PHONE),
            (Field::Subject, "phone", PHONE),
            (Field::Treatments, "stops_treatment", "J’arrête mon traitement"),
            (Field::Ties, "email", "zoe@example.org"),
            (Field::Body, "distress", "Je veux mourir"),
        ];
        assert_eq!(told, expected);
    }

    #[track_caller]
    fn check(name: &str, kinds: &[&str]) {
        let texts = Texts { name, ..Texts::default() };
        let found = Finding::read_all(&of(&texts), &texts);
        let found: Vec<&str> = found.iter().map(|it| it.kind.as_str()).collect();
        assert_eq!(found, kinds, "{name}");
    }

    #[test]
    fn a_name_is_no_finding_and_what_leads_to_somebody_is() {
        for name in [
            "Zoé",
            "Marie Dupont",
            "Jean-Paul de La Rue",
            "Camille Place",
            "Léa Lavoie-Boulevard",
            "Docteur Martin",
            "Dr Anne Lefèvre",
            "Maman de Léo (7 ans)",
            "Zoé 69",
            "Papi Jo, 75",
            "Une lectrice de Lyon",
            "À bout de forces",
            "J’arrête mon traitement",
        ] {
            check(name, &[]);
        }
        check("Zoé 06 39 98 00 17", &["phone"]);
        check("zoe@example.org", &["email"]);
        check("Zoé, 12 rue des Lilas, 69003 Lyon", &["address"]);
        check("2 84 05 69 123 456 85", &["social_security"]);
    }
}
