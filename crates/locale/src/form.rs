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
        (_, Rule::TooLong) => t.form_text_long(),
        _ => t.form_text_missing(),
    }
}
