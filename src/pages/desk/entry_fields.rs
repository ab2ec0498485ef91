//! The fields of an entry, in groups.

use contract::{
    desk::entries::EntryDraft,
    error::FieldError,
    practitioner::{Access, Fees, Language, Precision, Profession},
};
use locale::{practitioner as words, text};
use maud::{Markup, html};

use crate::{
    components::field::{Field, area, input, select, tick},
    pages::desk::words::field as label,
};

/// Most characters of a field, as an import has it.
const MOST: usize = 500;

/// How far a position can be trusted.
pub fn precision(it: Precision) -> &'static str {
    let t = text();
    match it {
        Precision::Exact => t.desk_entry_precision_exact(),
        Precision::Town => t.desk_entry_precision_town(),
        Precision::Postcode => t.desk_entry_precision_postcode(),
        Precision::Area => t.desk_entry_precision_area(),
    }
}

/// All of them; the external id of a new entry alone.
pub fn fields(it: &EntryDraft, errors: &[FieldError], new: bool) -> Markup {
    let t = text();
    html! {
        (group(t.desk_entry_practice(), html! {
            (input(&field("e-name", "name", "", true), "text", &it.name, errors))
            (select(&field("e-profession", "profession", "", true), &professions(),
                &it.profession, errors))
        }))
        (group(t.desk_entry_address(), html! {
            (input(&field("e-street", "street", "", false), "text", &it.street, errors))
            div class="form__pair" {
                (input(&field("e-postcode", "postcode", "", true), "text", &it.postcode, errors))
                (input(&field("e-town", "town", "", true), "text", &it.town, errors))
            }
            (select(&field("e-country", "country", t.desk_entry_country_hint(), false),
                &COUNTRIES.map(|code| (code, country(code))), &it.country, errors))
            p class="field__hint" { (t.desk_entry_position_hint()) }
            div class="form__pair" {
                (input(&field("e-lat", "lat", "", false), "text", &it.lat, errors))
                (input(&field("e-lon", "lon", "", false), "text", &it.lon, errors))
            }
            (select(&field("e-precision", "precision", "", false), &precisions(),
                &it.precision, errors))
        }))
        (group(t.desk_entry_contact(), html! {
            (input(&field("e-phone", "phone", "", false), "tel", &it.phone, errors))
            (input(&field("e-email", "email", "", false), "email", &it.email, errors))
            (input(&field("e-web", "web", "", false), "url", &it.web, errors))
        }))
        (group(t.desk_entry_care(), html! {
            (languages(it, errors))
            (select(&field("e-fees", "fees", "", false), &fees(), &it.fees, errors))
            (select(&field("e-remote", "remote", "", false), &yes_or_no(), &it.remote, errors))
            (select(&field("e-accessible", "accessible", "", false), &access(),
                &it.accessible, errors))
            (select(&field("e-new_patients", "new_patients", "", false), &yes_or_no(),
                &it.new_patients, errors))
            (area(&field("e-opening", "opening", t.desk_entry_opening_hint(), false),
                &it.opening.replace("; ", "\n"), errors))
        }))
        (group(t.desk_entry_origin(), html! {
            (input(&field("e-verified_on", "verified_on", t.desk_entry_verified_hint(), false),
                "date", &it.verified_on, errors))
            (input(&field("e-source", "source", t.desk_entry_source_hint(), false), "text",
                &it.source, errors))
            @if new {
                (input(
                    &field("e-external_id", "external_id", t.desk_entry_external_hint(), false),
                    "text", &it.external_id, errors))
            }
            (tick(&field("e-fictif", "fictif", "", false), it.fictif == "true", errors))
        }))
    }
}

fn group(name: &str, fields: Markup) -> Markup {
    html! {
        fieldset class="entry__group" {
            legend class="entry__legend" { (name) }
            (fields)
        }
    }
}

fn field(
    id: &'static str,
    name: &'static str,
    hint: &'static str,
    required: bool,
) -> Field<'static> {
    // Nobody enters themselves: what a browser would fill in is somebody else's.
    Field { id, name, label: label(name), hint, required, autocomplete: "off", most: MOST }
}

const COUNTRIES: [&str; 5] = ["", "FR", "BE", "CH", "LU"];

fn country(code: &str) -> &'static str {
    let t = text();
    match code {
        "FR" => t.country_fr(),
        "BE" => t.country_be(),
        "CH" => t.country_ch(),
        "LU" => t.country_lu(),
        _ => t.desk_entry_country_any(),
    }
}

type Choices = Vec<(&'static str, &'static str)>;

fn professions() -> Choices {
    let known = Profession::ALL.iter().map(|it| (it.name(), words::profession(*it)));
    [("", text().desk_entry_profession_choose())].into_iter().chain(known).collect()
}

fn precisions() -> Choices {
    Precision::ALL.iter().map(|it| (it.name(), precision(*it))).collect()
}

fn fees() -> Choices {
    unknown(Fees::ALL.iter().map(|it| (it.name(), words::fees(*it))))
}

fn access() -> Choices {
    unknown(Access::ALL.iter().map(|it| (it.name(), words::access(*it))))
}

fn yes_or_no() -> Choices {
    unknown([("yes", text().map_yes()), ("no", text().map_no())])
}

fn unknown(known: impl IntoIterator<Item = (&'static str, &'static str)>) -> Choices {
    [("", text().desk_entry_unknown())].into_iter().chain(known).collect()
}

/// One box for each: their names are one field.
fn languages(it: &EntryDraft, errors: &[FieldError]) -> Markup {
    let spoken: Vec<&str> = it.languages.split(',').map(str::trim).collect();
    let error = errors.iter().find(|it| it.field == "languages");
    html! {
        fieldset class="entry__languages" id="e-languages" tabindex="-1"
            aria-describedby=[error.map(|_| "e-languages-erreur")] {
            legend class="field__label" { (label("languages")) }
            @for language in Language::ALL {
                @let name = language.name();
                div class="check" {
                    input class="check__box" type="checkbox" name="languages" value=(name)
                        id={ "e-languages-" (name) } checked[spoken.contains(&name)];
                    label for={ "e-languages-" (name) } { (words::language(*language)) }
                }
            }
            @if let Some(error) = error {
                p class="field__error" id="e-languages-erreur" { (error.message) }
            }
        }
    }
}
