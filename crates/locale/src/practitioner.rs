//! What a practitioner does, speaks and charges, in words.

use contract::{
    opening::Opening,
    practitioner::{Access, Category, Fees, Language, Profession},
};

use crate::{fill, text};

/// With a capital: "Infirmier ou infirmière".
pub fn profession(it: Profession) -> &'static str {
    let t = text();
    match it {
        Profession::GeneralPractitioner => t.profession_general_practitioner(),
        Profession::Allergist => t.profession_allergist(),
        Profession::Cardiologist => t.profession_cardiologist(),
        Profession::Dermatologist => t.profession_dermatologist(),
        Profession::Endocrinologist => t.profession_endocrinologist(),
        Profession::Gastroenterologist => t.profession_gastroenterologist(),
        Profession::Gynaecologist => t.profession_gynaecologist(),
        Profession::Haematologist => t.profession_haematologist(),
        Profession::InfectiousDiseases => t.profession_infectious_diseases(),
        Profession::Internist => t.profession_internist(),
        Profession::Nephrologist => t.profession_nephrologist(),
        Profession::Neurologist => t.profession_neurologist(),
        Profession::Oncologist => t.profession_oncologist(),
        Profession::Ophthalmologist => t.profession_ophthalmologist(),
        Profession::Paediatrician => t.profession_paediatrician(),
        Profession::Pneumologist => t.profession_pneumologist(),
        Profession::Psychiatrist => t.profession_psychiatrist(),
        Profession::Rheumatologist => t.profession_rheumatologist(),
        Profession::Nurse => t.profession_nurse(),
        Profession::Physiotherapist => t.profession_physiotherapist(),
        Profession::Pharmacist => t.profession_pharmacist(),
        Profession::Midwife => t.profession_midwife(),
        Profession::Dentist => t.profession_dentist(),
        Profession::SpeechTherapist => t.profession_speech_therapist(),
        Profession::Dietitian => t.profession_dietitian(),
        Profession::Podiatrist => t.profession_podiatrist(),
        Profession::Psychologist => t.profession_psychologist(),
        Profession::Osteopath => t.profession_osteopath(),
    }
}

/// "médecin", "professionnel de santé non médecin".
pub fn category(it: Category) -> &'static str {
    match it {
        Category::Doctor => text().category_doctor(),
        Category::HealthProfessional => text().category_health_professional(),
        Category::Other => text().category_other(),
    }
}

/// Without a capital.
pub fn language(it: Language) -> &'static str {
    let t = text();
    match it {
        Language::French => t.language_name_fr(),
        Language::English => t.language_name_en(),
        Language::Spanish => t.language_name_es(),
        Language::Arabic => t.language_name_ar(),
        Language::German => t.language_name_de(),
        Language::Portuguese => t.language_name_pt(),
        Language::Italian => t.language_name_it(),
        Language::Dutch => t.language_name_nl(),
        Language::Luxembourgish => t.language_name_lb(),
        Language::Polish => t.language_name_pl(),
        Language::Romanian => t.language_name_ro(),
        Language::Russian => t.language_name_ru(),
        Language::Turkish => t.language_name_tr(),
        Language::Ukrainian => t.language_name_uk(),
        Language::Chinese => t.language_name_zh(),
        Language::Vietnamese => t.language_name_vi(),
        Language::SignedFrench => t.language_name_fsl(),
    }
}

pub fn fees(it: Fees) -> &'static str {
    match it {
        Fees::Sector1 => text().fees_sector_1(),
        Fees::Sector2 => text().fees_sector_2(),
        Fees::Sector2Limited => text().fees_sector_2_limited(),
        Fees::Sector3 => text().fees_sector_3(),
    }
}

pub fn access(it: Access) -> &'static str {
    match it {
        Access::Yes => text().wheelchair_yes(),
        Access::Partial => text().wheelchair_partial(),
        Access::No => text().wheelchair_no(),
    }
}

/// "850 m", "1,4 km", "23 km".
pub fn distance(metres: u32) -> String {
    let kilometres = |it: String| fill(text().map_distance_km(), &[("count", &it)]);
    match metres {
        // To ten metres: positions are no better.
        0..950 => {
            fill(text().map_distance_m(), &[("count", &((metres + 5) / 10 * 10).to_string())])
        }
        950..9_950 => {
            let tenths = (metres + 50) / 100;
            let (whole, tenth) = (tenths / 10, tenths % 10);
            kilometres(if tenth == 0 { whole.to_string() } else { format!("{whole},{tenth}") })
        }
        _ => kilometres(((metres + 500) / 1_000).to_string()),
    }
}

/// "lundi au vendredi, 8 h 30 à 17 h".
pub fn opening(it: Opening) -> String {
    let names: Vec<&str> = text().days().split(' ').collect();
    let name = |it: u8| names.get(usize::from(it)).copied().unwrap_or_default();
    let (first, last) = it.days();
    let pattern = match last - first {
        0 => text().opening_one_day(),
        1 => text().opening_two_days(),
        _ => text().opening_days(),
    };
    let (opens, closes) = it.hours();
    fill(
        pattern,
        &[
            ("first", name(first)),
            ("last", name(last)),
            ("opens", &clock(opens)),
            ("closes", &clock(closes)),
        ],
    )
}

/// Minutes after midnight as "8 h 30".
fn clock(minutes: u16) -> String {
    let (hours, minutes) = ((minutes / 60).to_string(), minutes % 60);
    let pattern = if minutes == 0 { text().clock_hour() } else { text().clock() };
    fill(pattern, &[("hours", &hours), ("minutes", &format!("{minutes:02}"))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_as_exact_as_they_can_be_trusted() {
        let plain = |it| distance(it).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(plain(843), "840 m");
        assert_eq!(plain(960), "1 km");
        assert_eq!(plain(1_449), "1,4 km");
        assert_eq!(plain(23_600), "24 km");
    }

    #[test]
    fn hours_are_said_as_people_say_them() {
        let said = |it: &str| opening(it.parse().unwrap()).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(said("Mo-Fr 08:30-17:00"), "lundi au vendredi, 8 h 30 à 17 h");
        assert_eq!(said("Sa-Su 09:00-12:00"), "samedi et dimanche, 9 h à 12 h");
        assert_eq!(said("We 14:05-18:00"), "mercredi, 14 h 05 à 18 h");
    }

    #[test]
    fn everything_that_has_a_code_has_words() {
        assert!(Profession::ALL.iter().all(|it| !profession(*it).is_empty()));
        assert!(Language::ALL.iter().all(|it| !language(*it).is_empty()));
    }
}
