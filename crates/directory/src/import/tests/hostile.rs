//! Files that nobody wrote.

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

const GOOD: &str = "external_id;name;profession;postcode;town;phone;lat;lon;web;opening;verified_on;languages\r\n\
    a-1;Cabinet d’essai;Infirmière;69003;Lyon;01 99 00 12 34;45.75;4.85;example.org;Mo 08:00-12:00;2026-01-01;fr,en\r\n\
    a-2;\"Cabinet \"\"B\"\"; bis\";psychiatre;75012;Paris;;;;;;01/02/2026;\r\n";

/// Whatever is read, the report adds up and what was accepted can be shown.
fn check(bytes: &[u8]) {
    let Ok(Import { entries, report }) = read(bytes) else { return };
    assert_eq!(report.rows, report.accepted + report.rejected);
    assert_eq!(usize::try_from(report.accepted).unwrap(), entries.len());
    assert!(report.doubtful <= report.accepted);
    assert!(report.to_string().lines().count() <= 203);
    let mut ids: Vec<&str> = entries.iter().map(|it| it.practitioner.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), entries.len());
    let lines = bytes.iter().filter(|it| matches!(it, b'\n' | b'\r')).count() + 1;
    for it in report.rejections.iter().chain(&report.doubts) {
        assert!((1..=lines).contains(&usize::try_from(it.line).unwrap()), "{it}");
    }
    for it in &entries {
        let it = &it.practitioner;
        for text in [&it.name, &it.address.street, &it.address.town, &it.source] {
            assert!(text.chars().count() <= 500 && !text.contains(char::is_control));
        }
        assert!(it.web.as_ref().is_none_or(|it| it.starts_with("http")));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_harm(bytes in vec(any::<u8>(), 0..2_000)) {
        check(&bytes);
        let header = b"id,nom,metier,cp,ville\n";
        check(&[header.as_slice(), &bytes].concat());
    }

    #[test]
    fn a_table_may_be_damaged_anywhere(
        cuts in vec((0..GOOD.len(), 0..12_usize, select(vec![
            "", "\"", ";", "\n", "\r", ",", "\t", "\u{0}", "=", "é", "\u{fffd}", "a-1", "99999999999",
            "\"\"", ";;;;;;;;;;;;", "-", "+33", "2026-13-45", "\u{202e}", "1e400", "nan",
        ])), 1..6),
        mark in any::<bool>(),
    ) {
        let mut bytes = GOOD.as_bytes().to_vec();
        for (at, length, text) in cuts {
            let at = at.min(bytes.len());
            let to = (at + length).min(bytes.len());
            bytes.splice(at..to, text.bytes());
        }
        if mark {
            bytes.splice(0..0, *b"\xef\xbb\xbf");
        }
        check(&bytes);
    }

    #[test]
    fn values_of_any_text_are_read_without_harm(
        column in select(Column::ALL.to_vec()), text in any::<String>(), plain in "[-+=@0-9a-z:/., ;éà'()]{0,40}",
    ) {
        for text in [text, plain] {
            let quoted = format!("\"{}\"", text.replace('"', "\"\""));
            let name = column.name();
            let table = if GOOD.starts_with(name) || GOOD.contains(&format!(";{name}")) {
                let field = GOOD.lines().next().unwrap().split(';').position(|it| it == name);
                let mut lines: Vec<Vec<String>> = GOOD.lines().take(2)
                    .map(|it| it.split(';').map(ToOwned::to_owned).collect()).collect();
                lines[1][field.unwrap()] = quoted;
                format!("{}\n{}\n", lines[0].join(";"), lines[1].join(";"))
            } else {
                let lines: Vec<&str> = GOOD.lines().collect();
                format!("{};{name}\n{};{quoted}\n", lines[0], lines[1])
            };
            let found = read(table.as_bytes()).unwrap();
            prop_assert_eq!(found.report.rows, 1);
            check(table.as_bytes());
        }
    }
}

#[test]
fn nothing_but_separators_and_quotes_is_no_great_matter() {
    for text in [",", ";", "\"", "\n", "\"\n", "\",", "a\"b", "\0", "\"\"", "\"\"\""] {
        let filled = text.repeat(200_000);
        check(filled.as_bytes());
        check(format!("{GOOD}{filled}").as_bytes());
    }
}
