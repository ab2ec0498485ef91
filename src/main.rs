//! Browser entry point. Trunk builds this file; the server never does.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    app::app::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is the browser's entry point; run `cargo xtask serve` instead");
}
