//! What is wrong with a field, in words that say what to do.

use contract::form::{Broken, Rule};

use crate::text;

/// One sentence for the one who fills the form in.
pub fn message(it: Broken) -> &'static str {
    let t = text();
    match (it.field, it.rule) {
        ("name", Rule::Missing) => t.form_name_missing(),
        ("name", _) => t.form_name_long(),
        ("email", Rule::Missing) => t.form_email_missing(),
        ("email", _) => t.form_email_wrong(),
        ("consent", _) => t.form_consent_missing(),
        ("useful", _) => t.form_useful_missing(),
        ("title", _) => t.form_title_long(),
        ("treatments", Rule::Missing) => t.form_treatments_missing(),
        ("publication", _) => t.form_publication_missing(),
        ("processing", _) => t.form_processing_missing(),
        ("subject", Rule::Missing) => t.form_subject_missing(),
        ("subject", _) => t.form_subject_long(),
        ("parent", _) => t.form_parent_gone(),
        ("account", Rule::Missing) => t.accounts_name_missing(),
        ("account", Rule::TooLong) => t.accounts_name_long(),
        ("account", _) => t.accounts_name_reserved(),
        ("new", _) => t.own_short(),
        (_, Rule::TooLong) => t.form_text_long(),
        _ => t.form_text_missing(),
    }
}

/// What is masked in a text, by the names of its kinds: "un numéro de téléphone, une adresse e-mail".
pub fn passages(kinds: &[String]) -> String {
    let t = text();
    let name = |it: &String| match it.as_str() {
        "phone" => t.passage_phone(),
        "email" => t.passage_email(),
        "social_security" => t.passage_number(),
        "address" => t.passage_address(),
        _ => t.passage_other(),
    };
    kinds.iter().map(name).collect::<Vec<&str>>().join(", ")
}
