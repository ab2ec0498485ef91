//! How much one sender may send. Who that is stays unknown: an address is hashed with a key that
//! exists in memory alone and changes every day, and only counts are kept, in memory too.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
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

    /// Whether there is anybody to tell apart.
    pub fn is_known(&self) -> bool {
        self.0.is_some()
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
pub struct Limits {
    most: u32,
    counts: Mutex<Counts>,
}

/// As many as one sender may send of messages.
impl Default for Limits {
    fn default() -> Limits {
        Limits::allowing(MOST)
    }
}

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
    /// `most` in [`WINDOW`].
    pub fn allowing(most: u32) -> Limits {
        Limits { most, counts: Mutex::default() }
    }

    /// Counts something by its name, which is kept as little as an address.
    ///
    /// # Errors
    ///
    /// [`TooMany`], and then it is not counted.
    pub fn count_name(&self, name: &str) -> Result<(), TooMany> {
        self.count_text_at(name, None, clock::instant())
    }

    /// Forgets what was counted of a name.
    pub fn forget_name(&self, name: &str) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let hash = counts.hash(name, clock::instant());
        counts.senders.remove(&hash);
    }

    /// Counts one message. `known` tells it from others, where it may come twice.
    ///
    /// # Errors
    ///
    /// [`TooMany`], and then it is not counted.
    pub fn count(&self, sender: &Sender, known: Option<&str>) -> Result<(), TooMany> {
        self.count_at(sender, known, clock::instant())
    }

    /// Tells what one sender says today from everything else. None where there is no address.
    pub fn mark(&self, sender: &Sender, parts: &[&str]) -> Option<String> {
        self.mark_at(sender, parts, clock::instant())
    }

    fn mark_at(&self, sender: &Sender, parts: &[&str], now: Instant) -> Option<String> {
        let address = sender.0?;
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = address.to_string();
        for it in parts {
            // No part ends where another would.
            text.push_str(&format!("\0{} {it}", it.len()));
        }
        Some(URL_SAFE_NO_PAD.encode(counts.hash(&text, now)))
    }

    fn count_at(&self, sender: &Sender, known: Option<&str>, now: Instant) -> Result<(), TooMany> {
        // Without an address there is nobody to tell apart: a test, or a socket of the system's own.
        let Some(address) = sender.0 else { return Ok(()) };
        self.count_text_at(&address.to_string(), known, now)
    }

    fn count_text_at(&self, who: &str, known: Option<&str>, now: Instant) -> Result<(), TooMany> {
        // A panic elsewhere leaves counts whole.
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let hash = counts.hash(who, now);
        if MAX_SENDERS <= counts.senders.len() && !counts.senders.contains_key(&hash) {
            counts.forget_eldest();
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
        if self.most <= window.count {
            return Err(TooMany);
        }
        window.count += 1;
        window.known.extend(known.map(ToOwned::to_owned));
        Ok(())
    }
}

impl Counts {
    /// Forgets the eldest quarter. Whoever has that many addresses shuts nobody out; what all of them
    /// send together is the flood's affair.
    fn forget_eldest(&mut self) {
        let mut begun: Vec<Instant> = self.senders.values().map(|it| it.since).collect();
        let (_, last, _) = begun.select_nth_unstable(MAX_SENDERS / 4);
        let last = *last;
        self.senders.retain(|_, it| last < it.since);
    }

    fn hash(&mut self, who: &str, now: Instant) -> [u8; 32] {
        let current = self.key.take().filter(|it| now.duration_since(it.1) < KEY_LIFE);
        let (key, since) = current.unwrap_or_else(|| {
            self.senders.clear();
            (secrets::random(), now)
        });
        let mut hash = [0; 32];
        // Any length of key will do (RFC 2104).
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) {
            mac.update(who.as_bytes());
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
    fn whoever_has_many_addresses_shuts_nobody_out() {
        let (limits, start) = (Limits::default(), clock::instant());
        let many = u32::try_from(MAX_SENDERS).unwrap();
        for number in 0..2 * many {
            let network = (0x2001_0db8_u128 << 96) + (u128::from(number) << 64);
            let sender = Sender::new(std::net::Ipv6Addr::from(network).into());
            let now = start + Duration::from_micros(number.into());
            assert_eq!(limits.count_at(&sender, None, now), Ok(()), "{number}");
        }
        let counted = limits.counts.lock().unwrap().senders.len();
        assert!(counted <= MAX_SENDERS, "{counted}");
        let (now, one) = (start + Duration::from_secs(1), sender("192.0.2.1"));
        for _ in 0..MOST {
            assert_eq!(limits.count_at(&one, None, now), Ok(()));
        }
        assert_eq!(limits.count_at(&one, None, now), Err(TooMany), "the young are remembered");
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
    fn the_same_words_of_the_same_sender_have_one_mark_for_a_day() {
        let (limits, start) = (Limits::default(), clock::instant());
        let mark = |who: &str, parts: &[&str], after: Duration| {
            limits.mark_at(&sender(who), parts, start + after)
        };
        let first = mark("192.0.2.1", &["a", "bc"], Duration::ZERO);
        assert!(first.is_some());
        assert_eq!(first, mark("192.0.2.1", &["a", "bc"], WINDOW));
        assert_ne!(first, mark("192.0.2.1", &["ab", "c"], WINDOW));
        assert_ne!(first, mark("192.0.2.2", &["a", "bc"], WINDOW));
        assert_ne!(first, mark("192.0.2.1", &["a", "bc"], KEY_LIFE));
        assert_eq!(limits.mark(&Sender::default(), &["a"]), None);
    }

    #[test]
    fn nothing_tells_who_it_was() {
        assert_eq!(format!("{:?}", sender("192.0.2.1")), "Sender");
    }
}
