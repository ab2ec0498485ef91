//! Checks of dates, files, addresses and the data files.

use contract::site::Features;

use super::{ARTICLE, ARTICLE_FILE, Folder, PAGE, PAGE_FILE};

#[track_caller]
fn check(file: &'static str, from: &str, to: &str, fault: &str) {
    assert_eq!(Folder::new().edit(file, from, to).faults(), format!("{file}:{fault}"));
}

#[test]
fn no_date_is_in_the_future() {
    let file = ARTICLE_FILE;
    let updated = "updated = 2026-01-02";
    check(file, updated, "updated = 2026-11-21", "11: updated 2026-11-21 is in the future");
    assert_eq!(Folder::new().edit(file, updated, "updated = 2026-11-20").faults(), "");
    let checked = "checked = 2026-01-02";
    check(file, checked, "checked = 2026-11-21", "12: checked 2026-11-21 is in the future");
    let correction = format!("{checked}\ncorrections = [{{ date = 2026-11-21, text = \"x\" }}]");
    check(file, checked, &correction, "13: correction 2026-11-21 is in the future");
    let reviewer = "reviewer = { name = \"x\", role = \"x\", interests = \"x\", on = 2026-11-21 }";
    let fault = "13: reviewer.on 2026-11-21 is in the future";
    check(file, checked, &format!("{checked}\n{reviewer}"), fault);
    check(PAGE_FILE, updated, "updated = 2026-11-21", "5: updated 2026-11-21 is in the future");
    let fault = "6: updated 2026-11-21 is in the future";
    check("comparison.toml", updated, "updated = 2026-11-21", fault);
    let both = Folder::new().edit(file, "published = 2026-01-01", "published = 2026-12-01");
    assert_eq!(
        both.faults(),
        "articles/exemple.md:10: published 2026-12-01 is in the future\n\
         articles/exemple.md:11: updated before it was published"
    );
}

#[test]
fn nothing_is_updated_before_it_is_published() {
    let (from, to) = ("published = 2026-01-01", "published = 2026-01-03");
    check(ARTICLE_FILE, from, to, "11: updated before it was published");
    check("comparison.toml", from, to, "6: updated before it was published");
}

#[test]
fn a_review_is_due_within_a_year_of_the_check() {
    let due = |to: &str| Folder::new().edit(ARTICLE_FILE, "2026-12-01", to).faults();
    let start = "articles/exemple.md:13: review_due is";
    assert_eq!(due("2026-01-02"), format!("{start} not after checked"));
    assert_eq!(due("2027-01-04"), format!("{start} more than 366 days after checked"));
    assert_eq!(due("2027-01-03"), "");
    // A review that is late is told to readers, not to writers.
    assert_eq!(due("2026-01-03"), "");
}

#[test]
fn dates_are_written_without_quotes_and_exist() {
    for date in ["\"2026-01-02\"", "2026-02-30", "2026-01-02T00:00:00Z", "2026"] {
        let faults =
            Folder::new().edit(ARTICLE_FILE, "updated = 2026-01-02", &format!("updated = {date}"));
        let faults = faults.faults();
        assert!(faults.starts_with("articles/exemple.md:11: "), "{date}: {faults}");
        assert_eq!(faults.lines().count(), 1, "{faults}");
    }
}

#[test]
fn front_matter_is_there_and_closed() {
    check(ARTICLE_FILE, "+++\n", "", "1: front matter missing: the first line is +++");
    let open = Folder::new().file(PAGE_FILE, PAGE.replacen("\n+++\n", "\n", 1));
    assert_eq!(open.faults(), "pages/a-propos.md:1: front matter is not closed by a line +++");
    check(ARTICLE_FILE, "title = \"Un titre\"\n", "", "2: missing field `title`");
    let zero = "motif = \"soi\"\nreading_minutes = 0";
    check(ARTICLE_FILE, "motif = \"soi\"", zero, "9: reading_minutes is at least 1");
}

#[test]
fn files_are_text() {
    let with =
        |bytes: &[u8]| Folder::new().file(PAGE_FILE, [PAGE.as_bytes(), bytes].concat()).faults();
    assert_eq!(with(b"\xff"), "pages/a-propos.md:9: not UTF-8");
    assert_eq!(with(b"a\n\0"), "pages/a-propos.md:10: control character U+0000");
    assert_eq!(with(b"a\rb"), "pages/a-propos.md:9: control character U+000D");
    let long = " ".repeat(600 * 1024);
    assert_eq!(with(long.as_bytes()), "pages/a-propos.md:1: longer than 524288 bytes");
    let odd = format!("\u{feff}{}", ARTICLE.replace('\n', "\r\n"));
    assert_eq!(Folder::new().file(ARTICLE_FILE, odd).faults(), "");
}

#[test]
fn addresses_are_slugs_and_free() {
    let faults = Folder::new().file("articles/Été.md", ARTICLE).faults();
    assert_eq!(
        faults,
        "articles/Été.md:1: the file name is the address: a slug is 1 to 80 of a-z, 0-9 and -"
    );
    let explainer = ARTICLE.replace("\"article\"", "\"explainer\"");
    let faults = Folder::new().file("explainers/exemple.md", explainer).faults();
    assert_eq!(faults, "explainers/exemple.md:1: articles/exemple.md has the same address");
    check(
        ARTICLE_FILE,
        "\"article\"",
        "\"explainer\"",
        "4: explainers, and nothing else, stand in the folder explainers",
    );
    for (file, path) in [
        ("pages/glossaire.md", "glossaire"),
        ("pages/articles.md", "articles"),
        ("pages/comprendre.md", "comprendre"),
        ("pages/recherche.md", "recherche"),
        ("pages/references.md", "references"),
        ("pages/corrections.md", "corrections"),
        ("pages/themes.md", "themes"),
        ("pages/api.md", "api"),
        ("pages/embed.md", "embed"),
        ("pages/healthz.md", "healthz"),
        ("pages/readyz.md", "readyz"),
    ] {
        let fault = format!("{file}:1: /{path} is an address of the site itself");
        assert_eq!(Folder::new().file(file, PAGE).faults(), fault);
    }
}

#[test]
fn no_article_has_the_address_of_a_page_of_the_list() {
    let faults = Folder::new().file("articles/page.md", ARTICLE).faults();
    assert_eq!(faults, "articles/page.md:1: /articles/page is an address of the site itself");
}

#[test]
fn placeholders_are_known() {
    check(PAGE_FILE, "Un texte.", "Un\n{{ rien }}", "9: unknown placeholder rien");
    check(PAGE_FILE, "Un texte.", "{{ site.name", "8: {{ is not closed by }}");
    check(PAGE_FILE, "Un chapeau", "{{ rien }}", "4: unknown placeholder rien");
    check(PAGE_FILE, "Un extrait", "{{ rien }}", "3: unknown placeholder rien");
}

#[test]
fn a_feature_that_is_on_has_its_page() {
    let mut folder = Folder::new();
    folder.facts.features = Features { map: true, professionals: true, ..folder.facts.features };
    assert_eq!(
        folder.faults(),
        "pages/professionnels.md:1: the feature professionals is on and this page is missing"
    );
    let folder = folder.file("pages/professionnels.md", PAGE);
    assert_eq!(folder.faults(), "");
}

#[test]
fn references_are_whole_and_unique() {
    let file = "references.toml";
    check(file, "\"AUTRE\"", "\"EXEMPLE-2020\"", "14: reference EXEMPLE-2020 stands twice");
    check(
        file,
        "\"AUTRE\"",
        "\"autre\"",
        "14: reference key \"autre\" is not made of A-Z, 0-9 and -",
    );
    check(file, "\"Une loi\"", "\"\"", "14: title is empty");
    let doi = "2: EXEMPLE-2020: doi is not 10.…/…, without the resolver's address";
    check(file, "\"10.1000/exemple\"", "\"https://doi.org/10.1000/exemple\"", doi);
    check(
        file,
        "doi = \"10.1000/exemple\"",
        "url = \"javascript:alert(1)\"",
        "2: EXEMPLE-2020: url is not https://…",
    );
    check(file, "2020\n", "20200\n", "2: EXEMPLE-2020: year is out of range");
}

#[test]
fn data_files_are_there_and_well_formed() {
    let glossary = "[[term]]\nslug = \"A\"\nterm = \"A\"\ndefinition = \"x\"\n";
    assert_eq!(
        Folder::new().file("glossary.toml", glossary).faults(),
        "glossary.toml:1: the glossary is empty: the front page shows a word of the week\n\
         glossary.toml:2: \"A\": a slug is 1 to 80 of a-z, 0-9 and -"
    );
    let twice = "[[term]]\nslug = \"a\"\nterm = \"A\"\ndefinition = \"x\"\n".repeat(2);
    assert_eq!(
        Folder::new().file("glossary.toml", twice).faults(),
        "glossary.toml:6: term a stands twice"
    );
    let topics = "[[topic]]\nslug = \"exemple\"\nname = \"x\"\n".repeat(2);
    assert_eq!(
        Folder::new().file("topics.toml", topics).faults(),
        "topics.toml:5: topic exemple stands twice"
    );
    let odd = "[[term]]\nslug = \"a\"\nterm = \"A\"\ndefinition = \"x\"\nautre = 1\n";
    let faults = Folder::new().file("glossary.toml", odd).faults();
    assert!(faults.starts_with("glossary.toml:5: unknown field `autre`"), "{faults}");
    check("comparison.toml", "right = \"Cela.\"", "right = \"\"", "22: empty cell");
    let unknown = "right = \"Cela.\"\nright_unknown = \"quoi.\"";
    check(
        "comparison.toml",
        "right = \"Cela.\"",
        unknown,
        "20: what is not known stands on both sides of a row, or on neither",
    );
    let mut missing = Folder::new();
    missing.files.remove("comparison.toml");
    assert!(missing.faults().starts_with("comparison.toml:1: cannot be read: "));
}

#[test]
fn a_folder_that_is_not_there_is_a_fault() {
    let facts = Folder::new().facts;
    let found =
        super::load(std::path::Path::new("/nonexistent"), &facts, super::date(super::TODAY));
    assert_eq!(found.unwrap_err().as_slice().len(), 4);
}
