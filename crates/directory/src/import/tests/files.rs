//! Whole files: encodings, separators, quotes, rows that concern each other.

use super::*;

const HEADER: &str = "id,nom,métier,cp,ville\n";

fn found(text: &str) -> Import {
    read(format!("{HEADER}{text}").as_bytes()).unwrap()
}

fn whats(report: &Report) -> Vec<(u32, What)> {
    let all = report.rejections.iter().chain(&report.doubts);
    all.map(|it| (it.line, it.what.clone())).collect()
}

#[test]
fn every_spreadsheet_is_read() {
    let text = "\"Métier\";Ville;cp;\"Nom\";Id;Horaires\r\n\
        Infirmière;Orléans;45000;\"Cabinet \"\"É\"\"; bis\";1;\"Mo 08:00-12:00; Tu 08:00-12:00\"\r\n\r\n;;;;;\r\n";
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.chars().map(|it| u8::try_from(u32::from(it)).unwrap()).collect();
    let bom = format!("\u{feff}{text}").into_bytes();
    let tabs = text.replace(';', "\t").replace("É\"\"\t", "É\"\";").replace("00\t ", "00; ");
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (bom, Encoding::Utf8),
        (utf16, Encoding::Utf16),
        (latin, Encoding::Windows1252),
        (tabs.into_bytes(), Encoding::Utf8),
        (text.replace("\r\n", "\r").into_bytes(), Encoding::Utf8),
    ] {
        let Import { entries, report } = read(&bytes).unwrap();
        assert_eq!((report.encoding, report.problems, report.rows), (encoding, 0, 1), "{report}");
        assert_eq!(entries[0].practitioner.name, "Cabinet \"É\"; bis");
        assert_eq!(entries[0].practitioner.address.town, "Orléans");
        assert_eq!(entries[0].practitioner.opening.len(), 2);
    }
}

#[test]
fn a_name_is_given_once() {
    let text = "1,a,nurse,69003,Lyon\n1,b,nurse,69003,Lyon\n2,A,infirmier,69003,Lyon\n3,c,guru,69003,Lyon\n3,c,nurse,69003,Lyon\n";
    let Import { entries, report } = found(text);
    let expected = [
        (3, What::Duplicate { line: 2 }),
        (5, What::UnknownProfession),
        (4, What::SamePractice { line: 2 }),
    ];
    assert_eq!(whats(&report), expected);
    let ids: Vec<&str> = entries.iter().map(|it| it.external_id.as_str()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
}

#[test]
fn ids_that_would_be_the_same_do_not_depend_on_the_order() {
    let rows = ["A B,x,nurse,69003,Lyon\n", "a-b,y,nurse,69003,Lyon\n", "a/b,z,nurse,69003,Lyon\n"];
    let ids = |text: String| {
        let mut found: Vec<(String, String)> = found(&text)
            .entries
            .into_iter()
            .map(|it| (it.external_id, it.practitioner.id.into()))
            .collect();
        found.sort();
        found
    };
    let forwards = ids(rows.concat());
    assert_eq!(forwards, ids(rows.into_iter().rev().collect()));
    assert_eq!(forwards[1], ("a-b".to_owned(), "a-b".to_owned()));
    assert!(forwards[0].1.starts_with("a-b-") && forwards[2].1.starts_with("a-b-"));
    assert_ne!(forwards[0].1, forwards[2].1);
}

#[test]
fn rows_that_are_cut_or_too_long_are_left_out() {
    let long = format!("1,{},nurse,69003,Lyon", "x".repeat(5_000_000));
    let text = format!("{long}\n2,b,nurse,69003\n3,c,nurse,69003,Lyon,x\n4,d,nurse,69003,Lyon\n");
    let Import { entries, report } = found(&text);
    let count = |found| What::FieldCount { found, expected: 5 };
    assert_eq!(whats(&report), [(2, What::RowTooLong), (3, count(4)), (4, count(6))]);
    assert_eq!(entries.len(), 1);
    // Cut short within it.
    let Import { entries, report } = found(&long[..4_999_990]);
    assert_eq!((entries.len(), whats(&report)), (0, vec![(2, What::RowTooLong)]));
}

#[test]
fn an_open_quote_is_told_by_its_line() {
    let good = "9,z,nurse,69003,Lyon\n";
    let text =
        format!("{good}\n1,\"a,nurse,69003,Lyon\n{}", "2,b,nurse,69003,Lyon\n".repeat(9_000));
    let Import { entries, report } = found(&text);
    assert_eq!((entries.len(), whats(&report)), (1, vec![(4, What::Unclosed { line: 4 })]));
    // Closed by the next quote, lines later.
    let text = format!("1,\"a,nurse,69003,Lyon\n{good}2,\"b\",nurse,69003,Lyon\n{good}");
    let Import { entries, report } = found(&text);
    assert_eq!((entries.len(), whats(&report)), (1, vec![(2, What::LineBreak { line: 2 })]));
    let text = format!("1,\"a,nurse\n2,b,\"nurse,69003,Lyon\n{good}");
    let Import { entries, report } = found(&text);
    let quote = What::FieldCountQuote { found: 4, expected: 5, line: 2 };
    assert_eq!((entries.len(), whats(&report)), (1, vec![(2, quote)]));
}

#[test]
fn a_damaged_byte_costs_its_row_alone() {
    let mut bytes = format!("{HEADER}1,Étoile,nurse,69003,Lyon\n2,").into_bytes();
    bytes.extend(b"\xff,nurse,69003,Lyon\n");
    let Import { entries, report } = read(&bytes).unwrap();
    assert_eq!(whats(&report), [(3, What::InvalidBytes)]);
    assert_eq!(entries[0].practitioner.name, "Étoile");
}

#[test]
fn what_stops_everything_says_so() {
    assert_eq!(read(b""), Err(Fault::Empty));
    assert_eq!(
        read(b"\x89PNG\r\n\x1a\n").map_err(|it| it.to_string()).unwrap_err(),
        "the first line must name the columns; missing: external_id, name, profession, postcode, town"
    );
    let twice = read(b"id,rpps,nom,metier,cp,ville\n").unwrap_err().to_string();
    assert_eq!(twice, "two columns are external_id: \"id\" and \"rpps\"; rename or remove one");
}

#[test]
fn a_report_stays_short() {
    let Import { report, .. } = found(&"1,a,guru,,\n".repeat(3_000));
    assert_eq!((report.rows, report.rejected, report.problems), (3_000, 3_000, 9_000));
    assert_eq!(report.rejections.len(), 1_000);
    let text = report.to_string();
    assert_eq!(text.lines().count(), 202);
    assert!(text.ends_with("and 8800 more\n"), "{text}");
}
