//! The body of a page, as blocks a program can tell apart.
//!
//! Fields named `html` hold sanitised inline HTML, safe to insert as it is; all others are plain
//! text and must be escaped.

use serde::{Deserialize, Serialize};

/// One block of a page's body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
#[serde(tag = "type", rename_all = "snake_case")]
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
