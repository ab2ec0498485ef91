//! The exact versions of everything that is installed, in one place to raise them.
//!
//! Pinned, so that two machines build the same bytes. `wasm-bindgen` is not here: its command line
//! must be the version of the library, which Cargo.lock holds.

/// The oldest compiler that builds the workspace.
pub const RUSTC: (u32, u32) = (1, 95);

/// The oldest Node.js that runs what is installed from npm.
pub const NODE_MAJOR: u32 = 18;

/// Bundles the app for the browser.
pub const TRUNK: &str = "0.21.14";

/// npm package that holds `wasm-opt`, which trunk calls to shrink the app.
pub const BINARYEN: &str = "132.0.0";

/// npm package that bundles the style sheets.
pub const ESBUILD: &str = "0.28.2";

/// npm package with the accessibility rules the browser tests apply.
pub const AXE_CORE: &str = "4.14.1";

/// npm package that drives the browser for `bench`; it brings no browser of its own.
pub const PLAYWRIGHT_CORE: &str = "1.65.1";

/// Checks licences, sources and known vulnerabilities of the dependencies.
pub const CARGO_DENY: &str = "0.20.2";
