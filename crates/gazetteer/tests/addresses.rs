//! Addresses as people and programs write them, and the places they name.

#![expect(clippy::unwrap_used, reason = "a test without its tables has failed")]

use gazetteer::Gazetteer;

#[track_caller]
fn check(postcode: &str, town: &str, expected: Option<&str>) {
    let found = Gazetteer::embedded().unwrap().locate(postcode, town);
    let key = found.map(|it| it.key.as_str());
    assert_eq!(key, expected, "{postcode} {town}: {:?}", found.map(|it| &it.name));
}

#[test]
fn postal_code_and_name_find_the_town() {
    check("42000", "Saint-Étienne", Some("42218"));
    check("42000", "ST ETIENNE", Some("42218"));
    check(" 76600 ", "HAVRE (LE)", Some("76351"));
    check("76 600", "Le Havre", Some("76351"));
    check("71100", "CHALON S/ SAONE", Some("71076"));
    check("F-20200", "bastia", Some("2B033"));
}

#[test]
fn what_only_the_post_reads_is_left_out() {
    check("42000", "SAINT ETIENNE CEDEX 1", Some("42218"));
    check("42055", "ST ETIENNE CEDEX 2", Some("42218"));
    check("69003", "LYON CEDEX 03", Some("69383"));
    check("75580", "Paris Cedex 12", Some("75056"));
    check("42055", "CEDEX 2", None);
}

#[test]
fn arrondissements_are_told_by_number_or_postal_code() {
    check("69003", "Lyon 3e", Some("69383"));
    check("69003", "Lyon", Some("69383"));
    check("75012", "PARIS 12", Some("75112"));
    check("75012", "Paris", Some("75112"));
    check("75116", "PARIS 16EME ARRONDISSEMENT", Some("75116"));
    check("13001", "MARSEILLE 1ER", Some("13201"));
    check("75000", "Paris 12e", Some("75112"));
    check("75000", "Paris", Some("75056"));
    check("75012", "PARIS 11", None);
    check("75012", "PARIS 2", None);
}

#[test]
fn one_typo_is_forgiven_where_the_postal_code_leaves_no_doubt() {
    check("42000", "Saint-Etiene", Some("42218"));
    check("69003", "LYONN", Some("69383"));
    check("42000", "Sant-Etiene", None);
}

#[test]
fn contradictions_have_no_answer() {
    check("69003", "Paris", None);
    check("42000", "Lyon", None);
    check("69100", "Lyon", None);
    check("99999", "Lyon", None);
    for (postcode, town) in [("", "Lyon"), ("69003", ""), ("69", "Lyon"), ("690030", "Lyon")] {
        check(postcode, town, None);
    }
    check("abc", "Lyon", None);
    check("69003 Lyon", "Lyon", None);
}

#[test]
fn a_leading_zero_that_a_spreadsheet_ate_is_put_back() {
    check("1000", "Bourg-en-Bresse", Some("01053"));
    check("6000", "NICE", Some("06088"));
}

#[test]
fn neighbours_are_found_by_a_name_that_one_place_alone_bears() {
    check("5000", "Namur", Some("be-namur-namur"));
    check("B-5000", "NAMUR", Some("be-namur-namur"));
    check("CH-1200", "Genève", Some("ch-geneve-geneve"));
    check("L-1234", "Namur", None);
    check("4000", "Péronnes", None);
}
