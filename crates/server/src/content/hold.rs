//! Keeps evidence marks on the line of their word, and the sign after a mark or a term on its line.
//!
//! A button is an atom of its line: browsers break before and after it whatever stands there, and
//! only `white-space` forbids it.

const MARK: &str = "\u{2060}<button class=\"proof\"";
const TERM: &str = "<button class=\"term\"";
const END: &str = "</button>";
/// More marks than these in a row may part: together they could be wider than a phone.
const MAX_MARKS: usize = 2;
/// A longer word may be torn from its mark: better than a line that runs out of the page.
const MAX_WORD: usize = 24;

/// Wraps each run of marks with the word before and the signs after, and each term with the signs
/// after, in `<span class="nowrap">`.
pub fn hold(html: &str) -> String {
    hold_terms(&hold_marks(html))
}

fn hold_terms(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(at) = rest.find(TERM) {
        let (before, from) = rest.split_at(at);
        let end = from.find(END).map_or(from.len(), |it| it + END.len());
        let (term, after) = from.split_at(end);
        let (signs, after) = after.split_at(signs_end(after));
        out.push_str(before);
        if signs.is_empty() {
            out.push_str(term);
        } else {
            out.push_str(&format!("<span class=\"nowrap\">{term}{signs}</span>"));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn hold_marks(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(at) = rest.find(MARK) {
        let (before, mut marks) = rest.split_at(at);
        let word = word_start(before);
        out.push_str(&before[..word]);
        out.push_str("<span class=\"nowrap\">");
        out.push_str(&before[word..]);
        let mut count = 0;
        while marks.starts_with(MARK) && count < MAX_MARKS {
            count += 1;
            let end = marks.find(END).map_or(marks.len(), |it| it + END.len());
            out.push_str(&marks[..end]);
            marks = &marks[end..];
        }
        let signs = signs_end(marks);
        out.push_str(&marks[..signs]);
        out.push_str("</span>");
        rest = &marks[signs..];
    }
    out.push_str(rest);
    out
}

/// Where the last word of `before` starts; its end where that word is inside a tag or too long.
fn word_start(before: &str) -> usize {
    let word = before
        .rfind([' ', '\u{a0}', '>', '\n'])
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    if MAX_WORD < before[word..].chars().count() { before.len() } else { word }
}

/// Signs that must not start a line, with the narrow spaces before them.
fn signs_end(after: &str) -> usize {
    after
        .char_indices()
        .find(|(_, it)| !matches!(it, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '»' | '\u{202f}'))
        .map_or(after.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, held: &str) {
        let mark = "\u{2060}<button class=\"proof\">1</button>";
        let term = "<button class=\"term\">mot</button>";
        let full = |it: &str| it.replace('@', mark).replace('#', term);
        assert_eq!(hold(&full(html)), full(held));
    }

    #[test]
    fn a_term_keeps_its_full_stop() {
        check("un #. Puis # ici", "un <span class=\"nowrap\">#.</span> Puis # ici");
        check("un #@.", "un #<span class=\"nowrap\">@.</span>");
    }

    #[test]
    fn a_mark_stays_with_its_word_and_its_full_stop() {
        check("en deux ans@. Puis", "en deux <span class=\"nowrap\">ans@.</span> Puis");
        check("ans@@\u{202f}; puis", "<span class=\"nowrap\">ans@@\u{202f};</span> puis");
        check("<em>ans</em>@", "<em>ans</em><span class=\"nowrap\">@</span>");
        check("rien", "rien");
        let long = "a".repeat(40);
        check(&format!("{long}@"), &format!("{long}<span class=\"nowrap\">@</span>"));
    }
}
