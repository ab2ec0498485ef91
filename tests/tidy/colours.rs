//! The palette holds what `style/tokens.css` promises of it, in both themes.

use std::collections::BTreeMap;

use crate::tree::read;

type Palette = BTreeMap<String, String>;

/// Colours set in the block that follows `head`.
#[track_caller]
fn palette(css: &str, head: &str) -> Palette {
    let block = css.split_once(head).unwrap_or_else(|| panic!("{head}")).1;
    let block = block.split_once('{').unwrap().1.split_once('}').unwrap().0;
    let declarations = block.split(';').filter_map(|it| it.trim().split_once(": "));
    declarations
        .filter(|it| it.1.starts_with('#'))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// WCAG 2.2, "relative luminance".
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Light, dark by the system, dark by choice.
fn themes() -> [(&'static str, Palette); 3] {
    let css = read("style/tokens.css");
    [
        ("light", palette(&css, "@layer tokens {\n  :root ")),
        ("dark", palette(&css, ":root:not([data-theme=\"light\"]) ")),
        ("dark by choice", palette(&css, ":root[data-theme=\"dark\"] ")),
    ]
}

#[test]
fn every_pair_of_colours_can_be_read_in_every_theme() {
    let css = read("style/tokens.css");
    let pairs: Vec<&str> = css.lines().filter_map(|it| it.strip_prefix("/* pair: ")).collect();
    assert!(30 < pairs.len());
    for pair in pairs {
        let words: Vec<&str> = pair.trim_end_matches(" */").split(' ').collect();
        let [text, "on", surface, floor] = words[..] else { panic!("{pair}") };
        let floor: f64 = floor.parse().unwrap();
        for (theme, colours) in themes() {
            let colour =
                |name: &str| colours.get(name).unwrap_or_else(|| panic!("{theme}: {name}"));
            let ratio = contrast(colour(text), colour(surface));
            assert!(floor <= ratio, "{theme}: {text} on {surface} is {ratio:.2}, below {floor}");
        }
    }
}

#[test]
fn the_dark_theme_is_the_same_by_system_and_by_choice() {
    let [(_, light), (_, dark), (_, chosen)] = themes();
    assert_eq!(dark, chosen);
    let names = |it: &Palette| it.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&light), names(&dark), "every colour has its dark counterpart");
}

#[test]
fn every_colour_for_text_is_promised_to_be_readable_somewhere() {
    let css = read("style/tokens.css");
    let [(_, light), ..] = themes();
    for name in
        light.keys().filter(|it| it.starts_with("--color-text") || it.starts_with("--color-on"))
    {
        assert!(css.contains(&format!("/* pair: {name} on ")), "{name}");
    }
}

/// The server checks the operator's colours against the surfaces it believes the palette has.
#[test]
fn the_server_knows_the_surfaces_of_both_themes() {
    let [(_, light), (_, dark), _] = themes();
    let code = read("crates/server/src/colour.rs");
    for (theme, colours) in [("light", light), ("dark", dark)] {
        let expected = format!("{theme}: \"{}\"", colours["--color-surface"]);
        let stated: Vec<&str> = code
            .split(&format!("{theme}: \"#"))
            .skip(1)
            .map(|it| it.split('"').next().unwrap())
            .collect();
        assert_eq!(stated.len(), 2, "{theme}");
        for it in stated {
            assert_eq!(format!("{theme}: \"#{it}\""), expected);
        }
    }
}

/// Outside of the style sheets, paper is drawn in pictures and named for devices.
#[test]
fn pictures_and_the_manifest_are_on_the_same_paper() {
    let [(_, light), ..] = themes();
    let paper = &light["--color-surface"];
    for file in ["crates/server/src/picture.rs", "crates/server/src/sitemap.rs"] {
        assert!(read(file).contains(paper), "{file}");
    }
}

#[test]
fn contrast_is_reckoned_as_the_guideline_does() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.01);
}
