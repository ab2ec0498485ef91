//! `[mail]`: who writes, to whom, through which server. Name and password of its account are in no
//! file.

use lettre::message::Mailbox;
use serde::Deserialize;

/// How mail leaves the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    pub from: Mailbox,
    /// Who reads what is sent to the site.
    pub to: Mailbox,
    pub relay: Relay,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    pub host: String,
    /// None: the usual one.
    pub port: Option<u16>,
    pub security: Security,
}

/// How a connection is kept from others' eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// From the first byte (`smtps://`).
    Tls,
    /// Before anything is said (`smtp://`, STARTTLS); without it nothing is sent.
    StartTls,
    /// Not at all: this machine talks to itself.
    Loopback,
}

/// As it stands in the file.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct MailTable {
    from: String,
    to: String,
    smtp: String,
}

impl MailTable {
    /// None where nothing is set.
    ///
    /// # Errors
    ///
    /// What is wrong with it, its key first.
    pub(super) fn read(&self) -> Result<Option<MailSettings>, String> {
        if [&self.from, &self.to, &self.smtp].into_iter().all(String::is_empty) {
            return Ok(None);
        }
        let mailbox = |key: &str, text: &str| {
            text.parse::<Mailbox>().map_err(|_| {
                format!("{key} = {text:?} is no address, such as \"Nom <nom@example.org>\"")
            })
        };
        Ok(Some(MailSettings {
            from: mailbox("from", &self.from)?,
            to: mailbox("to", &self.to)?,
            relay: relay(&self.smtp).ok_or_else(|| {
                // It is not repeated: somebody may have written a password into it.
                "smtp must be smtps://host, smtps://host:port, smtp://host or smtp://host:port; user \
                 and password are taken from the environment"
                    .to_owned()
            })?,
        }))
    }
}

fn relay(text: &str) -> Option<Relay> {
    let (scheme, rest) = text.split_once("://")?;
    // An address of IPv6 stands in brackets.
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port.parse().ok()?)),
        _ => (rest, None),
    };
    let known = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | ':' | '[' | ']');
    if host.is_empty() || !host.chars().all(known) {
        return None;
    }
    let security = match scheme {
        "smtps" => Security::Tls,
        "smtp" if matches!(host, "localhost" | "127.0.0.1" | "[::1]") => Security::Loopback,
        "smtp" => Security::StartTls,
        _ => return None,
    };
    Some(Relay { host: host.trim_matches(['[', ']']).to_owned(), port, security })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, found: Option<(&str, Option<u16>, Security)>) {
        let found =
            found.map(|(host, port, security)| Relay { host: host.to_owned(), port, security });
        assert_eq!(relay(text), found, "{text}");
    }

    #[test]
    fn mail_leaves_encrypted_or_not_at_all() {
        check("smtps://mx.example", Some(("mx.example", None, Security::Tls)));
        check("smtps://mx.example:465", Some(("mx.example", Some(465), Security::Tls)));
        check("smtp://mx.example:587", Some(("mx.example", Some(587), Security::StartTls)));
        check("smtp://127.0.0.1:25", Some(("127.0.0.1", Some(25), Security::Loopback)));
        check("smtp://[::1]", Some(("::1", None, Security::Loopback)));
        for bad in [
            "",
            "mx.example",
            "http://mx.example",
            "smtps://",
            "smtps://a:b@mx.example",
            "smtp://a:x",
        ] {
            check(bad, None);
        }
    }

    #[test]
    fn a_password_in_the_wrong_place_is_not_repeated() {
        let table = MailTable {
            from: "a@example.org".to_owned(),
            to: "Le site <b@example.org>".to_owned(),
            smtp: "smtps://user:secret@mx.example".to_owned(),
        };
        let error = table.read().unwrap_err();
        assert!(error.starts_with("smtp ") && !error.contains("secret"), "{error}");
        assert_eq!(MailTable::default().read(), Ok(None));
        let error = MailTable { from: "a".to_owned(), ..table }.read().unwrap_err();
        assert!(error.starts_with("from = \"a\""), "{error}");
    }
}
