//! How text becomes blocks.

use contract::block::{Block, Definition, Step, TocEntry};

use super::{ARTICLE_FILE, Folder, PAGE_FILE, slug};

/// The blocks that stand where the article has its text.
fn blocks(text: &str) -> Vec<Block> {
    let all = Folder::with_text(text).article().blocks;
    let end = all.iter().position(|it| matches!(it, Block::Heading { id, .. } if id == "inconnu"));
    all[1..end.unwrap()].to_vec()
}

#[track_caller]
fn check_html(text: &str, html: &str) {
    assert_eq!(blocks(text), [Block::Paragraph { html: html.to_owned() }], "{text:?}");
}

fn mark(number: u32, label: &str) -> String {
    format!(
        "\u{2060}<button class=\"proof\" type=\"button\" popovertarget=\"r-{number}\" \
         aria-label=\"Source {number}\u{a0}: {label}\">{number}</button>"
    )
}

/// What stays on one line.
fn held(html: &str) -> String {
    format!("<span class=\"nowrap\">{html}</span>")
}

const TERM: &str =
    "<button class=\"term\" type=\"button\" popovertarget=\"g-cytokine\">cytokine</button>";

#[test]
fn text_is_set_by_french_rules_but_code_is_not() {
    check_html(
        "L'été : 52 % `l'été : x` *l'été*",
        "L’été&nbsp;: 52\u{202f}% <code>l'été : x</code> <em>l’été</em>",
    );
    check_html("a < b & c", "a &lt; b &amp; c");
    check_html("un\\\ndeux", "un<br>deux");
}

#[test]
fn evidence_marks_are_glued_to_their_word_and_numbered_by_first_use() {
    let trial = mark(1, "Essai comparatif, 2020");
    let law = mark(2, "Texte de loi");
    check_html(
        "Un fait [@AUTRE]. Deux  [@EXEMPLE-2020;\n@AUTRE] ?",
        &format!(
            "Un {} {}",
            held(&format!("fait{law}.")),
            held(&format!("Deux{trial}{law}\u{202f}?"))
        ),
    );
    check_html(
        "**Fort** [@AUTRE][@EXEMPLE-2020]",
        &format!("<strong>Fort</strong>{}", held(&format!("{law}{trial}"))),
    );
    check_html("`[@AUTRE]`", "<code>[@AUTRE]</code>");
    let references = Folder::with_text("x [@AUTRE]").article().references;
    assert_eq!(references.iter().map(|it| &*it.key).collect::<Vec<_>>(), ["EXEMPLE-2020", "AUTRE"]);
}

#[test]
fn a_term_is_explained_once_a_section() {
    let typed = "[cytokine](glossary:cytokine)";
    check_html(&format!("{typed}, {typed}"), &format!("{} cytokine", held(&format!("{TERM},"))));
    let twice = blocks(&format!("{typed}\n\n### Sous-titre\n\n{typed}\n\n## Suite\n\n{typed}"));
    let html: Vec<&str> = twice
        .iter()
        .filter_map(
            |it| if let Block::Paragraph { html } = it { Some(html.as_str()) } else { None },
        )
        .collect();
    assert_eq!(html, [TERM, "cytokine", TERM]);
    let folder = Folder::with_text(&format!("{typed} {typed}"));
    assert_eq!(folder.article().terms.len(), 1);
}

#[test]
fn what_further_explains_is_explained_again_where_everybody_reads() {
    let typed = "[cytokine](glossary:cytokine)";
    let found = blocks(&format!("::: further\n{typed}\n:::\n\n{typed}"));
    let paragraph = Block::Paragraph { html: TERM.to_owned() };
    assert_eq!(found, [Block::Further { blocks: vec![paragraph.clone()] }, paragraph]);
}

#[test]
fn headings_have_anchors_and_no_buttons() {
    let article = Folder::with_text(
        "### L'effet d'une [cytokine](glossary:cytokine)\n\n::: further\n### Études {#plus}\n:::",
    )
    .article();
    let entry = |level, id: &str, text: &str, further| TocEntry {
        level,
        id: id.to_owned(),
        text: text.to_owned(),
        further,
    };
    assert_eq!(
        article.toc[..3],
        [
            entry(2, "section", "Une section", false),
            entry(3, "l-effet-d-une-cytokine", "L’effet d’une cytokine", false),
            entry(3, "plus", "Études", true),
        ]
    );
    assert_eq!(
        article.blocks[1],
        Block::Heading {
            level: 3,
            id: "l-effet-d-une-cytokine".to_owned(),
            html: "L’effet d’une cytokine".to_owned()
        }
    );
    assert!(article.terms.is_empty());
}

#[test]
fn lists_keep_lists_inside_their_items() {
    let items = |items: &[&str]| Block::List {
        ordered: false,
        items: items.iter().map(|it| (*it).to_owned()).collect(),
    };
    assert_eq!(
        blocks("- un\n- deux\n  - trois\n  - *quatre*"),
        [items(&["un", "deux<ul><li>trois</li><li><em>quatre</em></li></ul>"])]
    );
    assert_eq!(blocks("- un\n\n- deux\n\n  suite"), [items(&["un", "deux<br>suite"])]);
}

#[test]
fn definitions_and_tables_and_code_have_their_blocks() {
    let definition =
        |term: &str, html: &str| Definition { term_html: term.to_owned(), html: html.to_owned() };
    assert_eq!(
        blocks("Un mot\n: Son *sens*.\n\nDeux\n: Sens."),
        [Block::Definitions {
            items: vec![definition("Un mot", "Son <em>sens</em>."), definition("Deux", "Sens.")]
        }]
    );
    let cells = |it: [&str; 2]| it.map(str::to_owned).to_vec();
    assert_eq!(
        blocks("| A | B |\n| --- | --- |\n| *a* | b |"),
        [Block::Table {
            caption: String::new(),
            head: cells(["A", "B"]),
            rows: vec![cells(["<em>a</em>", "b"])]
        }]
    );
    assert_eq!(
        blocks("```\n::: l'<b>\n```"),
        [Block::Html { html: "<pre><code>::: l'&lt;b&gt;\n</code></pre>".to_owned() }]
    );
}

#[test]
fn a_quote_may_say_who_said_it() {
    let quote = |html: &str, attribution: Option<&str>| Block::Quote {
        html: html.to_owned(),
        attribution: attribution.map(str::to_owned),
    };
    assert_eq!(blocks("> Une phrase - de la page."), [quote("Une phrase - de la page.", None)]);
    assert_eq!(
        blocks("> L'un\n> et *l'autre*.\n> — **Nom**, où"),
        [quote("L’un\net <em>l’autre</em>.", Some("Nom, où"))]
    );
    assert_eq!(blocks("> Mots.\n>\n> — Nom"), [quote("Mots.", Some("Nom"))]);
}

#[test]
fn a_journey_has_named_steps() {
    let step = |name: &str, time: &str, html: &str| Step {
        name: name.to_owned(),
        time: time.to_owned(),
        html: html.to_owned(),
    };
    let text = "::: journey\n1. **L'un** (4 à 6 mois) : l'*été*.\n\n2. **Deux** : fin.\n:::";
    assert_eq!(
        blocks(text),
        [Block::Journey {
            steps: vec![
                step("L’un", "4 à 6\u{a0}mois", "l’<em>été</em>."),
                step("Deux", "", "fin.")
            ]
        }]
    );
}

#[test]
fn links_to_other_sites_say_so() {
    check_html(
        "[a](https://example.org/?a&b) [b](/glossaire) <a href=\"http://example.org\" target=\"_blank\" lang=\"en\">c</a>",
        "<a rel=\"noopener external\" href=\"https://example.org/?a&amp;b\">a</a> <a href=\"/glossaire\">b</a> \
         <a rel=\"noopener external\" href=\"http://example.org\" lang=\"en\">c</a>",
    );
}

#[test]
fn a_picture_alone_is_a_figure_as_large_as_its_file() {
    let public = tempfile::tempdir().unwrap();
    std::fs::write(public.path().join("a.svg"), "<svg viewBox=\"0 0 320 180\">").unwrap();
    let mut folder = Folder::with_text("![L'un](/a.svg \"Une *légende* [@AUTRE]\")");
    folder.facts.public = Some(public.path().to_owned());
    let figure = Block::Figure {
        src: "/a.svg".to_owned(),
        alt: "L’un".to_owned(),
        width: 320,
        height: 180,
        caption_html: format!("Une <em>légende</em>{}", held(&mark(2, "Texte de loi"))),
    };
    assert_eq!(folder.article().blocks[1], figure);
}

#[test]
fn reading_time_is_computed_for_each_depth_and_can_be_set() {
    let text = format!("{}\n\n::: further\n{}\n:::", "mot ".repeat(400), "mot ".repeat(400));
    let article = Folder::with_text(&text).article();
    assert_eq!(
        (article.minute_minutes, article.reading_minutes, article.further_minutes),
        (1, 3, 5)
    );
    let motif = "motif = \"soi\"";
    let set = |minutes: u16| {
        Folder::with_text(&text)
            .edit(ARTICLE_FILE, motif, &format!("{motif}\nreading_minutes = {minutes}"))
            .article()
    };
    assert_eq!((set(4).reading_minutes, set(4).further_minutes), (4, 5));
    assert_eq!((set(9).reading_minutes, set(9).further_minutes), (9, 9));
}

#[test]
fn placeholders_are_text_whatever_their_value_holds() {
    let library = Folder::new()
        .edit(PAGE_FILE, "Un texte.", "Site {{ site.name }}, {{host.name}}.")
        .edit(PAGE_FILE, "À propos", "À propos de {{ site.name }}")
        .library();
    let page = library.page(&slug("a-propos")).unwrap();
    assert_eq!(page.title, "À propos de Exemple *S*");
    assert_eq!(
        page.blocks,
        [Block::Paragraph { html: "Site Exemple *S*, à compléter par l’éditeur.".to_owned() }]
    );
}
