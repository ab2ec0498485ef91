//! What the guard finds in what was sent, for whoever decides on it: one `kind rule from to` a line,
//! where `from` and `to` are bytes of the text.

/// Empty where there is nothing to see.
pub fn of(text: &str) -> String {
    let found = guard::look(text);
    let lines: Vec<String> = found
        .iter()
        .map(|it| format!("{} {} {} {}", it.kind.name(), it.rule, it.range.start, it.range.end))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use contract::desk::Finding;

    use super::*;

    #[test]
    fn what_is_found_reads_back_as_passages_of_the_text() {
        let text = "Écrivez-moi : zoé@example.org, ou au 06 39 98 00 17.";
        let found = Finding::read_all(&of(text), text);
        let passages: Vec<&str> = found.iter().map(|it| &text[it.from..it.to]).collect();
        assert_eq!(passages, ["zoé@example.org", "06 39 98 00 17"]);
        assert_eq!(of("Merci beaucoup, tout est clair."), "");
    }
}
