//! Signing in and out.
//!
//! Whoever tries names or passwords learns nothing: the same answer, after the same work, whether
//! there is such an account or not; and few tries, counted by sender and by name.

use std::sync::OnceLock;

use contract::{
    desk::{Credentials, MAX_ACCOUNT, PASSWORD_CHARS, Who},
    error::ProblemKind,
    form::line,
};
use store::{
    Store,
    moderators::{Ended, Moderator},
};
use tokio::sync::Semaphore;

use crate::{
    clock,
    desk::passwords,
    error::Refusal,
    people::{
        limits::{Limits, Sender},
        secrets,
    },
};

/// Tries in ten minutes. A name has more: who locks a moderator out must do it from many places.
const TRIES_OF_SENDER: u32 = 10;
const TRIES_OF_NAME: u32 = 30;
/// Passwords checked at once: each takes 19 MiB.
const AT_ONCE: usize = 2;
/// A session ends when it is not used for two hours, and after twelve in any case.
const IDLE_MS: i64 = 2 * 3_600_000;
const WHOLE_MS: i64 = 12 * 3_600_000;
/// How often its use is written down.
const SEEN_MS: i64 = 60_000;

/// The accounts, and who is signed in.
pub struct Accounts {
    store: Store,
    senders: Limits,
    names: Limits,
    at_once: Semaphore,
}

/// Somebody who is signed in, and with which token.
#[derive(Clone, Debug)]
pub struct Signed {
    pub who: Who,
    token: String,
}

impl Signed {
    /// The hash of the token, as it is kept.
    pub(super) fn token(&self) -> &str {
        &self.token
    }
}

fn ended(now_ms: i64) -> Ended {
    Ended { created_before_ms: now_ms - WHOLE_MS, seen_before_ms: now_ms - IDLE_MS }
}

fn nobody() -> Refusal {
    ProblemKind::Unauthorized.into()
}

impl Accounts {
    pub fn new(store: Store) -> Accounts {
        Accounts {
            store,
            senders: Limits::allowing(TRIES_OF_SENDER),
            names: Limits::allowing(TRIES_OF_NAME),
            at_once: Semaphore::new(AT_ONCE),
        }
    }

    /// Who it is, and a token that nobody had before. `old` is the one that the browser brought: it
    /// is no good any more.
    ///
    /// # Errors
    ///
    /// Too many tries; wrong name or password; the database.
    pub async fn sign_in(
        &self,
        credentials: &Credentials,
        sender: &Sender,
        old: Option<&str>,
    ) -> Result<(Who, String), Refusal> {
        let name = line(&credentials.name);
        self.senders.count(sender, None).map_err(|_| too_many())?;
        if MAX_ACCOUNT < name.chars().count() {
            return Err(wrong());
        }
        self.names.count_name(&name).map_err(|_| too_many())?;
        let account = self.store.moderator(&name).await?.filter(|it| it.disabled_ms.is_none());
        if !self.is_password(&credentials.password, account.as_ref()).await? {
            return Err(wrong());
        }
        let account = account.ok_or_else(wrong)?;
        let (token, now) = (secrets::random(), clock::now_ms());
        let kept = secrets::hash(&token);
        if !self.store.open_session(&kept, &account, ended(now), now).await? {
            return Err(wrong());
        }
        if let Some(old) = old {
            self.store.close_session(&secrets::hash(old)).await?;
        }
        self.names.forget_name(&name);
        Ok((Who { name: account.name, role: account.role }, token))
    }

    /// The account of somebody who is signed in, if the password is theirs.
    ///
    /// # Errors
    ///
    /// Too many tries; the database.
    pub(super) async fn check_own(
        &self,
        name: &str,
        password: &str,
    ) -> Result<Option<Moderator>, Refusal> {
        self.names.count_name(name).map_err(|_| too_many())?;
        let account = self.store.moderator(name).await?;
        let same = self.is_password(password, account.as_ref()).await?;
        if same {
            self.names.forget_name(name);
        }
        Ok(account.filter(|_| same))
    }

    /// As long for nobody as for somebody.
    async fn is_password(
        &self,
        password: &str,
        account: Option<&Moderator>,
    ) -> Result<bool, Refusal> {
        /// The hash of what nobody knows.
        static NOBODY: OnceLock<Option<String>> = OnceLock::new();
        let failed = |_| Refusal::from(ProblemKind::Internal);
        let Ok(_permit) = self.at_once.acquire().await else {
            return Err(ProblemKind::Internal.into());
        };
        let (known, phc) = (account.is_some(), account.map(|it| it.password.clone()));
        let fits = password.chars().count() <= *PASSWORD_CHARS.end();
        let password = if fits { password.to_owned() } else { String::new() };
        let work = move || {
            let made = || passwords::hash(&secrets::random()).ok();
            // Made the first time, whoever asks.
            let nobody = NOBODY.get_or_init(made);
            phc.or_else(|| nobody.clone()).is_some_and(|it| passwords::is(&password, &it))
        };
        let same = tokio::task::spawn_blocking(work).await.map_err(failed)?;
        Ok(same && known && fits)
    }

    /// Whose token it is.
    ///
    /// # Errors
    ///
    /// Nobody's, or nobody's any more; the database.
    pub async fn who(&self, token: Option<String>) -> Result<Signed, Refusal> {
        let token = secrets::hash(&token.ok_or_else(nobody)?);
        let now = clock::now_ms();
        let session = self.store.session(&token, ended(now)).await?.ok_or_else(nobody)?;
        if session.seen_ms + SEEN_MS <= now {
            self.store.see_session(&token, now).await?;
        }
        Ok(Signed { who: Who { name: session.moderator, role: session.role }, token })
    }

    /// Ends this session, or all of this account.
    ///
    /// # Errors
    ///
    /// The database.
    pub async fn sign_out(&self, signed: &Signed, everywhere: bool) -> Result<(), Refusal> {
        if everywhere {
            self.store.close_sessions(&signed.who.name).await?;
        } else {
            self.store.close_session(&signed.token).await?;
        }
        Ok(())
    }
}

fn too_many() -> Refusal {
    Refusal::with_detail(ProblemKind::TooMany, locale::text().desk_too_many().to_owned())
}

/// Says neither which of the two it was nor whether there is such an account.
fn wrong() -> Refusal {
    let detail = locale::text().desk_wrong().to_owned();
    Refusal::with_detail(ProblemKind::Unauthorized, detail)
}
