//! Directives to blocks.

use contract::block::{Block, Media, People, Stat, StatArm, Step, Tone, Video};
use locale::typography::french;
use pulldown_cmark::{Event, Tag};

use super::{
    directive::{Directive, Node, attributes},
    inline::{Piece, closing, pieces, plain},
    markdown::Place,
    reader::Reader,
};

/// The body of a page.
pub struct Body {
    /// "En 1 minute": inline HTML each; empty where the page has none.
    pub minute: Vec<String>,
    pub blocks: Vec<Block>,
}

/// Most people a picture of a number shows.
const MAX_PEOPLE: u16 = 200;

impl Reader<'_> {
    /// Reads a page's body. `line` is the first line of it; `wants_minute` says what to do about
    /// `::: minute`: true demands it, false refuses it, None leaves it open.
    pub fn body(&mut self, nodes: &[Node<'_>], line: u32, wants_minute: Option<bool>) -> Body {
        let mut body = Body { minute: Vec::new(), blocks: Vec::new() };
        let mut seen = false;
        for (index, node) in nodes.iter().enumerate() {
            match node {
                Node::Directive(it) if it.name == "minute" && wants_minute != Some(false) => {
                    if seen {
                        self.report.add(it.line, "::: minute stands twice");
                    } else if index != 0 {
                        self.report.add(it.line, "::: minute comes first in the text");
                    }
                    seen = true;
                    self.known(it, &[]);
                    body.minute = self.minute(it);
                    self.start_section();
                }
                Node::Directive(it) if it.name == "further" => {
                    self.known(it, &[]);
                    let outside = self.enter_further();
                    let mut blocks = Vec::new();
                    for node in &it.nodes {
                        self.node(node, Place::Page, &mut blocks);
                    }
                    self.leave_further(outside);
                    body.blocks.push(Block::Further { blocks });
                }
                other => self.node(other, Place::Page, &mut body.blocks),
            }
        }
        if !seen && wants_minute == Some(true) {
            self.report.add(line, "::: minute is missing");
        }
        body
    }

    fn node(&mut self, node: &Node<'_>, place: Place, blocks: &mut Vec<Block>) {
        match node {
            Node::Text { line, text } => blocks.extend(self.markdown(text, *line, place)),
            Node::Directive(it) if place == Place::Inside => {
                self.report
                    .add(it.line, format!("::: {} cannot stand inside this directive", it.name));
            }
            Node::Directive(it) => match self.declaration.filter(|_| it.name == "declaration") {
                Some(declaration) => {
                    self.known(it, &[]);
                    if let Some(node) = it.nodes.first() {
                        self.report.add(line_of(node), "::: declaration holds nothing");
                    }
                    self.declared = true;
                    blocks.extend(self.markdown(declaration, it.line, place));
                }
                None => blocks.extend(self.directive(it)),
            },
        }
    }

    fn directive(&mut self, it: &Directive<'_>) -> Option<Block> {
        Some(match it.name {
            "callout" => {
                self.known(it, &["tone", "title"]);
                let tone = match self.required(it, "tone") {
                    "info" => Tone::Info,
                    "warning" => Tone::Warning,
                    "urgent" => Tone::Urgent,
                    "" => Tone::Info,
                    other => {
                        self.report
                            .add(it.line, format!("tone is info, warning or urgent, not {other}"));
                        Tone::Info
                    }
                };
                let title = french(self.required(it, "title"));
                Block::Callout { tone, title, blocks: self.inside(it, true) }
            }
            "journey" => {
                self.known(it, &[]);
                Block::Journey { steps: self.journey(it) }
            }
            "stat" => {
                self.known(it, &[]);
                Block::Stat(self.stat(it))
            }
            "video" => {
                self.known(it, &["title", "url", "duration"]);
                Block::Video(self.video(it))
            }
            "testimonial" => {
                self.known(it, &["author"]);
                let author = french(self.required(it, "author"));
                Block::Testimonial { author, blocks: self.inside(it, true) }
            }
            "question" => {
                self.known(it, &["to"]);
                let href = self.required(it, "to").to_owned();
                if href.starts_with(['/', '#']) {
                    self.link(&href, it.line);
                } else if !href.is_empty() {
                    self.report.add(it.line, "a question leads to a page of this site: /…");
                }
                Block::Question { text: self.text_inside(it), href }
            }
            "publication" => {
                self.known(it, &["title", "source", "url"]);
                if let Some(node) = it.nodes.first() {
                    self.report.add(line_of(node), "::: publication holds nothing");
                }
                let href = self.required(it, "url").to_owned();
                if !href.is_empty() && host(&href).is_none() {
                    self.report.add(it.line, "url is not https://…");
                }
                let title = french(self.required(it, "title"));
                Block::Publication { title, source: french(self.required(it, "source")), href }
            }
            "minute" | "further" => {
                let message = format!("::: {} cannot stand here", it.name);
                self.report.add(it.line, message);
                return None;
            }
            other => {
                self.report.add(it.line, format!("unknown directive {other}"));
                return None;
            }
        })
    }

    /// Reports attributes that the directive does not have.
    fn known(&mut self, it: &Directive<'_>, names: &[&str]) {
        for (name, _) in it.attributes.iter().filter(|(name, _)| !names.contains(name)) {
            let message = format!("::: {} has no attribute {name}", it.name);
            self.report.add(it.line, message);
        }
    }

    /// The attribute's value; empty after reporting that it is missing.
    fn required<'b>(&mut self, it: &Directive<'b>, name: &str) -> &'b str {
        let value = optional(it, name).unwrap_or_default().trim();
        if value.is_empty() {
            self.report.add(it.line, format!("::: {} needs {name}=\"…\"", it.name));
        }
        value
    }

    fn inside(&mut self, it: &Directive<'_>, needs_text: bool) -> Vec<Block> {
        let mut blocks = Vec::new();
        for node in &it.nodes {
            self.node(node, Place::Inside, &mut blocks);
        }
        if blocks.is_empty() && needs_text {
            self.report.add(it.line, format!("::: {} is empty", it.name));
        }
        blocks
    }

    /// The one stretch of Markdown in a directive that takes nothing else.
    fn only_text<'b>(&mut self, it: &'b Directive<'_>) -> (&'b str, u32) {
        let mut found = None;
        for node in &it.nodes {
            match node {
                Node::Text { line, text } if found.is_none() => found = Some((*text, *line)),
                other => {
                    let message = format!("::: {} takes no other directive", it.name);
                    self.report.add(line_of(other), message);
                }
            }
        }
        if found.is_none() {
            self.report.add(it.line, format!("::: {} is empty", it.name));
        }
        found.unwrap_or(("", it.line))
    }

    fn text_inside(&mut self, it: &Directive<'_>) -> String {
        let (text, line) = self.only_text(it);
        if text.contains("[@") {
            self.report.add(line, format!("::: {} takes no evidence mark", it.name));
        }
        french(&plain(&pieces(text, line)))
    }

    fn minute(&mut self, it: &Directive<'_>) -> Vec<String> {
        let (text, line) = self.only_text(it);
        let blocks =
            if text.is_empty() { Vec::new() } else { self.markdown(text, line, Place::Inside) };
        match <[Block; 1]>::try_from(blocks) {
            Ok([Block::List { items, ordered: false }]) if (2..=4).contains(&items.len()) => items,
            _ => {
                self.report.add(it.line, "::: minute holds a list of two to four sentences");
                Vec::new()
            }
        }
    }

    /// An ordered list, each item `**Name** (how long) : text`.
    fn journey(&mut self, it: &Directive<'_>) -> Vec<Step> {
        let (text, line) = self.only_text(it);
        let all = pieces(text, line);
        let list_end = closing(&all, 0);
        let is_list =
            matches!(all.first().map(|it| &it.event), Some(Event::Start(Tag::List(Some(_)))));
        if !is_list || list_end + 1 != all.len() {
            self.report.add(line, "::: journey holds one ordered list");
            return Vec::new();
        }
        let items = &all[1..list_end];
        let mut steps = Vec::new();
        let mut at = 0;
        while let Some(item) = items.get(at) {
            let end = closing(items, at);
            match step(items.get(at + 1..end).unwrap_or_default()) {
                Some((name, time, rest)) => {
                    steps.push(Step { name, time, html: self.item(&rest, 0) });
                }
                None => self.report.add(item.line, "a step reads **Name** (how long) : text"),
            }
            at = end + 1;
        }
        steps
    }

    fn stat(&mut self, it: &Directive<'_>) -> Stat {
        let (text, first) = self.only_text(it);
        let mut arms = Vec::new();
        let mut at = 0;
        let mut line = first;
        for raw in text.split_inclusive('\n') {
            let trimmed = raw.trim();
            if let Some(rest) = trimmed.strip_prefix("- ") {
                arms.extend(self.arm(rest, line));
            } else if !trimmed.is_empty() {
                break;
            }
            at += raw.len();
            line += 1;
        }
        if arms.is_empty() {
            self.report.add(it.line, "::: stat needs a line - value=\"…\" label=\"…\"");
        }
        let caption = &text[at..];
        if !caption.contains("[@") {
            self.report.add(it.line, "::: stat needs a caption with its evidence mark");
        }
        Stat { arms, caption_html: self.fragment(caption, line) }
    }

    fn arm(&mut self, text: &str, line: u32) -> Option<StatArm> {
        let found = attributes(text, line, self.report);
        for (name, _) in &found {
            if !["value", "unit", "label", "people"].contains(name) {
                self.report.add(line, format!("a number has no attribute {name}"));
            }
        }
        let value =
            |name: &str| found.iter().find(|(it, _)| *it == name).map(|(_, value)| value.trim());
        let people = value("people").and_then(|it| {
            let people = people(it);
            if people.is_none() {
                let message = format!(
                    "people is count/out of, count at most out of, out of at most {MAX_PEOPLE}"
                );
                self.report.add(line, message);
            }
            people
        });
        let (Some(number), Some(label)) = (value("value"), value("label")) else {
            self.report.add(line, "a number needs value=\"…\" and label=\"…\"");
            return None;
        };
        let unit = french(value("unit").unwrap_or_default());
        Some(StatArm { value: french(number), unit, label: french(label), people })
    }

    fn video(&mut self, it: &Directive<'_>) -> Video {
        let title = french(self.required(it, "title"));
        let url = optional(it, "url").unwrap_or_default().trim();
        let media = if url.is_empty() {
            None
        } else {
            let host = if url.starts_with('/') && !url.starts_with("//") {
                Some(String::new())
            } else {
                host(url)
            };
            let duration = seconds(self.required(it, "duration"));
            if host.is_none() {
                self.report.add(it.line, "url is neither https://… nor /…");
            }
            if duration.is_none() {
                self.report.add(it.line, "duration reads minutes:seconds");
            }
            let (host, duration_s) = (host.unwrap_or_default(), duration.unwrap_or_default());
            Some(Media { url: url.to_owned(), host, duration_s })
        };
        // What is announced and not there has nothing to transcribe yet.
        let needs_transcript = media.is_some();
        Video { title, media, transcript: self.inside(it, needs_transcript) }
    }
}

fn line_of(node: &Node<'_>) -> u32 {
    match node {
        Node::Text { line, .. } => *line,
        Node::Directive(it) => it.line,
    }
}

fn optional<'a>(it: &Directive<'a>, name: &str) -> Option<&'a str> {
    it.attributes.iter().find(|(it, _)| *it == name).map(|(_, value)| *value)
}

/// Name, time and the pieces that are left of a step.
fn step<'a>(item: &[Piece<'a>]) -> Option<(String, String, Vec<Piece<'a>>)> {
    // In a loose list the text stands in a paragraph.
    let is_loose = matches!(item.first()?.event, Event::Start(Tag::Paragraph));
    let from = usize::from(is_loose);
    let Event::Start(Tag::Strong) = item.get(from)?.event else { return None };
    let end = closing(item, from);
    let name = french(&plain(&item[from..end]));
    let Event::Text(text) = &item.get(end + 1)?.event else { return None };
    let rest = text.trim_start();
    let (time, rest) = match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(')')?,
        None => ("", rest),
    };
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let mut pieces = item[..from].to_vec();
    pieces.push(Piece { event: Event::Text(rest.to_owned().into()), line: item[end + 1].line });
    pieces.extend_from_slice(&item[end + 2..]);
    Some((name, french(&time.replace('\n', " ")), pieces))
}

fn people(text: &str) -> Option<People> {
    let (count, out_of) = text.split_once('/')?;
    let (count, out_of) = (count.trim().parse().ok()?, out_of.trim().parse().ok()?);
    let fits = (1..=MAX_PEOPLE).contains(&out_of) && count <= out_of;
    fits.then_some(People { count, out_of })
}

/// "2:40" in seconds.
fn seconds(text: &str) -> Option<u32> {
    let (minutes, seconds) = text.split_once(':')?;
    let (minutes, seconds): (u32, u32) = (minutes.parse().ok()?, seconds.parse().ok()?);
    let total = minutes.checked_mul(60)?.checked_add(seconds)?;
    (seconds < 60 && 0 < total).then_some(total)
}

/// Host of an `https://` or `http://` address.
pub fn host(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let known = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | ':');
    (!host.is_empty() && host.chars().all(known)).then(|| host.to_owned())
}
