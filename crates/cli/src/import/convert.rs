//! From a row's texts to a store, or the reason why not.

use std::collections::BTreeMap;

use devanture_domain::geo::LatLng;
use devanture_server::NamedZone;
use devanture_storage::{Address, Ownership, Store};

use super::{Mapping, hours, mapping::Field, rows::Row};

const MAX_CODE: usize = 64;
const MAX_TEXT: usize = 300;

pub(super) fn store(row: &Row, mapping: &Mapping) -> Result<Store, String> {
    let cells = row.cells.as_ref().map_err(String::clone)?;
    let cells = Cells(cells);
    let code = cells.needed(Field::Code, "code")?;
    if code.chars().count() > MAX_CODE || code.chars().any(|c| c.is_control() || matches!(c, '/' | ',')) {
        return Err(format!(
            "the code {code:?} is longer than {MAX_CODE} signs or holds a slash, a comma or a control sign"
        ));
    }
    let name = cells.needed(Field::Name, "name")?;
    let location = location(cells.needed(Field::Lat, "latitude")?, cells.needed(Field::Lng, "longitude")?)?;
    let time_zone = cells.needed(Field::TimeZone, "time zone")?;
    if NamedZone::get(time_zone).is_none() {
        return Err(format!("{time_zone:?} is not an IANA time zone; map it to one in the mapping"));
    }
    let list = |field| -> Vec<String> {
        let separator = mapping.fields.get(&field).and_then(|rule| rule.separator.as_deref()).unwrap_or("|");
        let codes = cells.text(field).split(separator).map(str::trim).filter(|code| !code.is_empty());
        codes.map(str::to_owned).collect()
    };
    let mut store = Store::new(code, name, location, time_zone);
    store.ownership = ownership(cells.text(Field::Ownership))?;
    store.address = address(&cells)?;
    store.phone = cells.optional(Field::Phone);
    store.email = cells.optional(Field::Email);
    store.url = url(&cells)?;
    store.services = list(Field::Services);
    store.brands = list(Field::Brands);
    store.ships = ships(cells.text(Field::Ships))?;
    let mut week: [_; 7] = Default::default();
    for (day, field) in week.iter_mut().zip(Field::WEEK) {
        *day = hours::day(cells.text(field))?;
    }
    store.hours = hours::week(week)?;
    for text in [&store.name, &store.address.street, &store.address.town, &store.address.postcode] {
        if text.chars().count() > MAX_TEXT {
            return Err(format!(
                "a text is longer than {MAX_TEXT} signs: {}…",
                text.chars().take(40).collect::<String>()
            ));
        }
    }
    Ok(store)
}

struct Cells<'a>(&'a BTreeMap<Field, String>);

impl Cells<'_> {
    fn text(&self, field: Field) -> &str {
        self.0.get(&field).map_or("", String::as_str)
    }

    fn needed(&self, field: Field, name: &str) -> Result<&str, String> {
        let text = self.text(field);
        if text.is_empty() { Err(format!("the {name} is empty")) } else { Ok(text) }
    }

    fn optional(&self, field: Field) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

fn location(lat: &str, lng: &str) -> Result<LatLng, String> {
    // Spreadsheets in many languages write 47,2.
    let number = |name: &str, text: &str| {
        text.replacen(',', ".", 1).parse::<f64>().map_err(|_| format!("the {name} {text:?} is not a number"))
    };
    let (lat, lng) = (number("latitude", lat)?, number("longitude", lng)?);
    // What databases write for "unknown" lies in the sea off Ghana.
    if lat == 0.0 && lng == 0.0 {
        return Err("latitude and longitude are both 0".to_owned());
    }
    LatLng::new(lat, lng).map_err(|error| {
        let swapped = LatLng::new(lng, lat).is_ok();
        let hint = if swapped { "; are latitude and longitude swapped?" } else { "" };
        format!("{lat}, {lng}: {error}{hint}")
    })
}

fn ownership(text: &str) -> Result<Ownership, String> {
    match text {
        "" | "own" => Ok(Ownership::Own),
        "franchise" => Ok(Ownership::Franchise),
        "licensed" => Ok(Ownership::Licensed),
        other => Err(format!(
            "the ownership {other:?} is not own, franchise or licensed; map it to one in the mapping"
        )),
    }
}

fn ships(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "" | "no" | "false" | "0" => Ok(false),
        "yes" | "true" | "1" => Ok(true),
        _ => Err(format!(
            "{text:?} does not say whether the store ships: yes or no; map it to one in the mapping"
        )),
    }
}

fn address(cells: &Cells<'_>) -> Result<Address, String> {
    let country = cells.text(Field::Country);
    let is_code = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    if !country.is_empty() && !is_code {
        return Err(format!("the country {country:?} is not two capital letters (ISO 3166-1 alpha-2)"));
    }
    Ok(Address {
        street: cells.text(Field::Street).to_owned(),
        postcode: cells.text(Field::Postcode).to_owned(),
        town: cells.text(Field::Town).to_owned(),
        region: cells.optional(Field::Region),
        country: country.to_owned(),
    })
}

/// Only web addresses: a store's link is shown to shoppers, and `javascript:` is a link too.
fn url(cells: &Cells<'_>) -> Result<Option<String>, String> {
    match cells.optional(Field::Url) {
        Some(url) if !(url.starts_with("https://") || url.starts_with("http://")) => {
            Err(format!("{url:?} is not a web address"))
        }
        url => Ok(url),
    }
}
