//! The operator's colours: allowed to replace the palette's as long as everyone can read them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Colours to replace, by theme.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Colours {
    light: BTreeMap<String, String>,
    dark: BTreeMap<String, String>,
}

/// A colour that cannot be taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ColourError {
    #[error("colours: {name} is not a colour that can be replaced ({})", REPLACEABLE.map(|it| it.name).join(", "))]
    Unknown { name: String },
    #[error("colours: {name} = {value:?} is not #rrggbb")]
    Malformed { name: String, value: String },
    #[error("colours: {name} = {value} is too close to {against} ({ratio:.1}; readers need 4.5)")]
    Contrast { name: String, value: String, against: String, ratio: f64 },
}

/// A token of `style/tokens.css`, and what it is read against in each theme.
struct Replaceable {
    name: &'static str,
    light: &'static str,
    dark: &'static str,
}

/// The page's surfaces: those of `style/tokens.css`.
const REPLACEABLE: [Replaceable; 2] = [
    Replaceable { name: "accent", light: "#f7f3ea", dark: "#132022" },
    Replaceable { name: "focus", light: "#f7f3ea", dark: "#132022" },
];

/// WCAG 2.2, success criterion 1.4.3.
const FLOOR: f64 = 4.5;

impl Colours {
    /// A style sheet that sets the colours in both themes; empty without any.
    ///
    /// # Errors
    ///
    /// [`ColourError`] for the first one that is unknown, malformed or unreadable.
    pub fn css(&self) -> Result<String, ColourError> {
        let light = declarations(&self.light, |it| it.light)?;
        let dark = declarations(&self.dark, |it| it.dark)?;
        let mut css = String::new();
        if !light.is_empty() {
            css.push_str(&format!(":root:root{{{light}}}"));
        }
        if !dark.is_empty() {
            css.push_str(&format!(
                "@media (prefers-color-scheme:dark){{:root:root:not([data-theme=light]){{{dark}}}}}\
                 :root:root[data-theme=dark]{{{dark}}}"
            ));
        }
        Ok(css)
    }
}

fn declarations(
    colours: &BTreeMap<String, String>,
    surface: impl Fn(&Replaceable) -> &'static str,
) -> Result<String, ColourError> {
    let mut css = String::new();
    for (name, value) in colours {
        let Some(known) = REPLACEABLE.iter().find(|it| it.name == name) else {
            return Err(ColourError::Unknown { name: name.clone() });
        };
        let malformed = || ColourError::Malformed { name: name.clone(), value: value.clone() };
        let own = luminance(value).ok_or_else(malformed)?;
        let against = surface(known);
        let other = luminance(against).ok_or_else(malformed)?;
        let ratio = (own.max(other) + 0.05) / (own.min(other) + 0.05);
        if ratio < FLOOR {
            return Err(ColourError::Contrast {
                name: name.clone(),
                value: value.clone(),
                against: against.to_owned(),
                ratio,
            });
        }
        css.push_str(&format!("--color-{name}:{value};"));
    }
    Ok(css)
}

/// Relative luminance of `#rrggbb` (WCAG 2.2, "relative luminance"), 0 to 1.
pub fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|it| it.len() == 6 && it.is_ascii())?;
    let channel = |at: usize| {
        let value = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
        let value = f64::from(value) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn css(name: &str, value: &str) -> Result<String, ColourError> {
        let colours = Colours {
            light: BTreeMap::from([(name.to_owned(), value.to_owned())]),
            ..Colours::default()
        };
        colours.css()
    }

    #[test]
    fn a_readable_colour_is_taken() {
        assert_eq!(css("accent", "#0f5257").unwrap(), ":root:root{--color-accent:#0f5257;}");
    }

    #[test]
    fn a_colour_readers_cannot_tell_apart_is_refused() {
        assert!(matches!(css("accent", "#e0d8c0"), Err(ColourError::Contrast { .. })));
        assert!(matches!(css("accent", "red;}"), Err(ColourError::Malformed { .. })));
        assert!(matches!(css("text", "#000000"), Err(ColourError::Unknown { .. })));
    }

    #[test]
    fn black_and_white_are_the_ends_of_the_scale() {
        assert_eq!(luminance("#000000"), Some(0.0));
        assert!((luminance("#ffffff").unwrap() - 1.0).abs() < 1e-9);
        assert_eq!(luminance("#fff"), None);
    }
}
