//! Compression of what is made while running. Memory to memory: nothing here can fail.

use std::io::Write;

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};

/// How much time an answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Made once, read many times.
    Kept,
    /// Made for one reader.
    Once,
}

/// RFC 7932. None where it would not help.
pub fn brotli(body: &[u8], effort: Effort) -> Option<Bytes> {
    let quality = if effort == Effort::Kept { 9 } else { 2 };
    let params = brotli::enc::BrotliEncoderParams {
        quality,
        // No wider than the body: the encoder clears as much memory, which took longer than the rest.
        lgwin: i32::try_from(body.len().max(1).ilog2() + 1).unwrap_or(22).clamp(16, 22),
        size_hint: body.len(),
        ..Default::default()
    };
    let mut out = Vec::with_capacity(body.len() / 3);
    brotli::BrotliCompress(&mut &*body, &mut out, &params).ok()?;
    (out.len() < body.len()).then(|| Bytes::from(out))
}

/// RFC 1952. None where it would not help.
pub fn gzip(body: &[u8], effort: Effort) -> Option<Bytes> {
    let level = if effort == Effort::Kept { Compression::best() } else { Compression::fast() };
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), level);
    encoder.write_all(body).ok()?;
    let out = encoder.finish().ok()?;
    (out.len() < body.len()).then(|| Bytes::from(out))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_comes_back_whole() {
        let body = "Immunité, immunité. ".repeat(200);
        for effort in [Effort::Kept, Effort::Once] {
            let mut plain = Vec::new();
            let packed = brotli(body.as_bytes(), effort).unwrap();
            brotli::BrotliDecompress(&mut &*packed, &mut plain).unwrap();
            assert_eq!(plain, body.as_bytes());
            let mut plain = String::new();
            let packed = gzip(body.as_bytes(), effort).unwrap();
            flate2::read::GzDecoder::new(&*packed).read_to_string(&mut plain).unwrap();
            assert_eq!(plain, body);
        }
    }

    #[test]
    fn a_body_that_would_grow_is_left_alone() {
        assert_eq!(brotli(b"a", Effort::Once), None);
        assert_eq!(gzip(b"a", Effort::Once), None);
    }
}
