//! What to measure, from the words after `bench`.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Bytes,
    Page,
    Http,
    Search,
    Directory,
    People,
}

impl Measure {
    const ALL: [Self; 6] =
        [Self::Bytes, Self::Page, Self::Http, Self::Search, Self::Directory, Self::People];

    pub fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Page => "page",
            Self::Http => "http",
            Self::Search => "search",
            Self::Directory => "directory",
            Self::People => "people",
        }
    }
}

#[derive(Debug)]
pub struct Plan {
    pub measures: Vec<Measure>,
    /// How often each page is loaded.
    pub runs: usize,
    /// A server to measure instead of the one that would be built.
    pub binary: Option<PathBuf>,
}

impl Plan {
    pub fn of(words: &[String]) -> Outcome<Self> {
        let mut plan = Self { measures: Vec::new(), runs: 7, binary: None };
        let mut named = Vec::new();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--runs" => plan.runs = runs(words.next())?,
                "--binary" => plan.binary = Some(binary(words.next())?),
                word => match Measure::ALL.into_iter().find(|measure| measure.name() == word) {
                    Some(measure) => named.push(measure),
                    None => return Err(unknown(word)),
                },
            }
        }
        plan.measures = Measure::ALL
            .into_iter()
            .filter(|measure| named.is_empty() || named.contains(measure))
            .collect();
        Ok(plan)
    }

    pub fn needs_browser(&self) -> bool {
        let shown = [Measure::Bytes, Measure::Page, Measure::People];
        self.measures.iter().any(|measure| shown.contains(measure))
    }

    pub fn needs_load(&self) -> bool {
        self.measures.contains(&Measure::Http)
    }
}

fn runs(word: Option<&String>) -> Outcome<usize> {
    word.and_then(|word| word.parse().ok())
        .filter(|runs| (1..=50).contains(runs))
        .ok_or_else(|| Failure::new("`--runs` takes a number from 1 to 50"))
}

fn binary(word: Option<&String>) -> Outcome<PathBuf> {
    let path = word.ok_or_else(|| Failure::new("`--binary` takes the path of a built server"))?;
    // The server is started from the project's folder, which need not be this one.
    std::path::absolute(path)
        .ok()
        .filter(|path| path.is_file())
        .ok_or_else(|| Failure::new(format!("there is no server at {path}")))
}

fn unknown(word: &str) -> Failure {
    let names = Measure::ALL.map(Measure::name).join(", ");
    Failure::new(format!("`bench` does not measure `{word}`: it knows {names}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(words: &[&str]) -> Outcome<Plan> {
        Plan::of(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn without_words_everything_is_measured() {
        let plan = plan(&[]).unwrap();
        assert_eq!(plan.measures, Measure::ALL);
        assert_eq!(plan.runs, 7);
        assert!(plan.binary.is_none() && plan.needs_browser() && plan.needs_load());
    }

    #[test]
    fn what_is_named_is_measured_in_our_order() {
        let plan = plan(&["search", "--runs", "3", "bytes"]).unwrap();
        assert_eq!(plan.measures, [Measure::Bytes, Measure::Search]);
        assert_eq!(plan.runs, 3);
        assert!(!plan.needs_load());
    }

    #[test]
    fn what_is_not_known_is_refused_by_name() {
        for (words, says) in [
            (["pages"].as_slice(), "does not measure `pages`"),
            (&["--runs"], "`--runs` takes"),
            (&["--runs", "0"], "`--runs` takes"),
            (&["--binary", "/no/such/server"], "no server at /no/such/server"),
        ] {
            assert!(plan(words).unwrap_err().to_string().contains(says), "{words:?}");
        }
    }
}
