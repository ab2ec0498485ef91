//! Markdown to blocks.

use contract::block::{Block, Definition, TocEntry};
use locale::typography::french;
use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::{
    html,
    inline::{Mode, Piece, closing, pieces, plain},
    reader::Reader,
};

/// How deep lists may nest in a list item.
const MAX_DEPTH: usize = 4;

/// HTML that goes on over blank lines until it is closed (CommonMark 0.31, section 4.6).
const UNTIL_CLOSED: [(&str, &str); 7] = [
    ("<!--", "-->"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<pre", "</pre>"),
    ("<textarea", "</textarea>"),
    ("<![cdata[", "]]>"),
    ("<?", "?>"),
];

/// What a stretch of Markdown may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The page itself, or `further`.
    Page,
    /// A directive whose text is part of the section around it: no headings.
    Inside,
}

impl Reader<'_> {
    /// Blocks of a stretch of Markdown that starts at `line`.
    pub fn markdown(&mut self, text: &str, line: u32, place: Place) -> Vec<Block> {
        let pieces = pieces(text, line);
        let mut blocks = Vec::new();
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            let end = closing(&pieces, at);
            let inner = pieces.get(at + 1..end).unwrap_or_default();
            match &piece.event {
                Event::Rule => blocks.push(Block::Html { html: "<hr>".to_owned() }),
                Event::Start(tag) => blocks.extend(self.block(tag, piece.line, inner, place)),
                _ => {}
            }
            at = end + 1;
        }
        blocks
    }

    fn block(
        &mut self,
        tag: &Tag<'_>,
        line: u32,
        inner: &[Piece<'_>],
        place: Place,
    ) -> Option<Block> {
        match tag {
            Tag::Paragraph => self.paragraph(inner),
            Tag::Heading { level, id, classes, attrs } => {
                if place == Place::Inside {
                    self.report.add(line, "no heading inside this directive");
                }
                if !classes.is_empty() || !attrs.is_empty() {
                    self.report.add(line, "a heading takes {#anchor} and nothing else");
                }
                self.heading(*level, id.as_deref(), line, inner)
            }
            Tag::BlockQuote(_) => self.quote(line, inner),
            Tag::List(start) => {
                let items = self.items(inner, 0);
                Some(Block::List { ordered: start.is_some(), items })
            }
            Tag::DefinitionList => self.definitions(inner),
            Tag::Table(_) => Some(self.table(inner)),
            Tag::CodeBlock(_) => {
                let code: String = inner.iter().filter_map(|it| text_of(&it.event)).collect();
                Some(Block::Html { html: format!("<pre><code>{}</code></pre>", html::text(&code)) })
            }
            Tag::HtmlBlock => {
                let raw: String = inner.iter().filter_map(|it| text_of(&it.event)).collect();
                self.html_block(&raw, line)
            }
            _ => {
                self.report.add(line, "this kind of block is not supported");
                None
            }
        }
    }

    fn paragraph(&mut self, inner: &[Piece<'_>]) -> Option<Block> {
        if let Some(Piece { event: Event::Start(Tag::Image { dest_url, title, .. }), line }) =
            inner.first()
            && closing(inner, 0) + 1 == inner.len()
        {
            let alt = french(&plain(inner));
            if alt.is_empty() {
                self.report.add(*line, "picture without a text alternative");
            }
            let (width, height) = self.picture(dest_url, *line);
            let caption_html = self.fragment(title, *line);
            return Some(Block::Figure {
                src: dest_url.to_string(),
                alt,
                width,
                height,
                caption_html,
            });
        }
        let html = self.inline(inner, Mode::Text);
        (!html.is_empty()).then_some(Block::Paragraph { html })
    }

    /// Size of a picture in CSS pixels; 0 where it is not known.
    pub fn picture(&mut self, src: &str, line: u32) -> (u32, u32) {
        if !src.starts_with('/') || src.starts_with("//") {
            self.report.add(line, format!("picture address {src} is not /…"));
            return (0, 0);
        }
        let Some(public) = self.public else { return (0, 0) };
        super::picture::size(public, src).unwrap_or_else(|message| {
            self.report.add(line, message);
            (0, 0)
        })
    }

    fn html_block(&mut self, raw: &str, line: u32) -> Option<Block> {
        if html::MAX_TAGS < raw.matches('<').count() {
            self.report.add(line, format!("more than {} tags in a row", html::MAX_TAGS));
            return None;
        }
        let lower = raw.trim_start().to_ascii_lowercase();
        let open = UNTIL_CLOSED
            .iter()
            .find(|(open, close)| lower.starts_with(open) && !lower.contains(close));
        if let Some((open, close)) = open {
            // It would swallow the rest of the page.
            self.report.add(line, format!("{open} is not closed by {close}"));
        }
        self.embedded(raw, line);
        let html = html::french(html::block(raw).trim());
        (!html.is_empty()).then_some(Block::Html { html })
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        line: u32,
        inner: &[Piece<'_>],
    ) -> Option<Block> {
        let level = match level {
            HeadingLevel::H2 => 2,
            HeadingLevel::H3 => 3,
            HeadingLevel::H1 => {
                self.report.add(line, "the title is in the front matter: no # in the text");
                return None;
            }
            _ => {
                self.report.add(line, "headings are ## and ### only");
                return None;
            }
        };
        if self.level + 1 < level {
            self.report.add(line, "heading level skipped: ### without a ## above");
        }
        self.level = level;
        if level == 2 {
            self.start_section();
        }
        let text = french(&plain(inner));
        let id = id.map_or_else(|| search::fold::anchor(&text), str::to_owned);
        if id.is_empty() || id != search::fold::anchor(&id) {
            self.report.add(line, "heading needs an anchor {#…} of a-z, 0-9 and single -");
        } else if !self.ids.insert(id.clone()) {
            self.report.add(line, format!("anchor {id} stands twice"));
        }
        let html = self.inline(inner, Mode::Heading);
        self.toc.push(TocEntry { level, id: id.clone(), text, further: self.further });
        Some(Block::Heading { level, id, html })
    }

    /// `> text`, with a last line `> — Name` when somebody says it.
    fn quote(&mut self, line: u32, inner: &[Piece<'_>]) -> Option<Block> {
        let mut parts = Vec::new();
        let mut attribution = None;
        let mut at = 0;
        while let Some(piece) = inner.get(at) {
            let end = closing(inner, at);
            let Event::Start(Tag::Paragraph) = piece.event else {
                self.report.add(piece.line, "a quote holds text only");
                at = end + 1;
                continue;
            };
            let mut said = inner[at + 1..end].to_vec();
            attribution = attribution_of(&mut said);
            parts.push(self.inline(&said, Mode::Text));
            at = end + 1;
        }
        parts.retain(|it| !it.is_empty());
        if parts.is_empty() {
            self.report.add(line, "empty quote");
            return None;
        }
        Some(Block::Quote { html: parts.join("<br>"), attribution })
    }

    /// Items of a list as HTML. Lists inside items stay lists.
    fn items(&mut self, inner: &[Piece<'_>], depth: usize) -> Vec<String> {
        let mut items = Vec::new();
        let mut at = 0;
        while at < inner.len() {
            let end = closing(inner, at);
            items.push(self.item(inner.get(at + 1..end).unwrap_or_default(), depth));
            at = end + 1;
        }
        items
    }

    /// What a list item, a cell of a definition or a step holds, as HTML.
    pub fn item(&mut self, inner: &[Piece<'_>], depth: usize) -> String {
        let mut out = String::new();
        let (mut start, mut at) = (0, 0);
        while let Some(piece) = inner.get(at) {
            let end = closing(inner, at);
            let (Event::Start(_) | Event::Rule) = &piece.event else {
                at = end + 1;
                continue;
            };
            let content = inner.get(at + 1..end).unwrap_or_default();
            let part = match &piece.event {
                Event::Start(
                    Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. },
                ) => {
                    at = end + 1;
                    continue;
                }
                Event::Start(Tag::Paragraph) => self.inline(content, Mode::Text),
                Event::Start(Tag::List(number)) if depth < MAX_DEPTH => {
                    let name = if number.is_some() { "ol" } else { "ul" };
                    let items = self.items(content, depth + 1).join("</li><li>");
                    format!("<{name}><li>{items}</li></{name}>")
                }
                _ => {
                    self.report.add(piece.line, "a list item holds text and lists only");
                    String::new()
                }
            };
            let before = self.inline(&inner[start..at], Mode::Text);
            append(&mut out, &before);
            append(&mut out, &part);
            at = end + 1;
            start = at;
        }
        let rest = self.inline(inner.get(start..).unwrap_or_default(), Mode::Text);
        append(&mut out, &rest);
        out
    }

    fn definitions(&mut self, inner: &[Piece<'_>]) -> Option<Block> {
        let mut items: Vec<Definition> = Vec::new();
        let mut at = 0;
        while let Some(piece) = inner.get(at) {
            let end = closing(inner, at);
            let content = inner.get(at + 1..end).unwrap_or_default();
            match piece.event {
                Event::Start(Tag::DefinitionListTitle) => {
                    let term_html = self.inline(content, Mode::Text);
                    items.push(Definition { term_html, html: String::new() });
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    let html = self.item(content, 0);
                    if let Some(last) = items.last_mut() {
                        append(&mut last.html, &html);
                    }
                }
                _ => self.report.add(piece.line, "a definition list holds terms and texts only"),
            }
            at = end + 1;
        }
        if items.iter().any(|it| it.html.is_empty()) {
            let line = inner.first().map_or(1, |it| it.line);
            self.report.add(line, "a term without its explanation");
        }
        (!items.is_empty()).then_some(Block::Definitions { items })
    }

    fn table(&mut self, inner: &[Piece<'_>]) -> Block {
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(piece) = inner.get(at) {
            let end = closing(inner, at);
            let cells = inner.get(at + 1..end).unwrap_or_default();
            let mut row = Vec::new();
            let mut cell = 0;
            while cell < cells.len() {
                let cell_end = closing(cells, cell);
                let content = cells.get(cell + 1..cell_end).unwrap_or_default();
                row.push(self.inline(content, Mode::Text));
                cell = cell_end + 1;
            }
            match piece.event {
                Event::Start(Tag::TableHead) => head = row,
                _ => rows.push(row),
            }
            at = end + 1;
        }
        Block::Table { caption: String::new(), head, rows }
    }
}

fn text_of<'a>(event: &'a Event<'_>) -> Option<&'a str> {
    match event {
        Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => Some(text),
        _ => None,
    }
}

/// Adds a part of an item. Only two texts need something between them: lists part by themselves.
fn append(out: &mut String, part: &str) {
    let is_list = |it: &str| it.ends_with("</ul>") || it.ends_with("</ol>");
    if !out.is_empty() && !part.is_empty() && !is_list(out) && !is_list(part) {
        out.push_str("<br>");
    }
    out.push_str(part);
}

/// Takes the line `— Name, where and when` off the end of a quote.
fn attribution_of(said: &mut Vec<Piece<'_>>) -> Option<String> {
    // The whole last line: the name may be marked up or linked.
    let (at, from) = said.iter().enumerate().rev().find_map(|(at, piece)| match &piece.event {
        Event::Text(text) => {
            let from = text.rfind('\n').map(|it| it + 1);
            let from = from.or((at == 0 && is_dash(text)).then_some(0))?;
            Some((at, from))
        }
        _ => None,
    })?;
    let Event::Text(text) = said[at].event.clone() else { return None };
    if !is_dash(&text[from..]) {
        return None;
    }
    let mut name = text[from..].to_owned();
    name.push_str(&plain(&said[at + 1..]));
    said.truncate(at);
    said.push(Piece { event: Event::Text(text[..from].to_owned().into()), line: 0 });
    let name = name.trim_start_matches(['—', '–', ' ', '\u{a0}']).trim();
    Some(french(name))
}

fn is_dash(text: &str) -> bool {
    text.trim_start().starts_with(['—', '–'])
}
