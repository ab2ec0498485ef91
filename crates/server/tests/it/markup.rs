//! HTML that browsers and screen readers need not repair.

use std::collections::BTreeSet;

use crate::{
    pages::both,
    support::{fixtures, real},
};

#[test]
fn every_page_is_read_without_a_parse_error() {
    for (address, page) in both() {
        assert!(page.faults.is_empty(), "{address}: {:#?}", page.faults);
    }
    let lost = real().get("/rien").document();
    assert!(lost.faults.is_empty(), "{:#?}", lost.faults);
}

#[test]
fn every_id_stands_once() {
    for (address, page) in both() {
        let mut seen = BTreeSet::new();
        for id in page.ids() {
            assert!(!id.is_empty() && !id.contains(char::is_whitespace), "{address}: {id:?}");
            assert!(seen.insert(id), "{address}: {id} stands twice");
        }
    }
}

#[test]
fn no_level_of_headings_is_skipped() {
    for (address, page) in both() {
        // Who paid is told under a heading of its own, before the title.
        let mut last = 1;
        for element in &page.elements {
            let Some(level) = element.name.strip_prefix('h').and_then(|it| it.parse::<u8>().ok())
            else {
                continue;
            };
            assert!(level <= last + 1, "{address}: h{level} after h{last}: {}", element.text);
            assert!(!element.text.trim().is_empty(), "{address}: an empty h{level}");
            last = level;
        }
    }
}

#[test]
fn whatever_points_to_an_element_finds_it() {
    for (address, page) in both() {
        let ids = page.ids();
        for element in &page.elements {
            for (name, value) in element.attributes() {
                let points = matches!(
                    name,
                    "aria-labelledby"
                        | "aria-describedby"
                        | "aria-controls"
                        | "aria-owns"
                        | "for"
                        | "popovertarget"
                        | "list"
                        | "form"
                        | "headers"
                );
                for id in value.split_whitespace().filter(|_| points) {
                    assert!(ids.contains(&id), "{address}: {name}={id} on <{}>", element.name);
                }
            }
        }
    }
}

#[test]
fn every_button_that_opens_a_note_finds_one_that_can_open() {
    for (address, page) in both() {
        let notes: BTreeSet<&str> = page
            .elements
            .iter()
            .filter(|it| it.get("popover").is_some())
            .filter_map(|it| it.get("id"))
            .collect();
        for it in page.elements.iter().filter_map(|it| it.get("popovertarget")) {
            assert!(notes.contains(it), "{address}: {it}");
        }
        for id in notes {
            let opened = page.elements.iter().any(|it| {
                it.get("popovertarget") == Some(id)
                    && it.get("popovertargetaction").is_none_or(|it| it != "hide")
            });
            assert!(opened, "{address}: nothing opens {id}");
        }
    }
}

#[test]
fn every_control_and_link_has_a_name() {
    for (address, page) in both() {
        for element in &page.elements {
            let named = !element.text.trim().is_empty()
                || element.get("aria-label").is_some_and(|it| !it.trim().is_empty())
                || element.get("aria-labelledby").is_some();
            let needs = match element.name.as_str() {
                "a" => element.get("href").is_some(),
                "button" | "summary" => true,
                _ => false,
            };
            assert!(named || !needs, "{address}: {element:?}");
        }
    }
}

#[test]
fn every_field_has_a_label() {
    for (address, page) in both() {
        let labelled: BTreeSet<&str> = page.all("label").filter_map(|it| it.get("for")).collect();
        for field in page.all("input").filter(|it| it.get("type") != Some("hidden")) {
            let named = field.around.iter().any(|it| it == "label")
                || field.get("aria-label").is_some()
                || field.get("id").is_some_and(|it| labelled.contains(it));
            assert!(named, "{address}: {field:?}");
        }
    }
}

#[test]
fn every_picture_says_what_it_shows_and_keeps_its_place() {
    for (address, page) in both() {
        for it in page.all("img") {
            assert!(it.get("alt").is_some(), "{address}: {it:?}");
            assert!(it.get("width").is_some() && it.get("height").is_some(), "{address}: {it:?}");
        }
        for it in page.all("svg") {
            let said = it.get("aria-hidden") == Some("true")
                || it.get("role") == Some("img") && it.get("aria-label").is_some();
            // Drawn around links.
            let around = it.get("role") == Some("none");
            assert!(said || around, "{address}: {it:?}");
        }
        for it in page.all("a").filter(|it| it.get("transform").is_some()) {
            assert!(it.get("aria-label").is_some_and(|it| !it.is_empty()), "{address}: {it:?}");
        }
    }
}

#[test]
fn no_page_carries_anything_its_policy_would_forbid() {
    for (address, page) in both() {
        for element in &page.elements {
            for (name, value) in element.attributes() {
                assert_ne!(name, "style", "{address}: {element:?}");
                assert!(!name.starts_with("on"), "{address}: {element:?}");
                let scheme = value.trim_start().to_ascii_lowercase();
                let runs = scheme.starts_with("javascript:") || scheme.starts_with("vbscript:");
                assert!(!runs, "{address}: {element:?}");
            }
        }
        for script in page.all("script") {
            let data =
                matches!(script.get("type"), Some("application/json" | "application/ld+json"));
            assert!(data || script.text.is_empty(), "{address}: an inline script");
            assert!(data || script.get("src").is_some(), "{address}: a script without an address");
        }
        for name in ["iframe", "object", "embed", "base", "applet", "portal"] {
            // The page that makes snippets shows the frame it makes them for.
            let shown = usize::from(name == "iframe" && address == "/integrer");
            assert_eq!(page.all(name).count(), shown, "{address}: <{name}>");
        }
    }
}

#[test]
fn tables_have_a_name_and_headers_with_a_scope() {
    for (address, page) in both() {
        let captions = page.all("caption").filter(|it| !it.text.trim().is_empty()).count();
        let regions = page.values("div", "role", "region", "aria-label");
        let unnamed = page.all("table").filter(|it| it.get("aria-labelledby").is_none());
        let named = captions.max(regions.len());
        assert!(unnamed.count() <= named, "{address}: a table without a name");
        for it in page.all("th") {
            assert!(it.get("scope").is_some(), "{address}: {it:?}");
        }
    }
}

#[test]
fn dates_are_written_for_programs_too() {
    for (address, page) in both() {
        for it in page.all("time") {
            let date = it.get("datetime").unwrap_or_default();
            assert!(date.parse::<contract::date::Date>().is_ok(), "{address}: {it:?}");
        }
    }
}

#[test]
fn a_video_contacts_nobody_before_it_is_asked_for() {
    let page = fixtures().get("/articles/tout-en-un").document();
    assert_eq!(page.all("iframe").count() + page.all("video").count(), 0);
    assert!(fixtures().get("/articles/tout-en-un").text().contains(locale::text().video_absent()));
}
