//! What a form's rules say of what is typed: the contract's own, which the server goes by too.

use contract::{
    comment::{CommentDraft, CommentRules},
    contact::ContactDraft,
    feedback::FeedbackDraft,
    form::Broken,
    report::ReportDraft,
    testimonial::TestimonialDraft,
};

/// The rules that are broken, in the form's order. `kind` is the form's `data-rules`; `value` reads a
/// field by its name, a box that is not ticked as nothing; `asked` says whether one must be filled in where
/// that is the site's choice. A kind that is not known here is left to the server.
pub fn broken(
    kind: &str,
    value: impl Fn(&str) -> String,
    asked: impl Fn(&str) -> bool,
) -> Vec<Broken> {
    let ticked = |name: &str| value(name) == "true";
    let checked = match kind {
        "comment" => {
            let draft = CommentDraft {
                name: value("name"),
                email: value("email"),
                body: value("body"),
                consent: ticked("consent"),
                ..CommentDraft::default()
            };
            draft.validate(CommentRules { email_required: asked("email") }).err()
        }
        "feedback" => {
            let useful = value("useful").parse().ok();
            FeedbackDraft { useful, message: value("message") }.validate().err()
        }
        "testimonial" => {
            let draft = TestimonialDraft {
                name: value("name"),
                title: value("title"),
                body: value("body"),
                treatments: value("treatments"),
                ties: value("ties"),
                publication: ticked("publication"),
                processing: ticked("processing"),
            };
            draft.validate().err()
        }
        "message" => {
            let (subject, email) = (value("subject"), value("email"));
            ContactDraft { subject, email, message: value("message") }.validate().err()
        }
        "report" => ReportDraft { body: value("body"), email: value("email") }.validate().err(),
        _ => None,
    };
    checked.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use contract::form::Rule;

    use super::*;

    #[track_caller]
    fn check(kind: &str, typed: &[(&str, &str)], expected: &[(&str, Rule)]) {
        let value = |name: &str| {
            let found = typed.iter().find(|it| it.0 == name);
            found.map_or(String::new(), |it| it.1.to_owned())
        };
        let found = broken(kind, value, |_| false);
        let found: Vec<(&str, Rule)> = found.iter().map(|it| (it.field, it.rule)).collect();
        assert_eq!(found, expected, "{kind}");
    }

    #[test]
    fn every_form_is_held_against_its_own_rules() {
        use Rule::{Missing, NotAccepted, NotEmail};
        let comment = [("name", "Zoé"), ("body", "Merci"), ("consent", "true")];
        check("comment", &comment, &[]);
        check("comment", &comment[..2], &[("consent", NotAccepted)]);
        check("feedback", &[("useful", "false")], &[]);
        check("feedback", &[("message", "Merci")], &[("useful", Missing)]);
        let story = [("name", "Zoé"), ("body", "Un récit"), ("treatments", "aucun")];
        let agreed = [("publication", NotAccepted), ("processing", NotAccepted)];
        check("testimonial", &story, &agreed);
        let message = [("subject", "Question"), ("email", "a@b"), ("message", "Bonjour")];
        check("message", &message, &[("email", NotEmail)]);
        check("report", &[("email", "")], &[("body", Missing)]);
        check("another", &[], &[]);
    }

    #[test]
    fn what_the_site_asks_for_is_asked_for_here() {
        let value = |name: &str| if name == "consent" { "true" } else { "a" }.to_owned();
        let typed = |name: &str| if name == "email" { String::new() } else { value(name) };
        assert_eq!(broken("comment", typed, |_| false), []);
        let found = broken("comment", typed, |name| name == "email");
        assert_eq!(found, [Broken { field: "email", rule: Rule::Missing }]);
    }
}
