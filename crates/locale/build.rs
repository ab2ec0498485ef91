//! Turns `locales/*.toml` into one static `Locale` each.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

#[path = "src/typography.rs"]
mod typography;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../locales");
    println!("cargo::rerun-if-changed={}", folder.display());

    let mut fields = String::new();
    let mut statics = String::new();
    let mut files: Vec<_> = fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(fs::DirEntry::path);
    for (index, file) in files.iter().enumerate() {
        let path = file.path();
        let tag = path.file_stem().and_then(|it| it.to_str()).ok_or("locale file name")?.to_owned();
        let source = fs::read_to_string(&path)?;
        let table: toml::Table =
            source.parse().map_err(|error| format!("{}: {error}", path.display()))?;

        writeln!(statics, "pub static {}: Locale = Locale {{ tag: {tag:?},", tag.to_uppercase())?;
        for (name, value) in &table {
            let (kind, literal) = match value {
                toml::Value::String(text) => {
                    ("&'static str", format!("{:?}", typography::french(text)))
                }
                toml::Value::Table(forms) => {
                    let form = |name: &str| {
                        let text = forms.get(name).and_then(toml::Value::as_str);
                        text.map(typography::french).ok_or(format!("{tag}: {name} form missing"))
                    };
                    let (one, other) = (form("one")?, form("other")?);
                    // By reference: one plural in use would otherwise keep all texts in the app.
                    ("&'static Plural", format!("&Plural {{ one: {one:?}, other: {other:?} }}"))
                }
                _ => return Err(format!("{tag}: {name} is neither a text nor a plural").into()),
            };
            writeln!(statics, "{name}: {literal},")?;
            if index == 0 {
                writeln!(fields, "pub {name}: {kind},")?;
            }
        }
        writeln!(statics, "}};")?;
    }

    let code = format!(
        "/// All texts of one language, named as in its file.\npub struct Locale {{\n/// BCP 47 tag.\npub tag: &'static str,\n{fields}}}\n{statics}"
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("locales.rs"), code)?;
    Ok(())
}
