//! Bytes to text: UTF-8, Windows-1252 or UTF-16, told by the bytes themselves.

use std::{borrow::Cow, fmt};

/// How a file's letters were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// What spreadsheets in western Europe write, where no other is chosen.
    Windows1252,
    /// With a byte order mark; either order.
    Utf16,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Windows1252 => "Windows-1252",
            Encoding::Utf16 => "UTF-16",
        })
    }
}

/// The text without its byte order mark. Bytes that mean nothing become U+FFFD, by which their
/// rows are known later on.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let utf8 = encoding == encoding_rs::UTF_8;
        let (text, _) = encoding.decode_without_bom_handling(rest);
        return (text, if utf8 { Encoding::Utf8 } else { Encoding::Utf16 });
    }
    if is_utf8(bytes) {
        let (text, _) = encoding_rs::UTF_8.decode_without_bom_handling(bytes);
        return (text, Encoding::Utf8);
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    (text, Encoding::Windows1252)
}

/// Whether the accents are UTF-8's, a few damaged ones aside: read as Windows-1252, one broken byte
/// would turn every `é` of a good file into `Ã©`. French in Windows-1252 hardly ever makes a letter
/// of UTF-8 by chance.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut damaged) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    damaged == 0 || damaged < letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: Encoding) {
        assert_eq!(decode(bytes), (Cow::Borrowed(text), encoding));
    }

    #[test]
    fn the_bytes_tell_their_encoding() {
        check("métier".as_bytes(), "métier", Encoding::Utf8);
        check("\u{feff}métier".as_bytes(), "métier", Encoding::Utf8);
        check(b"m\xe9tier \x80", "métier €", Encoding::Windows1252);
        check(b"\xff\xfem\0\xe9\0", "mé", Encoding::Utf16);
        check(b"\xfe\xff\0m\0\xe9", "mé", Encoding::Utf16);
        check(b"", "", Encoding::Utf8);
    }

    #[test]
    fn one_damaged_byte_does_not_spoil_every_accent() {
        check(b"\xc3\xa9t\xc3\xa9 \xff", "été \u{fffd}", Encoding::Utf8);
    }
}
