//! Nothing in a page can run in a reader's browser, forge a mark, or stop the server.

use contract::block::Block;
use proptest::prelude::*;

use super::{ARTICLE_FILE, Folder, PAGE_FILE};
use crate::content::html;

/// Ways to make a browser run something (OWASP, "XSS Filter Evasion Cheat Sheet").
const ATTACKS: [&str; 24] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//example.org/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"/a.svg\" alt=\"x\" onload=\"alert(1)\">",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><style><img src onerror=alert(1)></style></mtext></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\" java\nscript:alert(1)\">x</a>",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"https://example.org\" onclick=\"alert(1)\" style=\"position:fixed\">x</a>",
    "<body onload=alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<object data=javascript:alert(1)></object>",
    "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
    "<base href=//example.org>",
    "<style>@import '//example.org'</style>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<b title=\"&#xe000;0&#xe001;\" onmouseover=alert(1)>x</b>",
];

/// What no sanitised HTML holds.
fn assert_harmless(html: &str, typed: &str) {
    let tags: String = html::pieces(html).filter(|it| it.starts_with('<')).collect();
    let tags = tags.to_lowercase();
    let bad = [
        "<script",
        "<svg",
        "<math",
        "<iframe",
        "<object",
        "<style",
        "<form",
        "<input",
        "<meta",
        "<base",
        "<body",
        "<template",
        "<noscript",
        " on",
        "javascript:",
        "data:",
        "style=",
        "srcdoc",
        "\u{e000}",
        " id=",
    ];
    for it in bad {
        assert!(!tags.contains(it), "{it} in {html:?} from {typed:?}");
    }
}

#[test]
fn embedded_html_cannot_run_anything() {
    for attack in ATTACKS {
        assert_harmless(&html::inline(attack), attack);
        assert_harmless(&html::block(attack), attack);
        for text in [attack.to_owned(), format!("Un {attack} mot"), format!("- {attack}\n- x")] {
            let folder = Folder::with_text(&text);
            // Some are faults as well: a picture of another site, a link that is no address.
            if let Ok(library) = folder.load() {
                let article = library.article(&super::slug("exemple")).unwrap();
                assert_harmless(&format!("{:?}", article.blocks).replace("\\\"", "\""), attack);
            }
        }
    }
}

#[test]
fn markdown_links_cannot_run_anything() {
    for href in [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "vbscript:x",
        "<java\tscript:x>",
    ] {
        let faults = Folder::with_text(&format!("[x]({href})")).faults();
        assert!(faults.contains("link is neither"), "{href}: {faults}");
    }
}

#[test]
fn marks_cannot_be_forged() {
    let forged = "<button class=\"proof\" popovertarget=\"r-1\">1</button> \u{e000}0\u{e001} \
        <abbr title=\"&#xe000;0&#xe001;\">&#xe000;0&#xe001; [mot](glossary:cytokine)</abbr>";
    let Block::Paragraph { html } = Folder::with_text(forged).article().blocks[1].clone() else {
        panic!()
    };
    assert_eq!(html.matches("<button").count(), 1, "{html}");
    assert!(html.contains("<abbr title=\"0\">0 <button class=\"term\""), "{html}");
}

#[test]
fn html_left_open_is_closed_in_its_block() {
    let text = "Un <b>mot\n\n<div><p>deux\n\ntrois</section></div>\n\n<!-- oui -->";
    let blocks = Folder::with_text(text).article().blocks;
    let html = |html: &str| Block::Html { html: html.to_owned() };
    let paragraph = |html: &str| Block::Paragraph { html: html.to_owned() };
    assert_eq!(
        blocks[1..4],
        [paragraph("Un <b>mot</b>"), html("<div><p>deux\n</p></div>"), paragraph("trois")]
    );
}

#[test]
fn html_that_would_swallow_the_page_is_a_fault() {
    for (open, close) in [("<!--", "-->"), ("<script>", "</script>"), ("<PRE>", "</pre>")] {
        let faults = Folder::with_text(&format!("{open} x")).faults();
        let told = format!(
            "articles/exemple.md:24: {} is not closed",
            open.to_lowercase().trim_end_matches('>')
        );
        assert!(faults.contains(&told), "{faults}");
        assert_eq!(Folder::with_text(&format!("{open} x\n\ny {close}")).faults(), "");
    }
}

#[test]
fn embedded_html_is_set_by_french_rules_too() {
    let html = "<p lang=\"fr\">L’été\u{202f}! <code>l'été !</code></p>".to_owned();
    let typed = "<p lang=\"fr\" class=\"x\">L'été ! <code>l'été !</code></p>";
    assert_eq!(Folder::with_text(typed).article().blocks[1], Block::Html { html });
}

#[test]
fn deep_and_long_pages_end_in_a_fault_or_a_page() {
    let texts = [
        "> ".repeat(5_000) + "x",
        "- ".repeat(5_000) + "x",
        "*a **b ".repeat(5_000),
        "[".repeat(50_000),
        "[@".repeat(20_000),
        "<b>".repeat(20_000),
        "<div>".repeat(20_000),
        format!("x {}", "<b>".repeat(5_000)),
        ":::: further\n".repeat(5_000),
        "::: callout tone=\"info\" title=\"x\"\n".repeat(2_000),
        "`".repeat(50_000),
        "![".repeat(10_000),
        "a\n: b\n\n".repeat(5_000),
        format!("| a |\n|-|\n{}", "| a |\n".repeat(5_000)),
        "&#0;&#xd800;\u{202e}\u{200f}".repeat(1_000),
    ];
    for text in texts {
        // Quadratic work on any of these would keep the tests from ending.
        let _ = Folder::with_text(&text).load();
    }
}

#[test]
fn deep_toml_is_a_fault() {
    for nested in ["[".repeat(100_000), "{a=".repeat(50_000), "a.".repeat(100_000)] {
        let faults = Folder::new().edit(ARTICLE_FILE, "[\"exemple\"]", &nested).faults();
        assert!(faults.starts_with("articles/exemple.md:9: "), "{faults}");
        let dotted = format!("{}\nx = {nested}", "a.".repeat(100_000));
        assert!(!Folder::new().file("topics.toml", dotted).faults().is_empty());
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,8}",
        prop::sample::select(vec![
            "\n",
            "\n\n",
            ": ",
            "::: ",
            ":::\n",
            ":::: further\n",
            "::: stat\n- value=\"",
            "::: journey\n1. **",
            "::: minute\n- ",
            "::: callout tone=\"info\" title=\"x\"\n",
            "\n## ",
            "\n### ",
            " {#",
            "}",
            "**",
            "*",
            "_",
            "`",
            "```\n",
            "[",
            "](",
            ")",
            "[@",
            "]",
            "[@EXEMPLE-2020]",
            "glossary:cytokine",
            "\n- ",
            "\n1. ",
            "\n  - ",
            "\n> ",
            "— ",
            "\n| a | b |\n| - | - |\n|",
            "<",
            ">",
            "<b>",
            "</b>",
            "<div>",
            "<!--",
            "<img src=\"/",
            "&#",
            ";",
            "\\",
            "![",
            "\"",
            "\t",
            "    ",
            "\u{e000}0\u{e001}",
            "~",
            "^",
            "+++\n",
            "{{",
            "}}",
            "\u{301}",
            "\n: ",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_text_stops_the_reader(text in pieces()) {
        let folder = Folder::with_text(&text).edit(PAGE_FILE, "Un texte.", &text);
        if let Ok(library) = folder.load() {
            let article = library.article(&super::slug("exemple")).unwrap();
            for block in &article.blocks {
                if let Block::Paragraph { html } | Block::Html { html } | Block::Heading { html, .. } = block {
                    assert_harmless(html, &text);
                }
            }
        }
    }

    #[test]
    fn no_file_stops_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..6) {
        let files = [ARTICLE_FILE, PAGE_FILE, "glossary.toml", "references.toml", "topics.toml", "comparison.toml"];
        let folder = Folder::new().file(files[at], bytes);
        let _ = folder.load();
    }

    #[test]
    fn sanitised_html_is_harmless_and_stays_as_it_is(typed in "[<>/=\"' a-z&;#x]{0,80}", start in 0..ATTACKS.len()) {
        let typed = format!("{}{typed}", ATTACKS[start]);
        for clean in [html::inline, html::block] {
            let once = clean(&typed);
            assert_harmless(&once, &typed);
            prop_assert_eq!(html::pieces(&once).collect::<String>(), once);
        }
    }
}
