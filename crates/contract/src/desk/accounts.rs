//! Accounts of the desk, as those see them who keep them.

use serde::{Deserialize, Serialize};

use crate::{
    desk::{MAX_ACCOUNT, PASSWORD_CHARS, Role},
    form::{Broken, Rule, line},
};

/// What the journal calls those that are no account.
pub const RESERVED: [&str; 4] = ["author", "command line", "lifetime", "site"];

/// An account. Never its password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    pub name: String,
    pub role: Role,
    /// In milliseconds since 1970, like the others.
    pub created_ms: i64,
    /// None where it never was, or not since this is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_in_ms: Option<i64>,
    /// Since when it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_ms: Option<i64>,
}

/// An account to add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccountDraft {
    pub name: String,
    pub role: Role,
}

/// What is done to an account; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AccountChange {
    pub role: Option<Role>,
    pub disabled: Option<bool>,
    /// Ends all its sessions.
    pub sign_out: bool,
    /// Makes it another password, which the answer tells, and ends all its sessions.
    pub new_password: bool,
}

/// An account, and the password that was made for it: told this once, and kept as a hash alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountMade {
    pub account: Account,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// Prints no password.
impl std::fmt::Debug for AccountMade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountMade").field("account", &self.account).finish_non_exhaustive()
    }
}

/// Somebody's own password, changed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    pub old: String,
    pub new: String,
}

/// Prints no password.
impl std::fmt::Debug for PasswordChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordChange").finish_non_exhaustive()
    }
}

/// A name that an account can have.
///
/// # Errors
///
/// Empty, too long, or one of the program's own.
pub fn account_name(typed: &str) -> Result<String, Vec<Broken>> {
    let name = line(typed);
    let broken = Broken::of([
        ("account", Rule::Missing, name.is_empty()),
        ("account", Rule::TooLong, MAX_ACCOUNT < name.chars().count()),
        ("account", Rule::NotAccepted, RESERVED.contains(&name.as_str())),
    ]);
    if broken.is_empty() { Ok(name) } else { Err(broken) }
}

/// A password that may be one.
///
/// # Errors
///
/// Too short or too long.
pub fn new_password(typed: &str) -> Result<&str, Vec<Broken>> {
    let length = typed.chars().count();
    let broken = Broken::of([
        ("new", Rule::Missing, length < *PASSWORD_CHARS.start()),
        ("new", Rule::TooLong, *PASSWORD_CHARS.end() < length),
    ]);
    if broken.is_empty() { Ok(typed) } else { Err(broken) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_line_that_is_nobody_elses() {
        assert_eq!(account_name(" Zoé \n L. ").unwrap(), "Zoé L.");
        for bad in ["", " \u{0} ", "author", "command line", &"é".repeat(MAX_ACCOUNT + 1)] {
            assert!(account_name(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_password_is_long_enough_and_never_printed() {
        assert!(new_password(&"é".repeat(12)).is_ok() && new_password(&"é".repeat(11)).is_err());
        assert!(new_password(&"é".repeat(257)).is_err());
        let it = PasswordChange { old: "sésame".into(), new: "ouvre-toi".into() };
        assert!(!format!("{it:?}").contains("sésame") && !format!("{it:?}").contains("ouvre"));
    }
}
