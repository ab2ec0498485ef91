//! How much everybody sends together, so that a flood from many places asks a small work of each message.
//! Counts alone, in memory; each server counts what it takes itself.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use contract::challenge::BITS;

/// What a rate is told in.
const MINUTE: Duration = Duration::from_secs(60);

/// The counts of one server.
#[derive(Default)]
pub struct Flood(Mutex<Option<Window>>);

/// One minute, and what came in the one before.
struct Window {
    since: Instant,
    count: u32,
    before: u32,
}

impl Flood {
    /// Counts a message, and says how hard a puzzle is to be asked of it: None while no more than `most`
    /// a minute come. Whatever comes counts, taken or not: a flood is over when it is.
    pub fn count(&self, most: u32, now: Instant) -> Option<u8> {
        // A panic elsewhere leaves counts whole.
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let it = window.get_or_insert(Window { since: now, count: 0, before: 0 });
        let age = now.saturating_duration_since(it.since);
        if MINUTE <= age {
            let before = if age < 2 * MINUTE { it.count } else { 0 };
            let since = if age < 2 * MINUTE { it.since + MINUTE } else { now };
            *it = Window { since, count: 0, before };
        }
        it.count = it.count.saturating_add(1);
        // The minute before counts as far as it is within the last sixty seconds.
        let age = now.saturating_duration_since(it.since).as_millis();
        let left = u64::try_from(MINUTE.as_millis().saturating_sub(age)).unwrap_or_default();
        let rate = u64::from(it.count) + u64::from(it.before) * left / 60_000;
        let times = rate / u64::from(most.max(1));
        if rate <= u64::from(most) {
            return None;
        }
        // Twice as much to do for twice as many.
        let harder = u8::try_from(times.checked_ilog2().unwrap_or_default()).unwrap_or(u8::MAX);
        Some(BITS.start().saturating_add(harder).min(*BITS.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    /// The last answer to so many messages at once.
    fn send(flood: &Flood, count: u32, now: Instant) -> Option<u8> {
        (0..count).map(|_| flood.count(10, now)).last().flatten()
    }

    #[test]
    fn nobody_is_asked_anything_until_there_is_a_flood() {
        let (flood, start) = (Flood::default(), clock::instant());
        assert_eq!(send(&flood, 10, start), None);
        assert_eq!(flood.count(10, start), Some(12));
    }

    #[test]
    fn more_ask_for_more_up_to_what_a_phone_can_do() {
        let (flood, start) = (Flood::default(), clock::instant());
        assert_eq!(send(&flood, 20, start), Some(13));
        assert_eq!(send(&flood, 60, start), Some(15));
        assert_eq!(send(&flood, 10_000, start), Some(16));
    }

    #[test]
    fn a_flood_ends_by_itself() {
        let (flood, start) = (Flood::default(), clock::instant());
        send(&flood, 40, start);
        assert!(send(&flood, 1, start + MINUTE).is_some(), "it was a moment ago");
        assert!(send(&flood, 1, start + MINUTE + MINUTE / 2).is_some(), "half of it counts");
        assert_eq!(send(&flood, 1, start + 2 * MINUTE), None);
        send(&flood, 40, start + 2 * MINUTE);
        assert_eq!(send(&flood, 1, start + 9 * MINUTE), None, "long ago");
    }
}
