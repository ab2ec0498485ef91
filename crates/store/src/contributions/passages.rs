//! What the guard found in what was sent, and what that hides.

use contract::desk::{Field, Finding, Texts, masked};

use crate::contributions::Contribution;

impl Contribution {
    /// What was written, by field.
    pub fn texts(&self) -> Texts<'_> {
        Texts {
            name: &self.name,
            subject: self.subject.as_deref().unwrap_or_default(),
            treatments: self.treatments.as_deref().unwrap_or_default(),
            ties: self.ties.as_deref().unwrap_or_default(),
            body: &self.body,
        }
    }

    /// The passages that were found, each in its field.
    pub fn found(&self) -> Vec<Finding> {
        Finding::read_all(&self.findings, &self.texts())
    }

    /// Its name as everybody reads it.
    pub fn shown_name(&self) -> String {
        if self.masked { masked(&self.name, Field::Name, &self.found()) } else { self.name.clone() }
    }
}
