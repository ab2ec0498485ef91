//! An answer made once: its forms, its validators, its headers.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::compress::{self, Effort};

/// How long others may keep an answer (RFC 9111).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caching {
    /// The address changes with the content.
    Forever,
    /// Scripts that other sites load by a name that stays.
    Hour,
    /// Files whose address stays: fonts, drawings.
    Week,
    /// Kept, but checked each time: pages and data.
    Checked,
    /// Never kept: what a reader searched for is nobody's business.
    Never,
}

impl Caching {
    fn header(self) -> &'static str {
        match self {
            Caching::Forever => "public, max-age=31536000, immutable",
            Caching::Hour => "public, max-age=3600",
            Caching::Week => "public, max-age=604800",
            Caching::Checked => "public, no-cache",
            Caching::Never => "no-store",
        }
    }
}

/// One form of a body, ready to be sent.
#[derive(Clone, Debug)]
struct Form {
    body: Bytes,
    /// All headers of the answer but those of one request: cloned, never built again.
    headers: HeaderMap,
    etag: String,
}

/// An answer in its forms. A strong `ETag` differs between forms (RFC 9110, section 8.8.3.3).
#[derive(Clone, Debug)]
pub struct Entity {
    status: StatusCode,
    identity: Form,
    brotli: Option<Form>,
    gzip: Option<Form>,
}

/// What tells one kind of answer from another.
#[derive(Clone, Debug)]
pub struct Kind {
    pub status: StatusCode,
    pub content_type: &'static str,
    pub caching: Caching,
    /// Headers beside those every answer has: a page's policy, a list's links.
    pub headers: Vec<(axum::http::HeaderName, HeaderValue)>,
}

impl Entity {
    /// Compresses `body` and computes its validators.
    pub fn new(kind: Kind, body: impl Into<Bytes>, effort: Effort) -> Entity {
        let body = body.into();
        let brotli = compress::brotli(&body, effort);
        let gzip = compress::gzip(&body, effort);
        Entity::of(kind, body, brotli, gzip)
    }

    /// An answer for one request alone: only the form that it accepts is made.
    pub fn once(kind: Kind, body: impl Into<Bytes>, request: &HeaderMap) -> Entity {
        let body = body.into();
        let accepted = Accepted::read(request);
        let brotli = accepted.brotli.then(|| compress::brotli(&body, Effort::Once)).flatten();
        let gzip = accepted.gzip && !accepted.brotli;
        let gzip = gzip.then(|| compress::gzip(&body, Effort::Once)).flatten();
        Entity::of(kind, body, brotli, gzip)
    }

    /// An embedded file, compressed at build time.
    pub fn ready(
        content_type: &'static str,
        caching: Caching,
        identity: Bytes,
        brotli: Option<Bytes>,
        gzip: Option<Bytes>,
    ) -> Entity {
        let kind = Kind { status: StatusCode::OK, content_type, caching, headers: Vec::new() };
        Entity::of(kind, identity, brotli, gzip)
    }

    fn of(kind: Kind, identity: Bytes, brotli: Option<Bytes>, gzip: Option<Bytes>) -> Entity {
        let digest = URL_SAFE_NO_PAD.encode(&Sha256::digest(&identity)[..12]);
        let form = |body: Bytes, encoding: Option<&'static str>| {
            let etag = match encoding {
                Some(encoding) => format!("\"{digest}-{encoding}\""),
                None => format!("\"{digest}\""),
            };
            Form { headers: headers(&kind, &body, &etag, encoding), body, etag }
        };
        Entity {
            status: kind.status,
            brotli: brotli.map(|body| form(body, Some("br"))),
            gzip: gzip.map(|body| form(body, Some("gzip"))),
            identity: form(identity, None),
        }
    }

    /// The uncompressed body.
    pub fn identity(&self) -> &Bytes {
        &self.identity.body
    }

    /// Bytes on the wire for a browser that takes brotli.
    pub fn brotli_len(&self) -> usize {
        self.brotli.as_ref().unwrap_or(&self.identity).body.len()
    }

    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The answer to one request: the best form it accepts, or 304, without body for HEAD.
    pub fn respond(&self, method: &Method, request: &HeaderMap) -> Response {
        let accepted = Accepted::read(request);
        let form = match (&self.brotli, &self.gzip) {
            (Some(form), _) if accepted.brotli => form,
            (_, Some(form)) if accepted.gzip => form,
            _ => &self.identity,
        };
        let unchanged = self.status == StatusCode::OK
            && request.get(header::IF_NONE_MATCH).is_some_and(|it| matches(it, &form.etag));
        let (status, body) = if unchanged {
            (StatusCode::NOT_MODIFIED, Body::empty())
        } else if *method == Method::HEAD {
            (self.status, Body::empty())
        } else {
            (self.status, Body::from(form.body.clone()))
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        // With the length of the body that is not sent: without one, axum would say 0, which a 304
        // may not (RFC 9110, section 8.6).
        *response.headers_mut() = form.headers.clone();
        response
    }
}

fn headers(kind: &Kind, body: &Bytes, etag: &str, encoding: Option<&'static str>) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(16);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kind.caching.header()));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    crate::headers::add_common(&mut headers);
    for (name, value) in &kind.headers {
        headers.insert(name, value.clone());
    }
    headers
}

/// The compressed forms a client takes (RFC 9110, section 12.5.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Accepted {
    brotli: bool,
    gzip: bool,
}

impl Accepted {
    fn read(request: &HeaderMap) -> Accepted {
        let mut accepted = Accepted::default();
        for value in request.get_all(header::ACCEPT_ENCODING) {
            let Ok(text) = value.to_str() else { continue };
            for part in text.split(',') {
                let (name, params) = part.split_once(';').unwrap_or((part, ""));
                let refused = params
                    .trim()
                    .strip_prefix("q=")
                    .and_then(|it| it.trim().parse::<f32>().ok())
                    .is_some_and(|it| it == 0.0);
                match name.trim() {
                    "br" => accepted.brotli = !refused,
                    "gzip" | "x-gzip" => accepted.gzip = !refused,
                    _ => {}
                }
            }
        }
        accepted
    }
}

/// `If-None-Match` compares weakly (RFC 9110, section 13.1.2).
fn matches(header: &HeaderValue, etag: &str) -> bool {
    let Ok(text) = header.to_str() else { return false };
    text.trim() == "*" || text.split(',').any(|it| it.trim().trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(name: header::HeaderName, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    fn entity() -> Entity {
        let kind = Kind {
            status: StatusCode::OK,
            content_type: "text/plain",
            caching: Caching::Checked,
            headers: Vec::new(),
        };
        Entity::new(kind, "Immunité. ".repeat(100), Effort::Kept)
    }

    #[track_caller]
    fn check_encoding(accept: &str, encoding: Option<&str>) {
        let response = entity().respond(&Method::GET, &request(header::ACCEPT_ENCODING, accept));
        let sent = response.headers().get(header::CONTENT_ENCODING).map(|it| it.to_str().unwrap());
        assert_eq!(sent, encoding, "{accept}");
    }

    #[test]
    fn the_best_accepted_form_is_sent() {
        check_encoding("gzip, deflate, br", Some("br"));
        check_encoding("gzip;q=1.0, br;q=0", Some("gzip"));
        check_encoding("identity", None);
        check_encoding("br; q = x", Some("br"));
    }

    #[test]
    fn a_form_the_client_has_answers_304_without_a_body() {
        let first = entity().respond(&Method::GET, &request(header::ACCEPT_ENCODING, "br"));
        let etag = first.headers()[header::ETAG].to_str().unwrap();
        let mut again = request(header::ACCEPT_ENCODING, "br");
        again.insert(header::IF_NONE_MATCH, format!("\"x\", W/{etag}").parse().unwrap());
        let second = entity().respond(&Method::GET, &again);
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(second.headers()[header::ETAG], etag);

        let plain = request(header::IF_NONE_MATCH, etag);
        assert_eq!(entity().respond(&Method::GET, &plain).status(), StatusCode::OK);
    }
}
