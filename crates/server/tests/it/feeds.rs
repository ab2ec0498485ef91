//! RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, by the rules of their own validators.

use std::collections::BTreeSet;

use contract::date::Date;
use quick_xml::{Reader, events::Event};

use crate::support::{Site, URL, fixtures, real};

/// One XML element with what stands in it.
#[derive(Debug, Default)]
pub struct Node {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Node>,
}

impl Node {
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |it| it.name == name)
    }

    #[track_caller]
    pub fn one(&self, name: &str) -> &Node {
        let mut found = self.children.iter().filter(|it| it.name == name);
        let first = found.next().unwrap_or_else(|| panic!("no <{name}> in <{}>", self.name));
        assert_eq!(found.count(), 0, "more than one <{name}> in <{}>", self.name);
        first
    }

    pub fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|it| it.0 == name).map_or("", |it| &it.1)
    }
}

/// Reads a whole document; panics where it is not well-formed.
pub fn xml(text: &str) -> Node {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let attributes = start.attributes().map(|it| {
                    let it = it.unwrap();
                    let value = quick_xml::escape::unescape(&it.value).unwrap().into_owned();
                    (it.key.as_ref().to_owned(), value)
                });
                open.push(Node { name, attributes: attributes.collect(), ..Node::default() });
            }
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => {
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                let text = quick_xml::escape::unescape(&reference).unwrap();
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "an element is never closed");
    open.pop().unwrap().children.pop().unwrap()
}

fn feed(site: &Site, address: &str, kind: &str) -> Node {
    let answer = site.get(address);
    assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{address}");
    assert!(answer.text().starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), "{address}");
    xml(answer.text())
}

fn rss(site: &Site) -> Node {
    feed(site, "/feed.xml", "application/rss+xml; charset=utf-8")
}

fn atom(site: &Site) -> Node {
    feed(site, "/atom.xml", "application/atom+xml; charset=utf-8")
}

/// `Fri, 20 Nov 2026 00:00:00 +0000` (RFC 5322, section 3.3), the weekday being that of the date.
#[track_caller]
fn check_rfc_5322(text: &str) {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let parts: Vec<&str> = text.split(' ').collect();
    let [weekday, day, month, year, time, zone] = parts[..] else { panic!("{text}") };
    let month = MONTHS.iter().position(|it| *it == month).unwrap() + 1;
    let date = Date::new(year.parse().unwrap(), u8::try_from(month).unwrap(), day.parse().unwrap());
    let expected = DAYS[usize::from(date.unwrap().weekday())];
    assert_eq!(weekday, format!("{expected},"), "{text}");
    assert_eq!((day.len(), time, zone), (2, "00:00:00", "+0000"), "{text}");
}

/// RFC 3339, at midnight UTC.
#[track_caller]
fn check_rfc_3339(text: &str) {
    let date = text.strip_suffix("T00:00:00Z").unwrap_or_else(|| panic!("{text}"));
    assert!(date.parse::<Date>().is_ok(), "{text}");
}

#[test]
fn rss_has_what_the_format_requires() {
    for site in [real(), fixtures()] {
        let root = rss(site);
        assert_eq!((root.name.as_str(), root.get("version")), ("rss", "2.0"));
        let channel = root.one("channel");
        for name in ["title", "description"] {
            assert!(!channel.one(name).text.is_empty(), "{name}");
        }
        assert_eq!(channel.one("link").text, format!("{URL}/"));
        assert_eq!(channel.one("language").text, "fr");
        check_rfc_5322(&channel.one("lastBuildDate").text);
        let own = channel.one("atom:link");
        assert_eq!((own.get("rel"), own.get("href")), ("self", &*format!("{URL}/feed.xml")));
        assert_eq!(root.get("xmlns:atom"), "http://www.w3.org/2005/Atom");

        let mut guids = BTreeSet::new();
        for item in channel.all("item") {
            assert!(!item.one("title").text.is_empty() && !item.one("description").text.is_empty());
            let guid = item.one("guid");
            assert_eq!(guid.get("isPermaLink"), "true");
            assert_eq!(guid.text, item.one("link").text);
            assert!(guids.insert(guid.text.clone()), "{} stands twice", guid.text);
            assert_eq!(site.get(guid.text.strip_prefix(URL).unwrap()).status, 200);
            check_rfc_5322(&item.one("pubDate").text);
            assert!(!item.one("dc:creator").text.is_empty());
        }
        assert!(10 < guids.len());
    }
}

#[test]
fn atom_has_what_the_format_requires() {
    for site in [real(), fixtures()] {
        let root = atom(site);
        assert_eq!(root.get("xmlns"), "http://www.w3.org/2005/Atom");
        assert_eq!(root.get("xml:lang"), "fr");
        let mut ids = BTreeSet::from([root.one("id").text.clone()]);
        assert!(!root.one("title").text.is_empty());
        check_rfc_3339(&root.one("updated").text);
        let own: Vec<&str> = root
            .all("link")
            .filter(|it| it.get("rel") == "self")
            .map(|it| it.get("href"))
            .collect();
        assert_eq!(own, [format!("{URL}/atom.xml")]);
        for entry in root.all("entry") {
            let id = &entry.one("id").text;
            assert!(ids.insert(id.clone()), "{id} stands twice");
            assert!(id.starts_with("https://"), "an id is an address: {id}");
            assert!(!entry.one("title").text.is_empty() && !entry.one("summary").text.is_empty());
            check_rfc_3339(&entry.one("updated").text);
            check_rfc_3339(&entry.one("published").text);
            assert!(!entry.one("author").one("name").text.is_empty());
            assert_eq!(entry.one("link").get("rel"), "alternate");
            assert_eq!(
                site.get(entry.one("link").get("href").strip_prefix(URL).unwrap()).status,
                200
            );
        }
        assert!(10 < ids.len());
    }
}

#[test]
fn json_feed_has_what_the_format_requires() {
    for site in [real(), fixtures()] {
        let answer = site.get("/feed.json");
        assert_eq!(answer.header("content-type"), "application/feed+json");
        let feed = answer.json();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["feed_url"], format!("{URL}/feed.json"));
        assert_eq!(feed["home_page_url"], format!("{URL}/"));
        assert!(!feed["title"].as_str().unwrap().is_empty());
        let mut ids = BTreeSet::new();
        for item in feed["items"].as_array().unwrap() {
            let id = item["id"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()), "{id} stands twice");
            assert!(item["content_text"].is_string() || item["content_html"].is_string(), "{id}");
            check_rfc_3339(item["date_published"].as_str().unwrap());
            check_rfc_3339(item["date_modified"].as_str().unwrap());
            assert!(!item["authors"][0]["name"].as_str().unwrap().is_empty(), "{id}");
            assert!(item["tags"].as_array().unwrap().iter().all(serde_json::Value::is_string));
        }
        assert!(10 < ids.len());
    }
}

#[test]
fn the_newest_comes_first_in_every_feed() {
    let feed = fixtures().get("/feed.json").json();
    let days: Vec<&str> = feed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["date_published"].as_str().unwrap())
        .collect();
    assert!(days.windows(2).all(|it| it[1] <= it[0]), "{days:?}");
    let titles = |texts: Vec<String>| texts;
    let rss = rss(fixtures());
    let rss =
        titles(rss.one("channel").all("item").map(|it| it.one("title").text.clone()).collect());
    let atom = atom(fixtures());
    let atom = titles(atom.all("entry").map(|it| it.one("title").text.clone()).collect());
    assert_eq!(rss, atom);
}

/// Whoever reads a feed must see it where the page itself does not show.
#[test]
fn a_paid_text_says_so_in_every_feed() {
    let name = "Annonceur Fictif";
    let word = locale::text().kind_sponsored();
    let rss = rss(fixtures());
    let item = rss
        .one("channel")
        .all("item")
        .find(|it| it.one("link").text.ends_with("/page-sponsorisee"))
        .unwrap();
    assert!(item.one("title").text.contains(name), "{:?}", item.one("title"));
    assert!(item.one("description").text.contains(name));
    assert!(item.all("category").any(|it| it.text == word), "{item:?}");

    let atom = atom(fixtures());
    let entry =
        atom.all("entry").find(|it| it.one("id").text.ends_with("/page-sponsorisee")).unwrap();
    assert!(entry.one("title").text.contains(name));
    assert!(entry.all("category").any(|it| it.get("term") == word), "{entry:?}");
    assert!(entry.one("author").one("name").text.contains(name));

    let feed = fixtures().get("/feed.json").json();
    let items = feed["items"].as_array().unwrap();
    let item = items.iter().find(|it| it["url"].as_str().unwrap().ends_with("/page-sponsorisee"));
    let item = item.unwrap();
    assert!(item["title"].as_str().unwrap().contains(name), "{item}");
    assert!(item["tags"].as_array().unwrap().contains(&word.into()), "{item}");
}
