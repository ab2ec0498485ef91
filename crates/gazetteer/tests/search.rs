//! What is found for what is typed, in the tables of this repository.

#![expect(clippy::unwrap_used, reason = "a test without its tables has failed")]

use std::collections::BTreeSet;

use gazetteer::{Country, Gazetteer, Place, Precision};
use proptest::prelude::*;

fn gazetteer() -> &'static Gazetteer {
    Gazetteer::embedded().unwrap()
}

fn shown(places: &[&Place]) -> Vec<String> {
    places.iter().map(|it| format!("{}, {}", it.name, it.area)).collect()
}

/// The first answers to `query`.
#[track_caller]
fn check(query: &str, expected: &[&str]) {
    let found = shown(&gazetteer().search(query, expected.len().max(1)));
    assert_eq!(found, expected, "{query:?}");
}

#[track_caller]
fn check_has(query: &str, expected: &str) {
    let found = shown(&gazetteer().search(query, 8));
    assert!(found.iter().any(|it| it == expected), "{query:?}: {found:?}");
}

#[test]
fn a_name_is_found_from_its_first_letters_on() {
    check("p", &["Paris, Paris (75)"]);
    check("mars", &["Mars, Loire (42)"]);
    check("marse", &["Marseille, Bouches-du-Rhône (13)"]);
    check("toulous", &["Toulouse, Haute-Garonne (31)"]);
}

#[test]
fn case_accents_and_signs_do_not_count() {
    for query in ["Saint-Étienne", "saint etienne", "SAINT ETIENNE", "st-étienne", "St. Etienne"]
    {
        check(query, &["Saint-Étienne, Loire (42)"]);
    }
    for query in ["L'Haÿ-les-Roses", "l’hay les roses", "hay-les-roses", "lhaylesroses"] {
        check(query, &["L'Haÿ-les-Roses, Val-de-Marne (94)"]);
    }
    for query in ["Marcq-en-Barœul", "marcq en baroeul", "  marcq\ten  BAROEUL "] {
        check(query, &["Marcq-en-Barœul, Nord (59)"]);
    }
    for query in ["le havre", "Havre", "LE-HAVRE"] {
        check(query, &["Le Havre, Seine-Maritime (76)"]);
    }
    check("Ste Foy les Lyon", &["Sainte-Foy-lès-Lyon, Rhône (69)"]);
}

#[test]
fn the_beginning_of_strasbourg_is_no_saint_yet() {
    check_has("st", "Strasbourg, Bas-Rhin (67)");
    check_has("st", "Saint-Denis, La Réunion (974)");
}

#[test]
fn digits_are_the_beginning_of_a_postal_code() {
    check("69", &["Lyon, Rhône (69)", "Villeurbanne, Rhône (69)"]);
    check("6900", &["Lyon, Rhône (69)"]);
    check("69003", &["Lyon 3e Arrondissement, Rhône (69)", "Lyon, Rhône (69)"]);
    check("69 003", &["Lyon 3e Arrondissement, Rhône (69)"]);
    check("13100", &["Aix-en-Provence, Bouches-du-Rhône (13)"]);
    check("00", &[]);
    check("690031", &[]);
}

#[test]
fn a_departement_or_a_postal_code_may_follow() {
    check("valence drôme", &["Valence, Drôme (26)"]);
    check("valence drom", &["Valence, Drôme (26)"]);
    check("valence 82", &["Valence, Tarn-et-Garonne (82)"]);
    check("saint denis 974", &["Saint-Denis, La Réunion (974)"]);
    check("st denis seine saint denis", &["Saint-Denis, Seine-Saint-Denis (93)"]);
    check("bastia 2b", &["Bastia, Haute-Corse (2B)"]);
    check("bourg en bresse 1", &["Bourg-en-Bresse, Ain (01)"]);
    check("saint-cyr-sur-loire loire", &["Saint-Cyr-sur-Loire, Indre-et-Loire (37)"]);
    check("lyon 69003", &["Lyon 3e Arrondissement, Rhône (69)"]);
    check("69100 villeurb", &["Villeurbanne, Rhône (69)"]);
    check("namur belgique", &["Namur, Namur"]);
    let found = gazetteer().search("saint-martin 66", 3);
    assert!(!found.is_empty() && found.iter().all(|it| it.area == "Pyrénées-Orientales (66)"));
}

#[test]
fn one_typo_is_forgiven_wherever_it_is() {
    for query in ["Marseile", "Marsielle", "arseille", "Narseille", "Marseillle", "amrseille"] {
        check_has(query, "Marseille, Bouches-du-Rhône (13)");
    }
    for query in ["Villurbanne", "Velleurbanne", "villeurbnane", "xvilleurbanne", "Velleurb"] {
        check(query, &["Villeurbanne, Rhône (69)"]);
    }
    check("valance drome", &["Valence, Drôme (26)"]);
    check("Vxlleurbxnne", &[]);
}

/// The first answer to `query`, or one of the first three.
#[track_caller]
fn check_town(query: &str, most: usize, expected: &str) {
    let found = gazetteer().search(query, most);
    assert!(found.iter().any(|it| it.name == expected), "{query:?}: {:?}", shown(&found));
}

#[test]
fn what_people_type_finds_the_town_they_mean_first() {
    for (query, expected) in [
        ("Paris", "Paris"),
        ("lyon", "Lyon"),
        ("montp", "Montpellier"),
        ("saint etien", "Saint-Étienne"),
        ("Marseile", "Marseille"),
        ("Lyn", "Lyon"),
        ("Bordaux", "Bordeaux"),
        ("Bordeax", "Bordeaux"),
        ("Toulose", "Toulouse"),
        ("tuolouse", "Toulouse"),
        ("Strasboug", "Strasbourg"),
        ("Monpellier", "Montpellier"),
        ("Greneble", "Grenoble"),
        ("Nanci", "Nancy"),
        ("Perpignant", "Perpignan"),
        ("Roeun", "Rouen"),
        ("st etiene", "Saint-Étienne"),
        ("aix en provance", "Aix-en-Provence"),
        ("clermont ferand", "Clermont-Ferrand"),
        ("bezier", "Béziers"),
        ("Le Havr", "Le Havre"),
    ] {
        check_town(query, 1, expected);
    }
}

#[test]
fn a_city_is_not_hidden_by_villages_whose_names_are_as_near() {
    for (query, expected) in [
        ("lyo", "Lyon"),
        ("aris", "Paris"),
        ("pars", "Paris"),
        ("aen", "Caen"),
        ("Lile", "Lille"),
        ("Nates", "Nantes"),
        ("Nice", "Nice"),
        ("Nic", "Nice"),
        ("Renes", "Rennes"),
        ("Reins", "Reims"),
        ("Brst", "Brest"),
        ("Niems", "Nîmes"),
        ("Tous", "Tours"),
    ] {
        check_town(query, 3, expected);
    }
}

#[test]
fn a_key_beside_the_right_one_and_a_letter_twice_are_likelier_than_other_slips() {
    check_town("Seix", 2, "Seix");
    check_town("viay", 3, "Vinay");
    check_town("Hhis", 3, "His");
    check_town("Lvon", 3, "Lyon");
}

#[test]
fn accents_tell_apart_what_is_alike_without_them_and_nobody_must_type_them() {
    check_town("Vivièr", 3, "Viviès");
    check_town("fLuré", 3, "Luré");
    check_town("Véu", 3, "Vélu");
    for query in ["Vénisieux", "Venisieux", "Venissieus", "VENISIEUX"] {
        check_town(query, 1, "Vénissieux");
    }
    // As two characters, a letter and its accent.
    check_town("Ve\u{301}nisieux", 1, "Vénissieux");
}

#[test]
fn equal_names_come_before_beginnings_and_these_before_typos() {
    check("Paris", &["Paris, Paris (75)", "Paris 15e Arrondissement, Paris (75)"]);
    check("rosoy", &["Rosoy, Yonne (89)"]);
    let found = gazetteer().search("saint-martin", 7);
    let people: Vec<u32> = found.iter().map(|it| it.population).collect();
    assert!(found.iter().all(|it| it.name == "Saint-Martin"), "{found:?}");
    assert!(people.is_sorted_by(|a, b| a >= b));
}

#[test]
fn an_arrondissement_is_found_by_its_number() {
    for query in ["Lyon 3", "lyon 3e", "lyon 03", "Lyon 3ème arrondissement", "lyon3"] {
        check(query, &["Lyon 3e Arrondissement, Rhône (69)"]);
    }
    check("paris 1", &["Paris 1er Arrondissement, Paris (75)"]);
    check("lyon 69", &["Lyon, Rhône (69)"]);
}

#[test]
fn every_place_is_found_by_its_key_and_in_its_postal_codes() {
    let gazetteer = gazetteer();
    let keys: BTreeSet<&str> = gazetteer.places().iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys.len(), gazetteer.places().len());
    for place in gazetteer.places() {
        assert_eq!(gazetteer.by_key(&place.key), Some(place));
    }
    for place in gazetteer.places().iter().step_by(97) {
        for code in &place.postcodes {
            assert!(gazetteer.by_postcode(code).contains(&place), "{code}");
        }
    }
    assert_eq!(gazetteer.by_key("69999"), None);
    assert_eq!(gazetteer.by_key("be-namur-namur").map(|it| it.country), Some(Country::Belgium));
    assert_eq!(shown(&gazetteer.by_postcode("75012")).len(), 2);
    assert!(gazetteer.by_postcode("6900").is_empty() && gazetteer.by_postcode("").is_empty());
}

#[test]
fn the_nearest_town_is_one_whose_place_is_known() {
    let near = |lat, lon| gazetteer().nearest(lat, lon).map(|it| it.name.as_str());
    assert_eq!(near(45.1885, 5.7245), Some("Grenoble"));
    assert_eq!(near(50.4669, 4.8675), Some("Namur"));
    assert_eq!(near(-20.8789, 55.4481), Some("Saint-Denis"));
    for (lat, lon) in [(0.0, -30.0), (f64::NAN, 2.0), (f64::INFINITY, 2.0), (1e300, -1e300)] {
        assert_eq!(near(lat, lon), None, "{lat} {lon}");
    }
    let far = gazetteer().nearest(45.3980, 2.4958).unwrap();
    assert_eq!(far.precision, Precision::Town);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_query_has_an_answer_of_at_most_limit_places_each_once(
        query in "(?s).{0,120}|[a-z0-9 '-]{0,20}|(st|ste|saint|la|lyon|paris|69|2a|e|nord)( (st|3|e|er|01|loire|x|69003)){0,4}",
        limit in 0_usize..30,
    ) {
        let found = gazetteer().search(&query, limit);
        prop_assert!(found.len() <= limit);
        let keys: BTreeSet<&str> = found.iter().map(|it| it.key.as_str()).collect();
        prop_assert_eq!(keys.len(), found.len());
        // Fewer answers are the first of more.
        let more = gazetteer().search(&query, 30);
        prop_assert_eq!(&more[..found.len()], &found[..]);
        prop_assert_eq!(found.len(), more.len().min(limit));
        let cut: String = query.chars().take(gazetteer::MAX_QUERY_CHARS).collect();
        prop_assert_eq!(gazetteer().search(&cut, limit), found);
    }

    #[test]
    fn any_address_has_at_most_one_answer(
        postcode in "(?s).{0,8}|(F-|L-|B|CH )?[0-9]{3,6}",
        town in "(?s).{0,120}|(lyon|PARIS|St)( (3e|cedex|01|ARR|le)){0,3}",
    ) {
        gazetteer().locate(&postcode, &town);
        gazetteer().by_postcode(&postcode);
        gazetteer().by_key(&town);
    }

    #[test]
    fn any_point_has_at_most_one_answer(lat in proptest::num::f64::ANY, lon in proptest::num::f64::ANY) {
        gazetteer().nearest(lat, lon);
    }
}
