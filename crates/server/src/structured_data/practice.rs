//! A practice as schema.org knows it.

use contract::{
    practitioner::{Access, Category, Practitioner, Precision, Profession},
    route::Route,
    site::Site,
};
use locale::practitioner as words;
use serde_json::{Value, json};

/// A doctor is a `Physician`, a dentist a `Dentist`, a pharmacy a `Pharmacy`; everybody else's is a
/// `MedicalBusiness`, which claims no title.
pub fn node(site: &Site, it: &Practitioner) -> Value {
    let kind = match it.profession {
        Profession::Dentist => "Dentist",
        Profession::Pharmacist => "Pharmacy",
        other if other.category() == Category::Doctor => "Physician",
        _ => "MedicalBusiness",
    };
    let route = Route::Practitioner { id: it.id.clone() };
    let mut node = json!({
        "@context": "https://schema.org",
        "@type": kind,
        "name": it.name,
        "description": words::profession(it.profession),
        "url": format!("{}{route}", site.url),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": it.address.street,
            "postalCode": it.address.postcode,
            "addressLocality": it.address.town,
            "addressCountry": it.address.country,
        },
        "knowsLanguage": it.languages,
    });
    if it.position.precision == Precision::Exact {
        // A town's centre is nobody's door.
        let (latitude, longitude) = (it.position.at.lat(), it.position.at.lon());
        node["geo"] = json!({
            "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude,
        });
    }
    for (name, value) in [("telephone", &it.phone), ("email", &it.email), ("sameAs", &it.web)] {
        if let Some(value) = value {
            node[name] = json!(value);
        }
    }
    if !it.opening.is_empty() {
        node["openingHours"] = json!(it.opening);
    }
    if let Some(new_patients) = it.new_patients {
        node["isAcceptingNewPatients"] = json!(new_patients);
    }
    if it.accessible == Some(Access::Yes) {
        node["amenityFeature"] = json!({
            "@type": "LocationFeatureSpecification",
            "name": "wheelchair accessible",
            "value": true,
        });
    }
    node
}
