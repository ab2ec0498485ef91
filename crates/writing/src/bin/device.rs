//! Browser entry point of what helps while somebody writes. A bundle of its own, fetched when
//! somebody begins to write or has begun before: readers never load it. Trunk builds this file.

#[cfg(target_arch = "wasm32")]
mod device {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// After a page is shown: finds what was begun on it, and forgets what was sent.
    #[wasm_bindgen]
    pub fn prepare() {
        writing::prepare();
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    writing::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a browser's entry point; run `cargo xtask serve` instead");
}
