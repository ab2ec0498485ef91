//! A field's text with what the guard found in it.

use std::ops::Range;

use contract::desk::{Field, Finding, hides};
use maud::{Markup, html};

use crate::pages::desk::words;

/// A part of the text, and the numbers (from 1) of the findings that it is marked by.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    place: Range<usize>,
    numbers: Vec<usize>,
}

/// Cuts a field's text at its findings, which are numbered over all fields. Passages that meet each
/// other are one mark with all their numbers; what is empty or lies beyond the text marks nothing.
fn parts(text: &str, field: Field, findings: &[Finding]) -> Vec<Part> {
    let mut marks: Vec<Part> = Vec::new();
    let numbered = (1..).zip(findings).filter(|it| it.1.field == field);
    let mut found: Vec<(usize, &Finding)> = numbered.collect();
    found.sort_by_key(|it| it.1.from);
    for (number, it) in found {
        let place = it.from..it.to;
        if place.is_empty() || text.get(place.clone()).is_none() {
            continue;
        }
        match marks.last_mut().filter(|last| place.start < last.place.end) {
            Some(last) => {
                last.place.end = last.place.end.max(place.end);
                last.numbers.push(number);
            }
            None => marks.push(Part { place, numbers: vec![number] }),
        }
    }
    let mut all = Vec::new();
    let mut at = 0;
    for it in marks {
        all.push(Part { place: at..it.place.start, numbers: Vec::new() });
        at = it.place.end;
        all.push(it);
    }
    all.push(Part { place: at..text.len(), numbers: Vec::new() });
    all.retain(|it| !it.place.is_empty());
    all
}

/// The kind of a passage that is masked.
fn hidden<'a>(numbers: &[usize], findings: &'a [Finding]) -> Option<&'a str> {
    let mut found = numbers.iter().filter_map(|it| findings.get(it - 1));
    found.find(|it| hides(&it.kind)).map(|it| it.kind.as_str())
}

/// The text of the item, its line breaks as they were typed.
pub fn quoted(body: &str, findings: &[Finding]) -> Markup {
    html! {
        blockquote class="case__text" dir="auto" { (marked(body, Field::Body, findings)) }
    }
}

/// What was written in a field.
pub fn marked(text: &str, field: Field, findings: &[Finding]) -> Markup {
    let danger = |numbers: &[usize]| {
        numbers
            .iter()
            .filter_map(|it| findings.get(it - 1))
            .any(|finding| words::finding(&finding.kind).2)
    };
    html! {
        @for part in parts(text, field, findings) {
            @let words = text.get(part.place.clone()).unwrap_or_default();
            @if part.numbers.is_empty() {
                (words)
            } @else if let Some(kind) = hidden(&part.numbers, findings) {
                // What tells who somebody is is read by whoever needs to.
                details class="reveal" {
                    summary class="hold" {
                        (words::finding(kind).0)
                        @for number in &part.numbers { span class="hold__num" { (number) } }
                    }
                    mark class="hold" {
                        (words)
                        @for number in &part.numbers { span class="hold__num" { (number) } }
                    }
                }
            } @else {
                mark class={ "hold" @if danger(&part.numbers) { " hold--danger" } } {
                    (words)
                    @for number in &part.numbers { span class="hold__num" { (number) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, places: &[(usize, usize)], expected: &[(&str, &[usize])]) {
        let finding = |it: &(usize, usize)| Finding {
            kind: "phone".to_owned(),
            rule: "x".to_owned(),
            field: Field::Body,
            from: it.0,
            to: it.1,
        };
        let findings: Vec<Finding> = places.iter().map(finding).collect();
        let parts = parts(body, Field::Body, &findings);
        let found: Vec<(&str, &[usize])> =
            parts.iter().map(|it| (&body[it.place.clone()], &it.numbers[..])).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_text_is_cut_at_its_findings() {
        check("abcdef", &[], &[("abcdef", &[])]);
        check("abcdef", &[(2, 4)], &[("ab", &[]), ("cd", &[1]), ("ef", &[])]);
        check("abcdef", &[(4, 6), (0, 2)], &[("ab", &[2]), ("cd", &[]), ("ef", &[1])]);
    }

    #[test]
    fn passages_that_meet_are_one_mark() {
        check("abcdef", &[(1, 4), (3, 5)], &[("a", &[]), ("bcde", &[1, 2]), ("f", &[])]);
        check("abcdef", &[(0, 6), (2, 3)], &[("abcdef", &[1, 2])]);
        check("abcdef", &[(1, 3), (3, 5)], &[("a", &[]), ("bc", &[1]), ("de", &[2]), ("f", &[])]);
    }

    #[test]
    fn nonsense_marks_nothing_and_loses_nothing() {
        check("éa", &[(0, 1), (5, 9), (2, 2), (3, 1)], &[("éa", &[])]);
        check("", &[(0, 0), (0, 5)], &[]);
    }

    #[test]
    fn what_tells_who_somebody_is_opens_on_request() {
        let finding = |kind: &str, from, to| Finding {
            kind: kind.to_owned(),
            rule: "x".to_owned(),
            field: Field::Body,
            from,
            to,
        };
        let findings = [finding("distress", 0, 4), finding("phone", 5, 7)];
        let html = quoted("abcd 06 ef", &findings).into_string();
        let closed = html.split("<details").nth(1).unwrap().split("</details>").next().unwrap();
        assert!(closed.contains("06") && !closed.contains("abcd"), "{html}");
        assert_eq!(html.matches("06").count(), 1, "{html}");
    }

    #[test]
    fn a_field_is_marked_by_its_own_findings_under_their_numbers() {
        let finding = |field| Finding {
            kind: "distress".to_owned(),
            rule: "x".to_owned(),
            field,
            from: 0,
            to: 2,
        };
        let findings = [Field::Subject, Field::Ties, Field::Body].map(finding);
        let numbers = |field| parts("abcd", field, &findings).remove(0).numbers;
        assert_eq!(numbers(Field::Subject), [1]);
        assert_eq!(numbers(Field::Ties), [2]);
        assert_eq!(numbers(Field::Body), [3]);
        assert_eq!(numbers(Field::Name), [0; 0]);
    }

    #[test]
    fn what_is_typed_never_becomes_markup() {
        let html = quoted("<script>alert(1)</script>", &[]).into_string();
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script>"), "{html}");
    }
}
