//! Trunk's index.html, cut once: what stands before a page's head, between head and app, after it.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The page around the app.
#[derive(Clone, Debug)]
pub struct Template {
    before_head: String,
    after_head: String,
    after_app: String,
    /// The link to the style sheet of what stands below the first screen.
    late_styles: String,
    style_hashes: Vec<String>,
}

/// Where a page wants the style sheet of what stands below its first screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LateStyles {
    /// At the end: the first screen is painted without waiting for it.
    End,
    /// In the head: the first screen needs it, and would shift when it came late.
    Head,
}

/// The built page lacks what rendering needs.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("`{0}` is missing")]
    Missing(&'static str),
}

const HEAD: &str = "<!--HEAD-->";
const HEAD_END: &str = "<!--/HEAD-->";
const APP: &str = "<div id=\"app\">";
const STYLES: &str = "<link rel=\"stylesheet\"";
const API: &str = "<meta name=\"api\" content=\"/api/v1\">";

impl Template {
    /// # Errors
    ///
    /// [`TemplateError`] names the mark that the page lacks.
    pub fn parse(html: &str) -> Result<Template, TemplateError> {
        let cut = |text: &str, mark: &'static str| {
            text.split_once(mark)
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .ok_or(TemplateError::Missing(mark))
        };
        let (before_head, rest) = cut(html, HEAD)?;
        let (_, rest) = cut(&rest, HEAD_END)?;
        let (after_head, after_app) = cut(&rest, APP)?;
        if !after_head.contains(API) {
            return Err(TemplateError::Missing(API));
        }
        let (start, rest) = cut(&after_app, STYLES)?;
        let (link, end) = cut(&rest, ">")?;
        let style_hashes = style_hashes(html);
        Ok(Template {
            before_head,
            after_head,
            after_app: format!("{start}{end}"),
            late_styles: format!("{STYLES}{link}>"),
            style_hashes,
        })
    }

    /// Hashes of the page's inline style sheets, for its policy.
    pub fn style_hashes(&self) -> &[String] {
        &self.style_hashes
    }

    /// Tells the app where its endpoints are: an address, and ` files` after it for a static export.
    pub fn set_api(&mut self, content: &str) {
        let meta = format!("<meta name=\"api\" content=\"{}\">", app::html::escape(content));
        self.after_head = self.after_head.replace(API, &meta);
    }

    /// Adds a style sheet after the others: the operator's colours.
    pub fn add_style(&mut self, css: &str) {
        let style = format!("<style>{css}</style>");
        self.style_hashes.extend(style_hashes(&style));
        self.after_head = self.after_head.replacen("</head>", &format!("{style}\n</head>"), 1);
    }

    /// A whole page. `data` stands after the app, for machines.
    pub fn page(&self, head: &str, app: &str, data: &str, late_styles: LateStyles) -> String {
        let (in_head, at_end) = match late_styles {
            LateStyles::Head => (&*self.late_styles, ""),
            LateStyles::End => ("", &*self.late_styles),
        };
        let mut html = String::with_capacity(
            self.before_head.len()
                + self.after_head.len()
                + head.len()
                + app.len()
                + data.len()
                + 512,
        );
        for piece in [
            &*self.before_head,
            head,
            in_head,
            &self.after_head,
            APP,
            app,
            "</div>",
            data,
            // After the data: browsers stop reading the page at a style sheet until it is there.
            at_end,
            self.after_app.trim_start().strip_prefix("</div>").unwrap_or(&self.after_app),
        ] {
            html.push_str(piece);
        }
        html
    }
}

/// The page of the embedded map, cut the same way.
#[derive(Clone, Debug)]
pub struct FrameTemplate {
    before_head: String,
    after_head: String,
    after_body: String,
    style_hashes: Vec<String>,
    symbols: String,
}

const BODY: &str = "<!--BODY-->";
const ROOT: &str = "<html lang=\"fr\"";

impl FrameTemplate {
    /// `sprite` holds the drawings of the icons.
    ///
    /// # Errors
    ///
    /// [`TemplateError`] names the mark that the page lacks.
    pub fn parse(html: &str, sprite: &str) -> Result<FrameTemplate, TemplateError> {
        let (before_head, rest) = html.split_once(HEAD).ok_or(TemplateError::Missing(HEAD))?;
        let (after_head, after_body) = rest.split_once(BODY).ok_or(TemplateError::Missing(BODY))?;
        if !before_head.contains(ROOT) {
            return Err(TemplateError::Missing(ROOT));
        }
        Ok(FrameTemplate {
            before_head: before_head.to_owned(),
            after_head: after_head.to_owned(),
            after_body: after_body.to_owned(),
            style_hashes: Vec::new(),
            symbols: app::embed::symbols(sprite).into_string(),
        })
    }

    /// Hashes of the page's inline style sheets, for its policy.
    pub fn style_hashes(&self) -> &[String] {
        &self.style_hashes
    }

    /// Adds a style sheet after the others: the operator's colours.
    pub fn add_style(&mut self, css: &str) {
        let style = format!("<style>{css}</style>");
        self.style_hashes.extend(style_hashes(&style));
        self.after_head = self.after_head.replacen("</head>", &format!("{style}\n</head>"), 1);
    }

    /// A whole page. `theme` is that of the snippet, where it names one.
    pub fn page(&self, theme: Option<&str>, head: &str, body: &str) -> String {
        let root = theme.map_or(ROOT.to_owned(), |it| format!("{ROOT} data-theme=\"{it}\""));
        let before = self.before_head.replacen(ROOT, &root, 1);
        // Within this page: a frame of an origin of its own may not refer to another file's.
        let body = body.replace("/icons/sprite.svg#", "#");
        [&before, head, &self.after_head, &self.symbols, &body, &self.after_body].concat()
    }
}

fn style_hashes(html: &str) -> Vec<String> {
    let mut hashes = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("<style") {
        let Some((_, body)) = after.split_once('>') else { break };
        let Some((css, after)) = body.split_once("</style>") else { break };
        hashes.push(format!("'sha256-{}'", STANDARD.encode(Sha256::digest(css))));
        rest = after;
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<html><head><!--HEAD--><title>x</title><!--/HEAD-->\
        <meta name=\"api\" content=\"/api/v1\"><style>a{}</style></head>\
        <body><div id=\"app\"></div><link rel=\"stylesheet\" href=\"/m.css\"/><p></p></body></html>";

    #[test]
    fn a_page_has_its_own_head_and_the_app_in_its_place() {
        let template = Template::parse(INDEX).unwrap();
        let page =
            template.page("<title>y</title>", "<h1>z</h1>", "<script></script>", LateStyles::End);
        assert!(page.contains("<head><title>y</title><meta"), "{page}");
        assert!(page.contains("<div id=\"app\"><h1>z</h1></div><script"), "{page}");
        assert!(
            page.contains("</script><link rel=\"stylesheet\" href=\"/m.css\"/><p></p></body>"),
            "{page}"
        );
    }

    #[test]
    fn late_styles_stand_in_one_place() {
        let template = Template::parse(INDEX).unwrap();
        for (late, place) in [(LateStyles::Head, "</head>"), (LateStyles::End, "</body>")] {
            let page = template.page("", "", "", late);
            assert_eq!(page.matches("/m.css").count(), 1, "{page}");
            let before = page.find("/m.css") < page.find("</head>");
            assert_eq!(before, place == "</head>", "{page}");
        }
    }

    #[test]
    fn styles_are_hashed_as_browsers_hash_them() {
        let mut template = Template::parse(INDEX).unwrap();
        // printf 'a{}' | openssl dgst -sha256 -binary | base64
        assert_eq!(
            template.style_hashes(),
            ["'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='".to_owned()]
        );
        template.add_style("b{}");
        assert_eq!(template.style_hashes().len(), 2);
    }

    #[test]
    fn a_page_without_its_marks_is_refused() {
        assert_eq!(Template::parse("<html>").unwrap_err(), TemplateError::Missing(HEAD));
    }
}
