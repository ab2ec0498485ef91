//! One test for each thing a writer can get wrong, dates apart.

use super::{ARTICLE_FILE, Folder, PAGE_FILE, TEXT_LINE};

/// Changes one place and expects one fault.
#[track_caller]
fn check(file: &'static str, from: &str, to: &str, fault: &str) {
    assert_eq!(Folder::new().edit(file, from, to).faults(), format!("{file}:{fault}"));
}

/// Puts `text` into the article and expects one fault, `after` lines below its first line.
#[track_caller]
fn check_text(text: &str, after: u32, message: &str) {
    let line = TEXT_LINE + after;
    assert_eq!(Folder::with_text(text).faults(), format!("{ARTICLE_FILE}:{line}: {message}"));
}

#[track_caller]
fn check_front(from: &str, to: &str, fault: &str) {
    check(ARTICLE_FILE, from, to, fault);
}

#[test]
fn an_evidence_level_is_asked_for() {
    let message = "4: evidence level is missing: evidence = [{ … }]";
    check_front("evidence = [{ level = \"low\", scope = \"exemple\" }]", "", message);
    check_front("scope = \"exemple\"", "scope = \"\"", "14: scope is empty");
    check_front(
        "level = \"low\", scope",
        "level = \"low\", up_to = \"very-low\", scope",
        "14: up_to is not above level",
    );
}

#[test]
fn a_page_that_states_facts_has_evidence() {
    check_front(" [@EXEMPLE-2020].", ".", "16: states facts without a single evidence mark");
}

#[test]
fn unknown_names_are_told() {
    check_text("Un fait [@EXEMPLE-2020;\n@RIEN].", 0, "unknown reference RIEN");
    check_text("Un\n[mot](glossary:rien).", 1, "unknown glossary term rien");
    check_front("[\"exemple\"]", "[\n  \"rien\",\n]", "10: unknown topic rien");
    check_front("\"soi\"", "\"rien\"", "8: unknown motif rien");
    check("comparison.toml", "motif = \"soi\"", "motif = \"rien\"", "11: unknown motif rien");
    check_front(
        "lead =",
        "chapeau =",
        "7: unknown field `chapeau`, expected one of \
        `title`, `short_title`, `kind`, `order`, `featured`, `question`, `excerpt`, `lead`, `motif`, \
        `topics`, `published`, `updated`, `checked`, `review_due`, `emergency`, `comments`, `reading_minutes`, \
        `authors`, `reviewer`, `related`, `evidence`, `questions`, `corrections`, `sponsor`",
    );
}

#[test]
fn motifs_are_unchecked_without_a_list() {
    let mut folder = Folder::new().edit(ARTICLE_FILE, "\"soi\"", "\"rien\"");
    folder.facts.motifs.clear();
    assert_eq!(folder.faults(), "");
}

#[test]
fn evidence_marks_are_well_formed() {
    check_text("Un fait [@EXEMPLE-2020.", 0, "evidence mark is not closed");
    check_text("Un fait [@EXEMPLE-2020; AUTRE].", 0, "evidence mark is not [@KEY; @KEY]: AUTRE");
    check_text("[Un fait [@EXEMPLE-2020]](/glossaire)", 0, "no evidence mark inside a link");
    check_text("### Titre [@EXEMPLE-2020]", 0, "no evidence mark in a heading");
}

#[test]
fn links_lead_somewhere() {
    for href in
        ["/rien", "/articles/rien", "/articles/exemple#rien", "/a-propos#rien", "/themes/rien"]
            .into_iter()
            .chain(["/articles/page/2", "/glossaire#rien", "//example.org", "/comprendre#section"])
    {
        let faults = Folder::with_text(&format!("Un\n[lien]({href})")).faults();
        let start = format!("{ARTICLE_FILE}:{}: ", TEXT_LINE + 1);
        assert!(faults.starts_with(&start) && faults.contains(href), "{href}: {faults:?}");
        assert_eq!(faults.lines().count(), 1, "{href}");
    }
    check_text("[lien](#rien)", 0, "dead link #rien: no such anchor on this page");
    check_text("[lien](ailleurs)", 0, "link is neither /page, #anchor nor https://…: ailleurs");
    check_text(
        "[lien](javascript:alert)",
        0,
        "link is neither /page, #anchor nor https://…: javascript:alert",
    );
    check_text("<div>\n<a href=\"/rien\">x</a></div>", 1, "dead link /rien");
}

#[test]
fn links_that_lead_somewhere_are_no_fault() {
    let good = "[a](/) [b](/articles/exemple#consulter) [c](#section) [d](/glossaire#cytokine) \
        [e](/a-propos) [f](/themes/exemple) [g](/recherche?q=x) [h](/comprendre/comparer) \
        [i](/articles/exemple/en-1-minute) [j](https://example.org) [k](mailto:a@example.org)";
    assert_eq!(Folder::with_text(good).faults(), "");
}

#[test]
fn links_in_front_matter_lead_somewhere() {
    let end = "scope = \"exemple\" }]\n";
    let question = format!("{end}questions = [\n  {{ text = \"Où ?\", to = \"/rien\" }},\n]\n");
    check_front(end, &question, "16: dead link /rien");
    let outside = question.replace("/rien", "https://example.org");
    check_front(end, &outside, "16: not an address of this site: https://example.org");
    check_front(end, &format!("{end}related = [\"rien\"]\n"), "15: dead link /articles/rien");
    check_text("::: question to=\"/rien\"\nOù ?\n:::", 0, "dead link /rien");
    let questions = "checked = 2026-01-02\nquestions = [{ text = \"Où ?\", to = \"/rien\" }]";
    check("comparison.toml", "checked = 2026-01-02", questions, "8: dead link /rien");
}

#[test]
fn headings_are_in_order() {
    check_text("# Un titre", 0, "the title is in the front matter: no # in the text");
    check_text("#### Trop bas", 0, "headings are ## and ### only");
    check(
        PAGE_FILE,
        "Un texte.",
        "Un texte.\n\n### Trop tôt",
        "10: heading level skipped: ### without a ## above",
    );
    check_text("### Encore {#section}", 0, "anchor section stands twice");
    check_text("### Mot {#Mot}", 0, "heading needs an anchor {#…} of a-z, 0-9 and single -");
    check_text("### β", 0, "heading needs an anchor {#…} of a-z, 0-9 and single -");
    check_text("### Mot {.classe}", 0, "a heading takes {#anchor} and nothing else");
    let taken = Folder::with_text("Un [mot](glossary:cytokine).\n\n### Mot {#g-cytokine}").faults();
    assert_eq!(
        taken,
        "articles/exemple.md:16: anchor g-cytokine is taken: choose another with {#…}"
    );
}

#[test]
fn pictures_have_a_text_alternative() {
    check_text("![](/a.svg)", 0, "picture without a text alternative");
    check_text("<div>\n\n<img src=\"/a.svg\">\n</div>", 2, "picture without a text alternative");
    check_text(
        "<p>\n<b>x</b><img alt=\" \" src=\"/a.svg\"></p>",
        1,
        "picture without a text alternative",
    );
    check_text(
        "![Un dessin](https://example.org/a.svg)",
        0,
        "picture address https://example.org/a.svg is not /…",
    );
    check_text(
        "<p><img alt=\"x\" src=\"https://example.org/a.svg\"></p>",
        0,
        "a picture comes from this site: src=\"/…\"",
    );
    check_text("Un ![dessin](/a.svg) ici", 0, "a picture stands alone in its paragraph");
}

#[test]
fn pictures_are_looked_for_where_the_site_keeps_them() {
    let public = tempfile::tempdir().unwrap();
    std::fs::write(public.path().join("a.svg"), "<svg viewBox='0 0 1 1'>").unwrap();
    let mut folder = Folder::with_text("![x](/a.svg)\n\n![x](/b.svg)");
    folder.facts.public = Some(public.path().to_owned());
    let faults = folder.faults();
    let mut lines = faults.lines();
    assert_eq!(
        lines.next(),
        Some("articles/exemple.md:24: picture /a.svg has no size that can be read")
    );
    assert!(
        lines.next().unwrap().starts_with("articles/exemple.md:26: picture /b.svg cannot be read")
    );
}

#[test]
fn a_sponsor_is_named_on_sponsored_pages_and_nowhere_else() {
    let sponsor = "sponsor = { name = \"X\", disclosure = \"Payé par X.\" }";
    let evidence = "evidence = [{ level = \"low\", scope = \"exemple\" }]";
    check_front(
        evidence,
        &format!("{evidence}\n{sponsor}"),
        "15: a page with a sponsor is of kind \"sponsored\"",
    );
    let sponsored =
        || Folder::new().edit(ARTICLE_FILE, "kind = \"article\"", "kind = \"sponsored\"");
    let faults = sponsored().edit(ARTICLE_FILE, evidence, sponsor).faults();
    assert_eq!(faults, "");
    let faults = sponsored().edit(ARTICLE_FILE, evidence, "").faults();
    assert_eq!(faults, "articles/exemple.md:4: a sponsored page says who paid: sponsor = { … }");
    let empty = sponsor.replace("Payé par X.", " ");
    let faults = sponsored().edit(ARTICLE_FILE, evidence, &empty).faults();
    assert_eq!(faults, "articles/exemple.md:14: sponsor.disclosure is empty");
    let faults =
        sponsored().edit(ARTICLE_FILE, evidence, &format!("{sponsor}\n{evidence}")).faults();
    assert_eq!(faults, "articles/exemple.md:15: a sponsored page wears no evidence level");
}

#[test]
fn the_minute_comes_first_and_once() {
    let minute = "::: minute\n- Une phrase.\n- Une autre [@EXEMPLE-2020].\n:::\n";
    let without =
        |to: &str| Folder::with_text("Un fait [@EXEMPLE-2020].").edit(ARTICLE_FILE, minute, to);
    assert_eq!(without("").faults(), "articles/exemple.md:16: ::: minute is missing");
    let late = without(&format!("Avant.\n\n{minute}"));
    assert_eq!(late.faults(), "articles/exemple.md:19: ::: minute comes first in the text");
    let twice = without(&format!("{minute}\n{minute}"));
    assert_eq!(twice.faults(), "articles/exemple.md:22: ::: minute stands twice");
    let short = without("::: minute\n- Une phrase.\n:::\n");
    assert_eq!(
        short.faults(),
        "articles/exemple.md:17: ::: minute holds a list of two to four sentences"
    );
    let page = format!("{minute}\nUn texte.");
    check(PAGE_FILE, "Un texte.", &page, "8: ::: minute cannot stand here");
}

#[test]
fn what_is_unknown_and_when_to_consult_have_their_sections() {
    check_front("{#inconnu}", "", "16: section {#inconnu} is missing: what is not known");
    check_front(
        "{#consulter}",
        "{#autre}",
        "16: section {#consulter} is missing: when to see a doctor",
    );
    let interview = Folder::new()
        .edit(ARTICLE_FILE, "kind = \"article\"", "kind = \"interview\"")
        .edit(ARTICLE_FILE, "{#inconnu}", "")
        .edit(ARTICLE_FILE, "{#consulter}", "");
    assert_eq!(interview.faults(), "");
}

#[test]
fn plain_fields_are_short_and_filled() {
    let long = format!("\"{}\"", "é".repeat(161));
    check_front("\"Un extrait.\"", &long, "6: excerpt has 161 characters, 160 at most");
    check_front("\"Un titre\"", "\" \"", "2: title is empty");
    check_front("\"Un chapeau.\"", "\"\"", "7: lead is empty");
    check_front(
        "\"Un titre\"",
        "\"Un titre [@EXEMPLE-2020]\"",
        "2: title is plain text and takes no evidence mark",
    );
    check_front(
        "lead = \"Un chapeau.\"",
        "lead = \"\"\"\nUn\nchapeau [@RIEN].\"\"\"",
        "9: unknown reference RIEN",
    );
}

#[test]
fn directives_are_known_closed_and_complete() {
    check_text("::: rien\nx\n:::", 0, "unknown directive rien");
    check_text(
        "::: callout tone=\"info\" title=\"x\" autre=\"y\"\nx\n:::",
        0,
        "::: callout has no attribute autre",
    );
    check_text(
        "::: callout tone=\"rose\" title=\"x\"\nx\n:::",
        0,
        "tone is info, warning or urgent, not rose",
    );
    check_text("::: callout tone=\"info\"\nx\n:::", 0, "::: callout needs title=\"…\"");
    check_text("::: callout tone=\"info\" title=\"x\"\n:::", 0, "::: callout is empty");
    check_text(
        "::: question to=\"/glossaire\" rien\nx\n:::",
        0,
        "not an attribute key=\"value\": rien",
    );
    check_text("::: question to=\"#section\" to=\"/\"\nx\n:::", 0, "attribute to stands twice");
    check_text(
        "::: testimonial author=\"[@X]\"\nx\n:::",
        0,
        "attribute author is plain text and takes no evidence mark",
    );
    check_text(":::", 0, "nothing to close with 3 colons");
    check_text(
        "::: testimonial author=\"x\"\n### Titre\n:::",
        1,
        "no heading inside this directive",
    );
    check_text(
        ":::: testimonial author=\"x\"\nx\n::: video title=\"x\"\n:::\n::::",
        2,
        "::: video cannot stand inside this directive",
    );
    check_text(
        "::: publication title=\"x\" source=\"y\" url=\"https://example.org\"\nx\n:::",
        1,
        "::: publication holds nothing",
    );
    check_text("::: journey\n- x\n:::", 1, "::: journey holds one ordered list");
    check_text(
        "::: journey\n1. **x** : y\n2. x\n:::",
        2,
        "a step reads **Name** (how long) : text",
    );
    check_text(
        "::: video title=\"x\" url=\"https://example.org\" duration=\"2:70\"\nx\n:::",
        0,
        "duration reads minutes:seconds",
    );
    check_text(
        "::: video title=\"x\" url=\"x\" duration=\"2:00\"\nx\n:::",
        0,
        "url is neither https://… nor /…",
    );
}

#[test]
fn a_directive_that_is_not_closed_is_told_where_it_opens() {
    // What it swallows brings faults of its own, all below it.
    let faults = Folder::with_text("::: testimonial author=\"x\"\nx").faults();
    let first = faults.lines().next();
    assert_eq!(first, Some("articles/exemple.md:24: ::: testimonial is not closed"));
    let nested = ":::: further\n::: testimonial author=\"x\"\nx\n::::";
    check_text(nested, 1, "::: testimonial is not closed");
    let same = "::: further\n::: testimonial author=\"x\"\nx\n:::\n:::";
    check_text(same, 1, "::: testimonial needs fewer colons than the directive around it");
}

#[test]
fn numbers_are_possible_and_have_a_source() {
    let stat = |people: &str, caption: &str| {
        format!("::: stat\n- value=\"1\" label=\"x\" people=\"{people}\"\n{caption}\n:::")
    };
    let message = "people is count/out of, count at most out of, out of at most 200";
    for people in ["3/2", "1/0", "1/201", "1", "-1/2", "1/2/3", ""] {
        check_text(&stat(people, "x [@EXEMPLE-2020]"), 1, message);
    }
    assert_eq!(Folder::with_text(&stat("200/200", "x [@EXEMPLE-2020]")).faults(), "");
    check_text(&stat("1/2", "x"), 0, "::: stat needs a caption with its evidence mark");
    let without = "::: stat\n- value=\"1\" unit=\"%\"\nx [@AUTRE]\n:::";
    let faults = Folder::with_text(without).faults();
    assert!(faults.starts_with("articles/exemple.md:24: ::: stat needs a line"), "{faults}");
    assert!(faults.ends_with("articles/exemple.md:25: a number needs value=\"…\" and label=\"…\""));
    let odd = "::: stat\n- value=\"1\" label=\"x\" gens=\"1/2\"\nx [@AUTRE]\n:::";
    check_text(odd, 1, "a number has no attribute gens");
}
