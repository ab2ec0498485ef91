//! What holds for any text.

use guard::{Guard, Kind, look};
use proptest::prelude::*;

/// Pieces that rules care for, between anything else.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[ -~à-ÿ\u{a0}\u{200b}-\u{200f}\u{202f}\u{300}-\u{310}\n]{0,6}",
        prop::sample::select(vec![
            "06 12 34 56 78",
            "+33",
            "1 85 07 75 123 456",
            "2A",
            "@",
            "a@b.fr",
            "arobase",
            " point ",
            "12 rue ",
            "75012 Paris",
            "Dr ",
            "Martin",
            "j’ai ",
            "arrêté ",
            "mon traitement",
            "\n\n",
            "envie de mourir",
            "n’",
            "jamais ",
            "? ",
            ". ",
            "É",
            "😀",
            "שלום",
            "e\u{301}",
            "İ",
            "ﬁ",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn findings_lie_in_the_text_in_order(text in text()) {
        let mut ends = [0; Kind::ALL.len()];
        let mut before = 0;
        for it in look(&text) {
            prop_assert!(text.get(it.range.clone()).is_some_and(|it| !it.is_empty()), "{it:?}");
            prop_assert!(before <= it.range.start);
            before = it.range.start;
            let end = &mut ends[it.kind as usize];
            prop_assert!(*end <= it.range.start, "{it:?} overlaps");
            *end = it.range.end;
        }
    }

    #[test]
    fn what_is_remembered_of_one_text_changes_nothing_in_the_next(
        parts in prop::collection::vec(text(), 1..4),
        order in prop::collection::vec(0..4_usize, 1..6),
    ) {
        let mut guard = Guard::default();
        for from in order {
            let text: String = parts.iter().cycle().skip(from).take(parts.len()).cloned().collect();
            prop_assert_eq!(guard.look(&text), look(&text));
        }
    }

    #[test]
    fn another_paragraph_moves_findings_and_loses_none(front in text(), text in text(), behind in text()) {
        let alone = look(&text);
        let offset = front.len() + 2;
        let whole = look(&format!("{front}\n\n{text}\n\n{behind}"));
        for mut it in alone {
            it.range = it.range.start + offset..it.range.end + offset;
            prop_assert!(whole.contains(&it), "{it:?}");
        }
    }
}
