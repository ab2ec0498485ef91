//! What the guard found in what was written, field by field, and the text without it.

use serde::{Deserialize, Serialize};

/// Kinds of passage that tell who somebody is, or where they are found.
pub const MASKED: [&str; 4] = ["phone", "email", "social_security", "address"];
/// What stands in the place of a masked passage.
const MASK: &str = "[…]";

/// A field that people write in and others read. An e-mail address is asked for, and is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Name,
    /// The title of a testimonial, the subject of a message.
    Subject,
    Treatments,
    Ties,
    #[default]
    Body,
}

impl Field {
    /// In the order in which the desk shows them.
    pub const ALL: [Field; 5] =
        [Field::Name, Field::Subject, Field::Treatments, Field::Ties, Field::Body];

    /// Stable name, as it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Subject => "subject",
            Field::Treatments => "treatments",
            Field::Ties => "ties",
            Field::Body => "body",
        }
    }

    /// Whether a passage of this kind is a finding here. A name names somebody: it is there for that, and
    /// says nothing of a treatment.
    pub fn minds(self, kind: &str) -> bool {
        self != Field::Name || hides(kind)
    }
}

/// What was written in each field; nothing in one that is not there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Texts<'a> {
    pub name: &'a str,
    pub subject: &'a str,
    pub treatments: &'a str,
    pub ties: &'a str,
    pub body: &'a str,
}

impl<'a> Texts<'a> {
    pub fn of(&self, field: Field) -> &'a str {
        match field {
            Field::Name => self.name,
            Field::Subject => self.subject,
            Field::Treatments => self.treatments,
            Field::Ties => self.ties,
            Field::Body => self.body,
        }
    }
}

/// A passage that the guard marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// What it looks like: `phone`, `email`, `stops_treatment`…
    pub kind: String,
    /// The rule that found it.
    pub rule: String,
    /// Where it stands.
    #[serde(default)]
    pub field: Field,
    /// First byte of the passage in the field's text, and the first after it.
    pub from: usize,
    pub to: usize,
}

impl Finding {
    /// Reads `kind rule from to`, of the body, or `kind rule field from to`, one a line. What is none of
    /// these is left out, and a passage is cut to what is there of it: an old program may have found it in
    /// another text. A program that knew of the body alone leaves out what stands in other fields.
    pub fn read_all(found: &str, texts: &Texts) -> Vec<Finding> {
        let read = |line: &str| {
            let mut words = line.split_whitespace().peekable();
            let (kind, rule) = (words.next()?.to_owned(), words.next()?.to_owned());
            let named = words.peek().and_then(|it| Field::ALL.iter().find(|at| at.name() == *it));
            let field = named.copied().unwrap_or_default();
            if named.is_some() {
                words.next();
            }
            let mut place = || words.next().and_then(|it| it.parse::<usize>().ok());
            let (from, to) = (place()?, place()?);
            let text = texts.of(field);
            let from = floor(text, from.min(text.len()));
            let to = floor(text, to.min(text.len())).max(from);
            Some(Finding { kind, rule, field, from, to })
        };
        found.lines().filter_map(read).collect()
    }
}

/// As [`Finding::read_all`] reads it; of the body as it has always been written.
impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Finding { kind, rule, field, from, to } = self;
        match field {
            Field::Body => write!(f, "{kind} {rule} {from} {to}"),
            field => write!(f, "{kind} {rule} {} {from} {to}", field.name()),
        }
    }
}

/// The last boundary between characters at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0)
}

/// Whether a passage of this kind is masked.
pub fn hides(kind: &str) -> bool {
    MASKED.contains(&kind)
}

/// The text of a field without the passages that would tell who somebody is. Those that meet are one.
pub fn masked(text: &str, field: Field, findings: &[Finding]) -> String {
    let hidden = findings.iter().filter(|it| it.field == field && hides(&it.kind));
    let mut hidden: Vec<(usize, usize)> = hidden.map(|it| (it.from, it.to)).collect();
    hidden.sort_unstable();
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (from, to) in hidden {
        // What lies within another is hidden already.
        if to <= at || to <= from {
            continue;
        }
        if at <= from && !(at != 0 && from == at) {
            out.push_str(text.get(at..from).unwrap_or_default());
            out.push_str(MASK);
        }
        at = to;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
