//! What can go wrong while answering, and what the client gets to know of it.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    error::{FieldError, PROBLEM_JSON, Problem, ProblemKind},
    form::Broken,
};
use locale::text;
use store::StoreError;

use crate::people::limits::WINDOW;

/// A refusal in the reader's language (RFC 9457).
pub fn problem(kind: ProblemKind) -> Problem {
    let t = text();
    let (title, detail) = match kind {
        ProblemKind::BadRequest => (t.problem_bad_request(), t.problem_bad_request_detail()),
        ProblemKind::Unauthorized => (t.problem_unauthorized(), t.problem_unauthorized_detail()),
        ProblemKind::NotFound => (t.problem_not_found(), t.problem_not_found_detail()),
        ProblemKind::MethodNotAllowed => {
            (t.problem_method_not_allowed(), t.problem_method_not_allowed_detail())
        }
        ProblemKind::TooLarge | ProblemKind::HeadersTooLarge => {
            (t.problem_too_large(), t.problem_too_large_detail())
        }
        ProblemKind::UriTooLong => (t.problem_uri_too_long(), t.problem_uri_too_long_detail()),
        ProblemKind::UnsupportedMediaType => {
            (t.problem_unsupported_media_type(), t.problem_unsupported_media_type_detail())
        }
        ProblemKind::Invalid => (t.problem_invalid(), t.problem_invalid_detail()),
        ProblemKind::Conflict => (t.problem_conflict(), t.problem_conflict_detail()),
        ProblemKind::Forbidden => (t.problem_forbidden(), t.problem_forbidden_detail()),
        ProblemKind::TooMany => (t.problem_too_many(), t.problem_too_many_detail()),
        ProblemKind::Timeout => (t.problem_timeout(), t.problem_timeout_detail()),
        ProblemKind::Internal => (t.problem_internal(), t.problem_internal_detail()),
        ProblemKind::NotImplemented => {
            (t.problem_not_implemented(), t.problem_not_implemented_detail())
        }
        ProblemKind::Unavailable | ProblemKind::Unreachable => {
            (t.problem_unavailable(), t.problem_unavailable_detail())
        }
    };
    kind.problem(title, detail)
}

/// A refusal on its way to the client.
#[derive(Debug)]
pub struct Refusal(Problem);

impl From<ProblemKind> for Refusal {
    fn from(kind: ProblemKind) -> Refusal {
        Refusal(problem(kind))
    }
}

impl Refusal {
    /// A refusal that names what in the request was wrong.
    pub fn with_detail(kind: ProblemKind, detail: String) -> Refusal {
        Refusal(Problem { detail, ..problem(kind) })
    }
}

impl From<Vec<Broken>> for Refusal {
    fn from(broken: Vec<Broken>) -> Refusal {
        let error = |it: &Broken| FieldError {
            field: it.field.to_owned(),
            code: it.rule.code().to_owned(),
            message: locale::form::message(*it).to_owned(),
        };
        let errors = broken.iter().map(error).collect();
        Refusal(Problem { errors, ..problem(ProblemKind::Invalid) })
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Refusal {
        Refusal(problem)
    }
}

impl From<Refusal> for Problem {
    fn from(it: Refusal) -> Problem {
        it.0
    }
}

/// The visitor may try again; the operator finds the cause in the log.
impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        tracing::error!(%error, "the database failed");
        ProblemKind::Unavailable.into()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // A Problem is text and numbers: it always serialises.
        let body = serde_json::to_vec(&self.0).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(text().tag()));
        if status == StatusCode::UNAUTHORIZED {
            // Required (RFC 9110, section 11.6.1); no browser asks for a password of this kind.
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Cookie"));
        }
        if status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            headers.insert(header::RETRY_AFTER, WINDOW.as_secs().into());
        }
        crate::headers::add_common(headers);
        response
    }
}

/// An address that may stand in a log: who has that of a receipt may erase what was sent.
pub fn loggable(path: &str) -> &str {
    let secret = ["/recus/", "/api/v1/receipts/"].into_iter().find(|it| path.starts_with(it));
    secret.unwrap_or(path)
}
