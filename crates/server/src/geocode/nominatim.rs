//! Nominatim, over OpenStreetMap's data. <https://nominatim.org/release-docs/latest/api/Search/>
//!
//! The public server forbids autocompletion and more than one request a second: use one of your own,
//! or a provider's.

use devanture_api::suggest::{PlaceKind, Suggestion};
use devanture_domain::geo::LatLng;
use reqwest::Client;
use serde::Deserialize;

use super::{
    Geocoder, PlaceQuery, Places, RemoteError,
    remote::{PATIENCE, ask, client, or_nothing},
};

/// Its search, which answers `jsonv2`.
#[derive(Debug)]
pub struct Nominatim {
    client: Client,
    url: String,
}

#[derive(Deserialize)]
struct Found {
    /// Numbers written as texts.
    lat: String,
    lon: String,
    display_name: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    addresstype: String,
}

impl Nominatim {
    /// Asks at `url`, `https://…/search`.
    pub fn new(url: &str) -> Result<Self, RemoteError> {
        Ok(Self { client: client(PATIENCE)?, url: url.to_owned() })
    }

    async fn ask(&self, query: PlaceQuery<'_>) -> Result<Vec<Suggestion>, RemoteError> {
        let parameters = [
            ("q", query.text.to_owned()),
            ("limit", query.limit.to_string()),
            ("format", "jsonv2".to_owned()),
            ("accept-language", query.locale.to_owned()),
        ];
        let found: Vec<Found> = ask(&self.client, &self.url, &parameters).await?;
        Ok(found.into_iter().filter_map(place).collect())
    }
}

fn place(found: Found) -> Option<Suggestion> {
    let location = LatLng::new(found.lat.parse().ok()?, found.lon.parse().ok()?).ok()?;
    let kind = match found.addresstype.as_str() {
        "postcode" => PlaceKind::Postcode,
        "city" | "town" | "village" | "municipality" | "suburb" | "hamlet" | "city_district" => {
            PlaceKind::Town
        }
        _ => PlaceKind::Address,
    };
    // `name` begins `display_name`, except for house numbers, which have none.
    let (label, detail) = match found.display_name.strip_prefix(&found.name) {
        Some(rest) if !found.name.is_empty() => {
            (found.name.clone(), rest.trim_start_matches([',', ' ']).to_owned())
        }
        _ => (found.display_name, String::new()),
    };
    Some(Suggestion { kind, label, detail, location, store_code: None })
}

impl Geocoder for Nominatim {
    fn places<'a>(&'a self, query: PlaceQuery<'a>) -> Places<'a> {
        Box::pin(async move { or_nothing("nominatim", self.ask(query).await) })
    }

    fn is_remote(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geocode::remote::fake::Fake;

    const ANSWER: &str = r#"[
        {"place_id":1,"lat":"47.2186371","lon":"-1.5541362","name":"Nantes","addresstype":"city",
         "display_name":"Nantes, Loire-Atlantique, Pays de la Loire, France"},
        {"place_id":2,"lat":"47.2131","lon":"-1.5606","name":"","addresstype":"building",
         "display_name":"12, Rue Crébillon, Nantes, 44000, France"},
        {"place_id":3,"lat":"NaN","lon":"0","display_name":"Nowhere"}]"#;

    #[tokio::test]
    async fn reads_towns_and_addresses() {
        let fake = Fake::answering(200, ANSWER).await;
        let near = LatLng::new(46.0, 2.0).unwrap();
        let query = PlaceQuery { text: "nantes & co", limit: 2, near, locale: "fr" };
        let found = Nominatim::new(&fake.url).unwrap().places(query).await;
        let shown: Vec<_> = found.iter().map(|f| (f.kind, f.label.as_str(), f.detail.as_str())).collect();
        assert_eq!(
            shown,
            [
                (PlaceKind::Town, "Nantes", "Loire-Atlantique, Pays de la Loire, France"),
                (PlaceKind::Address, "12, Rue Crébillon, Nantes, 44000, France", ""),
            ]
        );
        let sent = fake.queries.lock().unwrap().clone();
        assert_eq!(sent, ["q=nantes+%26+co&limit=2&format=jsonv2&accept-language=fr"]);
    }
}
