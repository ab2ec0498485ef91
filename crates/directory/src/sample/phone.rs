//! Telephone numbers that ring nowhere.

use gazetteer::Place;

use super::{
    draw::{Draw, Field},
    places::departement,
};

/// Ranges that Arcep's numbering plan keeps for fiction, by zone.
const RANGES: [&str; 5] = ["01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49"];
const MOBILE: &str = "06 39 98";

/// For 70 % of entries, one in ten of these mobile. The collectivities of the Pacific have a
/// numbering plan of their own with no range for fiction: none for them.
pub(super) fn phone(place: &Place, draw: Draw) -> Option<String> {
    let range = range(departement(place))?;
    if 70 <= draw.below(Field::HasPhone, 100) {
        return None;
    }
    let range = if draw.below(Field::Mobile, 10) == 0 { MOBILE } else { range };
    let number = draw.below(Field::Phone, 10_000);
    Some(format!("{range} {:02} {:02}", number / 100, number % 100))
}

/// The zone's range: Île-de-France, north-west, north-east, south-east, south-west. Each with the
/// overseas départements whose numbers begin alike (0262 Réunion, 0590 Guadeloupe, …).
fn range(departement: &str) -> Option<&'static str> {
    let zone = match departement {
        "75" | "77" | "78" | "91" | "92" | "93" | "94" | "95" => 1,
        "14" | "18" | "22" | "27" | "28" | "29" | "35" | "36" | "37" | "41" | "44" | "45"
        | "49" | "50" | "53" | "56" | "61" | "72" | "76" | "85" | "974" | "976" => 2,
        "02" | "08" | "10" | "21" | "25" | "39" | "51" | "52" | "54" | "55" | "57" | "58"
        | "59" | "60" | "62" | "67" | "68" | "70" | "71" | "80" | "88" | "89" | "90" => 3,
        "01" | "03" | "04" | "05" | "06" | "07" | "11" | "13" | "15" | "26" | "2A" | "2B"
        | "30" | "34" | "38" | "42" | "43" | "48" | "63" | "66" | "69" | "73" | "74" | "83"
        | "84" => 4,
        "09" | "12" | "16" | "17" | "19" | "23" | "24" | "31" | "32" | "33" | "40" | "46"
        | "47" | "64" | "65" | "79" | "81" | "82" | "86" | "87" | "971" | "972" | "973" | "975"
        | "977" | "978" => 5,
        _ => return None,
    };
    RANGES.get(zone - 1_usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_departement_but_the_pacific_has_a_zone() {
        let gazetteer = gazetteer::Gazetteer::embedded().unwrap();
        for place in gazetteer.places() {
            let departement = departement(place);
            let pacific = matches!(departement, "986" | "987" | "988");
            let french = place.country == gazetteer::Country::France;
            assert_eq!(range(departement).is_some(), french && !pacific, "{}", place.key);
        }
    }
}
