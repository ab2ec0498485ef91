//! A page's blocks as HTML. Fields named `html` are sanitised HTML; all others are escaped.

use std::cell::Cell;

use contract::block::{Block, Media, Stat, Tone, Video};
use contract::site::EmergencyNumber;
use locale::{fill, text};
use maud::{Markup, PreEscaped, html};

use crate::{
    components::icon::{drawing, icon},
    reader::people,
};

/// What blocks need to know of the page around them.
struct Frame<'a> {
    /// Become the call buttons of urgent callouts.
    numbers: &'a [EmergencyNumber],
    /// Callouts so far: each title has a name of its own.
    callouts: Cell<u32>,
}

/// `blocks` as HTML, a section for each heading of the second level. `numbers` become the call buttons of urgent callouts.
pub fn blocks(blocks: &[Block], numbers: &[EmergencyNumber]) -> Markup {
    let frame = Frame { numbers, callouts: Cell::new(0) };
    let parts = blocks.chunk_by(|_, it| !matches!(it, Block::Heading { level: 2, .. }));
    html! {
        @for (at, part) in parts.enumerate() {
            section.prose__part.late[at != 0] { (frame.all(part)) }
        }
    }
}

/// HTML that the contract promises to be sanitised.
fn raw(html: &str) -> PreEscaped<&str> {
    PreEscaped(html)
}

impl Frame<'_> {
    fn all(&self, blocks: &[Block]) -> Markup {
        html! { @for it in blocks { (self.block(it)) } }
    }

    fn block(&self, block: &Block) -> Markup {
        match block {
            Block::Heading { level, id, html } => heading(*level, id, html),
            Block::Paragraph { html } => html! { p { (raw(html)) } },
            Block::List { ordered, items } => list(*ordered, items),
            Block::Definitions { items } => html! {
                dl class="definitions" {
                    @for it in items {
                        dt { (raw(&it.term_html)) }
                        dd { (raw(&it.html)) }
                    }
                }
            },
            Block::Journey { steps } => html! {
                ol class="journey" {
                    @for it in steps {
                        li class="journey__item" {
                            p class="journey__name" {
                                (it.name)
                                @if !it.time.is_empty() {
                                    " "
                                    span class="journey__time" { (it.time) }
                                }
                            }
                            p { (raw(&it.html)) }
                        }
                    }
                }
            },
            Block::Quote { html, attribution: Some(source) } => html! {
                blockquote class="quote" {
                    p { (raw(html)) }
                    footer class="quote__source" { (source) }
                }
            },
            // The page's own sentence, set large: it stands in the text too, so it is not read twice.
            Block::Quote { html, attribution: None } => html! {
                blockquote class="pull" aria-hidden="true" { p { (raw(html)) } }
            },
            Block::Callout { tone, title, blocks } => self.callout(*tone, title, blocks),
            Block::Figure { src, alt, width, height, caption_html } => {
                // Unknown sizes are 0: better none than a wrong one.
                let size = |it: u32| (it != 0).then_some(it);
                html! {
                    figure class="figure" {
                        img loading="lazy" src=(src) width=[size(*width)] height=[size(*height)]
                            alt=(alt);
                        @if !caption_html.is_empty() { figcaption { (raw(caption_html)) } }
                    }
                }
            }
            Block::Stat(it) => stat(it),
            Block::Video(it) => self.video(it),
            Block::Table { caption, head, rows } => table(caption, head, rows),
            Block::Testimonial { author, blocks } => html! {
                aside class="testimonial" {
                    p class="testimonial__frame" { (text().testimonial_frame()) }
                    div class="testimonial__text" { (self.all(blocks)) }
                    p class="testimonial__author" { (author) }
                    p class="testimonial__frame" { (text().testimonial_frame()) }
                }
            },
            Block::Question { text: words, href } => html! {
                p class="also" { (text().also_read()) " " a href=(href) { (words) } }
            },
            Block::Publication { title, source, href } => publication(title, source, href),
            Block::Further { blocks } => html! {
                div class="further depth-further" {
                    p class="further__title" { (text().further_label()) }
                    (self.all(blocks))
                }
            },
            Block::Html { html } => PreEscaped(html.clone()),
        }
    }

    /// Its title is not a heading: a callout may stand under any level, and the contents do not
    /// list it.
    fn callout(&self, tone: Tone, title: &str, blocks: &[Block]) -> Markup {
        let number = self.callouts.get() + 1;
        self.callouts.set(number);
        let (name, sign) = match tone {
            Tone::Info => ("info", Some("info")),
            Tone::Warning => ("warning", Some("warning")),
            Tone::Urgent => ("urgent", None),
        };
        html! {
            aside class={ "callout callout--" (name) } aria-labelledby={ "t-callout-" (number) } {
                p class="callout__title" id={ "t-callout-" (number) } {
                    @if let Some(sign) = sign { (icon(sign)) }
                    (title)
                }
                div class="callout__body" { (self.all(blocks)) }
                @if tone == Tone::Urgent { (self.calls()) }
            }
        }
    }

    /// The first two numbers that can be called.
    fn calls(&self) -> Markup {
        html! {
            p class="callout__actions" {
                @for it in self.numbers.iter().filter(|it| it.href.starts_with("tel:")).take(2) {
                    a class="callout__call" href=(it.href) {
                        (icon("phone"))
                        (fill(text().call(), &[("number", &it.number)]))
                    }
                }
            }
        }
    }

    fn video(&self, video: &Video) -> Markup {
        html! {
            @match &video.media {
                Some(media) => (player(&video.title, media)),
                None => figure class="video video--absent" {
                    p class="video__absent" { (text().video_absent()) }
                    figcaption class="video__caption" { (text().video_absent_text()) }
                }
            }
            @if !video.transcript.is_empty() {
                details class="video__transcript" {
                    summary { (text().video_transcript()) }
                    (self.all(&video.transcript))
                }
            }
        }
    }
}

fn heading(level: u8, id: &str, html: &str) -> Markup {
    let inside = html! {
        (raw(html))
        " "
        a class="anchor" href={ "#" (id) } aria-label=(text().section_link()) { "#" }
    };
    html! {
        @if level == 2 {
            h2 id=(id) { (inside) }
        } @else {
            h3 id=(id) { (inside) }
        }
    }
}

fn list(ordered: bool, items: &[String]) -> Markup {
    let items = html! {
        @for it in items { li class="bullets__item" { div { (raw(it)) } } }
    };
    html! {
        @if ordered {
            ol class="bullets" { (items) }
        } @else {
            ul class="bullets" { (items) }
        }
    }
}

fn stat(stat: &Stat) -> Markup {
    html! {
        figure class="stat" {
            div class="stat__arms" {
                @for arm in &stat.arms {
                    div class="stat__arm" {
                        p class="stat__number" {
                            (arm.value)
                            @if !arm.unit.is_empty() {
                                " "
                                span class="stat__unit" { (arm.unit) }
                            }
                        }
                        p class="stat__text" { (arm.label) }
                        @if let Some(it) = arm.people { (people::drawing(it)) }
                    }
                }
            }
            figcaption class="stat__source" { (raw(&stat.caption_html)) }
        }
    }
}

/// A link, so that it works without the app: the player's own page opens.
fn player(title: &str, media: &Media) -> Markup {
    let t = text();
    let (minutes, seconds) = (media.duration_s / 60, media.duration_s % 60);
    let own = media.url.starts_with('/');
    let words = html! {
        (t.video_play()) ", " (minutes) "\u{a0}min\u{a0}" @if seconds < 10 { "0" } (seconds)
    };
    html! {
        figure class="video" {
            a class="video__frame" rel="external noopener" href=(media.url) data-video=(media.url)
                aria-label={ (words) "\u{a0}: " (title) } {
                (drawing("motif video__art", "0 0 280 190", "reconnaitre"))
                span class="video__play" { (icon("play")) (words) }
            }
            figcaption class="video__caption" {
                strong { (title) }
                " "
                @if own { (t.video_own()) } @else { (fill(t.video_host(), &[("host", &media.host)])) }
            }
        }
    }
}

fn table(caption: &str, head: &[String], rows: &[Vec<String>]) -> Markup {
    let label = if caption.is_empty() { text().scroll_table() } else { caption };
    html! {
        div class="table-scroll" tabindex="0" role="region" aria-label=(label) {
            table class="table" {
                @if !caption.is_empty() { caption { (caption) } }
                thead { tr { @for it in head { th scope="col" { (raw(it)) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (at, it) in row.iter().enumerate() {
                                @if at == 0 {
                                    th scope="row" { (raw(it)) }
                                } @else {
                                    td { (raw(it)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn publication(title: &str, source: &str, href: &str) -> Markup {
    let address = href.trim_start_matches("https://");
    html! {
        p class="publication" {
            span class="publication__title" { (title) }
            " "
            span class="publication__source" { (text().publication_elsewhere()) " " (source) }
            " "
            a rel="external noopener" href=(href) { (address) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(it: &[Block], numbers: &[EmergencyNumber]) -> String {
        blocks(it, numbers).into_string()
    }

    #[test]
    fn each_section_begins_with_its_heading() {
        let heading = |level| Block::Heading { level, id: "a".into(), html: "A".into() };
        let paragraph = || Block::Paragraph { html: "x".into() };
        let all = [paragraph(), heading(2), heading(3), paragraph(), heading(2)];
        let html = html(&all, &[]);
        let starts: Vec<&str> = html.split("<section").skip(1).collect();
        assert_eq!(starts.len(), 3, "{html}");
        assert!(
            starts[0].contains("><p>") && starts[1].contains("><h2") && starts[1].contains("<h3")
        );
        assert!(starts[2].contains("><h2"));
    }

    #[test]
    fn plain_text_fields_are_escaped() {
        let html = html(
            &[
                Block::Question { text: "<b>".into(), href: "/a\"b".into() },
                Block::Callout { tone: Tone::Info, title: "<i>".into(), blocks: Vec::new() },
                Block::Publication { title: "<u>".into(), source: "<s>".into(), href: "/".into() },
            ],
            &[],
        );
        for tag in ["<b>", "<i>", "<u>", "<s>"] {
            assert!(!html.contains(tag), "{html}");
        }
        assert!(html.contains("/a&quot;b"), "{html}");
    }

    #[test]
    fn sanitised_html_is_not_escaped_again() {
        let paragraph = Block::Paragraph { html: "<em>x</em> &amp; y".into() };
        assert!(html(&[paragraph], &[]).contains("<p><em>x</em> &amp; y</p>"));
    }

    #[test]
    fn callouts_have_names_of_their_own() {
        let callout = |blocks| Block::Callout { tone: Tone::Warning, title: "!".into(), blocks };
        let html = html(&[callout(vec![callout(Vec::new())]), callout(Vec::new())], &[]);
        for number in 1..=3 {
            assert_eq!(html.matches(&format!(r#"id="t-callout-{number}""#)).count(), 1, "{html}");
        }
    }

    #[test]
    fn a_sentence_set_large_is_not_read_twice() {
        let quote = |attribution| Block::Quote { html: "x".into(), attribution };
        assert!(
            html(&[quote(None)], &[]).contains(r#"<blockquote class="pull" aria-hidden="true">"#)
        );
        let somebody = html(&[quote(Some("A & B".into()))], &[]);
        assert!(somebody.contains("A &amp; B") && !somebody.contains("aria-hidden"), "{somebody}");
    }

    #[test]
    fn an_urgent_callout_calls_and_others_do_not() {
        let numbers = [EmergencyNumber {
            number: "15".into(),
            href: "tel:15".into(),
            label: "Samu".into(),
            short: "Samu".into(),
        }];
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
