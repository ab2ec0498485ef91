//! The time and day it is. The only reader of the system's clock.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use contract::date::Date;

/// How often each server looks at what others have changed in the database that they share: what one
/// shows, all show within a second.
pub const LOOK: Duration = Duration::from_millis(500);
const _: () = assert!(2 * LOOK.as_millis() <= 1_000, "a look and its answer take a second at most");

/// Now, on a clock that only goes forward.
pub fn instant() -> Instant {
    Instant::now()
}

/// Milliseconds since 1970.
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Today in UTC; 1970-01-01 where the system's clock stands before it.
pub fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    let days = i32::try_from(seconds / 86_400).unwrap_or(i32::MAX);
    Date::from_days_since_epoch(days).unwrap_or(Date::EPOCH)
}
