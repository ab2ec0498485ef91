//! Mail leaves the house: one server at a time takes what is due from the queue, writes it from the
//! item as it stands, and tries again until it is gone.
//!
//! Neither the log nor the queue says to whom, or what about.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{self, authentication::Credentials, extension::ClientId},
};
use store::{
    Store, StoreError,
    mails::{Mail, Purpose},
};

use crate::{
    clock,
    config::{Config, MailSettings, Security},
};

mod letter;

use letter::{House, Letter};

/// How often the queue is looked at.
const LOOK: Duration = Duration::from_secs(2);
/// What a mail server may take for one answer, and for one mail.
const ANSWER: Duration = Duration::from_secs(20);
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a mail is in the hands of one server, in milliseconds: longer than [`PATIENCE`].
const LEASE: i64 = 180_000;
/// Before the first attempt is repeated; each time twice as long, up to [`LONGEST`]. Milliseconds.
const FIRST: i64 = 60_000;
const LONGEST: i64 = 12 * 3_600_000;
/// News that are older are none any more. Milliseconds.
const STALE: i64 = 5 * 86_400_000;

/// Why there is no courier.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Of the system's certificates, or of the host's name.
    #[error("no secure connection to the mail server can be prepared: {0}")]
    Prepare(smtp::Error),
}

/// Name and password at the mail server.
#[derive(Clone, Default)]
pub struct Login {
    pub user: String,
    pub password: String,
}

/// Who carries mail. Cheap to clone.
#[derive(Clone)]
pub struct Courier {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    settings: MailSettings,
    house: House,
}

/// What became of the mail that was next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// None is due.
    Nothing,
    Sent,
    /// It is due again later.
    Failed,
    /// There is nothing to send any more, or nobody to send it to.
    Dropped,
}

impl Courier {
    /// None where the site sends no mail.
    ///
    /// # Errors
    ///
    /// [`MailError`]. Nothing is connected yet: a server that is down is tried again and again.
    pub fn new(config: &Config, login: Option<Login>) -> Result<Option<Courier>, MailError> {
        let Some(settings) = config.mail.clone() else { return Ok(None) };
        let relay = &settings.relay;
        let builder = match relay.security {
            Security::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&relay.host),
            Security::StartTls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&relay.host),
            Security::Loopback => {
                Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&relay.host))
            }
        };
        let house = House::new(&config.site);
        let mut builder = builder
            .map_err(MailError::Prepare)?
            .timeout(Some(ANSWER))
            .hello_name(ClientId::Domain(house.host.clone()));
        if let Some(port) = relay.port {
            builder = builder.port(port);
        }
        if let Some(it) = login {
            builder = builder.credentials(Credentials::new(it.user, it.password));
        }
        Ok(Some(Courier { transport: builder.build(), settings, house }))
    }

    /// Carries what is due for as long as the process lives.
    pub fn follow(self, store: Store) {
        tokio::spawn(async move {
            let mut silent = false;
            loop {
                tokio::time::sleep(LOOK).await;
                // After a failure the others wait a moment: the same server would refuse them too.
                while let Ok(carried) =
                    self.carry_next(&store, clock::now_ms()).await.inspect_err(|error| {
                        if !silent {
                            tracing::error!(%error, "the queue of mail cannot be read");
                        }
                        silent = true;
                    })
                {
                    silent = false;
                    if matches!(carried, Carried::Nothing | Carried::Failed) {
                        break;
                    }
                }
            }
        });
    }

    /// Takes the mail that is due first at `now_ms`, and sends it.
    ///
    /// # Errors
    ///
    /// When the database refuses: the mail is then due again once its lease has ended.
    pub async fn carry_next(&self, store: &Store, now_ms: i64) -> Result<Carried, StoreError> {
        let Some(mail) = store.claim_mail(now_ms, LEASE).await? else {
            return Ok(Carried::Nothing);
        };
        let drop = async |reason: &str| {
            store.drop_mail(&mail, reason, now_ms).await?;
            let (item, purpose) = (&mail.item, mail.purpose.name());
            tracing::info!(%item, purpose, reason, "a mail is not sent");
            Ok(Carried::Dropped)
        };
        let old = mail.purpose == Purpose::News && STALE < now_ms.saturating_sub(mail.queued_ms);
        if old {
            return drop("too old").await;
        }
        let message = match letter::write(&self.house, &self.settings, store, &mail).await? {
            Letter::Ready(message) => message,
            Letter::Void(reason) => return drop(reason).await,
        };
        match self.send(*message).await {
            Ok(()) => {
                store.mail_sent(&mail, now_ms).await?;
                tracing::info!(item = %mail.item, purpose = mail.purpose.name(), "a mail is sent");
                Ok(Carried::Sent)
            }
            Err(failure) => {
                let due = now_ms.saturating_add(pause(&mail));
                store.mail_failed(&mail, &failure, due, now_ms).await?;
                tracing::warn!(
                    item = %mail.item,
                    purpose = mail.purpose.name(),
                    attempts = mail.attempts,
                    %failure,
                    "a mail could not be sent, and is tried again"
                );
                Ok(Carried::Failed)
            }
        }
    }

    async fn send(&self, message: Message) -> Result<(), String> {
        match tokio::time::timeout(PATIENCE, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(reason(&error)),
            Err(_) => Err("the mail server takes too long".to_owned()),
        }
    }
}

/// Until the next attempt, in milliseconds.
fn pause(mail: &Mail) -> i64 {
    let doublings = mail.attempts.saturating_sub(1).min(20);
    FIRST.saturating_mul(1 << doublings).min(LONGEST)
}

/// What went wrong, without what the mail server said: it may repeat an address.
fn reason(error: &smtp::Error) -> String {
    if let Some(code) = error.status() {
        format!("the mail server refuses: {code}")
    } else if error.is_timeout() {
        "the mail server takes too long".to_owned()
    } else if error.is_tls() {
        format!("no secure connection to the mail server: {error}")
    } else if error.is_response() {
        "the mail server answers something else than SMTP".to_owned()
    } else if error.is_client() {
        "the mail server lacks what this mail needs".to_owned()
    } else {
        format!("the mail server cannot be reached: {error}")
    }
}
