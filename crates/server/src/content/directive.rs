//! Splits a page at its `:::` lines.

use super::fault::Report;

/// A stretch of a page.
pub enum Node<'a> {
    Text { line: u32, text: &'a str },
    Directive(Directive<'a>),
}

/// `::: name key="value"` and what stands before its closing `:::`.
pub struct Directive<'a> {
    pub line: u32,
    pub name: &'a str,
    pub attributes: Vec<(&'a str, &'a str)>,
    pub nodes: Vec<Node<'a>>,
}

/// How deep directives may nest. `further` around another is all that the format asks for.
const MAX_DEPTH: usize = 4;

struct Open<'a> {
    colons: usize,
    directive: Directive<'a>,
}

/// Takes `text` apart; `first` is the line it starts at. Code between ``` is left alone.
pub fn split<'a>(text: &'a str, first: u32, report: &mut Report) -> Vec<Node<'a>> {
    let mut root = Vec::new();
    let mut stack: Vec<Open<'a>> = Vec::new();
    let mut fence: Option<&str> = None;
    let (mut start, mut start_line, mut at) = (0, first, 0);

    for (line, raw) in (first..).zip(text.split_inclusive('\n')) {
        let trimmed = raw.trim();
        let colons = trimmed.bytes().take_while(|it| *it == b':').count();
        let next = at + raw.len();
        if let Some(open) = fence {
            if trimmed.starts_with(open) && trimmed.trim_start_matches(&open[..1]).is_empty() {
                fence = None;
            }
        } else if let Some(open) = fence_of(trimmed) {
            fence = Some(open);
        } else if 3 <= colons {
            push_text(&mut root, &mut stack, start_line, &text[start..at]);
            (start, start_line) = (next, line + 1);
            let rest = trimmed[colons..].trim();
            if rest.is_empty() {
                close(&mut root, &mut stack, colons, line, report);
            } else {
                open_directive(&mut stack, colons, rest, line, report);
            }
        }
        at = next;
    }
    push_text(&mut root, &mut stack, start_line, &text[start..]);
    while let Some(open) = stack.pop() {
        report.add(open.directive.line, format!("::: {} is not closed", open.directive.name));
        push(&mut root, &mut stack, Node::Directive(open.directive));
    }
    root
}

/// The sign that closes a fence of code which `line` opens.
fn fence_of(line: &str) -> Option<&str> {
    ["```", "~~~"].into_iter().find(|it| line.starts_with(it))
}

fn push<'a>(root: &mut Vec<Node<'a>>, stack: &mut [Open<'a>], node: Node<'a>) {
    stack.last_mut().map_or(root, |it| &mut it.directive.nodes).push(node);
}

fn push_text<'a>(root: &mut Vec<Node<'a>>, stack: &mut [Open<'a>], line: u32, text: &'a str) {
    if !text.trim().is_empty() {
        push(root, stack, Node::Text { line, text });
    }
}

fn close<'a>(
    root: &mut Vec<Node<'a>>,
    stack: &mut Vec<Open<'a>>,
    colons: usize,
    line: u32,
    report: &mut Report,
) {
    if !stack.iter().any(|it| it.colons == colons) {
        report.add(line, format!("nothing to close with {colons} colons"));
        return;
    }
    while let Some(open) = stack.pop() {
        let done = open.colons == colons;
        if !done {
            let name = open.directive.name;
            report.add(open.directive.line, format!("::: {name} is not closed"));
        }
        push(root, stack, Node::Directive(open.directive));
        if done {
            return;
        }
    }
}

fn open_directive<'a>(
    stack: &mut Vec<Open<'a>>,
    colons: usize,
    rest: &'a str,
    line: u32,
    report: &mut Report,
) {
    let end = rest.find(|it: char| !it.is_ascii_lowercase()).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    if stack.last().is_some_and(|it| it.colons <= colons) {
        report.add(line, format!("::: {name} needs fewer colons than the directive around it"));
    }
    if stack.len() == MAX_DEPTH {
        report.add(line, format!("directives nest deeper than {MAX_DEPTH}"));
        return;
    }
    let attributes = attributes(rest, line, report);
    let directive = Directive { line, name, attributes, nodes: Vec::new() };
    stack.push(Open { colons, directive });
}

/// Reads `key="value" key="value"`. A value may hold anything but `"`.
pub fn attributes<'a>(text: &'a str, line: u32, report: &mut Report) -> Vec<(&'a str, &'a str)> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let Some((name, value, after)) = attribute(rest) else {
            report.add(line, format!("not an attribute key=\"value\": {rest}"));
            break;
        };
        if found.iter().any(|(it, _)| *it == name) {
            report.add(line, format!("attribute {name} stands twice"));
        }
        if value.contains("[@") {
            report.add(line, format!("attribute {name} is plain text and takes no evidence mark"));
        }
        found.push((name, value));
        rest = after.trim_start();
    }
    found
}

fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once("=\"")?;
    let (value, rest) = rest.split_once('"')?;
    let known = !name.is_empty() && name.bytes().all(|it| matches!(it, b'a'..=b'z' | b'_'));
    known.then_some((name, value, rest))
}
