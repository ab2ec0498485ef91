//! What every journey needs: a server, a browser, a folder of its own.

mod browser;
mod folder;
pub mod http;
mod process;
mod proxy;
mod server;
mod static_host;
mod storage;

pub use browser::{Browser, Scripts};
pub use folder::Folder;
pub use proxy::{Manner, Proxy};
pub use server::{Server, export, fixture_content, site_file};
pub use static_host::StaticHost;

/// An absolute path that `cargo xtask test` passes on.
///
/// # Panics
///
/// Where the variable is not set: these tests cannot be run without the tools.
pub fn tool(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: run these tests with `cargo xtask test e2e`")
    })
}

/// A file of the repository.
pub fn repository(path: &str) -> String {
    format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))
}
