//! Positions on Earth and the distance between them.

use serde::{Deserialize, Serialize};

/// Mean radius of the Earth in metres (IUGG).
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A WGS 84 position in degrees, always finite and in range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "RawLatLng")]
pub struct LatLng {
    lat: f64,
    lng: f64,
}

/// The shape on the wire, before it is checked.
#[derive(Deserialize)]
struct RawLatLng {
    lat: f64,
    lng: f64,
}

/// Why a position was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionError {
    /// Latitude is not a number between -90 and 90.
    Latitude,
    /// Longitude is not a number between -180 and 180.
    Longitude,
}

impl core::fmt::Display for PositionError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Latitude => "latitude must be a number from -90 to 90 degrees",
            Self::Longitude => "longitude must be a number from -180 to 180 degrees",
        })
    }
}

impl core::error::Error for PositionError {}

impl TryFrom<RawLatLng> for LatLng {
    type Error = PositionError;
    fn try_from(raw: RawLatLng) -> Result<Self, PositionError> {
        Self::new(raw.lat, raw.lng)
    }
}

impl LatLng {
    /// Where the equator meets the Greenwich meridian.
    pub const ORIGIN: Self = Self { lat: 0.0, lng: 0.0 };

    /// Takes degrees; refuses what is not a number or out of range.
    pub fn new(lat: f64, lng: f64) -> Result<Self, PositionError> {
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PositionError::Latitude);
        }
        if !(-180.0..=180.0).contains(&lng) {
            return Err(PositionError::Longitude);
        }
        Ok(Self { lat, lng })
    }

    /// Degrees north of the equator, -90 to 90.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east of Greenwich, -180 to 180.
    pub fn lng(self) -> f64 {
        self.lng
    }

    /// Great-circle distance to `other` in metres, by the haversine formula on the mean sphere
    /// (within 0.6 % of the ellipsoid's).
    pub fn distance_m(self, other: Self) -> f64 {
        let (lat1, lat2) = (self.lat.to_radians(), other.lat.to_radians());
        let half_dlat = ((lat2 - lat1) / 2.0).sin();
        let half_dlng = ((other.lng - self.lng).to_radians() / 2.0).sin();
        let h = half_dlat * half_dlat + lat1.cos() * lat2.cos() * half_dlng * half_dlng;
        2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refuses_what_is_not_on_earth() {
        assert_eq!(LatLng::new(91.0, 0.0), Err(PositionError::Latitude));
        assert_eq!(LatLng::new(f64::NAN, 0.0), Err(PositionError::Latitude));
        assert_eq!(LatLng::new(0.0, f64::INFINITY), Err(PositionError::Longitude));
        assert!(serde_json::from_str::<LatLng>(r#"{"lat":91.0,"lng":2.0}"#).is_err());
    }

    #[test]
    fn nantes_to_paris() {
        let nantes = LatLng::new(47.218_4, -1.553_6).unwrap();
        let paris = LatLng::new(48.856_6, 2.352_2).unwrap();
        let km = nantes.distance_m(paris) / 1000.0;
        assert!((342.0..344.0).contains(&km), "{km}");
    }

    proptest! {
        #[test]
        fn symmetric_and_at_most_half_way_round(a in -90.0..=90.0f64, b in -180.0..=180.0f64, c in -90.0..=90.0f64, d in -180.0..=180.0f64) {
            let (p, q) = (LatLng::new(a, b).unwrap(), LatLng::new(c, d).unwrap());
            let m = p.distance_m(q);
            prop_assert!((m - q.distance_m(p)).abs() < 1e-3);
            prop_assert!((0.0..=20_015_200.0).contains(&m));
        }
    }
}
