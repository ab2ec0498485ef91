//! `site.toml` as one typed value.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use contract::{
    article::{Article, Person},
    date::Date,
    site::{CommentSettings, EmergencyNumber, Features, Site, SocialLink, TileSource},
};
use locale::typography::french;
use serde::Deserialize;

use crate::{
    colour::{ColourError, Colours},
    content::SiteFacts,
    privacy,
};

mod addresses;
mod mail;
mod people;

use addresses::{check_tiles, is_host, is_origin};
use mail::MailTable;
pub use mail::{MailSettings, Relay, Security};
use people::{CommentsTable, FloodTable, Hold, TestimonialsTable};

/// Days that a testimonial may be shown for, ten years at most.
const TESTIMONIAL_DAYS: std::ops::RangeInclusive<u32> = 1..=3_653;

/// Everything the operator decides, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// What visitors may know.
    pub site: Site,
    /// What content is checked and filled in with.
    pub facts: SiteFacts,
    /// Origins that may read the endpoints from a browser.
    pub allowed_origins: Vec<String>,
    pub video_hosts: Vec<String>,
    /// Who may show the map in a frame, as CSP sources: origins, or `*` for everybody.
    pub embed_parents: Vec<String>,
    /// A style sheet with the operator's colours; empty without any.
    pub colours_css: String,
    /// Words offered under the search field.
    pub searches: Vec<String>,
    /// Days after an article's publication that its comments close; None: never.
    pub comments_close_after_days: Option<u32>,
    /// Days that a testimonial is shown for.
    pub testimonial_days: u32,
    /// Messages that all readers may send together in a minute before each is asked for a little work;
    /// None: never.
    pub calm_per_minute: Option<u32>,
    /// None where the site sends no mail.
    pub mail: Option<MailSettings>,
}

/// Why `site.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{0}: {1}")]
    Parse(PathBuf, Box<toml::de::Error>),
    #[error("{file}: {reason}")]
    Invalid { file: PathBuf, reason: String },
    #[error("{0}: {1}")]
    Colour(PathBuf, ColourError),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    description: String,
    url: String,
    languages: Vec<String>,
    #[serde(default)]
    logo: Option<String>,
    #[serde(default)]
    searches: Vec<String>,
    #[serde(default)]
    contact: Contact,
    #[serde(default)]
    publisher: Publisher,
    #[serde(default)]
    host: Host,
    #[serde(default)]
    funding: Funding,
    editors: Person,
    #[serde(default)]
    features: Features,
    #[serde(default)]
    comments: CommentsTable,
    #[serde(default)]
    testimonials: TestimonialsTable,
    #[serde(default)]
    flood: FloodTable,
    #[serde(default)]
    mail: MailTable,
    #[serde(default)]
    emergency: Vec<EmergencyNumber>,
    #[serde(default)]
    side_effects: SideEffects,
    #[serde(default)]
    social: Vec<SocialLink>,
    #[serde(default)]
    api: Api,
    #[serde(default)]
    embed: Embed,
    #[serde(default)]
    video: Video,
    #[serde(default)]
    colours: Colours,
    #[serde(default)]
    tiles: Option<TileSource>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Contact {
    email: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Publisher {
    name: String,
    director: String,
    address: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Host {
    name: String,
    address: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Funding {
    statement: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SideEffects {
    url: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Api {
    allowed_origins: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Embed {
    parents: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Video {
    hosts: Vec<String>,
}

impl Config {
    /// Whether readers may write below an article today.
    pub fn takes_comments(&self, article: &Article, today: Date) -> bool {
        let age = today.days_since_epoch().saturating_sub(article.published.days_since_epoch());
        let closed = |most| i32::try_from(most).is_ok_and(|most: i32| most <= age);
        article.comments && !self.comments_close_after_days.is_some_and(closed)
    }

    /// Reads the text of a site file; `file` names it in errors, `url` replaces its public address.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] names the file, and the line or the value at fault.
    pub fn parse(text: &str, file: &Path, url: Option<&str>) -> Result<Config, ConfigError> {
        let mut read: File = toml::from_str(text)
            .map_err(|error| ConfigError::Parse(file.to_owned(), Box::new(error)))?;
        if let Some(url) = url {
            url.clone_into(&mut read.url);
        }
        let invalid = |reason: String| ConfigError::Invalid { file: file.to_owned(), reason };
        if !is_origin(&read.url) {
            return Err(invalid(format!(
                "url = {:?} must be http(s)://host, without path or final slash",
                read.url
            )));
        }
        if let Some(origin) = read.api.allowed_origins.iter().find(|it| !is_origin(it)) {
            return Err(invalid(format!("api.allowed_origins: {origin:?} is no origin")));
        }
        if let Some(parent) = read.embed.parents.iter().find(|it| *it != "*" && !is_origin(it)) {
            return Err(invalid(format!(
                "embed.parents: {parent:?} is neither an origin, such as https://www.example.org, nor \"*\""
            )));
        }
        if let Some(host) = read.video.hosts.iter().find(|it| !is_host(it)) {
            return Err(invalid(format!("video.hosts: {host:?} is no host name")));
        }
        if read.languages.is_empty() {
            return Err(invalid("languages names none".to_owned()));
        }
        if let Some(logo) = read.logo.as_ref().filter(|it| !it.starts_with('/')) {
            return Err(invalid(format!("logo = {logo:?} must be a path of this site")));
        }
        if let Some(it) = read
            .emergency
            .iter()
            .find(|it| !it.href.starts_with("tel:") && !it.href.starts_with("sms:"))
        {
            return Err(invalid(format!("emergency: {:?} must start with tel: or sms:", it.href)));
        }
        if let Some(tiles) = &read.tiles {
            check_tiles(tiles).map_err(|reason| invalid(format!("tiles.{reason}")))?;
        }
        let mail = read.mail.read().map_err(|reason| invalid(format!("mail.{reason}")))?;
        if !TESTIMONIAL_DAYS.contains(&read.testimonials.shown_for_days) {
            return Err(invalid("testimonials.shown_for_days must be from 1 to 3653".to_owned()));
        }
        let colours_css =
            read.colours.css().map_err(|error| ConfigError::Colour(file.to_owned(), error))?;
        Ok(Config { mail, ..read.into_config(colours_css) })
    }
}

impl File {
    fn into_config(self, colours_css: String) -> Config {
        let placeholders = [
            ("site.name", &self.name),
            ("site.url", &self.url),
            ("publisher.name", &self.publisher.name),
            ("publisher.director", &self.publisher.director),
            ("publisher.address", &self.publisher.address),
            ("host.name", &self.host.name),
            ("host.address", &self.host.address),
            ("contact.email", &self.contact.email),
            ("funding.statement", &self.funding.statement),
        ];
        let placeholders: BTreeMap<String, String> =
            placeholders.map(|(name, value)| (name.to_owned(), value.clone())).into();
        let editors = Person {
            name: french(&self.editors.name),
            role: french(&self.editors.role),
            interests: french(&self.editors.interests),
        };
        let emergency_numbers = self
            .emergency
            .into_iter()
            .map(|it| EmergencyNumber {
                label: french(&it.label),
                short: french(if it.short.is_empty() { &it.label } else { &it.short }),
                ..it
            })
            .collect();
        let site = Site {
            name: self.name,
            description: french(&self.description),
            url: self.url,
            languages: self.languages,
            logo: self.logo,
            contact_email: (!self.contact.email.is_empty()).then_some(self.contact.email),
            social: self.social,
            features: self.features,
            comments: CommentSettings {
                email_required: self.comments.email_required,
                wording: self.comments.wording,
                first_held: self.comments.hold == Hold::First,
            },
            embedding: self.features.map && !self.embed.parents.is_empty(),
            emergency_numbers,
            side_effects_url: self.side_effects.url,
            tiles: self.tiles,
        };
        let facts = SiteFacts {
            features: site.features,
            default_author: editors,
            placeholders,
            declaration: privacy::markdown(&site),
            // Filled in once the built app is known.
            motifs: Default::default(),
            public: None,
        };
        Config {
            site,
            facts,
            allowed_origins: self.api.allowed_origins,
            video_hosts: self.video.hosts,
            embed_parents: self.embed.parents,
            colours_css,
            searches: self.searches,
            comments_close_after_days: Some(self.comments.close_after_days).filter(|it| *it != 0),
            testimonial_days: self.testimonials.shown_for_days,
            calm_per_minute: Some(self.flood.messages_per_minute).filter(|it| *it != 0),
            mail: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMAL: &str = r#"
name = "S"
description = "d"
url = "https://s.example"
languages = ["fr"]
[editors]
name = "R"
role = ""
interests = ""
"#;

    fn parse(more: &str) -> Result<Config, ConfigError> {
        Config::parse(&format!("{MINIMAL}{more}"), Path::new("site.toml"), None)
    }

    #[track_caller]
    fn check_refused(more: &str, word: &str) {
        let error = parse(more).unwrap_err().to_string();
        assert!(error.starts_with("site.toml") && error.contains(word), "{error}");
    }

    #[test]
    fn everything_but_the_name_has_a_quiet_default() {
        let config = parse("").unwrap();
        assert_eq!(config.site.features, Features::default());
        assert_eq!(config.site.contact_email, None);
        assert!(config.allowed_origins.is_empty());
    }

    #[test]
    fn a_value_that_cannot_work_is_named() {
        check_refused("[api]\nallowed_origins = [\"https://a.example/path\"]", "allowed_origins");
        for parent in
            ["https://a.example/", "a.example", "* https://b.example", "https://a.example; x"]
        {
            check_refused(
                &format!("[embed]\nparents = [\"https://b.example\", {parent:?}]"),
                "embed.parents",
            );
        }
        check_refused("[video]\nhosts = [\"https://v.example\"]", "video.hosts");
        check_refused("[features]\nmapp = true", "mapp");
        check_refused(
            "[[emergency]]\nnumber = \"15\"\nhref = \"javascript:x\"\nlabel = \"\"\nshort = \"\"",
            "tel:",
        );
        let tiles = |url: &str, more: &str| {
            format!("[tiles]\nurl = \"{url}\"\nattribution = \"© T\"\n{more}")
        };
        check_refused(&tiles("https://t.example/{z}/{x}.png", ""), "{y}");
        check_refused(&tiles("http://t.example/{z}/{x}/{y}.png", ""), "https://");
        check_refused(&tiles("https://t.example; script-src */{z}/{x}/{y}", ""), "tiles.url");
        check_refused(&tiles("//t.example/{z}/{x}/{y}.png", ""), "tiles.url");
        check_refused(&tiles("/{z}/{x}/{y}.png", "max_zoom = 30"), "max_zoom");
        check_refused(&tiles("/{z}/{x}/{y}.png", "attribution_url = \"javascript:1\""), "https://");
        assert!(parse(&tiles("/tiles/{z}/{x}/{y}.png", "")).unwrap().site.tiles.is_some());
        check_refused("[testimonials]\nshown_for_days = 0", "shown_for_days");
        check_refused("[comments]\nhold = \"none\"", "hold");
        check_refused("[mail]\nfrom = \"a@example.org\"", "mail.to");
        check_refused("[colours.light]\naccent = \"petrol\"", "accent");
        let error =
            Config::parse("name = 1", Path::new("site.toml"), None).unwrap_err().to_string();
        assert!(error.contains("line 1"), "{error}");
    }
}
