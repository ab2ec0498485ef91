//! The one shape of every refusal: a problem document (RFC 9457).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Media type of a [`Problem`].
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Why a request was refused. Programs compare `type`; people read `title` and `detail`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[error("{status} {title}")]
pub struct Problem {
    /// A stable address for the kind of problem: `/problems/not-found`.
    #[serde(rename = "type")]
    pub kind: Cow<'static, str>,
    pub title: String,
    /// The HTTP status; 0 where the server was never reached.
    pub status: u16,
    pub detail: String,
    /// One entry for each broken rule of a form, in form order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// A rule that one form field broke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The field's JSON name, which is also its `name` attribute in the form.
    pub field: String,
    /// Stable name of the rule.
    pub code: String,
    pub message: String,
}

/// Kinds of problem, each with its status. Titles are in the locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Malformed address, query or header.
    BadRequest,
    /// Nobody is signed in, or not with these words.
    Unauthorized,
    NotFound,
    MethodNotAllowed,
    /// The body is larger than the server takes.
    TooLarge,
    /// The headers together are larger than the server takes (RFC 6585).
    HeadersTooLarge,
    UriTooLong,
    UnsupportedMediaType,
    /// A form that breaks rules; [`Problem::errors`] names them.
    Invalid,
    /// What is asked for does not fit what is there any more.
    Conflict,
    /// Sent by a page of another site, or by somebody who may not.
    Forbidden,
    /// Too much from one sender in a short time (RFC 6585).
    TooMany,
    /// Too much from everybody: what is sent is taken after a small work, or later.
    Challenged,
    /// The request took too long to arrive or to answer.
    Timeout,
    /// The server's fault; its log says why.
    Internal,
    /// A form of answer that the server does not make.
    NotImplemented,
    Unavailable,
    /// The browser never reached the server. Made in the browser, never sent.
    Unreachable,
}

impl ProblemKind {
    pub const ALL: [ProblemKind; 18] = [
        ProblemKind::BadRequest,
        ProblemKind::Unauthorized,
        ProblemKind::NotFound,
        ProblemKind::MethodNotAllowed,
        ProblemKind::TooLarge,
        ProblemKind::HeadersTooLarge,
        ProblemKind::UriTooLong,
        ProblemKind::UnsupportedMediaType,
        ProblemKind::Invalid,
        ProblemKind::Conflict,
        ProblemKind::Forbidden,
        ProblemKind::TooMany,
        ProblemKind::Challenged,
        ProblemKind::Timeout,
        ProblemKind::Internal,
        ProblemKind::NotImplemented,
        ProblemKind::Unavailable,
        ProblemKind::Unreachable,
    ];

    pub fn status(self) -> u16 {
        match self {
            ProblemKind::BadRequest => 400,
            ProblemKind::Unauthorized => 401,
            ProblemKind::NotFound => 404,
            ProblemKind::MethodNotAllowed => 405,
            ProblemKind::Timeout => 408,
            ProblemKind::TooLarge => 413,
            ProblemKind::HeadersTooLarge => 431,
            ProblemKind::UriTooLong => 414,
            ProblemKind::UnsupportedMediaType => 415,
            ProblemKind::Invalid => 422,
            ProblemKind::Conflict => 409,
            ProblemKind::Forbidden => 403,
            ProblemKind::TooMany | ProblemKind::Challenged => 429,
            ProblemKind::Internal => 500,
            ProblemKind::NotImplemented => 501,
            ProblemKind::Unavailable => 503,
            ProblemKind::Unreachable => 0,
        }
    }

    /// The `type` member of [`Problem`], relative to the site.
    pub fn uri(self) -> &'static str {
        match self {
            ProblemKind::BadRequest => "/problems/bad-request",
            ProblemKind::Unauthorized => "/problems/unauthorized",
            ProblemKind::NotFound => "/problems/not-found",
            ProblemKind::MethodNotAllowed => "/problems/method-not-allowed",
            ProblemKind::TooLarge => "/problems/too-large",
            ProblemKind::HeadersTooLarge => "/problems/headers-too-large",
            ProblemKind::UriTooLong => "/problems/uri-too-long",
            ProblemKind::UnsupportedMediaType => "/problems/unsupported-media-type",
            ProblemKind::Invalid => "/problems/invalid-form",
            ProblemKind::Conflict => "/problems/conflict",
            ProblemKind::Forbidden => "/problems/forbidden",
            ProblemKind::TooMany => "/problems/too-many-requests",
            ProblemKind::Challenged => "/problems/challenged",
            ProblemKind::Timeout => "/problems/timeout",
            ProblemKind::Internal => "/problems/internal",
            ProblemKind::NotImplemented => "/problems/not-implemented",
            ProblemKind::Unavailable => "/problems/unavailable",
            ProblemKind::Unreachable => "/problems/unreachable",
        }
    }

    /// The problem without words; whoever shows or sends it adds them from the locale.
    pub fn problem(self, title: &str, detail: &str) -> Problem {
        Problem {
            kind: Cow::Borrowed(self.uri()),
            title: title.to_owned(),
            status: self.status(),
            detail: detail.to_owned(),
            errors: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_has_the_members_of_rfc_9457() {
        let problem = ProblemKind::NotFound.problem("Page introuvable", "Rien à cette adresse.");
        let json = serde_json::to_value(&problem).unwrap();
        assert_eq!(json["type"], "/problems/not-found");
        assert_eq!(json["status"], 404);
        assert_eq!(json.get("errors"), None);
    }

    #[test]
    fn kinds_have_distinct_addresses() {
        let mut uris = ProblemKind::ALL.map(ProblemKind::uri);
        uris.sort_unstable();
        assert!(uris.windows(2).all(|it| it[0] != it[1]));
    }
}
