//! Files as text, with lines that can be counted.

use std::{
    fs,
    io::Read as _,
    ops::Range,
    path::{Path, PathBuf},
};

use super::fault::Report;

/// The longest file that is read, in bytes. Ten times the longest page that anyone would finish.
pub const MAX_FILE_BYTES: u64 = 512 * 1024;

/// Reads one file of the content folder. A BOM is dropped, CRLF becomes LF.
///
/// None after reporting a file that is missing, too long, no UTF-8, or that has control characters.
pub fn read(folder: &Path, report: &mut Report) -> Option<String> {
    let mut bytes = Vec::new();
    let read = fs::File::open(folder.join(&report.file))
        // One byte more than allowed, so that "too long" can be told from "just fits".
        .and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        report.add(1, format!("cannot be read: {error}"));
        return None;
    }
    if usize::try_from(MAX_FILE_BYTES).is_ok_and(|most| most < bytes.len()) {
        report.add(1, format!("longer than {MAX_FILE_BYTES} bytes"));
        return None;
    }
    clean(bytes, report)
}

fn clean(bytes: Vec<u8>, report: &mut Report) -> Option<String> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let bytes = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let breaks = bytes.iter().filter(|it| **it == b'\n').count();
            report.add(number(breaks + 1), "not UTF-8");
            return None;
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
    let odd = text.char_indices().find(|(_, it)| it.is_control() && !matches!(it, '\n' | '\t'));
    if let Some((at, odd)) = odd {
        let message = format!("control character U+{:04X}", u32::from(odd));
        report.add(line_at(&text, at), message);
        return None;
    }
    Some(text)
}

/// Files of `folder/kind` whose name ends in `.md`, as paths relative to `folder`, sorted. A folder
/// that is not there holds none.
pub fn markdown_files(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join(kind)).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|it| PathBuf::from(it.file_name()))
        .filter(|it| it.extension().is_some_and(|it| it == "md"))
        .map(|it| Path::new(kind).join(it))
        .collect();
    files.sort();
    files
}

/// Line of the byte at `at`, from 1.
pub fn line_at(text: &str, at: usize) -> u32 {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    number(before.iter().filter(|it| **it == b'\n').count() + 1)
}

/// A count of lines as the contract writes it. Files are far shorter than its range.
pub fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A Markdown file taken apart at its `+++` lines.
pub struct Parts<'a> {
    pub front: &'a str,
    /// Line of the first line of `front`.
    pub front_line: u32,
    pub body: &'a str,
    /// Line of the first line of `body`.
    pub body_line: u32,
}

/// None after reporting front matter that is missing or not closed.
pub fn parts<'a>(text: &'a str, report: &mut Report) -> Option<Parts<'a>> {
    let Some(rest) = text.strip_prefix("+++\n") else {
        report.add(1, "front matter missing: the first line is +++");
        return None;
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "+++" {
            let (front, body) = (&rest[..at], &rest[at + line.len()..]);
            let body_line = line_at(text, text.len() - body.len());
            return Some(Parts { front, front_line: 2, body, body_line });
        }
        at += line.len();
    }
    report.add(1, "front matter is not closed by a line +++");
    None
}

/// Line of a place in a piece of a file that starts at `first`.
pub fn line_of(text: &str, first: u32, span: &Range<usize>) -> u32 {
    first + line_at(text, span.start) - 1
}
