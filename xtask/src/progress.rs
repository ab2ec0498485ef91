//! What is being done and how long it took: the only output that is our own.

use std::time::{Duration, Instant};

/// A step under way; it is announced at once, because some take minutes.
pub struct Step {
    name: String,
    started: Instant,
}

impl Step {
    pub fn begin(name: impl Into<String>) -> Self {
        let name = name.into();
        println!("▸ {name}…");
        Self { name, started: Instant::now() }
    }

    pub fn done(self) -> Duration {
        done(&self.name, self.started)
    }
}

/// Reports a step that ended well.
pub fn done(name: &str, started: Instant) -> Duration {
    let took = started.elapsed();
    println!("✓ {name} ({})", seconds(took));
    took
}

/// Says something by the way.
pub fn note(text: &str) {
    println!("  {text}");
}

pub fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_in_seconds_with_one_decimal() {
        assert_eq!(seconds(Duration::from_millis(12_340)), "12.3 s");
        assert_eq!(seconds(Duration::from_millis(4)), "0.0 s");
    }
}
