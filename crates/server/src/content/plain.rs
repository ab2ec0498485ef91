//! The plain text of sanitised HTML and of blocks, for counting words and for searching.

use contract::block::Block;

use super::html;

/// Words a minute an adult reads with care (Brysbaert 2019: 238 for English non-fiction; French
/// health texts go slower).
const WORDS_PER_MINUTE: usize = 200;

/// Tags that do not part words. All others do.
const INSIDE_WORDS: [&str; 14] = [
    "a", "abbr", "b", "button", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub",
    "sup",
];

/// Text without tags. The numbers of evidence marks are no words of the text and are left out.
pub fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut in_proof = false;
    for piece in html::pieces(html) {
        if let Some(tag) = piece.strip_prefix('<') {
            let name = tag.trim_start_matches('/');
            let end = name.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(name.len());
            if !INSIDE_WORDS.contains(&&name[..end]) {
                out.push(' ');
            }
            in_proof =
                tag.starts_with("button class=\"proof\"") || (in_proof && !tag.starts_with('/'));
        } else if !in_proof {
            out.push_str(&html::unescape(piece));
        }
    }
    // The joiner in front of a mark has nothing left to join.
    out.replace('\u{2060}', "")
}

/// Hands each text of `blocks` to `visit`: headings (true) apart from all others (false), all as
/// plain text. Blocks of `further` come only if asked for.
pub fn visit(blocks: &[Block], further: bool, visit_text: &mut dyn FnMut(bool, &str)) {
    for block in blocks {
        match block {
            Block::Heading { html, .. } => visit_text(true, &text(html)),
            Block::Paragraph { html } | Block::Html { html } => visit_text(false, &text(html)),
            Block::List { items, .. } => items.iter().for_each(|it| visit_text(false, &text(it))),
            Block::Definitions { items } => {
                for item in items {
                    visit_text(false, &text(&item.term_html));
                    visit_text(false, &text(&item.html));
                }
            }
            Block::Journey { steps } => {
                for step in steps {
                    visit_text(false, &step.name);
                    visit_text(false, &step.time);
                    visit_text(false, &text(&step.html));
                }
            }
            Block::Quote { html, attribution } => {
                visit_text(false, &text(html));
                visit_text(false, attribution.as_deref().unwrap_or_default());
            }
            Block::Callout { title, blocks, .. } => {
                visit_text(false, title);
                visit(blocks, further, visit_text);
            }
            Block::Figure { caption_html, .. } => visit_text(false, &text(caption_html)),
            Block::Stat(stat) => {
                for arm in &stat.arms {
                    visit_text(false, &format!("{} {} {}", arm.value, arm.unit, arm.label));
                }
                visit_text(false, &text(&stat.caption_html));
            }
            Block::Video(video) => {
                visit_text(false, &video.title);
                visit(&video.transcript, further, visit_text);
            }
            Block::Table { caption, head, rows } => {
                visit_text(false, caption);
                for cell in head.iter().chain(rows.iter().flatten()) {
                    visit_text(false, &text(cell));
                }
            }
            Block::Testimonial { author, blocks } => {
                visit_text(false, author);
                visit(blocks, further, visit_text);
            }
            Block::Question { text, .. } => visit_text(false, text),
            Block::Publication { title, source, .. } => {
                visit_text(false, title);
                visit_text(false, source);
            }
            Block::Further { blocks } if further => visit(blocks, further, visit_text),
            Block::Further { .. } => {}
        }
    }
}

/// Words of plain text: whatever stands between spaces and has a letter or digit.
pub fn count(text: &str) -> usize {
    text.split_whitespace().filter(|it| it.contains(char::is_alphanumeric)).count()
}

/// Words of `blocks`; those of `further` only if asked for.
pub fn count_blocks(blocks: &[Block], further: bool) -> usize {
    let mut words = 0;
    visit(blocks, further, &mut |_, text| words += count(text));
    words
}

/// Whole minutes to read `words`, rounded up, at least 1.
pub fn minutes(words: usize) -> u16 {
    u16::try_from(words.div_ceil(WORDS_PER_MINUTE).max(1)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_loses_tags_and_marks_but_no_word() {
        let marked = "81\u{2060}<button class=\"proof\" type=\"button\">1</button>. <em>L</em>a&nbsp;b&amp;c";
        assert_eq!(text(marked), "81. La\u{a0}b&c");
        assert_eq!(text("un<br>deux<ul><li>trois</li></ul>"), "un deux  trois  ");
        assert_eq!(text("<abbr title=\"a > b\">x</abbr>"), "x");
    }

    #[test]
    fn signs_alone_are_no_words() {
        assert_eq!(count("«\u{202f}Oui\u{202f}»\u{a0}: 52\u{202f}% — l’été"), 3);
        assert_eq!(count(""), 0);
    }

    #[test]
    fn minutes_are_rounded_up_and_never_zero() {
        assert_eq!(minutes(0), 1);
        assert_eq!(minutes(200), 1);
        assert_eq!(minutes(201), 2);
        assert_eq!(minutes(usize::MAX), u16::MAX);
    }

    #[test]
    fn further_counts_only_where_it_is_shown() {
        let paragraph = || Block::Paragraph { html: "un deux".to_owned() };
        let blocks = [paragraph(), Block::Further { blocks: vec![paragraph()] }];
        assert_eq!(count_blocks(&blocks, false), 2);
        assert_eq!(count_blocks(&blocks, true), 4);
    }
}
