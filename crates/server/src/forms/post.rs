//! What every message that is sent goes through: where it comes from, how much of it, in what form.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
};
use contract::{challenge::PROOF, error::ProblemKind, route::query_fields};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use crate::{
    error::Refusal,
    people::{Envelope, limits::Sender},
    router::MAX_BODY,
    snapshot::Snapshot,
};

/// The header by which a form says that it sends the same again (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// How browsers send forms.
pub const FORM: &str = "application/x-www-form-urlencoded";
/// Most bytes of a form that is read though it is too long to keep: to be shortened, it is given back.
pub const MAX_GIVEN_BACK: u64 = 4 * MAX_BODY;
/// Characters of such a key: enough that nobody guesses it, few enough to keep.
const KEY_CHARS: std::ops::RangeInclusive<usize> = 16..=128;

/// Who sends and under which key.
///
/// # Errors
///
/// Sent by a page of another site; a key that is none.
pub fn envelope(snapshot: &Snapshot, request: &Request) -> Result<Envelope, Refusal> {
    let headers = request.headers();
    if is_foreign(headers, &snapshot.config.site.url) {
        return Err(ProblemKind::Forbidden.into());
    }
    let key = headers.get(IDEMPOTENCY_KEY).map(|it| it.to_str().unwrap_or_default().to_owned());
    if key.as_ref().is_some_and(|it| !KEY_CHARS.contains(&it.len())) {
        let detail = locale::text().problem_key_detail().to_owned();
        return Err(Refusal::with_detail(ProblemKind::BadRequest, detail));
    }
    let sender = request.extensions().get::<Sender>().copied().unwrap_or_default();
    let folds = media_type(headers).eq_ignore_ascii_case(FORM);
    let proof = headers.get(PROOF).and_then(|it| it.to_str().ok()).map(ToOwned::to_owned);
    let calm = snapshot.config.calm_per_minute;
    Ok(Envelope { sender, key, folds, form_key: None, proof, calm })
}

/// Whether a browser says that a page of another site sends this. Who says nothing is no browser of
/// these ten years, and has no cookie of ours that could be misused.
fn is_foreign(headers: &HeaderMap, site: &str) -> bool {
    let text = |it: &HeaderValue| it.to_str().unwrap_or("?").to_owned();
    if let Some(place) = headers.get("sec-fetch-site").map(text) {
        return !matches!(place.as_str(), "same-origin" | "none");
    }
    let Some(origin) = headers.get(header::ORIGIN).map(text) else { return false };
    let host = headers.get(header::HOST).map(text).unwrap_or_default();
    let known = origin.split_once("://").is_some_and(|(_, it)| it == host);
    origin != site && !known
}

/// The body as JSON of a kind.
///
/// # Errors
///
/// Another media type, too much, or not what was expected.
pub async fn json<T: DeserializeOwned>(request: Request) -> Result<T, Refusal> {
    let body = body(request, "application/json").await?;
    serde_json::from_slice(&body).map_err(|error| {
        // Whoever writes a program needs the place, in the words of its parser.
        let detail = format!("{} ({error}).", locale::text().problem_body_detail());
        Refusal::with_detail(ProblemKind::BadRequest, detail)
    })
}

/// The body as the fields of a form (WHATWG URL, `application/x-www-form-urlencoded`).
#[derive(Clone, Debug)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// # Errors
    ///
    /// Another media type, or too much.
    pub async fn read(request: Request) -> Result<Fields, Refusal> {
        let body = body(request, FORM).await?;
        Ok(Fields::of(&body))
    }

    /// The same of what may be too much to keep, and whether it is not.
    ///
    /// # Errors
    ///
    /// Another media type, or more than [`MAX_GIVEN_BACK`].
    pub async fn read_even_long(request: Request) -> Result<(Fields, bool), Refusal> {
        let body = bytes(request, FORM, MAX_GIVEN_BACK).await?;
        Ok((Fields::of(&body), body.len() as u64 <= MAX_BODY))
    }

    fn of(body: &[u8]) -> Fields {
        Fields(query_fields(&String::from_utf8_lossy(body)).collect())
    }

    /// Whether one of the fields holds what somebody wrote.
    pub fn is_typed(&self) -> bool {
        ["body", "message"].iter().any(|it| !self.get(it).is_empty())
    }

    /// All names and values, as they were sent.
    pub fn typed(&self) -> &[(String, String)] {
        &self.0
    }

    /// Empty where it is missing.
    pub fn get(&self, name: &str) -> String {
        let found = self.0.iter().find(|it| it.0 == name);
        found.map(|it| it.1.clone()).unwrap_or_default()
    }

    /// The key that a form of ours brought, in place of the header that only scripts send.
    pub fn key(&self) -> Option<String> {
        Some(self.get("key")).filter(|it| KEY_CHARS.contains(&it.len()))
    }

    /// What a form brings that was asked to work or to wait, in place of the headers that only scripts
    /// send.
    pub fn seal(&self, envelope: &mut Envelope) {
        envelope.form_key = self.key();
        let proof = Some(self.get("proof")).filter(|it| !it.is_empty());
        envelope.proof = envelope.proof.take().or(proof);
    }

    /// All that were sent under one name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |it| it.0 == name).map(|it| it.1.as_str())
    }

    /// Whether a program filled in what nobody sees.
    pub fn is_trapped(&self) -> bool {
        !self.get("website").is_empty()
    }
}

/// Without its parameters; empty where it is not said.
pub fn media_type(headers: &HeaderMap) -> &str {
    let given = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    given.unwrap_or_default().split(';').next().unwrap_or_default().trim()
}

async fn body(request: Request, expected: &str) -> Result<Vec<u8>, Refusal> {
    bytes(request, expected, MAX_BODY).await
}

/// The body as it is, up to `most` bytes.
///
/// # Errors
///
/// Another media type, or too much.
pub async fn bytes(request: Request, expected: &str, most: u64) -> Result<Vec<u8>, Refusal> {
    if !media_type(request.headers()).eq_ignore_ascii_case(expected) {
        return Err(ProblemKind::UnsupportedMediaType.into());
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let read = Limited::new(request.into_body(), most).collect().await;
    match read {
        Ok(it) => Ok(it.to_bytes().to_vec()),
        Err(error) if error.is::<LengthLimitError>() => Err(ProblemKind::TooLarge.into()),
        // Cut short on its way.
        Err(_) => Err(ProblemKind::BadRequest.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headers: &[(&'static str, &'static str)], foreign: bool) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_static(value));
        }
        assert_eq!(is_foreign(&map, "https://www.example.org"), foreign, "{headers:?}");
    }

    #[test]
    fn only_pages_of_this_site_send() {
        check(&[], false);
        check(&[("sec-fetch-site", "same-origin")], false);
        check(&[("sec-fetch-site", "none")], false);
        check(&[("sec-fetch-site", "same-site")], true);
        check(&[("sec-fetch-site", "cross-site")], true);
        check(&[("origin", "https://www.example.org")], false);
        check(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")], false);
        check(&[("origin", "https://evil.example"), ("host", "www.example.org")], true);
        check(&[("origin", "null"), ("host", "www.example.org")], true);
    }
}
