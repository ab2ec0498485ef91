//! The small work that is asked of each message in a flood, done in slices: between two of them the page
//! answers whoever uses it.

use contract::challenge::{Puzzle, proof};
use js_sys::{Date, Promise};
use wasm_bindgen_futures::JsFuture;

use crate::page::window;

/// Milliseconds at a stretch: less than a frame.
const SLICE: f64 = 8.0;
/// Counts between two looks at the clock.
const STEP: u64 = 128;
/// Counts after which it is given up: some hundred times as many as the hardest takes.
const MOST: u64 = 1 << 23;

/// The proof that a puzzle is solved for a key. None where it is none that anybody would ask for.
pub async fn solve(name: &str, key: &str) -> Option<String> {
    let puzzle = Puzzle::new(name, key)?;
    let mut from = 0;
    while from < MOST {
        let start = Date::now();
        while Date::now() - start < SLICE {
            if let Some(count) = puzzle.search(from, STEP) {
                return Some(proof(name, count));
            }
            from += STEP;
        }
        pause().await;
    }
    None
}

/// Until the browser has done what else there is to do.
async fn pause() {
    let later = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback(&resolve);
    });
    let _ = JsFuture::from(later).await;
}
