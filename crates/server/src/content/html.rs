//! Makes HTML safe.

use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

use ammonia::{Builder, UrlRelative};

/// Stand before and after the number of a mark that the program puts into sanitised text. Private
/// use characters that author text cannot hold: [`text`] and the sanitiser drop them.
pub const SLOT_OPEN: char = '\u{e000}';
pub const SLOT_CLOSE: char = '\u{e001}';

/// The most tags one stretch of embedded HTML may have. The parser's work grows with their square.
pub const MAX_TAGS: usize = 500;

const INLINE_TAGS: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
];
const BLOCK_TAGS: [&str; 24] = [
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
];
const MORE_BLOCK_TAGS: [&str; 2] = ["tr", "ul"];

static INLINE: LazyLock<Builder<'static>> = LazyLock::new(|| builder(INLINE_TAGS.into()));

static BLOCK: LazyLock<Builder<'static>> = LazyLock::new(|| {
    builder(INLINE_TAGS.into_iter().chain(BLOCK_TAGS).chain(MORE_BLOCK_TAGS).collect())
});

/// No `id`, `class`, `style` or `on…`: embedded HTML can neither look like a part of the page nor
/// answer to its scripts.
fn builder(tags: HashSet<&'static str>) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(tags)
        .clean_content_tags(["script", "style", "template", "noscript"].into())
        .generic_attributes(["lang", "dir"].into())
        .tag_attributes(
            [
                ("a", ["href"].into()),
                ("abbr", ["title"].into()),
                ("img", ["src", "alt", "width", "height"].into()),
                ("ol", ["start", "reversed"].into()),
                ("td", ["colspan", "rowspan"].into()),
                ("th", ["colspan", "rowspan", "scope"].into()),
                ("time", ["datetime"].into()),
            ]
            .into(),
        )
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(|element, attribute, value| {
            let elsewhere = !value.starts_with('/') || value.starts_with("//");
            if (element, attribute) == ("img", "src") && elsewhere {
                // A picture of another host would tell it who reads the page.
                return None;
            }
            Some(if value.contains([SLOT_OPEN, SLOT_CLOSE]) {
                Cow::Owned(value.replace([SLOT_OPEN, SLOT_CLOSE], ""))
            } else {
                Cow::Borrowed(value)
            })
        });
    builder
}

/// Sanitised inline HTML. Whatever was left open is closed.
pub fn inline(html: &str) -> String {
    mark_external(&INLINE.clean(html).to_string())
}

/// Sanitised HTML of blocks. Whatever was left open is closed.
pub fn block(html: &str) -> String {
    mark_external(&BLOCK.clean(html).to_string())
}

/// Sets the texts of sanitised HTML by French rules; code stays as it is.
pub fn french(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut code = 0_usize;
    for piece in pieces(html) {
        let is_code = |start: &str| {
            ["code", "kbd", "pre", "samp"].iter().any(|it| {
                let name = piece.strip_prefix(start).and_then(|rest| rest.strip_prefix(it));
                name.is_some_and(|rest| rest.starts_with(['>', ' ']))
            })
        };
        if is_code("</") {
            code = code.saturating_sub(1);
        } else if is_code("<") {
            code += 1;
        }
        if code == 0 && !piece.starts_with('<') {
            out.push_str(&locale::typography::french(piece));
        } else {
            out.push_str(piece);
        }
    }
    out
}

/// Gives each link to another site its `rel`.
fn mark_external(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for piece in pieces(html) {
        match piece.strip_prefix("<a ") {
            Some(rest) if piece.contains(" href=\"http") => {
                out.push_str("<a rel=\"noopener external\" ");
                out.push_str(rest);
            }
            _ => out.push_str(piece),
        }
    }
    out
}

/// Text as HTML.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            SLOT_OPEN | SLOT_CLOSE => {}
            other => out.push(other),
        }
    }
    out
}

/// Addresses of the links in embedded HTML, as far as they survive sanitising.
pub fn links(html: &str) -> Vec<String> {
    attribute_values(&block(html), "a", "href").flatten().collect()
}

/// For each picture in embedded HTML: its address on this site, if any, and its text alternative.
pub fn pictures(html: &str) -> Vec<(Option<String>, String)> {
    let clean = block(html);
    let sources = attribute_values(&clean, "img", "src");
    let texts = attribute_values(&clean, "img", "alt");
    sources.zip(texts.map(Option::unwrap_or_default)).collect()
}

/// One entry for each `tag` of sanitised HTML: the value of `name`, unescaped.
fn attribute_values<'a>(
    html: &'a str,
    tag: &'a str,
    name: &'a str,
) -> impl Iterator<Item = Option<String>> + 'a {
    tags(html).filter_map(move |it| {
        let rest = it.strip_prefix(tag)?;
        if !(rest.is_empty() || rest.starts_with(' ')) {
            return None;
        }
        let value = rest.split_once(&format!(" {name}=\"")).and_then(|(_, it)| it.split_once('"'));
        Some(value.map(|(it, _)| unescape(it)))
    })
}

/// The inside of each tag of sanitised HTML, closing ones with their `/`.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    pieces(html).filter_map(|it| it.strip_prefix('<')?.strip_suffix('>'))
}

/// Sanitised HTML cut into tags (`<…>`) and texts.
pub fn pieces(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let end = if rest.starts_with('<') { tag_end(rest) } else { rest.find('<') };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Where the tag at the start of `html` ends; a `>` between quotes does not end it.
fn tag_end(html: &str) -> Option<usize> {
    let mut quoted = false;
    let found = html.char_indices().find(|(_, it)| {
        quoted ^= *it == '"';
        !quoted && *it == '>'
    });
    found.map(|(at, _)| at + 1)
}

/// Text of sanitised HTML: the sanitiser writes these entities and no others.
pub fn unescape(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
