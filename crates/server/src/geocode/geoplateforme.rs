//! The French Géoplateforme (IGN), successor of the Base Adresse Nationale's API.
//! <https://geoservices.ign.fr/documentation/services/services-geoplateforme/geocodage>

use std::time::Duration;

use devanture_api::suggest::{PlaceKind, Suggestion};
use devanture_domain::geo::LatLng;
use reqwest::Client;
use serde::Deserialize;

use super::{
    Geocoder, PlaceQuery, Places, RemoteError,
    remote::{PATIENCE, ask, client, or_nothing},
};

/// Its search, which answers `GeoJSON`.
#[derive(Debug)]
pub struct Geoplateforme {
    client: Client,
    url: String,
}

#[derive(Deserialize)]
struct Answer {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    geometry: Geometry,
    properties: Properties,
}

#[derive(Deserialize)]
struct Geometry {
    /// Longitude, then latitude.
    coordinates: [f64; 2],
}

#[derive(Deserialize)]
struct Properties {
    label: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    postcode: String,
    #[serde(default)]
    context: String,
}

impl Geoplateforme {
    /// The public service.
    pub const URL: &str = "https://data.geopf.fr/geocodage/search";

    /// Asks at `url`, [`Self::URL`] or a mirror.
    pub fn new(url: &str) -> Result<Self, RemoteError> {
        Self::with_patience(url, PATIENCE)
    }

    fn with_patience(url: &str, patience: Duration) -> Result<Self, RemoteError> {
        Ok(Self { client: client(patience)?, url: url.to_owned() })
    }

    async fn ask(&self, query: PlaceQuery<'_>) -> Result<Vec<Suggestion>, RemoteError> {
        // It refuses texts shorter than 3 or longer than 200 characters.
        if query.text.chars().count() < 3 {
            return Ok(Vec::new());
        }
        let parameters = [
            ("q", query.text.to_owned()),
            ("limit", query.limit.to_string()),
            ("index", "address".to_owned()),
            ("autocomplete", "1".to_owned()),
            ("lat", query.near.lat().to_string()),
            ("lon", query.near.lng().to_string()),
        ];
        let answer: Answer = ask(&self.client, &self.url, &parameters).await?;
        Ok(answer.features.into_iter().filter_map(place).collect())
    }
}

fn place(feature: Feature) -> Option<Suggestion> {
    let [lng, lat] = feature.geometry.coordinates;
    let Properties { label, kind, postcode, context } = feature.properties;
    let kind = if kind == "municipality" { PlaceKind::Town } else { PlaceKind::Address };
    // "44, Loire-Atlantique, Pays de la Loire"; a town's label has no postcode.
    let detail = if kind == PlaceKind::Town && !postcode.is_empty() { postcode } else { context };
    Some(Suggestion { kind, label, detail, location: LatLng::new(lat, lng).ok()?, store_code: None })
}

impl Geocoder for Geoplateforme {
    fn places<'a>(&'a self, query: PlaceQuery<'a>) -> Places<'a> {
        Box::pin(async move { or_nothing("geoplateforme", self.ask(query).await) })
    }

    fn is_remote(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{geocode::remote::fake::Fake, testing::TestApp};

    const ANSWER: &str = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":{"type":"Point","coordinates":[-1.5606,47.2131]},"properties":{
          "label":"12 Rue Crébillon 44000 Nantes","score":0.96,"type":"housenumber","postcode":"44000",
          "context":"44, Loire-Atlantique, Pays de la Loire"}},
        {"type":"Feature","geometry":{"type":"Point","coordinates":[-1.55,191.0]},"properties":{
          "label":"Nowhere","type":"street"}}]}"#;

    #[tokio::test]
    async fn an_address_becomes_the_origin() {
        let fake = Fake::answering(200, ANSWER).await;
        let app = TestApp::with_geocoder(Geoplateforme::new(&fake.url).unwrap()).await;
        let page: devanture_api::store::StorePage =
            app.get("/v1/stores?q=12%20bis%20cr%C3%A9billon&limit=1").await.json();
        let origin = page.origin.unwrap();
        assert_eq!(
            origin.label.as_deref(),
            Some("12 Rue Crébillon 44000 Nantes (44, Loire-Atlantique, Pays de la Loire)")
        );
        assert_eq!(page.items[0].code, "FR-NTE");
        let sent = fake.queries.lock().unwrap().clone();
        assert!(sent[0].contains("q=12+bis+cr%C3%A9billon") && sent[0].contains("limit=1"), "{sent:?}");
    }

    #[tokio::test]
    async fn not_asked_when_the_answer_is_here() {
        let fake = Fake::answering(200, ANSWER).await;
        let app = TestApp::with_geocoder(Geoplateforme::new(&fake.url).unwrap()).await;
        assert_eq!(app.get("/v1/suggest?q=nantes").await.status, 200);
        assert!(fake.queries.lock().unwrap().is_empty(), "what shoppers type stays here if it can");
    }

    #[tokio::test]
    async fn failing_in_every_way_is_silence() {
        let near = LatLng::new(46.0, 2.0).unwrap();
        let query = PlaceQuery { text: "12 rue", limit: 5, near, locale: "fr" };
        for fake in [
            Fake::answering(500, "oops").await,
            Fake::answering(200, "<html>").await,
            Fake::answering(200, r#"{"features":[{"geometry":null}]}"#).await,
            Fake::answering(302, "").await,
            Fake::silent().await,
        ] {
            let geocoder = Geoplateforme::with_patience(&fake.url, Duration::from_millis(50)).unwrap();
            assert!(geocoder.places(query).await.is_empty());
        }
        let nobody = Geoplateforme::new("http://127.0.0.1:1/search").unwrap();
        assert!(nobody.places(query).await.is_empty());
        let app = TestApp::with_geocoder(nobody).await;
        let page: devanture_api::store::StorePage = app.get("/v1/stores?q=12%20rue%20nowhere").await.json();
        assert_eq!(page.origin, None);
        assert!(!page.items.is_empty(), "a list all the same");
    }
}
