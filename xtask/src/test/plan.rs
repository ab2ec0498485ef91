//! Which checks to run, from the words after `test`.

use crate::failure::{Failure, Outcome};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    Fmt,
    Clippy,
    Deny,
    Tests,
    Postgresql,
    E2e,
    Content,
}

impl Check {
    pub const ALL: [Self; 7] = [
        Self::Fmt,
        Self::Clippy,
        Self::Deny,
        Self::Tests,
        Self::Postgresql,
        Self::E2e,
        Self::Content,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Deny => "deny",
            Self::Tests => "tests",
            Self::Postgresql => "postgresql",
            Self::E2e => "e2e",
            Self::Content => "content",
        }
    }

    fn runs_tests(self) -> bool {
        matches!(self, Self::Tests | Self::Postgresql | Self::E2e)
    }
}

#[derive(Debug)]
pub struct Plan {
    pub checks: Vec<Check>,
    /// Parts of the names of the tests to run; none means all.
    pub filters: Vec<String>,
}

impl Plan {
    /// A word that names a check chooses it; any other filters the tests.
    pub fn of(words: &[String]) -> Outcome<Self> {
        if let Some(option) = words.iter().find(|word| word.starts_with('-')) {
            return Err(Failure::new(format!(
                "`test` takes no `{option}`: run `cargo xtask --help` for what it takes"
            )));
        }
        let (named, filters): (Vec<&String>, Vec<&String>) =
            words.iter().partition(|word| Check::ALL.iter().any(|check| check.name() == *word));
        let wanted = |check: &Check| match (named.is_empty(), filters.is_empty()) {
            (true, true) => true,
            (true, false) => check.runs_tests(),
            (false, _) => named.iter().any(|name| *name == check.name()),
        };
        let checks: Vec<Check> = Check::ALL.into_iter().filter(wanted).collect();
        if let Some(filter) = filters.first()
            && !checks.iter().any(|check| check.runs_tests())
        {
            return Err(Failure::new(format!(
                "`{filter}` names no step, and there are no tests to filter in those named"
            )));
        }
        Ok(Self { checks, filters: filters.into_iter().cloned().collect() })
    }

    /// Whether a check looks at what `build` makes.
    pub fn needs_build(&self) -> bool {
        self.checks.iter().any(|check| check.runs_tests() || *check == Check::Content)
    }

    /// The names of all steps, in order.
    pub fn steps(&self) -> Vec<&'static str> {
        let build = self.needs_build().then_some("build");
        let checks = self.checks.iter().map(|check| check.name());
        std::iter::once("setup").chain(build).chain(checks).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(words: &[&str]) -> Outcome<Plan> {
        Plan::of(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn without_words_everything_is_run_in_order() {
        let steps = plan(&[]).unwrap().steps();
        assert_eq!(
            steps,
            ["setup", "build", "fmt", "clippy", "deny", "tests", "postgresql", "e2e", "content"]
        );
    }

    #[test]
    fn the_name_of_a_step_chooses_it_and_the_order_stays_ours() {
        let plan = plan(&["clippy", "fmt"]).unwrap();
        assert_eq!(plan.steps(), ["setup", "fmt", "clippy"]);
        assert!(plan.filters.is_empty());
    }

    #[test]
    fn any_other_word_filters_the_tests_and_runs_nothing_else() {
        let plan = plan(&["plural"]).unwrap();
        assert_eq!(plan.checks, [Check::Tests, Check::Postgresql, Check::E2e]);
        assert_eq!(plan.filters, ["plural"]);
    }

    #[test]
    fn a_filter_applies_to_the_step_that_is_named() {
        let plan = plan(&["e2e", "search"]).unwrap();
        assert_eq!(plan.checks, [Check::E2e]);
        assert_eq!(plan.filters, ["search"]);
    }

    #[test]
    fn a_filter_without_tests_to_filter_is_refused() {
        let failure = plan(&["fmt", "clipy"]).unwrap_err();
        assert!(failure.to_string().starts_with("`clipy` names no step"));
    }

    #[test]
    fn an_option_is_refused_rather_than_taken_for_a_filter() {
        assert!(plan(&["--nocapture"]).is_err());
    }
}
