//! What is suggested.

use devanture_api::suggest::PlaceKind;
use devanture_domain::geo::LatLng;

use crate::countries::country_name;

/// A town or a postcode.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// [`PlaceKind::Town`] or [`PlaceKind::Postcode`].
    pub kind: PlaceKind,
    /// Shown and put in the field: "Nantes", or "44000".
    pub name: String,
    /// The town; for a postcode the largest that has it.
    pub town: String,
    /// Tells it from others of its name, in English: "44, France"; for a postcode "Nantes (44), France".
    pub detail: String,
    /// French department ("44 Loire-Atlantique"), American state, Canadian province, Swiss canton; else empty.
    pub region: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Its middle.
    pub location: LatLng,
    /// Inhabitants, of the town in the case of a postcode; 0 when unknown.
    pub population: u32,
}

impl Place {
    pub(crate) fn with_detail(mut self) -> Self {
        self.detail = self.detail_in("en");
        self
    }

    /// [`Place::detail`] in another language; French and English are known, others are answered in English.
    pub fn detail_in(&self, language: &str) -> String {
        let country = country_name(&self.country, language);
        // Of a French department its number, as on a letter or a number plate.
        let region = match self.region.split_once(' ') {
            Some((number, _)) if self.country == "FR" => number,
            _ => &self.region,
        };
        match (self.kind, region) {
            (PlaceKind::Postcode, "") => format!("{}, {country}", self.town),
            (PlaceKind::Postcode, _) => format!("{} ({region}), {country}", self.town),
            (_, "") => country.to_owned(),
            _ => format!("{region}, {country}"),
        }
    }
}
