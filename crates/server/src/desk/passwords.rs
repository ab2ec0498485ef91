//! Passwords, kept as argon2id hashes.

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::{self, SaltString},
};

use crate::people::secrets;

/// OWASP's recommendation: 19 MiB, two rounds, one lane. Some tens of milliseconds each.
fn argon2() -> Argon2<'static> {
    // These are the crate's defaults, which its own constructor has checked.
    let params = Params::new(19 * 1_024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// A PHC string with a salt of its own.
///
/// # Errors
///
/// When there is not enough memory.
pub fn hash(password: &str) -> Result<String, password_hash::Error> {
    let salt = SaltString::encode_b64(&secrets::bytes::<16>())?;
    Ok(argon2().hash_password(password.as_bytes(), &salt)?.to_string())
}

/// Whether it is the password of `phc`, by the parameters that stand in it.
pub fn is(password: &str, phc: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(phc) else { return false };
    argon2().verify_password(password.as_bytes(), &parsed).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_recognised_and_no_hash_repeats() {
        let (one, other) = (hash("douze lettres").unwrap(), hash("douze lettres").unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, other);
        assert!(is("douze lettres", &one) && is("douze lettres", &other));
        assert!(!is("Douze lettres", &one) && !is("", &one) && !is("douze lettres", ""));
    }
}
