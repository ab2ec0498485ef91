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
    /// That to the style sheet of the map, and the words that tell the app where it is.
    map_styles: String,
    map_styles_address: String,
    /// The link to the style sheet of the moderators' desk.
    desk_styles: String,
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

/// The style sheets that a page wants beside those of every first screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Styles {
    pub late: LateStyles,
    /// It shows a map, or a practitioner.
    pub map: bool,
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
        let (late_styles, after_app) = cut_styles(&after_app)?;
        let (map_styles, after_app) = cut_styles(&after_app)?;
        let (desk_styles, after_app) = cut_styles(&after_app)?;
        let (_, address) = cut(&map_styles, " href=\"")?;
        let (address, _) = cut(&address, "\"")?;
        let map_styles_address = format!("<meta name=\"map-styles\" content=\"{address}\">\n");
        let style_hashes = style_hashes(html);
        Ok(Template {
            before_head,
            after_head,
            after_app,
            late_styles,
            map_styles,
            map_styles_address,
            desk_styles,
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
    pub fn page(&self, head: &str, app: &str, data: &str, styles: Styles) -> String {
        let (in_head, at_end) = match styles.late {
            LateStyles::Head => (&*self.late_styles, ""),
            LateStyles::End => ("", &*self.late_styles),
        };
        let map_styles = if styles.map { &self.map_styles } else { &self.map_styles_address };
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
            map_styles,
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

impl Template {
    /// A page of the moderators' desk: with the site's styles and its own, without the app.
    pub fn desk(&self, language: &str, head: &str, body: &str) -> String {
        let styles: String = style_sheets(&self.after_head).map(|it| it.0).collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <script async src=\"/prefs.js\"></script>\n{head}\n\
             <link rel=\"icon\" href=\"/icons/icon.svg\" type=\"image/svg+xml\">\n\
             {styles}{}{}\n<script type=\"module\" src=\"/desk.mjs\"></script>\n</head>\n\
             <body class=\"desk\">{body}</body>\n</html>\n",
            self.late_styles, self.desk_styles
        )
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

/// Takes the first link to a style sheet out of `html`: the link, and what is left.
fn cut_styles(html: &str) -> Result<(String, String), TemplateError> {
    let missing = TemplateError::Missing(STYLES);
    let start = html.find(STYLES).ok_or(missing)?;
    let length = html[start..].find('>').map_or(STYLES.len(), |it| it + 1);
    let (before, rest) = html.split_at(start);
    let (link, after) = rest.split_at(length);
    Ok((link.to_owned(), [before, after].concat()))
}

fn style_hashes(html: &str) -> Vec<String> {
    let hash = |css: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(css)));
    style_sheets(html).map(|it| hash(it.1)).collect()
}

/// The inline style sheets of a page: each whole, and what stands in it.
fn style_sheets(html: &str) -> impl Iterator<Item = (&str, &str)> {
    const END: &str = "</style>";
    let mut rest = html;
    std::iter::from_fn(move || {
        let start = rest.find("<style")?;
        let sheet = &rest[start..];
        let (_, body) = sheet.split_once('>')?;
        let (css, after) = body.split_once(END)?;
        rest = after;
        Some((&sheet[..sheet.len() - after.len()], css))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<html><head><!--HEAD--><title>x</title><!--/HEAD-->\
        <meta name=\"api\" content=\"/api/v1\"><style>a{}</style></head>\
        <body><div id=\"app\"></div><link rel=\"stylesheet\" href=\"/m.css\"/>\
        <link rel=\"stylesheet\" href=\"/map.css\"/><link rel=\"stylesheet\" href=\"/desk.css\"/>\
        <p></p></body></html>";

    const END: Styles = Styles { late: LateStyles::End, map: false };

    #[test]
    fn a_page_has_its_own_head_and_the_app_in_its_place() {
        let template = Template::parse(INDEX).unwrap();
        let page = template.page("<title>y</title>", "<h1>z</h1>", "<script></script>", END);
        assert!(page.contains("<head><title>y</title>"), "{page}");
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
            let page = template.page("", "", "", Styles { late, map: false });
            assert_eq!(page.matches("/m.css").count(), 1, "{page}");
            let before = page.find("/m.css") < page.find("</head>");
            assert_eq!(before, place == "</head>", "{page}");
        }
    }

    #[test]
    fn a_page_without_a_map_is_only_told_where_its_styles_are() {
        let template = Template::parse(INDEX).unwrap();
        let (link, told) = (
            "<link rel=\"stylesheet\" href=\"/map.css\"/>",
            "name=\"map-styles\" content=\"/map.css\"",
        );
        let without = template.page("", "", "", END);
        assert!(!without.contains(link) && without.contains(told), "{without}");
        let with = template.page("", "", "", Styles { map: true, ..END });
        assert!(with.contains(link) && !with.contains(told), "{with}");
    }

    #[test]
    fn the_desk_has_its_styles_and_not_the_app() {
        let mut template = Template::parse(INDEX).unwrap();
        template.add_style("b{}");
        let page = template.desk("fr", "<title>y</title>", "<main></main>");
        for there in ["<style>a{}</style><style>b{}</style>", "/m.css", "/desk.css", "/desk.mjs"] {
            assert!(page.contains(there), "{there}: {page}");
        }
        assert!(!page.contains("id=\"app\"") && !page.contains("/map.css"), "{page}");
        assert!(!template.page("", "", "", END).contains("/desk."));
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
