//! `/recus/{secret}`: what somebody sent, for them alone. Only the server draws it.

use contract::{
    error::FieldError,
    paths::{BASE, RECEIPT_COPY},
    receipt::{Kind, Receipt, State as Progress, WRITER_DAYS},
    route::{Depth, RECEIPTS, Route},
    site::Site,
    slug::Slug,
    testimonial::{PublicTestimonial, TestimonialDraft},
};
use locale::{date, fill, text};
use maud::{Markup, PreEscaped, html};

use crate::{
    components::{
        comment_form, comments, feedback, field, letter_form, testimonial, testimonial_form,
    },
    head::Head,
    page::Document,
};

/// What the file is called that holds all of it.
const COPY: &str = "message.json";

/// What the page says first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    None,
    Sent,
    Saved,
}

/// Nothing is, or is any more, at this address.
pub fn gone() -> Document {
    short(404, text().receipt_gone(), text().receipt_gone_text())
}

pub fn erased() -> Document {
    short(200, text().receipt_erased(), text().receipt_erased_text())
}

fn short(status: u16, title: &str, words: &str) -> Document {
    let body = html! {
        div class="wrap" {
            section class="lost" id="tete" {
                h1 { (title) }
                p { (words) }
                p { a href="/" { (text().home()) } }
            }
        }
    };
    Document { status, head: Head::new(title, words, None), html: body.into_string() }
}

/// `secret` is that of its address.
pub fn document(
    secret: &str,
    it: &Receipt,
    notice: Notice,
    errors: &[FieldError],
    site: &Site,
) -> Document {
    let t = text();
    let own = about(it);
    let title = match (it.kind, notice) {
        (Kind::Feedback, Notice::Sent) => t.feedback_thanks(),
        _ => t.receipt_title(),
    };
    let body = html! {
        div class="wrap receipt stack stack--loose" {
            header class="title-block" id="tete" {
                h1 { (title) }
                p { (t.receipt_about()) " " a href=(own) { (it.article_title) } }
            }
            @match notice {
                Notice::Sent => p class="receipt__notice" role="status" data-sent=(form_of(it)) {
                    (if it.kind == Kind::Feedback { t.feedback_thanks_text() } else { t.receipt_sent() })
                }
                Notice::Saved => p class="receipt__notice" role="status" { (t.receipt_saved()) }
                Notice::None => {}
            }
            div class="receipt__keep" {
                p { strong { (t.receipt_keep()) } }
                p class="muted small" { (t.receipt_nobody()) }
            }
            (progress(it))
            // What breaks a rule is shown where it is mended, not as if it would be published.
            @if errors.is_empty() { (written(it)) }
            (known(it))
            @if it.editable {
                @if it.kind == Kind::Testimonial { (story(secret, it, errors)) }
                @else { (form(secret, it, errors, site)) }
            }
            (copy(secret))
            @if it.kind == Kind::Testimonial { (withdrawal(secret, it.editable)) } @else { (eraser(secret)) }
        }
    };
    let head = Head::new(title, t.receipt_nobody(), None);
    Document { status: 200, head, html: body.into_string() }
}

/// The address of what it is about.
fn about(it: &Receipt) -> String {
    let id = &it.article;
    match it.kind {
        Kind::Comment | Kind::Feedback => {
            Route::Article { slug: id.clone(), depth: Depth::Full }.to_string()
        }
        Kind::Testimonial => testimonial::ADDRESS.to_owned(),
        Kind::Message => letter_form::CONTACT.to_owned(),
        Kind::Report => Route::Practitioner { id: id.clone() }.to_string(),
    }
}

/// Where it is shown under the name `id`.
fn place(it: &Receipt, id: &Slug) -> String {
    match it.kind {
        Kind::Testimonial => testimonial::permalink(id),
        _ => comments::permalink(&it.article, id),
    }
}

/// The address of the form that it was written in: drafts are named by it.
fn form_of(it: &Receipt) -> String {
    match it.kind {
        Kind::Comment => comments::address(&it.article),
        Kind::Feedback => feedback::address(&it.article),
        Kind::Testimonial => testimonial::WRITE.to_owned(),
        Kind::Message => letter_form::CONTACT.to_owned(),
        Kind::Report => letter_form::report_address(&it.article),
    }
}

fn progress(it: &Receipt) -> Markup {
    let t = text();
    html! {
        section class="stack" aria-labelledby="t-etat" {
            h2 class="h-small" id="t-etat" { (t.receipt_state()) }
            p {
                @match (it.kind, it.state) {
                    (Kind::Feedback | Kind::Report, _) => (t.receipt_feedback()),
                    (Kind::Message, _) => (t.receipt_message()),
                    (Kind::Testimonial, Progress::Approved) if it.shown_as.is_none() => {
                        (t.receipt_expired())
                    }
                    (_, Progress::Pending) => (t.receipt_pending()),
                    (_, Progress::Approved) => (t.receipt_approved()),
                    (_, Progress::Rejected) => (t.receipt_rejected()),
                }
                @if let Some(id) = &it.shown_as {
                    " "
                    a href=(place(it, id)) { (t.receipt_see()) }
                    @if let Some(last) = it.shown_until {
                        " " (fill(t.testimonial_until(), &[("date", &date::long(last))]))
                    }
                }
            }
            @if !it.masked.is_empty() {
                p { (fill(t.receipt_masked(), &[("what", &locale::form::passages(&it.masked))])) }
            }
            @if let Some(reply) = &it.reply {
                h3 class="h-small" { (t.receipt_reply()) }
                p { (reply) }
            }
        }
    }
}

/// How the next comment need not wait. The device remembers it by `data-writer`.
fn known(it: &Receipt) -> Markup {
    let t = text();
    html! {
        @if let Some(writer) = &it.writer {
            section class="stack" data-writer=(writer) {
                p { (fill(t.receipt_known(), &[("days", &WRITER_DAYS.to_string())])) }
                p {
                    a rel="nofollow" href={ (comments::address(&it.article)) "?auteur=" (writer) "#ecrire" } {
                        (t.receipt_another())
                    }
                }
                p class="form__draft muted small" {
                    (t.receipt_remembered()) " "
                    button class="form__forget" type="button" data-writer-forget { (t.receipt_forget()) }
                }
            }
        }
    }
}

/// What was sent, as it was sent.
fn written(it: &Receipt) -> Markup {
    if let (Kind::Testimonial, Some(until)) = (it.kind, it.shown_until) {
        return testimonial::testimonial(&PublicTestimonial {
            // Its place names it, and it stands in none.
            id: it.article.clone(),
            name: it.name.clone(),
            title: it.subject.clone(),
            body: it.body.clone(),
            treatments: it.treatments.clone().unwrap_or_default(),
            ties: it.ties.clone(),
            written_on: it.written_on,
            shown_until: until,
        });
    }
    html! {
        @if !it.editable && !it.body.is_empty() {
            div class="comment" {
                p class="comment__head" {
                    @if !it.name.is_empty() { span class="comment__name" dir="auto" { (it.name) } }
                    @if let Some(subject) = &it.subject {
                        span class="comment__name" dir="auto" { (subject) }
                    }
                    span class="comment__date" { (date::long(it.written_on)) }
                }
                div class="comment__text" dir="auto" {
                    (PreEscaped(comments::body(&it.body)))
                }
            }
        }
    }
}

fn form(secret: &str, it: &Receipt, errors: &[FieldError], site: &Site) -> Markup {
    let t = text();
    let email = it.email.as_deref().unwrap_or_default();
    html! {
        form class="form" method="post" novalidate data-guard="all"
            action={ "/" (RECEIPTS) "/" (secret) "#erreurs" }
            aria-labelledby="t-modifier" {
            h2 class="form__title" id="t-modifier" { (t.receipt_edit()) }
            (field::summary(errors, |field| format!("c-{field}")))
            (field::required_note())
            div class="form__pair" {
                (comment_form::name(&it.name, errors))
                (comment_form::email(email, errors, site.comments))
            }
            (comment_form::body(&it.body, errors))
            p { button class="button" type="submit" { (t.receipt_save()) } }
        }
    }
}

fn story(secret: &str, it: &Receipt, errors: &[FieldError]) -> Markup {
    let t = text();
    let given = |it: &Option<String>| it.clone().unwrap_or_default();
    let draft = TestimonialDraft {
        name: it.name.clone(),
        title: given(&it.subject),
        body: it.body.clone(),
        treatments: given(&it.treatments),
        ties: given(&it.ties),
        ..TestimonialDraft::default()
    };
    html! {
        details class="receipt__edit" open[!errors.is_empty()] {
            summary { (t.receipt_edit()) }
            form class="form" method="post" novalidate data-guard="all"
                action={ "/" (RECEIPTS) "/" (secret) "#erreurs" } aria-label=(t.receipt_edit()) {
                (field::summary(errors, |field| format!("v-{field}")))
                (field::required_note())
                (testimonial_form::fields(&draft, errors))
                p class="form__note" { (t.receipt_agreed()) }
                p { button class="button" type="submit" { (t.receipt_save()) } }
            }
        }
    }
}

/// All of it, for a machine (GDPR, article 20).
fn copy(secret: &str) -> Markup {
    let href = format!("{BASE}{}", RECEIPT_COPY.replace("{secret}", secret));
    html! {
        p class="small" {
            a href=(href) download=(COPY) { (text().receipt_copy()) }
        }
    }
}

/// One press: taking back is as easy as giving.
fn withdrawal(secret: &str, editable: bool) -> Markup {
    let t = text();
    html! {
        form class="receipt__withdraw" method="post" action={ "/" (RECEIPTS) "/" (secret) } {
            input type="hidden" name="action" value="effacer";
            p {
                (t.receipt_erase_text())
                @if !editable { " " (t.testimonial_again()) }
            }
            p { button class="button" type="submit" { (t.testimonial_withdraw()) } }
        }
    }
}

/// Two presses: what is erased does not come back.
fn eraser(secret: &str) -> Markup {
    let t = text();
    html! {
        details class="receipt__erase" {
            summary { (t.receipt_erase()) }
            form method="post" action={ "/" (RECEIPTS) "/" (secret) } {
                input type="hidden" name="action" value="effacer";
                p { (t.receipt_erase_text()) }
                p { button class="button button--quiet" type="submit" { (t.receipt_erase_confirm()) } }
            }
        }
    }
}
