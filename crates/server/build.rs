//! Embeds the built app, every file of `dist/` compressed once, and the content it was built with.
//!
//! Release builds take the best compression, which would cost seconds at every start. Without a
//! `dist/` the table is empty, so that checks and unit tests build on a fresh clone; the server
//! then says what to run.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};

fn main() -> Result<(), Box<dyn Error>> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../dist");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let release = env::var("PROFILE")? == "release";
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", dist.display());

    let mut files = Vec::new();
    if dist.is_dir() {
        collect(&dist, &mut files)?;
    }
    files.sort();

    let mut table = String::from("static EMBEDDED: &[Embedded] = &[\n");
    for (index, file) in files.iter().enumerate() {
        let path = file.strip_prefix(&dist)?.to_str().ok_or("a file name in dist is no UTF-8")?;
        let path = path.replace('\\', "/");
        let body = fs::read(file)?;
        let identity = write(&out, index, "raw", &body)?;
        let (brotli, gzip) = if is_compressible(&path) {
            let quality = if release { 11 } else { 4 };
            (
                format!(
                    "Some(include_bytes!({:?}))",
                    write(&out, index, "br", &brotli(&body, quality)?)?
                ),
                format!("Some(include_bytes!({:?}))", write(&out, index, "gz", &gzip(&body)?)?),
            )
        } else {
            ("None".to_owned(), "None".to_owned())
        };
        writeln!(
            table,
            "Embedded {{ path: {path:?}, identity: include_bytes!({identity:?}), brotli: {brotli}, gzip: {gzip} }},"
        )?;
    }
    table.push_str("];\n");
    fs::write(out.join("embedded.rs"), table)?;
    defaults(&out)
}

/// The content folder and the site file, so that the binary runs alone.
fn defaults(out: &Path) -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../..").canonicalize()?;
    let (content, site) = (root.join("content"), root.join("site.toml"));
    println!("cargo::rerun-if-changed={}", site.display());
    let mut files = Vec::new();
    collect(&content, &mut files)?;
    files.sort();
    let mut code = format!(
        "/// `site.toml` as built.\npub const SITE: &str = include_str!({site:?});\nconst CONTENT: &[(&str, &[u8])] = &[\n"
    );
    for file in files {
        let path =
            file.strip_prefix(&content)?.to_str().ok_or("a content file's name is no UTF-8")?;
        writeln!(code, "({:?}, include_bytes!({file:?})),", path.replace('\\', "/"))?;
    }
    code.push_str("];\n");
    fs::write(out.join("defaults.rs"), code)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Pictures and fonts are compressed already.
fn is_compressible(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    !matches!(ending, "woff2" | "png" | "jpg" | "webp" | "avif" | "mp4")
}

fn write(out: &Path, index: usize, kind: &str, body: &[u8]) -> io::Result<PathBuf> {
    let path = out.join(format!("{index}.{kind}"));
    fs::write(&path, body)?;
    Ok(path)
}

fn brotli(body: &[u8], quality: i32) -> io::Result<Vec<u8>> {
    let params =
        brotli::enc::BrotliEncoderParams { quality, size_hint: body.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut out, &params)?;
    Ok(out)
}

fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body)?;
    encoder.finish()
}
