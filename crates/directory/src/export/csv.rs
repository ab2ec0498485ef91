//! A table for spreadsheets and partners (RFC 4180), which an import reads back.

use contract::practitioner::{Access, Fees, Practitioner};

use crate::import::{Column, is_formula};

/// Everybody, one row each, below the names of [`Column::ALL`]: UTF-8 without a byte order mark,
/// commas, CR LF. Imported again it gives the same practitioners, their ids as external ids.
///
/// Texts that begin like a formula (`=`, `+`, `-`, `@`, tab, CR) get an apostrophe before them, as
/// OWASP advises against CSV injection. An import keeps that apostrophe; such a text, which it would
/// have rejected in the first place, comes back with it. Numbers (`-12`) are left alone.
pub fn csv(practitioners: &[Practitioner]) -> String {
    // About what a row takes.
    let mut out = String::with_capacity(practitioners.len().saturating_add(1).saturating_mul(256));
    let names: Vec<&str> = Column::ALL.iter().map(|it| it.name()).collect();
    out.push_str(&names.join(","));
    out.push_str("\r\n");
    for practitioner in practitioners {
        for (column, at) in Column::ALL.iter().zip(0_usize..) {
            if 0 < at {
                out.push(',');
            }
            push(&mut out, &value(practitioner, *column));
        }
        out.push_str("\r\n");
    }
    out
}

fn value(it: &Practitioner, column: Column) -> String {
    let truth = |it: Option<bool>| it.map(|it| if it { "yes" } else { "no" }).unwrap_or_default();
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    match column {
        Column::ExternalId => it.id.to_string(),
        Column::Name => it.name.clone(),
        Column::Profession => it.profession.name().to_owned(),
        Column::Street => it.address.street.clone(),
        Column::Postcode => it.address.postcode.clone(),
        Column::Town => it.address.town.clone(),
        Column::Country => it.address.country.clone(),
        Column::Lat => it.position.at.lat().to_string(),
        Column::Lon => it.position.at.lon().to_string(),
        Column::Precision => it.position.precision.name().to_owned(),
        Column::Phone => text(&it.phone),
        Column::Email => text(&it.email),
        Column::Web => text(&it.web),
        Column::Languages => {
            let languages: Vec<&str> = it.languages.iter().map(|it| it.name()).collect();
            languages.join(",")
        }
        Column::Fees => it.fees.map(Fees::name).unwrap_or_default().to_owned(),
        Column::Remote => truth(it.remote).to_owned(),
        Column::Accessible => it.accessible.map(Access::name).unwrap_or_default().to_owned(),
        Column::NewPatients => truth(it.new_patients).to_owned(),
        Column::Opening => {
            let opening: Vec<String> = it.opening.iter().map(ToString::to_string).collect();
            opening.join("; ")
        }
        Column::VerifiedOn => it.verified_on.map(|it| it.to_string()).unwrap_or_default(),
        Column::Source => it.source.clone(),
        // Empty for everybody else, so that a table of real entries does not speak of it.
        Column::Sample => if it.sample { "true" } else { "" }.to_owned(),
    }
}

fn push(out: &mut String, value: &str) {
    let quoted = value.contains([',', '"', '\r', '\n']);
    if quoted {
        out.push('"');
    }
    if is_formula(value) {
        out.push('\'');
    }
    if quoted {
        out.push_str(&value.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(value);
    }
}
