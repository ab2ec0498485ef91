//! Practitioners, as everybody may see them.
//!
//! Neutral by rule: nothing here ranks, rates or promotes, and there is no field to pay for.

use serde::{Deserialize, Serialize};

use crate::{date::Date, geo::LatLon, list::last_page, opening::Opening, slug::Slug};

/// Types of few names: each name is its JSON, its address and its CSV spelling.
macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:tt,)+ }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        // Read by its name: a match of serde's own would weigh the app some kilobytes.
        #[serde(try_from = "String")]
        $(#[$doc])*
        pub enum $type {
            $($(#[$variant_doc])* #[serde(rename = $name)] $variant,)+
        }

        impl $type {
            pub const ALL: &[$type] = &[$($type::$variant,)+];

            /// As written in JSON, addresses and CSV.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)+ }
            }

            pub fn from_name(name: &str) -> Option<$type> {
                $type::ALL.iter().copied().find(|it| it.name() == name)
            }
        }

        impl TryFrom<String> for $type {
            type Error = UnknownName;

            fn try_from(name: String) -> Result<$type, UnknownName> {
                $type::from_name(&name).ok_or(UnknownName(name))
            }
        }
    };
}

/// A name that none of its kind has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not known here")]
pub struct UnknownName(String);

names! {
    /// A recognised profession or medical speciality. There is none for practices that are not
    /// recognised: those stay out of the directory rather than look like one.
    Profession {
        GeneralPractitioner = "general_practitioner",
        Allergist = "allergist",
        Cardiologist = "cardiologist",
        Dermatologist = "dermatologist",
        Endocrinologist = "endocrinologist",
        Gastroenterologist = "gastroenterologist",
        Gynaecologist = "gynaecologist",
        Haematologist = "haematologist",
        InfectiousDiseases = "infectious_diseases",
        Internist = "internist",
        Nephrologist = "nephrologist",
        Neurologist = "neurologist",
        Oncologist = "oncologist",
        Ophthalmologist = "ophthalmologist",
        Paediatrician = "paediatrician",
        Pneumologist = "pneumologist",
        Psychiatrist = "psychiatrist",
        Rheumatologist = "rheumatologist",
        Nurse = "nurse",
        Physiotherapist = "physiotherapist",
        Pharmacist = "pharmacist",
        Midwife = "midwife",
        Dentist = "dentist",
        SpeechTherapist = "speech_therapist",
        Dietitian = "dietitian",
        Podiatrist = "podiatrist",
        Psychologist = "psychologist",
        Osteopath = "osteopath",
    }
}

/// What a reader must be told of a profession before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// "Médecin".
    Doctor,
    /// "Professionnel de santé non médecin": the other professions of the fourth part of the French
    /// public health code.
    HealthProfessional,
    /// "Autre praticien, non médecin": a protected title outside of that code's professions.
    Other,
}

impl Profession {
    pub fn category(self) -> Category {
        match self {
            Profession::Nurse
            | Profession::Physiotherapist
            | Profession::Pharmacist
            | Profession::Midwife
            | Profession::Dentist
            | Profession::SpeechTherapist
            | Profession::Dietitian
            | Profession::Podiatrist => Category::HealthProfessional,
            Profession::Psychologist | Profession::Osteopath => Category::Other,
            _ => Category::Doctor,
        }
    }
}

names! {
    /// A language spoken at the practice: ISO 639-1, or ISO 639-3 for signed languages.
    Language {
        French = "fr",
        English = "en",
        Spanish = "es",
        Arabic = "ar",
        German = "de",
        Portuguese = "pt",
        Italian = "it",
        Dutch = "nl",
        Luxembourgish = "lb",
        Polish = "pl",
        Romanian = "ro",
        Russian = "ru",
        Turkish = "tr",
        Ukrainian = "uk",
        Chinese = "zh",
        Vietnamese = "vi",
        /// Langue des signes française.
        SignedFrench = "fsl",
    }
}

names! {
    /// What the French health insurance pays back. Absent for those whom it does not concern.
    Fees {
        /// No fees beyond the insurance's own.
        Sector1 = "sector_1",
        Sector2 = "sector_2",
        /// Sector 2 with an agreement to limit fees (Optam).
        Sector2Limited = "sector_2_limited",
        /// Outside of the agreement with the insurance.
        Sector3 = "sector_3",
    }
}

names! {
    /// Whether a wheelchair gets in.
    #[cfg_attr(feature = "openapi", schema(as = WheelchairAccess))]
    Access { Yes = "yes", Partial = "partial", No = "no", }
}

names! {
    /// How far a position can be trusted.
    Precision {
        /// The address itself.
        Exact = "exact",
        /// The town's centre.
        Town = "town",
        /// The centre of the towns that share a postal code.
        Postcode = "postcode",
        /// The centre of a district: may be tens of kilometres away.
        Area = "area",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Address {
    pub street: String,
    pub postcode: String,
    pub town: String,
    /// ISO 3166-1: `FR`, `BE`, `CH`, `LU`.
    pub country: String,
}

/// Where the practice is on the map. Anything but [`Precision::Exact`] is shown as approximate
/// wherever it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Position {
    #[cfg_attr(feature = "openapi", schema(value_type = crate::geo::Degrees))]
    pub at: LatLon,
    pub precision: Precision,
}

/// One practitioner at one practice. What is not known is absent and said to be so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Practitioner {
    pub id: Slug,
    /// Of the practice.
    pub name: String,
    pub profession: Profession,
    pub address: Address,
    pub position: Position,
    /// In the national format: `01 99 00 12 34`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// `https://…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web: Option<String>,
    pub languages: Vec<Language>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fees: Option<Fees>,
    /// Teleconsultation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote: Option<bool>,
    /// By wheelchair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessible: Option<Access>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_patients: Option<bool>,
    pub opening: Vec<Opening>,
    /// When somebody last made sure of all this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_on: Option<Date>,
    /// Where the entry comes from.
    pub source: String,
    /// Made up for demonstration; every page that shows it says so.
    #[serde(default, rename = "fictif", skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
    /// In answers around a place: metres as the crow flies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<u32>,
}

/// The place a list is sorted around.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Around {
    /// "Lyon (69)"; empty for the reader's own position.
    pub name: String,
    #[cfg_attr(feature = "openapi", schema(value_type = crate::geo::Degrees))]
    pub at: LatLon,
}

/// Whom a question about the directory found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Found {
    /// Nearest first around a place, else by name.
    pub items: Vec<Practitioner>,
    /// From 1.
    pub page: u32,
    /// 1 to [`MAX_PER_PAGE`](crate::list::MAX_PER_PAGE).
    pub per_page: u32,
    /// Practitioners on all pages together.
    pub total: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<Around>,
    /// A town was asked for that nobody knows.
    #[serde(default)]
    pub unknown_town: bool,
    /// The directory holds entries made up for demonstration.
    #[serde(default, rename = "fictif")]
    pub sample: bool,
}

impl Found {
    /// Number of the last page, at least 1.
    pub fn last_page(&self) -> u32 {
        last_page(self.total, self.per_page)
    }

    /// Number of this page's first practitioner among all, from 1. A page may be any number, so this
    /// one may be past the end.
    pub fn first_number(&self) -> usize {
        (self.page.saturating_sub(1)).saturating_mul(self.per_page).saturating_add(1) as usize
    }
}

/// A town or locality, found by name or postal code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    pub name: String,
    /// What finds it again when it is typed: "Valence (26)".
    pub label: String,
    /// Département with its number, province, canton.
    pub area: String,
    /// ISO 3166-1.
    pub country: String,
    /// Empty where they are not known.
    pub postcodes: Vec<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = crate::geo::Degrees))]
    pub at: LatLon,
    /// Never [`Precision::Exact`].
    pub precision: Precision,
    pub population: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for it in Profession::ALL {
            assert_eq!(Profession::from_name(it.name()), Some(*it));
            assert_eq!(serde_json::to_value(it).unwrap(), it.name());
        }
        assert_eq!(Language::from_name("fsl"), Some(Language::SignedFrench));
        assert_eq!(Profession::from_name("micro_immunotherapist"), None);
    }

    #[test]
    fn only_doctors_are_called_doctors() {
        let doctors = Profession::ALL.iter().filter(|it| it.category() == Category::Doctor).count();
        assert_eq!(doctors, 18);
        assert_eq!(Profession::Dentist.category(), Category::HealthProfessional);
        assert_eq!(Profession::Osteopath.category(), Category::Other);
    }
}
