//! Text inside a paragraph: Markdown events to sanitised HTML.

use locale::typography::french;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{hold, html, reader::Reader, source::line_at};

/// How deep markup inside a paragraph may nest.
const MAX_DEPTH: usize = 16;

/// A Markdown event and its line.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    pub event: Event<'a>,
    pub line: u32,
}

/// Markdown taken apart; `first` is the line that `text` starts at. Neighbouring texts come as
/// one, with `\n` where a line was broken, so that an evidence mark is never cut in two.
pub fn pieces(text: &str, first: u32) -> Vec<Piece<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut pending: Option<(String, u32)> = None;
    // Lines are counted along, since counting from the start each time would be slow.
    let (mut counted, mut line) = (0, first);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        if counted <= range.start {
            line += line_at(&text[counted..range.start], usize::MAX) - 1;
            counted = range.start;
        }
        let more = match &event {
            Event::Text(text) => Some(&**text),
            Event::SoftBreak => Some("\n"),
            _ => None,
        };
        if let Some(more) = more {
            pending.get_or_insert_with(|| (String::new(), line)).0.push_str(more);
            continue;
        }
        if let Some((text, line)) = pending.take() {
            pieces.push(Piece { event: Event::Text(text.into()), line });
        }
        pieces.push(Piece { event, line });
    }
    if let Some((text, line)) = pending {
        pieces.push(Piece { event: Event::Text(text.into()), line });
    }
    pieces
}

/// Where the element that opens at `at` closes.
pub fn closing(pieces: &[Piece<'_>], at: usize) -> usize {
    let mut depth = 0_usize;
    for (index, piece) in pieces.iter().enumerate().skip(at) {
        match piece.event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    pieces.len().saturating_sub(1)
}

/// Plain text of a stretch, as typed.
pub fn plain(pieces: &[Piece<'_>]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match &piece.event {
            Event::Text(text) | Event::Code(text) => out.push_str(text),
            Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.replace('\n', " ").trim().to_owned()
}

/// Where inline text stands, and so what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Text,
    /// No buttons: headings are also read in lists of links.
    Heading,
}

/// HTML on its way to the sanitiser, and what is put into it afterwards.
struct Draft {
    html: String,
    slots: Vec<String>,
    open: Vec<&'static str>,
    tags: usize,
    mode: Mode,
}

impl Draft {
    /// Marks a place for HTML of our own: author HTML must not be able to forge it.
    fn slot(&mut self, html: String) {
        self.html.push(html::SLOT_OPEN);
        self.html.push_str(&self.slots.len().to_string());
        self.html.push(html::SLOT_CLOSE);
        self.slots.push(html);
    }

    fn finish(self) -> String {
        let clean = html::inline(&self.html);
        let mut out = String::with_capacity(clean.len());
        let mut parts = clean.split(html::SLOT_OPEN);
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (number, rest) = part.split_once(html::SLOT_CLOSE).unwrap_or((part, ""));
            let slot = number.parse().ok().and_then(|it: usize| self.slots.get(it));
            out.push_str(slot.map_or("", String::as_str));
            out.push_str(rest);
        }
        hold::hold(out.trim())
    }
}

impl Reader<'_> {
    /// Inline HTML of a stretch that holds no block.
    pub fn inline(&mut self, pieces: &[Piece<'_>], mode: Mode) -> String {
        let mut draft =
            Draft { html: String::new(), slots: Vec::new(), open: Vec::new(), tags: 0, mode };
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            let line = piece.line;
            match &piece.event {
                Event::Text(text) => self.text(&mut draft, text, line),
                Event::Code(text) => {
                    draft.html.push_str(&format!("<code>{}</code>", html::text(text)));
                }
                Event::HardBreak => draft.html.push_str("<br>"),
                Event::InlineHtml(raw) | Event::Html(raw) => self.raw(&mut draft, raw, line),
                Event::Start(Tag::Image { .. }) => {
                    self.report.add(line, "a picture stands alone in its paragraph");
                    at = closing(pieces, at);
                }
                Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with("glossary:") => {
                    let end = closing(pieces, at);
                    let slug = dest_url.trim_start_matches("glossary:");
                    self.glossary(&mut draft, slug, &plain(&pieces[at..end]), line);
                    at = end;
                }
                Event::Start(tag) => self.start(&mut draft, tag, line),
                Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {
                    draft.html.push_str(draft.open.pop().unwrap_or_default());
                }
                _ => {}
            }
            at += 1;
        }
        draft.finish()
    }

    fn start(&mut self, draft: &mut Draft, tag: &Tag<'_>, line: u32) {
        if MAX_DEPTH <= draft.open.len() {
            self.report.add(line, "markup nests too deep");
            draft.open.push("");
            return;
        }
        let (open, close) = match tag {
            Tag::Emphasis => ("<em>".to_owned(), "</em>"),
            Tag::Strong => ("<strong>".to_owned(), "</strong>"),
            Tag::Link { dest_url, .. } if self.link(dest_url, line) => {
                (format!("<a href=\"{}\">", html::text(dest_url)), "</a>")
            }
            Tag::Link { .. } => (String::new(), ""),
            _ => return,
        };
        draft.html.push_str(&open);
        draft.open.push(close);
    }

    fn raw(&mut self, draft: &mut Draft, raw: &str, line: u32) {
        draft.tags += 1;
        if html::MAX_TAGS < draft.tags {
            if draft.tags == html::MAX_TAGS + 1 {
                self.report.add(line, format!("more than {} tags in a row", html::MAX_TAGS));
            }
            return;
        }
        self.embedded(raw, line);
        draft.html.push_str(raw);
    }

    fn glossary(&mut self, draft: &mut Draft, slug: &str, shown: &str, line: u32) {
        if draft.mode == Mode::Heading {
            draft.html.push_str(&html::text(&french(shown)));
        } else {
            let html = self.term(slug, shown, line);
            draft.slot(html);
        }
    }

    /// Text with its evidence marks: `[@KEY; @KEY]`.
    fn text(&mut self, draft: &mut Draft, text: &str, line: u32) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("[@") {
            let line = line + line_at(text, text.len() - after.len()) - 1;
            let Some((keys, after)) = after.split_once(']') else {
                self.report.add(line, "evidence mark is not closed");
                break;
            };
            // The mark stands right after its word, whatever was typed between them.
            draft.html.push_str(&html::text(&french(before.trim_end())));
            if draft.mode == Mode::Heading {
                self.report.add(line, "no evidence mark in a heading");
            } else if draft.open.contains(&"</a>") {
                self.report.add(line, "no evidence mark inside a link");
            } else {
                let proofs = self.proofs(&format!("@{keys}"), line);
                draft.slot(proofs);
            }
            rest = after;
        }
        draft.html.push_str(&html::text(&french(rest)));
    }

    /// Checks the links and pictures of embedded HTML that starts at `line`.
    pub fn embedded(&mut self, raw: &str, line: u32) {
        let line_of = |at: Option<usize>| line + line_at(raw, at.unwrap_or_default()) - 1;
        for href in html::links(raw) {
            let at = raw.find(&href);
            self.link(&href, line_of(at));
        }
        let lower = raw.to_ascii_lowercase();
        let mut tags = lower.match_indices("<img").map(|(at, _)| at);
        for (src, alt) in html::pictures(raw) {
            let line = line_of(tags.next());
            match src {
                Some(src) => drop(self.picture(&src, line)),
                None => self.report.add(line, "a picture comes from this site: src=\"/…\""),
            }
            if alt.trim().is_empty() {
                self.report.add(line, "picture without a text alternative");
            }
        }
    }

    /// Inline HTML of a text that stands alone, like a lead.
    pub fn fragment(&mut self, markdown: &str, line: u32) -> String {
        let pieces = pieces(markdown, line);
        let mut parts = Vec::new();
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            let end = closing(&pieces, at);
            match piece.event {
                Event::Start(Tag::Paragraph) => {
                    parts.push(self.inline(&pieces[at + 1..end], Mode::Text));
                }
                _ => self.report.add(piece.line, "only text of one paragraph stands here"),
            }
            at = end + 1;
        }
        parts.join("<br>")
    }
}
