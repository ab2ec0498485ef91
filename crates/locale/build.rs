//! Turns `locales/*.toml` into `Locale`: a function for each text, with its words in every language.

use std::{collections::BTreeMap, env, error::Error, fmt::Write as _, fs, path::Path};

#[path = "src/typography.rs"]
mod typography;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../locales");
    println!("cargo::rerun-if-changed={}", folder.display());

    let mut files: Vec<_> = fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(fs::DirEntry::path);
    let mut tags: Vec<String> = Vec::new();
    // Each text: its type, and its value in each language.
    let mut texts: BTreeMap<String, (&str, Vec<String>)> = BTreeMap::new();
    for file in files {
        let path = file.path();
        let tag = path.file_stem().and_then(|it| it.to_str()).ok_or("locale file name")?.to_owned();
        let source = fs::read_to_string(&path)?;
        let table: toml::Table =
            source.parse().map_err(|error| format!("{}: {error}", path.display()))?;
        for (name, value) in &table {
            let (kind, literal) = match value {
                toml::Value::String(text) => ("&'static str", quoted(text)),
                toml::Value::Table(forms) => {
                    let form = |name: &str| {
                        let text = forms.get(name).and_then(toml::Value::as_str);
                        text.map(quoted).ok_or(format!("{tag}: {name} form missing"))
                    };
                    let (one, other) = (form("one")?, form("other")?);
                    ("Plural", format!("Plural {{ one: {one}, other: {other} }}"))
                }
                _ => return Err(format!("{tag}: {name} is neither a text nor a plural").into()),
            };
            let (known, values) = texts.entry(name.clone()).or_insert((kind, Vec::new()));
            if *known != kind || values.len() != tags.len() {
                return Err(
                    format!("{tag}: {name} is missing elsewhere, or another kind there").into()
                );
            }
            values.push(literal);
        }
        tags.push(tag);
    }

    let variants: Vec<String> = tags.iter().map(|it| variant(it)).collect();
    let mut code = format!(
        "/// A language, with a function for each of its texts, named as in its file.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum Locale {{ {} }}\n\
         impl Locale {{\n",
        variants.join(", ")
    );
    let tag_values: Vec<String> = tags.iter().map(|it| format!("{it:?}")).collect();
    function(&mut code, "BCP 47 tag.", "tag", "&'static str", &variants, &tag_values)?;
    for (name, (kind, values)) in &texts {
        if values.len() != tags.len() {
            return Err(format!("{name} is missing in a language").into());
        }
        function(&mut code, "As in the language's file.", name, kind, &variants, values)?;
    }
    code.push_str("}\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("locales.rs"), code)?;
    Ok(())
}

/// A function, not a field: a table of texts, once something asks where one of them is, would keep all
/// of them in the browser's bundles.
fn function(
    code: &mut String,
    about: &str,
    name: &str,
    kind: &str,
    variants: &[String],
    values: &[String],
) -> std::fmt::Result {
    writeln!(code, "/// {about}\n#[inline]\npub const fn {name}(self) -> {kind} {{ match self {{")?;
    for (variant, value) in variants.iter().zip(values) {
        writeln!(code, "Locale::{variant} => {value},")?;
    }
    writeln!(code, "}} }}")
}

fn quoted(text: &str) -> String {
    format!("{:?}", typography::french(text))
}

/// `fr` is `Fr`.
fn variant(tag: &str) -> String {
    let mut letters = tag.chars().filter(char::is_ascii_alphanumeric);
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
