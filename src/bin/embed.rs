//! Browser entry point of the embedded map. Trunk builds this file; the server never does.

#[cfg(target_arch = "wasm32")]
fn main() {
    app::embed::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a browser's entry point; run `cargo xtask serve` instead");
}
