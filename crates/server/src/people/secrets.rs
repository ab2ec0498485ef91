//! Secrets of receipts: made at random, or from the key that a form sends. Kept as hashes alone.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Makes secrets of the keys that forms send.
pub struct Keys(Vec<u8>);

impl Keys {
    /// `site` is the site's own secret.
    pub fn new(site: &str) -> Keys {
        Keys(site.as_bytes().to_vec())
    }

    /// The same for the same key, and for nobody who has only one of the two.
    pub fn receipt(&self, key: &str) -> String {
        // Any length will do (RFC 2104), so there is no error to speak of.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return random() };
        mac.update(key.as_bytes());
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }
}

/// 256 random bits, as text.
pub fn random() -> String {
    let mut bytes = [0; 32];
    fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// 64 random bits as lower-case letters and digits: names a message where all can see it.
pub fn random_id() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 13];
    fill(&mut bytes);
    bytes.iter().map(|it| char::from(LETTERS[usize::from(it & 31)])).collect()
}

/// What is kept of a secret: who reads the database cannot use it.
pub fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret))
}

/// The system's own randomness. It fails only where there is no such system, and then nothing may
/// go on as if it had not.
#[expect(clippy::panic, reason = "a guessable secret would be worse than none")]
fn fill(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        panic!("the system has no random numbers: {error}");
    }
}

#[cfg(test)]
mod tests {
    use contract::{receipt::SECRET_CHARS, slug::Slug};

    use super::*;

    #[test]
    fn a_key_makes_the_same_secret_on_one_site_alone() {
        let keys = Keys::new("site");
        let secret = keys.receipt("key");
        assert_eq!(secret, keys.receipt("key"));
        assert_ne!(secret, keys.receipt("other"));
        assert_ne!(secret, Keys::new("elsewhere").receipt("key"));
        assert_eq!(secret.len(), SECRET_CHARS);
    }

    #[test]
    fn what_is_random_differs_and_fits_where_it_goes() {
        assert_ne!(random(), random());
        assert_eq!(random().len(), SECRET_CHARS);
        assert!(Slug::try_from(random_id()).is_ok());
        assert_ne!(random_id(), random_id());
    }
}
