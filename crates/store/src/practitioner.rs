//! A practitioner as a row of the table.

use contract::{
    geo::LatLon,
    opening::Opening,
    practitioner::{
        Access, Address, Fees, Language, Position, Practitioner, Precision, Profession,
    },
    slug::Slug,
};
use sqlx::{
    Any, Row,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use crate::{StoreError, directory::Entry};

/// In the order of [`bind`].
pub const COLUMNS: &str = "id, external_id, name, profession, street, postcode, town, country, \
     lat, lon, position_precision, phone, email, web, languages, fees, remote, accessible, \
     new_patients, opening, verified_on, source, sample";

type Bound<'q> = Query<'q, Any, AnyArguments>;

/// The values of [`COLUMNS`].
pub fn bind<'q>(query: Bound<'q>, entry: &Entry) -> Bound<'q> {
    let it = &entry.practitioner;
    let languages: Vec<&str> = it.languages.iter().map(|it| it.name()).collect();
    let opening: Vec<String> = it.opening.iter().map(ToString::to_string).collect();
    query
        .bind(it.id.to_string())
        .bind(entry.external_id.clone())
        .bind(it.name.clone())
        .bind(it.profession.name())
        .bind(it.address.street.clone())
        .bind(it.address.postcode.clone())
        .bind(it.address.town.clone())
        .bind(it.address.country.clone())
        .bind(it.position.at.lat())
        .bind(it.position.at.lon())
        .bind(it.position.precision.name())
        .bind(it.phone.clone())
        .bind(it.email.clone())
        .bind(it.web.clone())
        .bind(languages.join(","))
        .bind(it.fees.map(Fees::name))
        .bind(it.remote.map(i64::from))
        .bind(it.accessible.map(Access::name))
        .bind(it.new_patients.map(i64::from))
        .bind(opening.join("; "))
        .bind(it.verified_on.map(|it| it.to_string()))
        .bind(it.source.clone())
        .bind(i64::from(it.sample))
}

/// # Errors
///
/// When a value is none that [`bind`] writes.
pub fn read(row: &AnyRow) -> Result<Entry, StoreError> {
    let id: String = row.try_get("id")?;
    let text = |column: &'static str| row.try_get::<String, _>(column);
    let optional = |column: &'static str| row.try_get::<Option<String>, _>(column);
    let truth = |column: &'static str| -> Result<Option<bool>, sqlx::Error> {
        Ok(row.try_get::<Option<i64>, _>(column)?.map(|it| it != 0))
    };
    let unreadable = |column: &'static str, value: &str| StoreError::Unreadable {
        table: "practitioners",
        id: id.clone(),
        column,
        value: value.to_owned(),
    };
    /// The value that a column names.
    macro_rules! named {
        ($type:ty, $column:literal) => {{
            let name = text($column)?;
            <$type>::from_name(&name).ok_or_else(|| unreadable($column, &name))?
        }};
        (optional $type:ty, $column:literal) => {{
            let name = optional($column)?;
            name.map(|name| <$type>::from_name(&name).ok_or_else(|| unreadable($column, &name)))
                .transpose()?
        }};
    }
    let languages = text("languages")?;
    let opening = text("opening")?;
    let verified_on = optional("verified_on")?;
    let (lat, lon): (f64, f64) = (row.try_get("lat")?, row.try_get("lon")?);
    let practitioner = Practitioner {
        id: Slug::try_from(id.as_str()).map_err(|_| unreadable("id", &id))?,
        name: text("name")?,
        profession: named!(Profession, "profession"),
        address: Address {
            street: text("street")?,
            postcode: text("postcode")?,
            town: text("town")?,
            country: text("country")?,
        },
        position: Position {
            at: LatLon::new(lat, lon).map_err(|_| unreadable("lat", &format!("{lat},{lon}")))?,
            precision: named!(Precision, "position_precision"),
        },
        phone: optional("phone")?,
        email: optional("email")?,
        web: optional("web")?,
        languages: languages
            .split(',')
            .filter(|it| !it.is_empty())
            .map(|it| Language::from_name(it).ok_or_else(|| unreadable("languages", it)))
            .collect::<Result<_, _>>()?,
        fees: named!(optional Fees, "fees"),
        remote: truth("remote")?,
        accessible: named!(optional Access, "accessible"),
        new_patients: truth("new_patients")?,
        opening: Opening::parse_all(&opening).map_err(|_| unreadable("opening", &opening))?,
        verified_on: verified_on
            .map(|it| it.parse().map_err(|_| unreadable("verified_on", &it)))
            .transpose()?,
        source: text("source")?,
        sample: row.try_get::<i64, _>("sample")? != 0,
        distance_m: None,
    };
    Ok(Entry { external_id: text("external_id")?, practitioner })
}
