//! What can go wrong while answering, and what the client gets to know of it.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    challenge::Challenge,
    error::{FieldError, PROBLEM_JSON, Problem, ProblemKind},
    form::Broken,
};
use locale::text;
use serde::Serialize;
use store::StoreError;

use crate::people::{gate::WAIT, limits::WINDOW};

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
        ProblemKind::Challenged => (t.problem_challenged(), t.problem_challenged_detail()),
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

/// What the client gets: a problem, and what is to be done first where that is why (RFC 9457, section 3.2).
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    problem: &'a Problem,
    #[serde(skip_serializing_if = "Option::is_none")]
    challenge: Option<&'a Challenge>,
}

/// A refusal on its way to the client.
#[derive(Debug)]
pub struct Refusal(Problem, Option<Box<Challenge>>);

impl From<ProblemKind> for Refusal {
    fn from(kind: ProblemKind) -> Refusal {
        Refusal(problem(kind), None)
    }
}

impl Refusal {
    /// No comment is taken any more where one was written.
    pub fn comments_closed() -> Refusal {
        let (t, kind) = (text(), ProblemKind::Conflict);
        Refusal(kind.problem(t.refused_closed(), t.refused_closed_detail()), None)
    }

    /// A form holds more than is read.
    pub fn too_long() -> Refusal {
        Refusal::with_detail(ProblemKind::TooLarge, text().refused_too_long().to_owned())
    }

    /// A refusal that names what in the request was wrong.
    pub fn with_detail(kind: ProblemKind, detail: String) -> Refusal {
        Refusal(Problem { detail, ..problem(kind) }, None)
    }

    /// What is sent is taken once this is done.
    pub fn challenged(challenge: Challenge) -> Refusal {
        Refusal(problem(ProblemKind::Challenged), Some(Box::new(challenge)))
    }

    /// What is to be done first, if that is why.
    pub fn challenge(&self) -> Option<&Challenge> {
        self.1.as_deref()
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
        Refusal(Problem { errors, ..problem(ProblemKind::Invalid) }, None)
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Refusal {
        Refusal(problem, None)
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
        let told = Told { problem: &self.0, challenge: self.1.as_deref() };
        let body = serde_json::to_vec(&told).unwrap_or_default();
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
            let wait = if self.1.is_some() { WAIT } else { WINDOW.as_secs() };
            headers.insert(header::RETRY_AFTER, wait.into());
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
