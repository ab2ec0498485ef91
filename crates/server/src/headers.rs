//! Headers that keep readers safe.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// What every answer carries.
pub fn add_common(headers: &mut HeaderMap) {
    const COMMON: [(HeaderName, &str); 4] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Where a reader comes from tells what they read about: no other site learns it.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in COMMON {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// What a page may do.
pub struct PagePolicy<'a> {
    /// Inline style sheets of the page, as CSP hashes (`'sha256-…'`).
    pub style_hashes: &'a [String],
    /// Another origin that answers the JSON endpoints.
    pub api_origin: Option<&'a str>,
    /// Hosts whose video player may be opened.
    pub video_hosts: &'a [String],
    /// The page shows a page of this site in a frame.
    pub frames_itself: bool,
    /// The origin of the detailed map's tiles. In every page's policy, since the app comes to the
    /// map from any of them; nothing is asked of it before the reader says so.
    pub tile_origin: Option<&'a str>,
}

impl PagePolicy<'_> {
    /// `Content-Security-Policy` (CSP level 3): nothing inline but the hashed style sheet, no other
    /// host but those the operator named, no framing.
    pub fn content_security_policy(&self, in_document: bool) -> String {
        let tiles = self.tile_origin.map_or(String::new(), |it| format!(" {it}"));
        let api = self.api_origin.map_or(String::new(), |it| format!(" {it}"));
        let mut frames: Vec<String> =
            self.video_hosts.iter().map(|it| format!("https://{it}")).collect();
        if self.frames_itself {
            frames.push("'self'".to_owned());
        }
        let frames = if frames.is_empty() { "'none'".to_owned() } else { frames.join(" ") };
        let mut policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' {}; \
             img-src 'self' data:{tiles}; font-src 'self'; connect-src 'self'{api}; media-src 'self'; \
             manifest-src 'self'; frame-src {frames}; form-action 'self'; base-uri 'none'; \
             object-src 'none'",
            self.style_hashes.join(" ")
        );
        // A policy inside the document cannot speak about framing (CSP 3, section 6.4.2).
        if !in_document {
            policy.push_str("; frame-ancestors 'none'");
        }
        policy
    }

    /// The policy and its companions, for one page.
    pub fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        let policy = self.content_security_policy(false);
        let mut headers = vec![
            (
                HeaderName::from_static("permissions-policy"),
                HeaderValue::from_static(
                    "camera=(), microphone=(), payment=(), usb=(), geolocation=(self), browsing-topics=()",
                ),
            ),
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                HeaderValue::from_static("same-origin"),
            ),
        ];
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.push((header::CONTENT_SECURITY_POLICY, policy));
        }
        headers
    }
}

/// What the embedded map may do, and who may frame it: the site itself and `parents`.
///
/// Its address is named beside `'self'`: in a sandboxed frame the document's origin is opaque, and
/// not every browser then takes `'self'` for the address it came from.
pub fn frame_headers(
    url: &str,
    parents: &[String],
    style_hashes: &[String],
) -> Vec<(HeaderName, HeaderValue)> {
    let policy = format!(
        "default-src 'none'; script-src 'self' {url} 'wasm-unsafe-eval'; style-src 'self' {url} {}; \
         img-src 'self' {url} data:; connect-src 'self' {url}; form-action 'self' {url}; \
         base-uri 'none'; object-src 'none'; frame-ancestors 'self' {}",
        style_hashes.join(" "),
        parents.join(" ")
    );
    let permissions = HeaderValue::from_static(
        "camera=(), microphone=(), payment=(), usb=(), geolocation=(), browsing-topics=()",
    );
    let mut headers = vec![(HeaderName::from_static("permissions-policy"), permissions)];
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.push((header::CONTENT_SECURITY_POLICY, policy));
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inline_runs_and_nobody_frames_a_page() {
        let hashes = ["'sha256-x'".to_owned()];
        let policy = PagePolicy {
            style_hashes: &hashes,
            api_origin: None,
            video_hosts: &[],
            frames_itself: false,
            tile_origin: Some("https://t.example"),
        };
        let text = policy.content_security_policy(false);
        assert!(!text.contains("unsafe-inline") && !text.contains("'unsafe-eval'"), "{text}");
        assert!(text.contains("frame-ancestors 'none'"));
        assert!(text.contains("frame-src 'none'"));
        assert!(text.contains("img-src 'self' data: https://t.example;"));
        assert_eq!(policy.headers().len(), 3, "the policy must be a valid header");
    }
}
