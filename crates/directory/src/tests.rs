//! The rules of lists and maps, each by a small directory of its own.

use std::sync::LazyLock;

use contract::{
    geo::{Bbox, LatLon},
    map::Properties,
    practitioner::{Access, Address, Language, Position, Precision, Profession},
};

use super::*;

static PLACES: LazyLock<&Gazetteer> = LazyLock::new(|| Gazetteer::embedded().unwrap());

/// A nurse at a place.
fn practitioner(number: u32, lat: f64, lon: f64) -> Practitioner {
    Practitioner {
        id: Slug::try_from(format!("cabinet-{number}")).unwrap(),
        name: format!("Cabinet n° {number}"),
        profession: Profession::Nurse,
        address: Address {
            street: String::new(),
            postcode: "69003".into(),
            town: "Lyon".into(),
            country: "FR".into(),
        },
        position: Position { at: LatLon::new(lat, lon).unwrap(), precision: Precision::Exact },
        phone: None,
        email: None,
        web: None,
        languages: vec![Language::French],
        fees: None,
        remote: None,
        accessible: None,
        new_patients: None,
        opening: Vec::new(),
        verified_on: None,
        source: "essai".into(),
        sample: false,
        distance_m: None,
    }
}

/// Everywhere in and around France, everybody different.
fn many(count: u32) -> Vec<Practitioner> {
    let mut state = 7_u64;
    let mut draw = move |below: u32| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((state >> 33) % u64::from(below)).unwrap()
    };
    (0..count)
        .map(|number| {
            let (lat, lon) =
                (42.0 + f64::from(draw(9_000)) / 1e3, -4.0 + f64::from(draw(12_000)) / 1e3);
            let mut it = practitioner(number, lat, lon);
            it.profession = Profession::ALL[draw(28) as usize];
            if draw(3) == 0 {
                it.languages.push(Language::English);
            }
            it.remote = [None, Some(true), Some(false)][draw(3) as usize];
            it.accessible = [None, Some(Access::Yes), Some(Access::Partial), Some(Access::No)]
                [draw(4) as usize];
            it.new_patients = [None, Some(true), Some(false)][draw(3) as usize];
            it
        })
        .collect()
}

fn ask(directory: &Directory, query: &str) -> Found {
    let (query, faults, unknown) = DirectoryQuery::read(query);
    assert_eq!((faults, unknown), (vec![], vec![]));
    directory.find(&PLACES, &query, 20)
}

fn names(found: &Found) -> Vec<&str> {
    found.items.iter().map(|it| it.name.as_str()).collect()
}

#[test]
fn without_a_place_the_order_is_by_name() {
    let directory = Directory::new([10, 9, 1].map(|it| practitioner(it, 45.0, 4.0)).to_vec());
    let found = ask(&directory, "");
    assert_eq!(names(&found), ["Cabinet n° 1", "Cabinet n° 9", "Cabinet n° 10"]);
    assert!(found.items.iter().all(|it| it.distance_m.is_none()));
}

#[test]
fn nearest_first_agrees_with_a_brute_force() {
    let everybody = many(3_000);
    let directory = Directory::new(everybody.clone());
    for (lat, lon) in [(48.86, 2.35), (45.76, 4.84), (43.3, 5.37)] {
        let at = LatLon::new(lat, lon).unwrap();
        let found = ask(&directory, &format!("near={at}&radius_m=500000"));
        let mut all: Vec<f64> = everybody.iter().map(|it| at.distance_m(it.position.at)).collect();
        all.sort_by(f64::total_cmp);
        let nearest: Vec<f64> = all.iter().take(20).map(|it| it.round()).collect();
        let given: Vec<f64> = found.items.iter().map(|it| it.distance_m.unwrap().into()).collect();
        assert_eq!(given, nearest);
        assert_eq!(found.total as usize, all.iter().filter(|it| it.round() <= 500_000.0).count());
    }
}

#[test]
fn filters_commute_and_keep_what_they_name() {
    let directory = Directory::new(many(2_000));
    let all = |query: &str| directory.find(&PLACES, &DirectoryQuery::read(query).0, 100_000);
    let both = all("remote=1&accessible=1&language=en");
    assert!(0 < both.total);
    for it in &both.items {
        assert_eq!(it.remote, Some(true));
        assert!(matches!(it.accessible, Some(Access::Yes | Access::Partial)));
        assert!(it.languages.contains(&Language::English));
    }
    let narrowed = Directory::new(all("language=en").items);
    let narrowed =
        narrowed.find(&PLACES, &DirectoryQuery::read("accessible=1&remote=1").0, 100_000);
    assert_eq!(narrowed.items, both.items);
}

#[test]
fn a_town_is_looked_around_and_an_unknown_one_is_told() {
    let directory = Directory::new(vec![
        practitioner(1, 45.76, 4.84),
        practitioner(2, 45.9, 4.84),
        practitioner(3, 48.86, 2.35),
    ]);
    let found = ask(&directory, "town=lyon");
    assert_eq!(names(&found), ["Cabinet n° 1", "Cabinet n° 2"], "Paris is not near Lyon");
    assert_eq!(found.around.unwrap().name, "Lyon (69)");
    let again = ask(&directory, "town=Lyon%20(69)&radius_m=5000");
    assert_eq!(names(&again), ["Cabinet n° 1"]);
    let nowhere = ask(&directory, "town=xqzxqzxqz");
    assert!(nowhere.unknown_town && nowhere.total == 3);
}

#[test]
fn pages_hold_everybody_once() {
    let directory = Directory::new(many(45));
    let pages: Vec<Found> = (1..=4).map(|it| ask(&directory, &format!("page={it}"))).collect();
    let mut ids: Vec<&Slug> = pages.iter().flat_map(|it| &it.items).map(|it| &it.id).collect();
    assert_eq!(pages[2].items.len(), 5);
    assert_eq!(pages[3].items.len(), 0);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 45);
}

#[test]
fn the_map_counts_everybody_whom_the_filters_leave() {
    let directory = Directory::new(many(2_000));
    let world = Bbox::new(-180.0, -85.0, 180.0, 85.0).unwrap();
    for query in ["", "remote=1", "profession=nurse&accessible=1"] {
        let asked = DirectoryQuery::read(query).0;
        let wanted = directory.find(&PLACES, &asked, 1).total;
        for zoom in [0, 5, 9, 14, 18] {
            let features = directory.features(&asked, world, zoom);
            let count: u32 = features
                .features
                .iter()
                .map(|it| match &it.properties {
                    Properties::Cluster(it) => it.count,
                    Properties::Single(_) => 1,
                })
                .sum();
            assert_eq!(count, wanted, "{query} at {zoom}");
        }
    }
}

#[test]
fn people_at_one_address_are_all_named() {
    let directory = Directory::new((0..50).map(|it| practitioner(it, 45.76, 4.84)).collect());
    let bbox = Bbox::new(4.0, 45.0, 5.0, 46.0).unwrap();
    let features = directory.features(&DirectoryQuery::default(), bbox, 8).features;
    let [only] = features.as_slice() else { panic!("one cluster: {features:?}") };
    let Properties::Cluster(cluster) = &only.properties else { panic!("a cluster: {only:?}") };
    assert_eq!((cluster.count, cluster.members.len()), (50, 50));
}

#[test]
fn a_name_is_found_by_its_words_without_accents() {
    let mut it = practitioner(1, 45.0, 4.0);
    it.name = "Cabinet de l’Étoile".into();
    let directory = Directory::new(vec![it, practitioner(2, 45.0, 4.0)]);
    assert_eq!(names(&ask(&directory, "q=etoile")), ["Cabinet de l’Étoile"]);
    assert_eq!(names(&ask(&directory, "q=ETOILE%20lyon")), ["Cabinet de l’Étoile"]);
    assert!(names(&ask(&directory, "q=lune")).is_empty());
}
