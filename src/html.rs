//! The small pieces of HTML that templates share. Templates escape by themselves; `escape` is for
//! text built elsewhere.

use contract::date::Date;
use locale::date;
use maud::{Markup, html};

/// `text`, safe between tags and inside quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
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
    out
}

/// A day, written out for people and in numbers for programs.
pub fn day(it: Date) -> Markup {
    html! { time datetime=(it) { (date::long(it)) } }
}

/// [`day`] with a class.
pub fn day_in(class: &str, it: Date) -> Markup {
    html! { time class=(class) datetime=(it) { (date::long(it)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(escape(r#"</p><b a="'">&"#), "&lt;/p&gt;&lt;b a=&quot;&#39;&quot;&gt;&amp;");
    }

    #[test]
    fn a_template_escapes_text_and_attributes() {
        let text = r#"<b a="&">"#;
        let html = html! { p title=(text) { (text) } }.into_string();
        let escaped = "&lt;b a=&quot;&amp;&quot;&gt;";
        assert_eq!(html, format!(r#"<p title="{escaped}">{escaped}</p>"#));
    }
}
