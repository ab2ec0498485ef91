//! What a mail says: plain text, nothing that tells when it is opened. News hold nothing of what was
//! written: whoever else reads the mailbox learns no more than that somebody wrote a comment.

use contract::{
    receipt::{Kind, State},
    route::Route,
    site::Site,
};
use lettre::{
    Message,
    message::{
        Mailbox,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use locale::{fill, text};
use store::{
    Store, StoreError,
    contributions::Contribution,
    mails::{Mail, Purpose},
};

use crate::{config::MailSettings, people::masked_kinds};

/// Where mail comes from.
#[derive(Clone, Debug)]
pub struct House {
    pub name: String,
    pub url: String,
    /// Without port.
    pub host: String,
}

impl House {
    pub fn new(site: &Site) -> House {
        let host = site.url.split_once("://").map_or(site.url.as_str(), |it| it.1);
        let host = host.rsplit_once(':').map_or(host, |it| it.0);
        House { name: site.name.clone(), url: site.url.clone(), host: host.to_owned() }
    }
}

/// A mail ready to go, or why there is none.
pub enum Letter {
    Ready(Box<Message>),
    Void(&'static str),
}

/// The mail as its item stands now.
///
/// # Errors
///
/// When the database cannot answer.
pub async fn write(
    house: &House,
    settings: &MailSettings,
    store: &Store,
    mail: &Mail,
) -> Result<Letter, StoreError> {
    let Some(it) = store.contribution(&mail.item).await? else {
        return Ok(Letter::Void("its item is erased"));
    };
    let author = it.email.as_ref().and_then(|it| it.parse::<Mailbox>().ok());
    let (to, subject, body) = match mail.purpose {
        Purpose::Message if it.state == State::Rejected => {
            return Ok(Letter::Void("its item is rejected"));
        }
        Purpose::Message => {
            let (subject, body) = brought(house, &it);
            (settings.to.clone(), subject, body)
        }
        Purpose::News => {
            let Some(words) = news(house, &it) else {
                return Ok(Letter::Void("its item waits again"));
            };
            let Some(author) = author.clone() else {
                return Ok(Letter::Void("its item has no address that mail can reach"));
            };
            (author, fill(text().mail_news_subject(), &[("site", &house.name)]), words)
        }
    };
    let (item, purpose, at) = (&mail.item, mail.purpose.name(), mail.queued_ms);
    let mut builder = Message::builder()
        .from(settings.from.clone())
        .to(to)
        .subject(subject)
        // The same each time: a mailbox that got it twice knows.
        .message_id(Some(format!("<{item}.{purpose}.{at}@{}>", house.host)))
        .header(ContentType::TEXT_PLAIN);
    if mail.purpose == Purpose::News {
        builder = builder.header(AutoSubmitted);
    } else if let Some(author) = author {
        builder = builder.reply_to(author);
    }
    match builder.body(body) {
        Ok(message) => Ok(Letter::Ready(Box::new(message))),
        Err(_) => Ok(Letter::Void("it cannot be put into a mail")),
    }
}

/// What somebody wrote to the site.
fn brought(house: &House, it: &Contribution) -> (String, String) {
    let t = text();
    let (subject, intro) = if it.kind == Kind::Report {
        let url = format!("{}{}", house.url, Route::Practitioner { id: it.page.clone() });
        let names = [("site", house.name.as_str()), ("id", it.page.as_str())];
        (fill(t.mail_report_subject(), &names), fill(t.mail_report_intro(), &[("url", &url)]))
    } else {
        let subject = it.subject.as_deref().unwrap_or_default();
        let names = [("site", house.name.as_str()), ("subject", subject)];
        (fill(t.mail_message_subject(), &names), fill(t.mail_message_intro(), &names[..1]))
    };
    let from = it.email.as_ref().map(|email| fill(t.mail_from(), &[("email", email)]));
    let about = fill(t.mail_item(), &[("id", it.id.as_str())]);
    let head: Vec<String> = [Some(intro), from, Some(about)].into_iter().flatten().collect();
    (subject, format!("{}\n\n-- \n\n{}\n", head.join("\n"), it.body))
}

/// None while nobody has decided.
fn news(house: &House, it: &Contribution) -> Option<String> {
    let t = text();
    let told = match it.state {
        State::Pending => return None,
        State::Approved => t.mail_news_approved(),
        State::Rejected => t.mail_news_rejected(),
    };
    let mut told = fill(told, &[("site", &house.name), ("url", &house.url)]);
    let masked = masked_kinds(it);
    if it.masked && it.state == State::Approved && !masked.is_empty() {
        // Which kind it was, and not a letter of it.
        let what = locale::form::passages(&masked);
        told = format!("{told}\n\n{}", fill(t.mail_news_masked(), &[("what", &what)]));
    }
    Some(format!("{told}\n\n{}\n\n{}\n", t.mail_news_receipt(), t.mail_news_no_answer()))
}

/// Nobody's mailbox answers it by itself (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<AutoSubmitted, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(AutoSubmitted::name(), "auto-generated".to_owned())
    }
}
