//! A page's blocks as HTML.

use contract::block::{Block, Stat, Tone, Video};
use contract::site::EmergencyNumber;
use locale::{fill, text};

use crate::{
    html::{escape, icon, push},
    reader::people,
};

/// Writes blocks one after the other.
pub struct BlockWriter<'a> {
    out: String,
    numbers: &'a [EmergencyNumber],
    /// Inside a block that is one: its parts carry no depth of their own.
    nested: usize,
    callouts: usize,
}

/// `blocks` as HTML. `numbers` become the call buttons of urgent callouts.
pub fn html(blocks: &[Block], numbers: &[EmergencyNumber]) -> String {
    let mut writer = BlockWriter { out: String::new(), numbers, nested: 0, callouts: 0 };
    writer.write(blocks);
    writer.out
}

impl BlockWriter<'_> {
    fn push(&mut self, pieces: &[&str]) {
        push(&mut self.out, pieces);
    }

    fn write(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn inside(&mut self, blocks: &[Block]) {
        self.nested += 1;
        self.write(blocks);
        self.nested -= 1;
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, id, html } => self.heading(*level, id, html),
            Block::Paragraph { html } => self.push(&["<p>", html, "</p>"]),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Definitions { items } => {
                self.push(&[r#"<dl class="definitions">"#]);
                for it in items {
                    self.push(&["<dt>", &it.term_html, "</dt><dd>", &it.html, "</dd>"]);
                }
                self.push(&["</dl>"]);
            }
            Block::Journey { steps } => {
                self.push(&[r#"<ol class="journey">"#]);
                for it in steps {
                    let time = if it.time.is_empty() {
                        String::new()
                    } else {
                        format!(r#" <span class="journey__time">{}</span>"#, escape(&it.time))
                    };
                    self.push(&[
                        r#"<li class="journey__item"><p class="journey__name">"#,
                        &escape(&it.name),
                        &time,
                        "</p><p>",
                        &it.html,
                        "</p></li>",
                    ]);
                }
                self.push(&["</ol>"]);
            }
            Block::Quote { html, attribution: Some(source) } => self.push(&[
                r#"<blockquote class="quote"><p>"#,
                html,
                r#"</p><footer class="quote__source">"#,
                &escape(source),
                "</footer></blockquote>",
            ]),
            // The page's own sentence, set large: it stands in the text too, so it is not read twice.
            Block::Quote { html, attribution: None } => self.push(&[
                r#"<div class="pull" aria-hidden="true"><p class="pull__text">"#,
                html,
                "</p></div>",
            ]),
            Block::Callout { tone, title, blocks } => self.callout(*tone, title, blocks),
            Block::Figure { src, alt, width, height, caption_html } => {
                self.push(&[r#"<figure class="figure"><img loading="lazy" src=""#, &escape(src)]);
                if *width != 0 {
                    self.push(&[&format!(r#"" width="{width}" height="{height}"#)]);
                }
                self.push(&[r#"" alt=""#, &escape(alt), r#"">"#]);
                if !caption_html.is_empty() {
                    self.push(&["<figcaption>", caption_html, "</figcaption>"]);
                }
                self.push(&["</figure>"]);
            }
            Block::Stat(it) => self.stat(it),
            Block::Video(it) => self.video(it),
            Block::Table { caption, head, rows } => self.table(caption, head, rows),
            Block::Testimonial { author, blocks } => {
                let frame =
                    format!(r#"<p class="testimonial__frame">{}</p>"#, text().testimonial_frame);
                self.push(&[r#"<aside class="testimonial">"#, &frame]);
                self.push(&[r#"<div class="testimonial__text">"#]);
                self.inside(blocks);
                self.push(&[
                    r#"</div><p class="testimonial__author">"#,
                    &escape(author),
                    "</p>",
                    &frame,
                    "</aside>",
                ]);
            }
            Block::Question { text: words, href } => self.push(&[
                r#"<p class="also">"#,
                text().also_read,
                r#" <a href=""#,
                &escape(href),
                r#"">"#,
                &escape(words),
                "</a></p>",
            ]),
            Block::Publication { title, source, href } => self.push(&[
                r#"<p class="publication"><span class="publication__kind">"#,
                text().publication_elsewhere,
                r#"</span> <a class="publication__title" rel="external noopener" href=""#,
                &escape(href),
                r#"">"#,
                &escape(title),
                r#"</a> <span class="publication__source">"#,
                &escape(source),
                "</span></p>",
            ]),
            Block::Further { blocks } => {
                self.push(&[
                    r#"<div class="further depth-further"><p class="further__label">"#,
                    text().further_label,
                    "</p>",
                ]);
                self.inside(blocks);
                self.push(&["</div>"]);
            }
            Block::Html { html } => self.push(&[html]),
        }
    }

    fn heading(&mut self, level: u8, id: &str, html: &str) {
        let tag = if level == 2 { "h2" } else { "h3" };
        let id = escape(id);
        self.push(&[
            "<",
            tag,
            r#" id=""#,
            &id,
            r#"">"#,
            html,
            r##" <a class="anchor" href="#"##,
            &id,
            r#"" aria-label=""#,
            text().section_link,
            r#"">#</a></"#,
            tag,
            ">",
        ]);
    }

    fn list(&mut self, ordered: bool, items: &[String]) {
        let tag = if ordered { "ol" } else { "ul" };
        self.push(&["<", tag, r#" class="bullets">"#]);
        for it in items {
            self.push(&[r#"<li class="bullets__item"><div>"#, it, "</div></li>"]);
        }
        self.push(&["</", tag, ">"]);
    }

    fn callout(&mut self, tone: Tone, title: &str, blocks: &[Block]) {
        self.callouts += 1;
        let id = format!("t-callout-{}-{}", self.nested, self.callouts);
        let class = match tone {
            Tone::Info => "info",
            Tone::Warning => "warning",
            Tone::Urgent => "urgent",
        };
        // Not a heading: a callout may stand under any level, and the contents do not list it.
        self.push(&[
            r#"<aside class="callout callout--"#,
            class,
            r#"" aria-labelledby=""#,
            &id,
            r#""><p class="callout__title" id=""#,
            &id,
            r#"">"#,
            &escape(title),
            r#"</p><div class="callout__body">"#,
        ]);
        self.inside(blocks);
        self.push(&["</div>"]);
        if tone == Tone::Urgent {
            self.push(&[r#"<p class="callout__actions">"#]);
            for number in self.numbers.iter().filter(|it| it.href.starts_with("tel:")).take(2) {
                let words = fill(text().call, &[("number", &number.number)]);
                self.push(&[
                    r#"<a class="callout__call" href=""#,
                    &escape(&number.href),
                    r#"">"#,
                    &icon("phone"),
                    &escape(&words),
                    "</a>",
                ]);
            }
            self.push(&["</p>"]);
        }
        self.push(&["</aside>"]);
    }

    fn stat(&mut self, stat: &Stat) {
        self.push(&[r#"<figure class="stat"><div class="stat__arms">"#]);
        for arm in &stat.arms {
            self.push(&[
                r#"<div class="stat__arm"><p class="stat__number">"#,
                &escape(&arm.value),
                r#" <span class="stat__unit">"#,
                &escape(&arm.unit),
                r#"</span></p><p class="stat__text">"#,
                &escape(&arm.label),
                "</p>",
            ]);
            if let Some(it) = arm.people {
                let count = [("count", &*it.count.to_string()), ("out_of", &it.out_of.to_string())];
                self.push(&[
                    &people::drawing(it),
                    r#"<p class="stat__people" aria-hidden="true">"#,
                    &fill(text().people_of, &count),
                    "</p>",
                ]);
            }
            self.push(&["</div>"]);
        }
        self.push(&[
            r#"</div><figcaption class="stat__source">"#,
            &stat.caption_html,
            "</figcaption></figure>",
        ]);
    }

    fn video(&mut self, video: &Video) {
        let title = escape(&video.title);
        match &video.media {
            None => self.push(&[
                r#"<figure class="video video--absent"><p class="video__none">"#,
                &icon("video-off"),
                text().video_absent,
                r#"</p><figcaption class="video__caption">"#,
                text().video_absent_text,
                "</figcaption></figure>",
            ]),
            Some(media) => {
                let (minutes, seconds) = (media.duration_s / 60, media.duration_s % 60);
                let words = format!("{}, {minutes}\u{a0}min\u{a0}{seconds:02}", text().video_play);
                let promise = if media.url.starts_with('/') {
                    text().video_own.to_owned()
                } else {
                    fill(text().video_host, &[("host", &escape(&media.host))])
                };
                let url = escape(&media.url);
                // A link, so that it works without the app: the player's own page opens.
                self.push(&[
                    r#"<figure class="video"><a class="video__frame" rel="external noopener" href=""#,
                    &url,
                    r#"" data-video=""#,
                    &url,
                    r#"" aria-label=""#,
                    &words,
                    "\u{a0}: ",
                    &title,
                    r#""><span class="video__title">"#,
                    &title,
                    r#"</span><span class="video__play">"#,
                    &icon("play"),
                    &words,
                    r#"</span></a><figcaption class="video__caption">"#,
                    &promise,
                    "</figcaption></figure>",
                ]);
            }
        }
        if !video.transcript.is_empty() {
            self.push(&[
                r#"<details class="video__transcript"><summary>"#,
                text().video_transcript,
                "</summary>",
            ]);
            self.inside(&video.transcript);
            self.push(&["</details>"]);
        }
    }

    fn table(&mut self, caption: &str, head: &[String], rows: &[Vec<String>]) {
        self.push(&[
            r#"<div class="table-scroll" tabindex="0" role="region" aria-label=""#,
            &escape(if caption.is_empty() { text().scroll_table } else { caption }),
            r#""><table class="table">"#,
        ]);
        if !caption.is_empty() {
            self.push(&["<caption>", &escape(caption), "</caption>"]);
        }
        self.push(&["<thead><tr>"]);
        for it in head {
            self.push(&[r#"<th scope="col">"#, it, "</th>"]);
        }
        self.push(&["</tr></thead><tbody>"]);
        for row in rows {
            self.push(&["<tr>"]);
            for (at, it) in row.iter().enumerate() {
                if at == 0 {
                    self.push(&[r#"<th scope="row">"#, it, "</th>"]);
                } else {
                    self.push(&["<td>", it, "</td>"]);
                }
            }
            self.push(&["</tr>"]);
        }
        self.push(&["</tbody></table></div>"]);
    }
}

#[cfg(test)]
mod tests {
    use contract::block::Media;

    use super::*;

    #[test]
    fn plain_text_fields_are_escaped() {
        let html = html(
            &[
                Block::Question { text: "<b>".into(), href: "/a\"b".into() },
                Block::Callout { tone: Tone::Info, title: "<i>".into(), blocks: Vec::new() },
            ],
            &[],
        );
        assert!(!html.contains("<b>") && !html.contains("<i>"), "{html}");
        assert!(html.contains("/a&quot;b"));
    }

    #[test]
    fn an_urgent_callout_calls_and_others_do_not() {
        let numbers =
            [EmergencyNumber { number: "15".into(), href: "tel:15".into(), label: "Samu".into() }];
        let callout = |tone| {
            html(&[Block::Callout { tone, title: "!".into(), blocks: Vec::new() }], &numbers)
        };
        assert!(callout(Tone::Urgent).contains(r#"href="tel:15""#));
        assert!(!callout(Tone::Warning).contains("tel:"));
    }

    #[test]
    fn an_announced_video_without_media_says_so() {
        let video = |media| Video { title: "T".into(), media, transcript: Vec::new() };
        let absent = html(&[Block::Video(video(None))], &[]);
        assert!(absent.contains("Pas de vidéo pour cet article"));
        let media =
            Media { url: "https://v.example/1".into(), host: "v.example".into(), duration_s: 160 };
        let present = html(&[Block::Video(video(Some(media)))], &[]);
        assert!(present.contains("v.example") && !present.contains("<iframe"), "{present}");
        assert!(present.contains("2\u{a0}min\u{a0}40"));
    }

    #[test]
    fn the_deepest_depth_can_be_told_apart() {
        let further = Block::Further { blocks: vec![Block::Paragraph { html: "x".into() }] };
        assert!(html(&[further], &[]).contains("depth-further"));
    }
}
