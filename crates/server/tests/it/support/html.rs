//! A page read by the tokenizer of a browser engine, which also says what is malformed.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};

/// Elements without an end tag (HTML, section 13.1.2).
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

#[derive(Clone, Debug)]
pub struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    /// Its own text and that of what stands inside.
    pub text: String,
    /// Names of the elements around it, outermost first.
    pub around: Vec<String>,
}

impl Element {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| &*it.1)
    }

    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (&**name, &**value))
    }
}

/// Elements in the order of their start tags.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub elements: Vec<Element>,
    /// Parse errors, and end tags that close nothing or leave something open.
    pub faults: Vec<String>,
}

impl Document {
    pub fn parse(html: &str) -> Document {
        let sink = Sink::default();
        let input = BufferQueue::default();
        // The marks that Leptos leaves for hydration: parse errors by the letter, comments by effect.
        input.push_back(StrTendril::from_slice(&html.replace("<!>", "")));
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        let State { mut document, open } = tokenizer.sink.0.into_inner();
        for it in open {
            let fault = format!("<{}> is never closed", document.elements[it].name);
            document.faults.push(fault);
        }
        document
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |it| it.name == name)
    }

    /// The only element with this name.
    #[track_caller]
    pub fn one(&self, name: &str) -> &Element {
        let mut found = self.elements.iter().filter(|it| it.name == name);
        let first = found.next().unwrap_or_else(|| panic!("no <{name}>"));
        assert_eq!(found.count(), 0, "more than one <{name}>");
        first
    }

    /// The attribute `wanted` of each `name` whose `key` is `value`.
    pub fn values(&self, name: &str, key: &str, value: &str, wanted: &str) -> Vec<&str> {
        self.elements
            .iter()
            .filter(|it| it.name == name && it.get(key) == Some(value))
            .map(|it| it.get(wanted).unwrap_or_default())
            .collect()
    }

    pub fn meta(&self, name: &str) -> Vec<&str> {
        self.values("meta", "name", name, "content")
    }

    pub fn property(&self, name: &str) -> Vec<&str> {
        self.values("meta", "property", name, "content")
    }

    pub fn canonical(&self) -> Vec<&str> {
        self.values("link", "rel", "canonical", "href")
    }

    pub fn ids(&self) -> Vec<&str> {
        self.elements.iter().filter_map(|it| it.get("id")).collect()
    }

    /// Texts of the scripts with this type.
    pub fn scripts(&self, kind: &str) -> Vec<&str> {
        self.all("script").filter(|it| it.get("type") == Some(kind)).map(|it| &*it.text).collect()
    }
}

#[derive(Default)]
struct State {
    document: Document,
    /// Numbers of the elements that are open.
    open: Vec<usize>,
}

#[derive(Default)]
struct Sink(RefCell<State>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return state.start(&tag),
            Token::TagToken(tag) => state.end(&tag.name, line),
            Token::CharacterTokens(text) => state.text(&text),
            Token::NullCharacterToken => {
                state.document.faults.push(format!("line {line}: a null character"));
            }
            Token::ParseError(message) => {
                state.document.faults.push(format!("line {line}: {message}"));
            }
            Token::DoctypeToken(_) | Token::CommentToken(_) | Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = tag.name.to_string();
        let around: Vec<String> =
            self.open.iter().map(|it| self.document.elements[*it].name.clone()).collect();
        let foreign = around.iter().any(|it| it == "svg");
        let attributes =
            tag.attrs.iter().map(|it| (it.name.local.to_string(), it.value.to_string())).collect();
        let closed = VOID.contains(&&*name) || (tag.self_closing && (foreign || name == "svg"));
        let raw = match &*name {
            "title" | "textarea" if !foreign => Some(RawKind::Rcdata),
            "style" if !foreign => Some(RawKind::Rawtext),
            "script" => Some(RawKind::ScriptData),
            _ => None,
        };
        if !closed {
            self.open.push(self.document.elements.len());
        }
        self.document.elements.push(Element { name, attributes, text: String::new(), around });
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    fn end(&mut self, name: &str, line: u64) {
        match self.open.last() {
            Some(it) if self.document.elements[*it].name == name => {
                self.open.pop();
            }
            last => {
                let open = last.map_or("nothing", |it| &*self.document.elements[*it].name);
                let fault = format!("line {line}: </{name}> where {open} is open");
                self.document.faults.push(fault);
            }
        }
    }

    fn text(&mut self, text: &str) {
        for it in &self.open {
            self.document.elements[*it].text.push_str(text);
        }
    }
}
