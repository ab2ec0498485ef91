//! A file's rows with their lines, in bounded memory whatever is in it.
//!
//! `csv-core` and not `csv`: into buffers of a set size a row of five million separators or an
//! unclosed quote reads like any other, where `csv` would grow with it.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Bytes of a row, quotes aside.
pub(super) const MAX_ROW_BYTES: usize = 64 * 1024;
/// Fields of a row.
const MAX_FIELDS: usize = 1_000;

/// The rows of a text, the header's among them; empty lines are none.
pub(super) struct Rows<'t> {
    text: &'t str,
    reader: Reader,
    separator: u8,
    /// Bytes read.
    at: usize,
    /// Bytes whose line breaks are counted, and the line there, from 1.
    counted: usize,
    line: u32,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

pub(super) struct Row<'a> {
    /// Where it begins, from 1.
    pub(super) line: u32,
    /// None where it is longer than [`MAX_ROW_BYTES`] or has too many fields.
    pub(super) fields: Option<Fields<'a>>,
    pub(super) quotes: Quotes,
}

/// The lines of a row's remarkable quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Quotes {
    /// A quote that nothing closes.
    pub(super) unclosed: Option<u32>,
    /// The first quote with a line break before its end: perhaps one that closes by chance.
    pub(super) broken: Option<u32>,
}

#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    bytes: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Fields<'a> {
    /// Fields that stand one after the other; `ends` says where each does.
    pub(super) fn new(bytes: &'a [u8], ends: &'a [usize]) -> Fields<'a> {
        Fields { bytes, ends }
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Empty beyond the last.
    pub(super) fn get(&self, at: usize) -> &'a str {
        let from = at.checked_sub(1).map_or(0, |it| self.ends.get(it).copied().unwrap_or(0));
        let field = self.ends.get(at).and_then(|to| self.bytes.get(from..*to));
        // Cut at separators and quotes, which are ASCII: still text.
        field.and_then(|it| str::from_utf8(it).ok()).unwrap_or_default()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |it| self.get(it))
    }
}

impl<'t> Rows<'t> {
    pub(super) fn new(text: &'t str, separator: u8) -> Rows<'t> {
        Rows {
            text,
            reader: ReaderBuilder::new().delimiter(separator).build(),
            separator,
            at: 0,
            counted: 0,
            line: 1,
            bytes: vec![0; MAX_ROW_BYTES],
            ends: vec![0; MAX_FIELDS],
        }
    }

    /// The next row, which is read over when it is asked for the one after it.
    pub(super) fn next(&mut self) -> Option<Row<'_>> {
        let from = self.at;
        let (mut filled, mut ended, mut fits) = (0, 0, true);
        loop {
            let input = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let bytes = self.bytes.get_mut(filled..).unwrap_or_default();
            let ends = self.ends.get_mut(ended..).unwrap_or_default();
            let (result, read, written, fields) = self.reader.read_record(input, bytes, ends);
            self.at += read;
            filled += written;
            ended += fields;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    // Read to its end all the same, over what is already there.
                    (filled, ended, fits) = (0, 0, false);
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        let raw = self.text.as_bytes().get(from..self.at).unwrap_or_default();
        // Line breaks before it: the end of the row before, and empty lines.
        let breaks = raw.iter().take_while(|it| matches!(it, b'\r' | b'\n')).count();
        self.line += lines(self.text, self.counted, from + breaks);
        self.counted = from + breaks;
        let raw = raw.get(breaks..).unwrap_or_default();
        let quotes = quotes(raw, self.separator, self.line);
        let fields = Fields {
            bytes: self.bytes.get(..filled).unwrap_or_default(),
            ends: self.ends.get(..ended).unwrap_or_default(),
        };
        Some(Row { line: self.line, fields: fits.then_some(fields), quotes })
    }
}

/// Line breaks in a part of `text`: LF, CR LF, or CR alone.
fn lines(text: &str, from: usize, to: usize) -> u32 {
    let bytes = text.as_bytes();
    let part = bytes.get(from..to).unwrap_or_default();
    let after = bytes.get(from + 1..).unwrap_or_default();
    let next = after.iter().map(Some).chain([None]);
    let breaks = part.iter().zip(next).filter(|(it, next)| match it {
        b'\n' => true,
        b'\r' => *next != Some(&b'\n'),
        _ => false,
    });
    u32::try_from(breaks.count()).unwrap_or(u32::MAX)
}

/// As `csv-core` sees them: a quote opens at the beginning of a field, two stand for one.
fn quotes(raw: &[u8], separator: u8, first_line: u32) -> Quotes {
    let mut found = Quotes::default();
    let mut line = first_line;
    let mut opened = None;
    let mut begins = true;
    let mut bytes = raw.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let line_break = byte == b'\n' || (byte == b'\r' && bytes.peek() != Some(&b'\n'));
        line += u32::from(line_break);
        match opened {
            None if byte == b'"' && begins => opened = Some(line),
            None => {}
            Some(_) if byte == b'"' && bytes.next_if_eq(&b'"').is_none() => opened = None,
            Some(at) if line_break => found.broken = found.broken.or(Some(at)),
            Some(_) => {}
        }
        begins = opened.is_none() && byte == separator;
    }
    found.unclosed = opened;
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line, number of fields and quotes of each row.
    fn read(text: &str) -> Vec<(u32, Option<Vec<String>>, Quotes)> {
        let mut rows = Rows::new(text, b',');
        let mut found = Vec::new();
        while let Some(row) = rows.next() {
            let fields = row.fields.map(|it| it.iter().map(ToOwned::to_owned).collect());
            found.push((row.line, fields, row.quotes));
        }
        found
    }

    #[test]
    fn lines_are_those_an_editor_shows() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "\"1", "2\",3", "", "", "x"].join(end);
            let lines: Vec<u32> = read(&text).iter().map(|it| it.0).collect();
            assert_eq!(lines, [1, 3, 7], "{end:?}");
        }
        let rows = read("a,\"b,\"\"c\"\"\"\n,é");
        assert_eq!(rows[0].1, Some(vec!["a".to_owned(), "b,\"c\"".to_owned()]));
        assert_eq!(rows[1].1, Some(vec![String::new(), "é".to_owned()]));
    }

    #[test]
    fn an_open_quote_says_where_it_opened() {
        let rows = read("a,b\n1,\"x\ny\"\n2,3\n4,\"five\n6,7\n");
        assert_eq!(rows[1].2, Quotes { unclosed: None, broken: Some(2) });
        assert_eq!(rows.last().unwrap().0, 5);
        assert_eq!(rows.last().unwrap().2, Quotes { unclosed: Some(5), broken: Some(5) });
    }

    #[test]
    fn rows_that_are_too_long_are_read_over() {
        let text = format!("a\n{}\n{}\nb\n", "x".repeat(5_000_000), ",".repeat(5_000_000));
        let rows = read(&text);
        assert_eq!(
            rows.iter().map(|it| it.1.is_some()).collect::<Vec<_>>(),
            [true, false, false, true]
        );
        assert_eq!(rows[3], (4, Some(vec!["b".to_owned()]), Quotes::default()));
    }
}
