//! Tests of the whole pipeline: a folder in, a library or its faults out.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use contract::{
    article::{Article, Person},
    date::Date,
    site::Features,
    slug::Slug,
};

use super::{Faults, Library, SiteFacts, load};

mod checks;
mod dates;
mod library;
mod safety;
mod text;

/// The day the tests are run on.
const TODAY: &str = "2026-11-20";

/// The article that [`Folder::new`] holds.
const ARTICLE: &str = r#"+++
title = "Un titre"
short_title = "Titre"
kind = "article"
question = "Une question ?"
excerpt = "Un extrait."
lead = "Un chapeau."
motif = "soi"
topics = ["exemple"]
published = 2026-01-01
updated = 2026-01-02
checked = 2026-01-02
review_due = 2026-12-01
evidence = [{ level = "low", scope = "exemple" }]
+++

::: minute
- Une phrase.
- Une autre [@EXEMPLE-2020].
:::

## Une section {#section}

TEXTE

## Ce que l'on ne sait pas {#inconnu}

Tout.

## Quand consulter {#consulter}

Jamais.
"#;
const ARTICLE_FILE: &str = "articles/exemple.md";
/// Line of `TEXTE` in it.
const TEXT_LINE: u32 = 24;

const PAGE: &str = r#"+++
title = "À propos"
excerpt = "Un extrait."
lead = "Un chapeau."
updated = 2026-01-02
+++

Un texte.
"#;
const PAGE_FILE: &str = "pages/a-propos.md";

const GLOSSARY: &str = r#"[[term]]
slug = "cytokine"
term = "Cytokine"
definition = "Un messager."
"#;

const REFERENCES: &str = r#"[[reference]]
key = "EXEMPLE-2020"
kind = "trial"
level = "low"
title = "A trial"
authors = "Exemple A"
year = 2020
doi = "10.1000/exemple"
language = "en"
access = "direct"
summary = "Un essai."

[[reference]]
key = "AUTRE"
kind = "law"
title = "Une loi"
authors = "Exemple B"
language = "fr"
access = "direct"
summary = "Une loi."
"#;

const TOPICS: &str = "[[topic]]\nslug = \"exemple\"\nname = \"Exemples\"\n";

const COMPARISON: &str = r#"title = "Deux choses"
short_title = "Comparer"
excerpt = "Un extrait."
lead = "Un chapeau."
published = 2026-01-01
updated = 2026-01-02
checked = 2026-01-02

[left]
name = "A"
motif = "soi"
evidence = { level = "low", scope = "exemple" }

[right]
name = "B"
motif = "soi"
evidence = { level = "low", scope = "exemple" }

[[row]]
question = "Quoi ?"
left = "Ceci."
right = "Cela."
"#;

/// A content folder in the making: the smallest one without a fault, then changed.
struct Folder {
    files: BTreeMap<&'static str, Vec<u8>>,
    facts: SiteFacts,
}

impl Folder {
    fn new() -> Folder {
        let files = [
            (ARTICLE_FILE, ARTICLE),
            (PAGE_FILE, PAGE),
            ("glossary.toml", GLOSSARY),
            ("references.toml", REFERENCES),
            ("topics.toml", TOPICS),
            ("comparison.toml", COMPARISON),
        ];
        let facts = SiteFacts {
            features: Features::default(),
            default_author: Person {
                name: "La rédaction".to_owned(),
                role: "équipe".to_owned(),
                interests: "aucun".to_owned(),
            },
            placeholders: [("site.name", "Exemple *S*"), ("host.name", "")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            declaration: "### Reçu {#recu}\n\nRien.\n".to_owned(),
            motifs: ["soi".to_owned()].into(),
            public: None,
        };
        Folder { files: files.map(|(name, it)| (name, it.as_bytes().to_vec())).into(), facts }
    }

    /// The smallest folder, with this text in its article.
    fn with_text(text: &str) -> Folder {
        Folder::new().edit(ARTICLE_FILE, "TEXTE", text)
    }

    fn file(mut self, name: &'static str, content: impl Into<Vec<u8>>) -> Folder {
        self.files.insert(name, content.into());
        self
    }

    fn edit(mut self, name: &'static str, from: &str, to: &str) -> Folder {
        let text = String::from_utf8(self.files[name].clone()).unwrap();
        assert!(text.contains(from), "{name} has no {from:?}");
        self.files.insert(name, text.replacen(from, to, 1).into_bytes());
        self
    }

    fn write(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in &self.files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    fn load(&self) -> Result<Library, Faults> {
        load(self.write().path(), &self.facts, TODAY.parse().unwrap())
    }

    #[track_caller]
    fn library(&self) -> Library {
        self.load().unwrap()
    }

    #[track_caller]
    fn article(&self) -> Article {
        self.library().article(&slug("exemple")).unwrap().clone()
    }

    /// All faults, one a line.
    fn faults(&self) -> String {
        self.load().map_or_else(|it| it.to_string(), |_| String::new())
    }
}

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// The content folder that end-to-end tests use.
fn fixture() -> Library {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/content");
    let mut facts = Folder::new().facts;
    facts.motifs.clear();
    facts.features =
        Features { map: true, testimonials: true, professionals: true, ..facts.features };
    for name in ["publisher.name", "contact.email"] {
        facts.placeholders.insert(name.to_owned(), String::new());
    }
    load(&folder, &facts, TODAY.parse().unwrap()).unwrap()
}

#[test]
fn the_smallest_folder_has_no_fault() {
    assert_eq!(Folder::new().faults(), "");
}

#[test]
fn faults_of_all_files_are_told_at_once_and_in_order() {
    let folder = Folder::with_text("[@RIEN] et [x](/rien)\n\n#### Trop bas")
        .edit(PAGE_FILE, "Un texte", "{{ rien }}")
        .edit(ARTICLE_FILE, "motif = \"soi\"", "motif = \"rien\"");
    assert_eq!(
        folder.faults(),
        "articles/exemple.md:8: unknown motif rien\n\
         articles/exemple.md:24: dead link /rien\n\
         articles/exemple.md:24: unknown reference RIEN\n\
         articles/exemple.md:26: headings are ## and ### only\n\
         pages/a-propos.md:8: unknown placeholder rien"
    );
}
