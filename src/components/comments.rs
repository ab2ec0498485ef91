//! What readers wrote below an article, in threads.

use contract::{
    comment::{Comments, PublicComment},
    route::COMMENT,
    slug::Slug,
};
use locale::{fill, text};
use maud::{Markup, PreEscaped, html};

use crate::{
    components::icon::icon,
    html::{day, escape},
};

/// Heading, threads and where they go on. `form` is what comes below them.
pub fn comments(article: &Slug, it: &Comments, form: &Markup) -> Markup {
    let t = text();
    html! {
        section class="comments late" id="commentaires" aria-labelledby="t-commentaires" {
            h2 id="t-commentaires" {
                @if it.count == 0 { (t.comments()) } @else { (t.comments_count().with(it.count)) }
            }
            p class="muted small" { (t.comments_opinion()) }
            (threads(article, it, ""))
            @if it.page == 1 && 1 < it.last_page() {
                p {
                    a class="comments__more" href={ (address(article)) "?page=2" } { (t.comments_more()) }
                }
            }
            @if it.open { (form) } @else { p class="muted" { (t.comments_closed()) } }
            p class="small" {
                a href={ "/articles/" (article) "/comments.xml" } { (t.comments_feed()) }
            }
        }
    }
}

/// The page of an article's comments alone.
pub fn address(article: &Slug) -> String {
    format!("/articles/{article}/commentaires")
}

/// Where a comment or an answer is found for good. Its page has a number that others change by coming
/// and going, so none is named.
pub fn permalink(article: &Slug, id: &Slug) -> String {
    format!("{}?{COMMENT}={id}#c-{id}", address(article))
}

/// The threads of a page of them. `writer` is what a receipt has given somebody whom the site knows,
/// and is carried on by the links to the form.
pub fn threads(article: &Slug, it: &Comments, writer: &str) -> Markup {
    let answers = it.open.then_some(writer);
    html! {
        @if it.items.is_empty() {
            p class="comments__none" { (text().comments_none()) }
        } @else {
            ol class="comments__list" {
                @for thread in &it.items {
                    li {
                        (comment(article, thread, answers, false))
                        @if !thread.replies.is_empty() {
                            ol class="comments__list" {
                                @for reply in &thread.replies {
                                    li { (comment(article, reply, None, true)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn comment(article: &Slug, it: &PublicComment, answers: Option<&str>, reply: bool) -> Markup {
    let t = text();
    let erased = it.name.is_empty();
    html! {
        article class=(if reply { "comment comment--reply" } else { "comment" })
            id={ "c-" (it.id) } tabindex="-1" {
            @if erased {
                p class="comment__erased" { (t.comment_erased()) }
            } @else {
                p class="comment__head" {
                    span class="comment__name" dir="auto" { (it.name) }
                    @if it.institute { span class="comment__badge" { (t.comment_institute()) } }
                    a class="comment__date" title=(t.comment_permalink()) href=(permalink(article, &it.id)) {
                        (day(it.written_on))
                    }
                }
                div class="comment__text" dir="auto" { (PreEscaped(body(&it.body))) }
                @if let Some(writer) = answers {
                    p {
                        a class="comment__reply" rel="nofollow"
                            href={
                                (address(article)) "?repondre=" (it.id)
                                @if !writer.is_empty() { "&auteur=" (writer) } "#ecrire"
                            } {
                            (icon("message"))
                            (t.comment_reply())
                            span class="sr-only" { " " (fill(t.comment_reply_to(), &[("name", &it.name)])) }
                        }
                    }
                }
            }
        }
    }
}

/// Plain text as HTML: paragraphs, line breaks, and addresses of the web as links that search
/// engines do not count.
pub fn body(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.split("\n\n") {
        html.push_str("<p>");
        for (at, line) in paragraph.split('\n').enumerate() {
            if at != 0 {
                html.push_str("<br>");
            }
            for (at, word) in line.split(' ').enumerate() {
                if at != 0 {
                    html.push(' ');
                }
                html.push_str(&link(word).unwrap_or_else(|| escape(word)));
            }
        }
        html.push_str("</p>");
    }
    html
}

/// A word that is an address. What ends a sentence is no part of it.
fn link(word: &str) -> Option<String> {
    let start = ["https://", "http://"].into_iter().find(|it| word.starts_with(it))?;
    let address = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '»', '"', '\'']);
    let rest = word.get(address.len()..)?;
    let host: String =
        address[start.len()..].chars().take_while(|it| !matches!(it, '/' | '?' | '#')).collect();
    // Letters, digits, dots and hyphens: no user name in front of it, no port, nothing that looks
    // like another host.
    let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-');
    if !host.contains('.') || !host.chars().all(plain) {
        return None;
    }
    let (address, rest) = (escape(address), escape(rest));
    Some(format!(
        "<a href=\"{address}\" rel=\"nofollow ugc noopener external\">{address}</a>{rest}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, html: &str) {
        assert_eq!(body(text), html);
    }

    #[test]
    fn paragraphs_and_lines_stay() {
        check("a\nb\n\nc", "<p>a<br>b</p><p>c</p>");
    }

    #[test]
    fn an_address_is_a_link_without_credit() {
        check("(https://a.example/x?y=1&z).", "<p>(https://a.example/x?y=1&amp;z).</p>");
        check(
            "https://a.example/x?y=1&z.",
            "<p><a href=\"https://a.example/x?y=1&amp;z\" rel=\"nofollow ugc noopener external\">https://a.example/x?y=1&amp;z</a>.</p>",
        );
    }

    #[test]
    fn nothing_typed_becomes_markup() {
        for hostile in [
            "<script>alert(1)</script>",
            "javascript:alert(1)",
            "https://a.example\"onmouseover=\"x",
            "https://user@a.example/",
            "https://<b>",
            "https://a.example/<img/src=x>",
            "data:text/html,x",
        ] {
            let html = body(hostile);
            let inside = html.trim_start_matches("<p>").trim_end_matches("</p>");
            let rest = inside.replace("<a href=\"", "").replace("</a>", "");
            let rest = rest.replace("\" rel=\"nofollow ugc noopener external\">", "");
            assert!(!rest.contains(['<', '>', '"']), "{hostile}: {html}");
            assert!(!html.contains("href=\"javascript") && !html.contains("href=\"data"), "{html}");
        }
    }
}
