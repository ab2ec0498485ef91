//! What is written reads back, and means what it meant.

use std::sync::LazyLock;

use contract::{
    date::Date,
    desk::entries::EntryDraft,
    geo::LatLon,
    opening::Opening,
    practitioner::{
        Access, Address, Fees, Language, Position, Practitioner, Precision, Profession,
    },
    slug::Slug,
};
use gazetteer::Gazetteer;
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::import::{Column, import, read_one};

static PLACES: LazyLock<&Gazetteer> = LazyLock::new(|| Gazetteer::embedded().unwrap());

/// Texts that an import takes as they are.
fn text() -> impl Strategy<Value = String> {
    "[A-Za-zé€\"',;|n°(][A-Za-zéß \"',;|=+@°-]{0,30}[A-Za-z0-9.\"'),;]"
}

prop_compose! {
    fn practitioner()(
        id in "[a-z0-9][a-z0-9-]{0,79}|-[0-9]{1,9}",
        (name, street, source) in (text(), option::of(text()), text()),
        profession in select(Profession::ALL),
        (postcode, town, country, lat, lon) in select(vec![
            ("69003", "Lyon", "FR", 45.75, 4.85),
            ("75012", "PARIS", "FR", 48.84, 2.39),
            ("97400", "Saint-Denis", "FR", -20.88, 55.45),
            ("5000", "Namur", "BE", 50.47, 4.87),
            ("1200", "Genève", "CH", 46.2, 6.15),
        ]),
        north in -900_i32..900,
        precision in select(Precision::ALL),
        phone in option::of(0..10_000_u32),
        (email, web) in (option::of("[a-z]{1,9}"), option::of("[a-z0-9/?=,;-]{0,9}")),
        languages in proptest::sample::subsequence(Language::ALL.to_vec(), 0..=4),
        fees in option::of(select(Fees::ALL)),
        (remote, new_patients) in any::<(Option<bool>, Option<bool>)>(),
        accessible in option::of(select(Access::ALL)),
        opening in vec(select(vec!["Mo-Fr 08:30-17:00", "Sa 09:00-12:00", "Su 00:00-24:00"]), 0..3),
        verified_on in option::of(0..20_000_i32),
        sample in any::<bool>(),
    ) -> Practitioner {
        let phone = phone.filter(|_| country == "FR");
        Practitioner {
            id: Slug::try_from(id).unwrap(),
            name,
            profession,
            address: Address {
                street: street.unwrap_or_default(),
                postcode: postcode.into(),
                town: town.into(),
                country: country.into(),
            },
            position: Position {
                at: LatLon::new(lat + f64::from(north) / 1e5, lon).unwrap(),
                precision,
            },
            phone: phone.map(|it| format!("01 99 00 {:02} {:02}", it / 100, it % 100)),
            email: email.map(|it| format!("{it}@example.org")),
            web: web.map(|it| format!("https://example.org/{it}")),
            languages,
            fees,
            remote,
            accessible,
            new_patients,
            opening: opening.iter().map(|it| it.parse::<Opening>().unwrap()).collect(),
            verified_on: verified_on.map(|it| Date::from_days_since_epoch(it).unwrap()),
            source,
            sample,
            distance_m: None,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_table_reads_back(mut all in vec(practitioner(), 0..6)) {
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all.dedup_by(|a, b| a.id == b.id);
        let today = Date::new(2026, 6, 30).unwrap();
        let found = import(csv(&all).as_bytes(), &PLACES, "autre", today).unwrap();
        prop_assert!(found.report.is_clean(), "{}", found.report);
        let read: Vec<Practitioner> = found.entries.into_iter().map(|it| it.practitioner).collect();
        prop_assert_eq!(read, all);
    }

    #[test]
    fn an_entry_that_is_typed_is_read_as_its_row_would_be(it in practitioner()) {
        let draft = EntryDraft::of(it.id.as_str(), &it);
        let table = csv(std::slice::from_ref(&it));
        let cells = EntryDraft::FIELDS.iter().map(|name| draft.get(name)).filter(|it| !it.contains('"'));
        for cell in cells {
            prop_assert!(table.contains(cell), "{cell} in {table}");
        }
        let today = Date::new(2026, 6, 30).unwrap();
        let (read, problems) = read_one(&draft, &PLACES, "autre", today);
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(read.map(|it| it.practitioner), Some(it));
    }

    #[test]
    fn whatever_is_typed_is_answered(typed in vec(any::<String>(), EntryDraft::FIELDS.len())) {
        let at = |name: &str| EntryDraft::FIELDS.iter().position(|it| *it == name).unwrap();
        let draft = EntryDraft::of_fields(|name| typed[at(name)].clone());
        let today = Date::new(2026, 6, 30).unwrap();
        let (read, problems) = read_one(&draft, &PLACES, "autre", today);
        prop_assert!(read.is_some() || !problems.is_empty());
    }

    #[test]
    fn a_contact_has_lines_of_75_octets_and_no_line_of_a_visitor(
        mut it in practitioner(), name in any::<String>(), street in any::<String>(),
    ) {
        let plain = vcard(&it, "https://example.org/p/1");
        (it.name, it.address.street) = (name.clone(), street);
        let card = vcard(&it, "https://example.org/p/1");
        prop_assert!(card.ends_with("\r\n"));
        prop_assert!(card.lines().all(|line| line.len() <= 75));
        prop_assert!(card.split("\r\n").all(|line| !line.contains(['\r', '\n'])));
        let unfolded = card.replace("\r\n ", "");
        let names = |it: &str| -> Vec<String> {
            it.replace("\r\n ", "").split("\r\n")
                .map(|it| it.split(':').next().unwrap().to_owned()).collect()
        };
        prop_assert_eq!(names(&card), names(&plain), "{}", unfolded);
    }
}

#[test]
fn a_field_is_named_as_its_column() {
    let columns: Vec<&str> = Column::ALL.iter().map(|it| it.name()).collect();
    assert_eq!(EntryDraft::FIELDS, columns);
}

fn example() -> Practitioner {
    Practitioner {
        id: Slug::try_from("demo-1").unwrap(),
        name: "Cabinet A; B, C".into(),
        profession: Profession::Osteopath,
        address: Address {
            street: "1, rue\nde l’Essai".into(),
            postcode: "69003".into(),
            town: "Lyon".into(),
            country: "FR".into(),
        },
        position: Position { at: LatLon::new(45.75, 4.85).unwrap(), precision: Precision::Exact },
        phone: Some("01 99 00 12 34".into()),
        email: Some("a@example.org".into()),
        web: Some("https://example.org/a,b".into()),
        languages: vec![Language::French, Language::SignedFrench],
        fees: None,
        remote: None,
        accessible: None,
        new_patients: None,
        opening: Vec::new(),
        verified_on: Some(Date::new(2026, 1, 31).unwrap()),
        source: "essai".into(),
        sample: false,
        distance_m: None,
    }
}

#[test]
fn a_contact_is_as_the_rfc_has_it() {
    let lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        r"FN:Cabinet A\; B\, C",
        r"ORG:Cabinet A\; B\, C",
        "TITLE:Ostéopathe",
        r"ROLE:autre praticien\, non médecin",
        r"ADR:;;1\, rue\nde l’Essai;Lyon;;69003;France",
        "GEO:geo:45.75,4.85",
        "TEL:01 99 00 12 34",
        "EMAIL:a@example.org",
        "URL:https://example.org/a,b",
        "URL:https://example.org/praticiens/demo-1",
        "LANG:fr",
        "LANG:fsl",
        "REV:20260131T000000Z",
        "END:VCARD",
        "",
    ];
    let url = "https://example.org/praticiens/demo-1";
    assert_eq!(vcard(&example(), url), lines.join("\r\n"));
    let approximate = Position { precision: Precision::Town, ..example().position };
    let sample = Practitioner { sample: true, position: approximate, ..example() };
    let card = vcard(&sample, url);
    assert!(card.contains("\r\nNOTE:Cabinet fictif\r\n"));
    assert!(!card.contains("TEL") && !card.contains("GEO") && !card.contains("01 99"));
}

#[test]
fn a_layer_has_points_and_says_what_is_made_up() {
    let sample = Practitioner { sample: true, ..example() };
    let json = serde_json::to_value(geojson(&[example(), sample])).unwrap();
    assert_eq!(json["type"], "FeatureCollection");
    let [real, sample] = json["features"].as_array().unwrap().as_slice() else { panic!("two") };
    assert_eq!((&real["type"], &real["id"]), (&"Feature".into(), &"demo-1".into()));
    assert_eq!(
        real["geometry"],
        serde_json::json!({"type": "Point", "coordinates": [4.85, 45.75]})
    );
    assert_eq!(real["properties"]["category"], "other");
    assert_eq!(real["properties"]["position"]["precision"], "exact");
    assert_eq!(real["properties"].get("fictif"), None);
    assert_eq!(sample["properties"]["fictif"], true);
}

#[test]
fn cells_cannot_act_in_a_spreadsheet() {
    let mut it = example();
    it.name = "=HYPERLINK(\"x\")".into();
    it.source = "@SUM(A1,A2)".into();
    it.position.at = LatLon::new(-20.88, 55.45).unwrap();
    it.address.street = "+a".into();
    let table = csv(&[it]);
    assert!(table.contains(",\"'=HYPERLINK(\"\"x\"\")\","), "{table}");
    assert!(table.contains(",\"'@SUM(A1,A2)\",") && table.contains(",'+a,"), "{table}");
    assert!(table.contains(",-20.88,55.45,"), "{table}");
    let names = "external_id,name,profession,street,postcode,town,country,lat,lon,precision,\
        phone,email,web,languages,fees,remote,accessible,new_patients,opening,verified_on,source,\
        fictif\r\n";
    assert_eq!(csv(&[]), names);
}
