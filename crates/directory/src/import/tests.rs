//! Each rule of an import, broken.

mod files;
mod hostile;

use std::sync::LazyLock;

use contract::{
    geo::LatLon,
    practitioner::{Access, Fees, Language, Precision, Profession},
};

use super::*;

static PLACES: LazyLock<&Gazetteer> = LazyLock::new(|| Gazetteer::embedded().unwrap());

fn today() -> Date {
    Date::new(2026, 6, 30).unwrap()
}

fn read(bytes: &[u8]) -> Result<Import, Fault> {
    import(bytes, &PLACES, "essai", today())
}

/// A good row, with some of its columns changed or added.
#[track_caller]
fn row(changes: &[(&str, &str)]) -> Import {
    let mut columns = vec![
        ("external_id", "a-1"),
        ("name", "Cabinet d'essai"),
        ("profession", "nurse"),
        ("postcode", "69003"),
        ("town", "Lyon"),
    ];
    for change in changes {
        match columns.iter_mut().find(|it| it.0 == change.0) {
            Some(it) => *it = *change,
            None => columns.push(*change),
        }
    }
    let quoted = |it: &str| format!("\"{}\"", it.replace('"', "\"\""));
    let names: Vec<String> = columns.iter().map(|it| quoted(it.0)).collect();
    let values: Vec<String> = columns.iter().map(|it| quoted(it.1)).collect();
    read(format!("{}\n{}\n", names.join(","), values.join(",")).as_bytes()).unwrap()
}

#[track_caller]
fn rejected(changes: &[(&str, &str)], what: What) {
    let Import { entries, report } = row(changes);
    let found: Vec<&What> = report.rejections.iter().map(|it| &it.what).collect();
    assert_eq!(found, [&what], "{report}");
    assert_eq!((entries.len(), report.rejected, report.is_clean()), (0, 1, false));
}

#[track_caller]
fn doubtful(changes: &[(&str, &str)], what: What) -> Practitioner {
    let Import { entries, report } = row(changes);
    let found: Vec<&What> = report.doubts.iter().map(|it| &it.what).collect();
    assert_eq!(found, [&what], "{report}");
    assert_eq!((report.doubtful, report.is_clean()), (1, true));
    entries.into_iter().next().unwrap().practitioner
}

#[track_caller]
fn good(changes: &[(&str, &str)]) -> Practitioner {
    let Import { entries, report } = row(changes);
    assert_eq!((report.problems, report.accepted), (0, 1), "{report}");
    entries.into_iter().next().unwrap().practitioner
}

#[test]
fn a_full_row_gives_a_full_entry() {
    let it = good(
        &[
            ("id", "CAB 12"),
            ("external_id", "CAB 12"),
            ("adresse", "1, rue de l’Essai"),
            ("tel", "+33 1 99 00 12 34"),
            ("courriel", "a@example.org"),
            ("site", "example.org"),
            ("langues", "français, LSF"),
            ("secteur", "2 OPTAM"),
            ("téléconsultation", "oui"),
            ("accès fauteuil", "partiel"),
            ("nouveaux patients", "non"),
            ("horaires", "Mo-Fr 08:30-17:00; Sa 09:00-12:00"),
            ("vérifié le", "30/06/2026"),
            ("source", "Ordre"),
        ][1..],
    );
    assert_eq!(it.id.as_str(), "cab-12");
    assert_eq!(it.profession, Profession::Nurse);
    assert_eq!(it.address.street, "1, rue de l’Essai");
    assert_eq!(it.address.country, "FR");
    assert_eq!(it.position.precision, Precision::Town);
    assert_eq!(it.phone.as_deref(), Some("01 99 00 12 34"));
    assert_eq!(it.email.as_deref(), Some("a@example.org"));
    assert_eq!(it.web.as_deref(), Some("https://example.org"));
    assert_eq!(it.languages, [Language::French, Language::SignedFrench]);
    assert_eq!(it.fees, Some(Fees::Sector2Limited));
    assert_eq!((it.remote, it.new_patients), (Some(true), Some(false)));
    assert_eq!(it.accessible, Some(Access::Partial));
    assert_eq!(it.opening.len(), 2);
    assert_eq!(it.verified_on, Some(today()));
    assert_eq!((it.source.as_str(), it.sample), ("Ordre", false));
    assert_eq!(good(&[]).source, "essai");
    assert!(good(&[("fictif", "true")]).sample);
}

#[test]
fn what_must_be_there_is_there() {
    for column in ["external_id", "name", "profession", "postcode", "town"] {
        rejected(&[(column, " ")], What::Empty);
    }
    rejected(&[("external_id", "…")], What::NoAddress);
    rejected(&[("profession", "micro-immunothérapeute")], What::UnknownProfession);
    assert_eq!(
        good(&[("profession", "Masseur-Kinésithérapeute")]).profession.name(),
        "physiotherapist"
    );
    assert_eq!(good(&[("profession", "Chirurgien-Dentiste")]).profession.name(), "dentist");
    assert_eq!(
        good(&[("profession", "MEDECIN GENERALISTE")]).profession.name(),
        "general_practitioner"
    );
}

#[test]
fn registered_numbers_are_checked() {
    // No such number is given: they begin with 1.
    doubtful(&[("external_id", "99999999991")], What::CheckDigit);
    good(&[("external_id", "99999999990")]);
    let text = "rpps,nom,métier,cp,ville\nA12,x,nurse,69003,Lyon\n";
    let report = read(text.as_bytes()).unwrap().report;
    assert_eq!(report.doubts[0].what, What::NotRpps);
}

#[test]
fn contacts_that_cannot_be_are_left_empty() {
    assert_eq!(doubtful(&[("phone", "15")], What::Phone).phone, None);
    assert_eq!(doubtful(&[("email", "a at b")], What::Email).email, None);
    assert_eq!(doubtful(&[("web", "javascript:alert(1)")], What::Web).web, None);
    let it = good(&[("phone", "+32 81 00 00 00"), ("postcode", "5000"), ("town", "Namur")]);
    assert_eq!((it.phone.as_deref(), it.address.country.as_str()), (Some("081 00 00 00"), "BE"));
}

#[test]
fn values_that_cannot_be_read_are_left_empty() {
    assert_eq!(doubtful(&[("remote", "peut-être")], What::YesOrNo).remote, None);
    assert_eq!(doubtful(&[("new_patients", "?")], What::YesOrNo).new_patients, None);
    assert_eq!(doubtful(&[("accessible", "bof")], What::Accessible).accessible, None);
    assert_eq!(doubtful(&[("fees", "cher")], What::Fees).fees, None);
    let it = doubtful(&[("languages", "fr, klingon")], What::Language);
    assert_eq!(it.languages, [Language::French], "the one that is known stays");
    assert_eq!(doubtful(&[("opening", "lundi matin")], What::Opening).opening, []);
    assert_eq!(doubtful(&[("verified_on", "31/02/2026")], What::Date).verified_on, None);
    assert_eq!(doubtful(&[("verified_on", "2026-07-01")], What::Future).verified_on, None);
}

#[test]
fn an_address_is_placed_by_its_town_or_its_own_position() {
    rejected(&[("town", "Xyzville")], What::UnknownTown);
    rejected(&[("town", "Paris")], What::UnknownTown);
    rejected(&[("country", "DE")], What::UnknownCountry);
    let position = [("lat", "45,7501"), ("lon", "4.8502")];
    let exact = good(&position).position;
    assert_eq!(
        (exact.at, exact.precision),
        (LatLon::new(45.7501, 4.8502).unwrap(), Precision::Exact)
    );
    let stated = good(&[position[0], position[1], ("precision", "town")]).position;
    assert_eq!((stated.at, stated.precision), (exact.at, Precision::Town));
    let unstated = doubtful(&[position[0], position[1], ("precision", "près")], What::Precision);
    assert_eq!(unstated.position.precision, Precision::Town);
    let kept = doubtful(&[position[0], position[1], ("town", "Xyzville")], What::TownNotFound);
    assert_eq!(kept.position, exact);
}

#[test]
fn a_position_that_contradicts_its_town_gives_way() {
    let town = good(&[]).position;
    let far = [("lat", "48.8566"), ("lon", "2.3522")];
    let Import { entries, report } = row(&far);
    assert!(matches!(report.doubts[0].what, What::FarAway { kilometres: 385..=400 }), "{report}");
    assert_eq!(entries[0].practitioner.position, town);
    for (lat, lon) in [("0", "0"), ("95", "4"), ("45.76", "")] {
        let it = doubtful(&[("lat", lat), ("lon", lon)], What::NotAPosition);
        assert_eq!(it.position, town);
    }
}

#[test]
fn postal_codes_are_mended_as_far_as_is_sure() {
    let it = good(&[("postcode", "1000"), ("town", "BOURG EN BRESSE")]);
    assert_eq!(it.address.postcode, "01000");
    let it = good(&[("postcode", "F-69 003")]);
    assert_eq!(it.address.postcode, "69003");
    let it = good(&[("postcode", "1200"), ("town", "Genève"), ("pays", "Suisse")]);
    assert_eq!((it.address.postcode.as_str(), it.address.country.as_str()), ("1200", "CH"));
}

#[test]
fn cells_that_act_in_a_spreadsheet_are_rejected() {
    for text in ["=1+1", "+a", "-a", "@SUM(A1)", "\tx", "\rx", " =HYPERLINK(\"x\")"] {
        rejected(&[("name", text)], What::Formula);
    }
    good(&[("phone", "+33 1 99 00 12 34"), ("name", "-12")]);
}

#[test]
fn what_cannot_be_seen_is_rejected() {
    rejected(&[("name", "a\u{7}b")], What::ControlCharacter);
    rejected(&[("street", "1, rue\ndes Essais")], What::LineBreak { line: 2 });
    rejected(&[("name", "a\u{202e}b")], What::ControlCharacter);
    rejected(&[("name", "a\u{fffd}")], What::InvalidBytes);
    rejected(&[("street", &"é".repeat(501))], What::TooLong { characters: 501 });
    good(&[("street", &"é".repeat(500)), ("commentaire", &"x".repeat(5_000))]);
}

#[test]
fn problems_are_told_by_line_column_and_value() {
    let text =
        "id,nom,métier,cp,ville,tel,x\n1,a,nurse,69003,Lyon,dring,\n2,b,gourou,69003,Lyon,,\n";
    let Import { entries, report } = read(text.as_bytes()).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(
        report.to_string(),
        "2 rows: 1 accepted (1 of them doubtful), 1 rejected; UTF-8, fields parted by ','\n\
         columns not read: x\n\
         line 3, profession: \"gourou\" is no recognised profession; row left out\n\
         line 2, phone: \"dring\" is no telephone number; left empty\n"
    );
}
