//! What is asked of the queue, as it stands in an address.

use std::fmt;

use crate::{
    desk::{MAX_QUERY, Shelf},
    form::line,
    receipt::Kind,
    route::{encode, query_fields},
    slug::Slug,
};

/// Which items, and which of them is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    pub state: Shelf,
    /// All kinds without it.
    pub kind: Option<Kind>,
    /// About one page, or one practitioner.
    pub about: Option<Slug>,
    /// Words of the name, the text or the page; each of them must be there.
    pub q: String,
    /// From 1; 0 is the first page too.
    pub page: u32,
    pub item: Option<Slug>,
}

impl Question {
    /// What is no field of it, or no value, is left out.
    pub fn read(query: &str) -> Question {
        let mut it = Question::default();
        for (name, value) in query_fields(query) {
            match name.as_str() {
                "state" => {
                    it.state =
                        Shelf::ALL.into_iter().find(|it| it.name() == value).unwrap_or_default();
                }
                "kind" => it.kind = Kind::ALL.into_iter().find(|it| it.name() == value),
                "about" => it.about = Slug::try_from(value).ok(),
                "q" => it.q = line(&value).chars().take(MAX_QUERY).collect(),
                "page" => it.page = value.parse().unwrap_or(1),
                "item" => it.item = Slug::try_from(value).ok(),
                _ => {}
            }
        }
        it
    }

    /// The same, with another item open.
    pub fn at(&self, item: Option<&Slug>) -> Question {
        Question { item: item.cloned(), ..self.clone() }
    }
}

/// The query string, without `?`; only what is not as it opens.
impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if self.state != Shelf::default() {
            parts.push(format!("state={}", self.state.name()));
        }
        if let Some(kind) = self.kind {
            parts.push(format!("kind={}", kind.name()));
        }
        if let Some(about) = &self.about {
            parts.push(format!("about={about}"));
        }
        if !self.q.is_empty() {
            parts.push(format!("q={}", encode(&self.q)));
        }
        if 1 < self.page {
            parts.push(format!("page={}", self.page));
        }
        if let Some(item) = &self.item {
            parts.push(format!("item={item}"));
        }
        f.write_str(&parts.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_reads_back_as_it_was_written() {
        let it = Question {
            state: Shelf::Held,
            kind: Some(Kind::Comment),
            about: Slug::try_from("cellules-car-t").ok(),
            q: "l'immunité & 100 %".to_owned(),
            page: 3,
            item: Slug::try_from("k3v7").ok(),
        };
        assert_eq!(Question::read(&it.to_string()), it);
        assert_eq!(Question::default().to_string(), "");
    }

    #[test]
    fn what_is_none_is_left_out() {
        let it = Question::read("state=nowhere&kind=x&about=%20&page=-1&item=%2F&q=%00%20a%20&z=1");
        assert_eq!(it, Question { q: "a".to_owned(), page: 1, ..Question::default() });
    }
}
