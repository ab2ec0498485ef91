//! How much one sender may send. Who that is stays unknown: an address is hashed with a key that
//! exists in memory alone and changes every day, and only counts are kept, in memory too.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{clock, people::secrets};

/// Messages that one sender may send in [`WINDOW`].
const MOST: u32 = 10;
pub const WINDOW: Duration = Duration::from_secs(600);
/// How long one key is used.
const KEY_LIFE: Duration = Duration::from_secs(86_400);
/// Senders remembered at most; beyond that the eldest windows are forgotten first.
const MAX_SENDERS: usize = 100_000;

/// Who sends, for as long as the request lives. Prints as nothing.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Sender(Option<IpAddr>);

impl Sender {
    /// A sender on an IPv6 network has 2^64 addresses: its network counts.
    pub fn new(address: IpAddr) -> Sender {
        Sender(Some(match address.to_canonical() {
            IpAddr::V6(it) => {
                let mut network = it.octets();
                network[8..].fill(0);
                IpAddr::V6(network.into())
            }
            v4 => v4,
        }))
    }
}

impl std::fmt::Debug for Sender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sender")
    }
}

/// Too much was sent from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

/// The counts of one server.
#[derive(Default)]
pub struct Limits(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    key: Option<(String, Instant)>,
    senders: HashMap<[u8; 32], Window>,
}

struct Window {
    since: Instant,
    count: u32,
    /// What was sent with a key: sent again, it does not count again.
    known: Vec<String>,
}

impl Limits {
    /// Counts one message. `known` tells it from others, where it may come twice.
    ///
    /// # Errors
    ///
    /// [`TooMany`], and then it is not counted.
    pub fn count(&self, sender: &Sender, known: Option<&str>) -> Result<(), TooMany> {
        self.count_at(sender, known, clock::instant())
    }

    fn count_at(&self, sender: &Sender, known: Option<&str>, now: Instant) -> Result<(), TooMany> {
        // Without an address there is nobody to tell apart: a test, or a socket of the system's own.
        let Some(address) = sender.0 else { return Ok(()) };
        // A panic elsewhere leaves counts whole.
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let hash = counts.hash(address, now);
        if MAX_SENDERS <= counts.senders.len() && !counts.senders.contains_key(&hash) {
            counts.senders.retain(|_, it| now.duration_since(it.since) < WINDOW);
            if MAX_SENDERS <= counts.senders.len() {
                return Err(TooMany);
            }
        }
        let window = counts.senders.entry(hash).or_insert(Window {
            since: now,
            count: 0,
            known: Vec::new(),
        });
        if WINDOW <= now.duration_since(window.since) {
            *window = Window { since: now, count: 0, known: Vec::new() };
        }
        if known.is_some_and(|it| window.known.iter().any(|known| known == it)) {
            return Ok(());
        }
        if MOST <= window.count {
            return Err(TooMany);
        }
        window.count += 1;
        window.known.extend(known.map(ToOwned::to_owned));
        Ok(())
    }
}

impl Counts {
    fn hash(&mut self, address: IpAddr, now: Instant) -> [u8; 32] {
        let current = self.key.take().filter(|it| now.duration_since(it.1) < KEY_LIFE);
        let (key, since) = current.unwrap_or_else(|| {
            self.senders.clear();
            (secrets::random(), now)
        });
        let mut hash = [0; 32];
        // Any length of key will do (RFC 2104).
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) {
            mac.update(address.to_string().as_bytes());
            hash.copy_from_slice(&mac.finalize().into_bytes());
        }
        self.key = Some((key, since));
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender(text: &str) -> Sender {
        Sender::new(text.parse().unwrap())
    }

    #[test]
    fn each_sender_has_their_own_count_and_time_clears_it() {
        let (limits, start) = (Limits::default(), clock::instant());
        let one = sender("192.0.2.1");
        for _ in 0..MOST {
            assert_eq!(limits.count_at(&one, None, start), Ok(()));
        }
        assert_eq!(limits.count_at(&one, None, start), Err(TooMany));
        assert_eq!(limits.count_at(&sender("192.0.2.2"), None, start), Ok(()));
        assert_eq!(limits.count_at(&one, None, start + WINDOW), Ok(()));
    }

    #[test]
    fn the_same_message_again_does_not_count_again() {
        let (limits, start) = (Limits::default(), clock::instant());
        for _ in 0..3 * MOST {
            assert_eq!(limits.count_at(&sender("192.0.2.1"), Some("a"), start), Ok(()));
        }
    }

    #[test]
    fn a_network_of_ipv6_is_one_sender() {
        assert_eq!(sender("2001:db8::1"), sender("2001:db8::ffff:1"));
        assert_ne!(sender("2001:db8::1"), sender("2001:db8:0:1::1"));
        assert_eq!(sender("::ffff:192.0.2.1"), sender("192.0.2.1"));
    }

    #[test]
    fn nothing_tells_who_it_was() {
        assert_eq!(format!("{:?}", sender("192.0.2.1")), "Sender");
    }
}
