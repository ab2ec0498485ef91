//! Accounts, as admins keep them, and everybody's own password. Passwords that are made here are told
//! once and kept as hashes.

use contract::{
    desk::{
        Action, Role, Who,
        accounts::{
            Account, AccountChange, AccountDraft, AccountMade, PasswordChange, account_name,
            new_password,
        },
    },
    error::{FieldError, Problem, ProblemKind},
    form::line,
};
use locale::text;
use store::moderators::{Moderator, Step, Stepped};

use crate::{
    desk::{Desk, accounts::Signed, entries::by, passwords, permit},
    error::{Refusal, problem},
    people::secrets,
};

/// Letters of a password that is made, in groups of four: 80 random bits.
const LETTERS: usize = 16;

impl Desk {
    /// All accounts, by name.
    ///
    /// # Errors
    ///
    /// The role may not; the database.
    pub async fn all_accounts(&self, role: Role) -> Result<Vec<Account>, Refusal> {
        permit(role, Action::Accounts)?;
        Ok(self.store.moderators().await?.into_iter().map(shown).collect())
    }

    /// Adds an account, with a password that is told this once.
    ///
    /// # Errors
    ///
    /// The role may not; the name is none, or taken; the database.
    pub async fn add_account(
        &self,
        who: &Who,
        draft: &AccountDraft,
    ) -> Result<AccountMade, Refusal> {
        permit(who.role, Action::Accounts)?;
        let name = account_name(&draft.name)?;
        let (password, hash) = made().await?;
        if !self.store.add_moderator(&name, &hash, draft.role, by(who)).await? {
            return Err(wrong("account", "taken", text().accounts_taken()));
        }
        Ok(AccountMade { account: self.account(&name).await?, password: Some(password) })
    }

    /// Changes an account: one thing after the other, in the order of the fields.
    ///
    /// # Errors
    ///
    /// The role may not; there is no such account; it is the last that could keep accounts; the
    /// database. What stands before in that order is then done.
    pub async fn change_account(
        &self,
        who: &Who,
        name: &str,
        change: &AccountChange,
    ) -> Result<AccountMade, Refusal> {
        permit(who.role, Action::Accounts)?;
        let name = line(name);
        let open = |disabled: bool| if disabled { Step::Disable } else { Step::Enable };
        let steps = [
            change.role.map(Step::Role),
            change.disabled.map(open),
            change.sign_out.then_some(Step::SignOut),
        ];
        for step in steps.into_iter().flatten() {
            match self.store.change_account(&name, step, by(who)).await? {
                Stepped::Done => {}
                Stepped::Gone => return Err(ProblemKind::NotFound.into()),
                Stepped::LastAdmin => {
                    let detail = text().accounts_last_admin().to_owned();
                    return Err(Refusal::with_detail(ProblemKind::Conflict, detail));
                }
            }
        }
        let mut password = None;
        if change.new_password {
            let (made, hash) = made().await?;
            if !self.store.set_password(&name, &hash, by(who)).await? {
                return Err(ProblemKind::NotFound.into());
            }
            password = Some(made);
        }
        Ok(AccountMade { account: self.account(&name).await?, password })
    }

    /// Changes the password of whoever is signed in. Their other sessions end.
    ///
    /// # Errors
    ///
    /// The old one is not theirs, or was tried too often; the new one is too short or too long; the
    /// database.
    pub async fn change_password(
        &self,
        signed: &Signed,
        change: &PasswordChange,
    ) -> Result<(), Refusal> {
        let new = new_password(&change.new)?.to_owned();
        let name = &signed.who.name;
        let account = self.accounts.check_own(name, &change.old).await?;
        let account = account.ok_or_else(|| wrong("old", "wrong", text().own_wrong()))?;
        let hash = hashed(new).await?;
        let both = (account.password.as_str(), hash.as_str());
        let by = by(&signed.who);
        if self.store.change_own_password(name, both, signed.token(), by).await? {
            return Ok(());
        }
        // Changed by somebody else in this moment.
        Err(ProblemKind::Conflict.into())
    }

    async fn account(&self, name: &str) -> Result<Account, Refusal> {
        let found = self.store.moderator(name).await?.ok_or(ProblemKind::NotFound)?;
        Ok(shown(found))
    }
}

fn shown(it: Moderator) -> Account {
    Account {
        name: it.name,
        role: it.role,
        created_ms: it.created_ms,
        signed_in_ms: it.signed_in_ms,
        disabled_ms: it.disabled_ms,
    }
}

fn wrong(field: &str, code: &str, message: &str) -> Refusal {
    let error =
        FieldError { field: field.to_owned(), code: code.to_owned(), message: message.to_owned() };
    Problem { errors: vec![error], ..problem(ProblemKind::Invalid) }.into()
}

/// A password that can be read aloud, and its hash.
async fn made() -> Result<(String, String), Refusal> {
    let letters: Vec<char> =
        [secrets::random_id(), secrets::random_id()].concat().chars().take(LETTERS).collect();
    let groups: Vec<String> = letters.chunks(4).map(|it| it.iter().collect()).collect();
    let password = groups.join("-");
    let hash = hashed(password.clone()).await?;
    Ok((password, hash))
}

/// Takes some tens of milliseconds: not on the threads that answer.
async fn hashed(password: String) -> Result<String, Refusal> {
    let made = tokio::task::spawn_blocking(move || passwords::hash(&password)).await;
    made.ok().and_then(Result::ok).ok_or_else(|| ProblemKind::Internal.into())
}

#[cfg(test)]
mod tests {
    use contract::desk::PASSWORD_CHARS;

    use super::*;

    #[tokio::test]
    async fn a_password_that_is_made_is_long_and_never_the_same() {
        let ((one, hash), (other, _)) = (made().await.unwrap(), made().await.unwrap());
        assert!(PASSWORD_CHARS.contains(&one.chars().count()) && one != other, "{one}");
        assert!(passwords::is(&one, &hash) && !passwords::is(&other, &hash));
    }
}
