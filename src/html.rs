//! HTML built as text, for what is set once and never changes: article bodies, lists of sources.

/// Adds `text` to `out` with the characters that mean something in HTML escaped.
pub fn push_escaped(out: &mut String, text: &str) {
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

/// `text`, safe between tags and inside quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push_escaped(&mut out, text);
    out
}

/// Adds the pieces one after the other. Pieces are HTML already: escape what is text.
pub fn push(out: &mut String, pieces: &[&str]) {
    for piece in pieces {
        out.push_str(piece);
    }
}

/// An icon of `/icons/sprite.svg`, without meaning of its own.
pub fn icon(name: &str) -> String {
    format!(
        r##"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="/icons/sprite.svg#i-{name}"></use></svg>"##
    )
}

/// A drawing of `/motifs/`. `name` comes from checked content.
pub fn motif(name: &str) -> String {
    format!(
        r##"<svg class="motif" viewBox="0 0 280 190" aria-hidden="true" focusable="false"><use href="/motifs/{}.svg#m"></use></svg>"##,
        escape(name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(escape(r#"</p><b a="'">&"#), "&lt;/p&gt;&lt;b a=&quot;&#39;&quot;&gt;&amp;");
    }
}
