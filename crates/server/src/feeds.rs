//! The newest pages as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1. A sponsored text says so in its
//! title, its author and its category.

use contract::{
    article::{Article, Sponsor},
    date::Date,
    site::Site,
};
use locale::{fill, text};
use quick_xml::{Writer, events::BytesText};
use serde_json::json;

use crate::snapshot::Snapshot;

/// Pages in a feed.
const LENGTH: usize = 30;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(crate) type Xml = Writer<Vec<u8>>;
pub(crate) type Written = std::io::Result<()>;

/// `Fri, 20 Nov 2026 00:00:00 +0000` (RFC 5322, section 3.3): days have no hour, so midnight.
pub(crate) fn rfc_5322(date: Date) -> String {
    format!(
        "{}, {:02} {} {} 00:00:00 +0000",
        DAYS[usize::from(date.weekday()) % 7],
        date.day(),
        MONTHS[usize::from(date.month() - 1) % 12],
        date.year()
    )
}

/// RFC 3339, at midnight.
fn rfc_3339(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

fn items(snapshot: &Snapshot) -> Vec<&Article> {
    let mut items: Vec<&Article> = snapshot.library.articles().collect();
    items.sort_by_key(|it| std::cmp::Reverse(it.published));
    items.truncate(LENGTH);
    items
}

fn newest(items: &[&Article]) -> Date {
    items.iter().map(|it| it.updated).max().unwrap_or(Date::EPOCH)
}

fn disclosure(sponsor: &Sponsor) -> String {
    fill(text().feed_sponsored(), &[("name", &sponsor.name)])
}

fn title(it: &Article) -> String {
    match &it.sponsor {
        Some(sponsor) => format!("{} {}", disclosure(sponsor), it.title),
        None => it.title.clone(),
    }
}

fn summary(it: &Article) -> String {
    match &it.sponsor {
        Some(sponsor) => format!("{} {}", sponsor.disclosure, it.excerpt),
        None => it.excerpt.clone(),
    }
}

fn description(site: &Site) -> String {
    fill(text().feed_description(), &[("site", &site.name)])
}

fn address(site: &Site, it: &Article) -> String {
    format!("{}/articles/{}", site.url, it.slug)
}

fn authors(it: &Article) -> String {
    match &it.sponsor {
        Some(sponsor) => disclosure(sponsor),
        None => it.authors.iter().map(|it| &*it.name).collect::<Vec<_>>().join(", "),
    }
}

pub(crate) fn element(xml: &mut Xml, name: &str, content: &str) -> Written {
    // XML 1.0 has no place for these, escaped or not; one of them, and nobody could read the rest.
    let impossible = |it: char| match it {
        '\t' | '\n' | '\r' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        _ => it < ' ',
    };
    let content = content.replace(impossible, "");
    xml.create_element(name).write_text_content(BytesText::new(&content))?;
    Ok(())
}

/// Writes to memory: the closures below cannot fail for want of space or permission.
pub(crate) fn document(write: impl FnOnce(&mut Xml) -> Written) -> String {
    let mut xml = Writer::new(Vec::new());
    let _ = write(&mut xml);
    let body = String::from_utf8(xml.into_inner()).unwrap_or_default();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}\n")
}

/// RSS 2.0.11 with `atom:link`, `dc:creator`.
pub fn rss(snapshot: &Snapshot) -> String {
    let site = &snapshot.config.site;
    let items = items(snapshot);
    document(|xml| {
        let root = xml
            .create_element("rss")
            .with_attribute(("version", "2.0"))
            .with_attribute(("xmlns:atom", "http://www.w3.org/2005/Atom"))
            .with_attribute(("xmlns:dc", "http://purl.org/dc/elements/1.1/"));
        root.write_inner_content(|xml| {
            xml.create_element("channel").write_inner_content(|xml| {
                element(xml, "title", &site.name)?;
                element(xml, "link", &format!("{}/", site.url))?;
                element(xml, "description", &description(site))?;
                element(xml, "language", text().tag())?;
                element(xml, "lastBuildDate", &rfc_5322(newest(&items)))?;
                xml.create_element("atom:link")
                    .with_attribute(("href", format!("{}/feed.xml", site.url).as_str()))
                    .with_attribute(("rel", "self"))
                    .with_attribute(("type", "application/rss+xml"))
                    .write_empty()?;
                for it in &items {
                    xml.create_element("item")
                        .write_inner_content(|xml| rss_item(xml, site, it))?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    })
}

fn rss_item(xml: &mut Xml, site: &Site, it: &Article) -> Written {
    let address = address(site, it);
    element(xml, "title", &title(it))?;
    element(xml, "link", &address)?;
    element(xml, "description", &summary(it))?;
    xml.create_element("guid")
        .with_attribute(("isPermaLink", "true"))
        .write_text_content(BytesText::new(&address))?;
    element(xml, "pubDate", &rfc_5322(it.published))?;
    element(xml, "dc:creator", &authors(it))?;
    if it.sponsor.is_some() {
        element(xml, "category", text().kind_sponsored())?;
    }
    for topic in &it.topics {
        element(xml, "category", &topic.name)?;
    }
    Ok(())
}

/// RFC 4287.
pub fn atom(snapshot: &Snapshot) -> String {
    let site = &snapshot.config.site;
    let items = items(snapshot);
    document(|xml| {
        let root = xml
            .create_element("feed")
            .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
            .with_attribute(("xml:lang", text().tag()));
        root.write_inner_content(|xml| {
            element(xml, "id", &format!("{}/", site.url))?;
            element(xml, "title", &site.name)?;
            element(xml, "subtitle", &description(site))?;
            element(xml, "updated", &rfc_3339(newest(&items)))?;
            for (rel, path) in [("self", "/atom.xml"), ("alternate", "/")] {
                xml.create_element("link")
                    .with_attribute(("rel", rel))
                    .with_attribute(("href", format!("{}{path}", site.url).as_str()))
                    .write_empty()?;
            }
            for it in &items {
                xml.create_element("entry").write_inner_content(|xml| atom_entry(xml, site, it))?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

fn atom_entry(xml: &mut Xml, site: &Site, it: &Article) -> Written {
    let address = address(site, it);
    element(xml, "id", &address)?;
    element(xml, "title", &title(it))?;
    xml.create_element("link")
        .with_attribute(("rel", "alternate"))
        .with_attribute(("href", address.as_str()))
        .write_empty()?;
    element(xml, "published", &rfc_3339(it.published))?;
    element(xml, "updated", &rfc_3339(it.updated))?;
    xml.create_element("author").write_inner_content(|xml| element(xml, "name", &authors(it)))?;
    element(xml, "summary", &summary(it))?;
    let sponsored = it.sponsor.as_ref().map(|_| text().kind_sponsored());
    for term in sponsored.into_iter().chain(it.topics.iter().map(|it| &*it.name)) {
        xml.create_element("category").with_attribute(("term", term)).write_empty()?;
    }
    Ok(())
}

/// JSON Feed 1.1.
pub fn json_feed(snapshot: &Snapshot) -> String {
    let site = &snapshot.config.site;
    let items: Vec<_> = items(snapshot)
        .into_iter()
        .map(|it| {
            let address = address(site, it);
            let sponsored = it.sponsor.as_ref().map(|_| text().kind_sponsored());
            let tags: Vec<&str> =
                sponsored.into_iter().chain(it.topics.iter().map(|it| &*it.name)).collect();
            json!({
                "id": address,
                "url": address,
                "title": title(it),
                "summary": summary(it),
                "content_text": summary(it),
                "image": format!("{}/pictures/{}.png", site.url, it.slug),
                "date_published": rfc_3339(it.published),
                "date_modified": rfc_3339(it.updated),
                "authors": [{ "name": authors(it) }],
                "tags": tags,
                "language": text().tag(),
            })
        })
        .collect();
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "description": description(site),
        "home_page_url": format!("{}/", site.url),
        "feed_url": format!("{}/feed.json", site.url),
        "language": text().tag(),
        "items": items,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_feeds_want_them() {
        let date: Date = "2026-11-20".parse().unwrap();
        assert_eq!(rfc_5322(date), "Fri, 20 Nov 2026 00:00:00 +0000");
        assert_eq!(rfc_3339(date), "2026-11-20T00:00:00Z");
    }
}
