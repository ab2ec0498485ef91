//! The body of a page, as blocks a program can tell apart.
//!
//! Fields named `html` hold sanitised inline HTML, safe to insert as it is; all others are plain
//! text and must be escaped.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};

/// One block of a page's body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
#[serde(tag = "type", rename_all = "snake_case", try_from = "RawBlock")]
pub enum Block {
    /// `level` is 2 or 3; `id` is unique in the page and is its anchor.
    Heading {
        level: u8,
        id: String,
        html: String,
    },
    Paragraph {
        html: String,
    },
    List {
        ordered: bool,
        items: Vec<String>,
    },
    /// Terms and their explanations.
    Definitions {
        items: Vec<Definition>,
    },
    /// Steps in time, in order.
    Journey {
        steps: Vec<Step>,
    },
    /// Somebody's words when `attribution` is there; else a sentence of the page itself, set large.
    Quote {
        html: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attribution: Option<String>,
    },
    Callout {
        tone: Tone,
        title: String,
        blocks: Vec<Block>,
    },
    /// A drawing or picture. `src` is an address of this site. `alt` is empty only for decoration.
    Figure {
        src: String,
        alt: String,
        width: u32,
        height: u32,
        caption_html: String,
    },
    Stat(Stat),
    Video(Video),
    Table {
        caption: String,
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    /// One person's experience; always shown inside the frame that says it proves nothing.
    Testimonial {
        author: String,
        blocks: Vec<Block>,
    },
    /// "À lire aussi" inside the text.
    Question {
        text: String,
        href: String,
    },
    /// A publication on another site.
    Publication {
        title: String,
        source: String,
        href: String,
    },
    /// Shown only at the depth "pour aller plus loin".
    Further {
        blocks: Vec<Block>,
    },
    /// A block of embedded HTML, sanitised.
    Html {
        html: String,
    },
}

/// How loud a callout is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    Info,
    Warning,
    /// Red, with the emergency numbers as buttons.
    Urgent,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Definition {
    pub term_html: String,
    pub html: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    pub name: String,
    /// How long or when, as plain text; empty where it says nothing.
    pub time: String,
    pub html: String,
}

/// A number that carries its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stat {
    /// The arms compared, one or several; each is drawn the same way.
    pub arms: Vec<StatArm>,
    /// What was measured, in whom, and its limits; carries the evidence mark.
    pub caption_html: String,
}

/// One group of a statistic: "52 % étaient en vie à 5 ans".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatArm {
    /// The number as a reader reads it: "81", "0,3 à 1,3".
    pub value: String,
    /// "%", "sur 1 000", or empty.
    pub unit: String,
    /// What it counts, plain text.
    pub label: String,
    /// People drawn as filled circles. One circle is one person of `out_of`, or one in a hundred.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<People>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct People {
    pub count: u16,
    /// 1 to 200; `count` is not above it.
    pub out_of: u16,
}

/// A place for a video. Nothing is fetched from elsewhere until the reader asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Video {
    pub title: String,
    /// None where a video was announced and there is none: the page says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<Media>,
    /// What is said and shown, in full.
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub transcript: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Media {
    /// Address of the player's page (another site) or of a file of this one.
    pub url: String,
    /// Whom pressing contacts, for the sentence beside the button: "youtube-nocookie.com".
    pub host: String,
    /// Whole seconds.
    pub duration_s: u32,
}

/// One line of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TocEntry {
    /// 2 or 3.
    pub level: u8,
    pub id: String,
    /// Plain text.
    pub text: String,
    /// Inside a [`Block::Further`]: shown at that depth alone.
    #[serde(default, skip_serializing_if = "is_false")]
    pub further: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_false(it: &bool) -> bool {
    !*it
}

/// A block as it is read: the fields of all kinds together. Serde's own way for tagged enums keeps
/// a copy of every value until it knows the tag, and costs the browser 55 kB of program.
#[derive(Deserialize)]
struct RawBlock {
    r#type: String,
    level: Option<u8>,
    id: Option<String>,
    html: Option<String>,
    ordered: Option<bool>,
    items: Option<Vec<Item>>,
    steps: Option<Vec<Step>>,
    attribution: Option<String>,
    tone: Option<Tone>,
    title: Option<String>,
    blocks: Option<Vec<Block>>,
    src: Option<String>,
    alt: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    caption_html: Option<String>,
    arms: Option<Vec<StatArm>>,
    media: Option<Media>,
    transcript: Option<Vec<Block>>,
    caption: Option<String>,
    head: Option<Vec<String>>,
    rows: Option<Vec<Vec<String>>>,
    author: Option<String>,
    text: Option<String>,
    href: Option<String>,
    source: Option<String>,
}

/// One of `items`: HTML in a list, a term with its explanation among definitions.
enum Item {
    Html(String),
    Definition(Definition),
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Item, D::Error> {
        struct ItemVisitor;

        impl<'de> Visitor<'de> for ItemVisitor {
            type Value = Item;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a definition")
            }

            fn visit_str<E>(self, text: &str) -> Result<Item, E> {
                Ok(Item::Html(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Item, A::Error> {
                Definition::deserialize(MapAccessDeserializer::new(map)).map(Item::Definition)
            }
        }

        deserializer.deserialize_any(ItemVisitor)
    }
}

/// Why JSON is not a [`Block`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    #[error("there are no blocks of type {0:?}")]
    UnknownType(String),
    #[error("the block lacks its field {0:?}")]
    MissingField(&'static str),
    #[error("texts and definitions do not mix in one list")]
    MixedItems,
}

/// A block of one kind, with the fields of a raw one; each of them must be there. They are taken,
/// not moved: what is left is dropped in one place, not in one for each field that may be missing.
macro_rules! block {
    ($raw:ident => $($kind:ident)::+ { $($field:ident),+ }) => {
        $($kind)::+ {
            $($field: $raw.$field.take().ok_or(BlockError::MissingField(stringify!($field)))?),+
        }
    };
}

impl TryFrom<RawBlock> for Block {
    type Error = BlockError;

    fn try_from(mut raw: RawBlock) -> Result<Block, BlockError> {
        // What two kinds use differently, or what may be absent, is taken out first.
        let items = raw.items.take().ok_or(BlockError::MissingField("items"));
        let (attribution, media) = (raw.attribution.take(), raw.media.take());
        Ok(match raw.r#type.as_str() {
            "heading" => block!(raw => Block::Heading { level, id, html }),
            "paragraph" => block!(raw => Block::Paragraph { html }),
            "list" => {
                let ordered = raw.ordered.take().ok_or(BlockError::MissingField("ordered"))?;
                Block::List { ordered, items: texts(items?)? }
            }
            "definitions" => Block::Definitions { items: definitions(items?)? },
            "journey" => block!(raw => Block::Journey { steps }),
            "quote" => {
                let html = raw.html.take().ok_or(BlockError::MissingField("html"))?;
                Block::Quote { html, attribution }
            }
            "callout" => block!(raw => Block::Callout { tone, title, blocks }),
            "figure" => block!(raw => Block::Figure { src, alt, width, height, caption_html }),
            "stat" => Block::Stat(block!(raw => Stat { arms, caption_html })),
            "video" => {
                let title = raw.title.take().ok_or(BlockError::MissingField("title"))?;
                let transcript =
                    raw.transcript.take().ok_or(BlockError::MissingField("transcript"))?;
                Block::Video(Video { title, media, transcript })
            }
            "table" => block!(raw => Block::Table { caption, head, rows }),
            "testimonial" => block!(raw => Block::Testimonial { author, blocks }),
            "question" => block!(raw => Block::Question { text, href }),
            "publication" => block!(raw => Block::Publication { title, source, href }),
            "further" => block!(raw => Block::Further { blocks }),
            "html" => block!(raw => Block::Html { html }),
            other => return Err(BlockError::UnknownType(other.to_owned())),
        })
    }
}

fn texts(items: Vec<Item>) -> Result<Vec<String>, BlockError> {
    let text = |it| match it {
        Item::Html(html) => Ok(html),
        Item::Definition(_) => Err(BlockError::MixedItems),
    };
    items.into_iter().map(text).collect()
}

fn definitions(items: Vec<Item>) -> Result<Vec<Definition>, BlockError> {
    let definition = |it| match it {
        Item::Definition(definition) => Ok(definition),
        Item::Html(_) => Err(BlockError::MixedItems),
    };
    items.into_iter().map(definition).collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, mem};

    use super::*;

    /// One of each, as they cross the wire.
    const BLOCKS: &str = r#"[
        {"type": "heading", "level": 2, "id": "a", "html": "h"},
        {"type": "paragraph", "html": "\"é\""},
        {"type": "list", "ordered": true, "items": ["i", "j"]},
        {"type": "definitions", "items": [{"term_html": "t", "html": "d"}]},
        {"type": "journey", "steps": [{"name": "n", "time": "", "html": "s"}]},
        {"type": "quote", "html": "q", "attribution": "a"}, {"type": "quote", "html": "q"},
        {"type": "callout", "tone": "urgent", "title": "t", "blocks": [{"type": "html", "html": "p"}]},
        {"type": "figure", "src": "/f", "alt": "", "width": 1, "height": 2, "caption_html": "c"},
        {"type": "stat", "caption_html": "c", "arms": [
            {"value": "81", "unit": "%", "label": "l", "people": {"count": 1, "out_of": 2}},
            {"value": "9", "unit": "", "label": "l"}]},
        {"type": "video", "title": "t", "transcript": [],
            "media": {"url": "/v", "host": "h", "duration_s": 160}},
        {"type": "video", "title": "t", "transcript": [{"type": "paragraph", "html": "p"}]},
        {"type": "table", "caption": "c", "head": ["h", "i"], "rows": [["r", "s"]]},
        {"type": "testimonial", "author": "a", "blocks": [{"type": "further", "blocks": []}]},
        {"type": "question", "text": "t", "href": "/q"},
        {"type": "publication", "title": "t", "source": "s", "href": "https://example.org"},
        {"type": "further", "blocks": [{"type": "further", "blocks": []}]},
        {"type": "html", "html": "<hr>"}
    ]"#;

    #[test]
    fn every_block_survives_json_there_and_back() {
        let blocks: Vec<Block> = serde_json::from_str(BLOCKS).unwrap();
        let kinds: HashSet<_> = blocks.iter().map(mem::discriminant).collect();
        assert_eq!(kinds.len(), 16);
        let json = serde_json::from_str::<serde_json::Value>(BLOCKS).unwrap();
        assert_eq!(serde_json::to_value(&blocks).unwrap(), json);
    }

    #[test]
    fn the_type_may_stand_anywhere_and_unknown_fields_are_left_alone() {
        let json = r#"{"html": "p", "later": [{}], "type": "paragraph"}"#;
        let block: Block = serde_json::from_str(json).unwrap();
        assert_eq!(block, Block::Paragraph { html: "p".to_owned() });
    }

    #[track_caller]
    fn check_refused(json: &str, reason: &str) {
        let error = serde_json::from_str::<Block>(json).unwrap_err().to_string();
        assert!(error.starts_with(reason), "{error}");
    }

    #[test]
    fn a_refusal_names_what_is_wrong() {
        check_refused(
            r#"{"type": "heading", "level": 2, "id": "a"}"#,
            "the block lacks its field \"html\"",
        );
        check_refused(r#"{"type": "dance"}"#, "there are no blocks of type \"dance\"");
        check_refused(r#"{"html": "p"}"#, "missing field `type`");
        check_refused(
            r#"{"type": "list", "ordered": true, "items": [{"term_html": "t", "html": "d"}]}"#,
            "texts and definitions do not mix",
        );
    }
}
