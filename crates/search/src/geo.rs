//! Rough positions, for what is asked thousands of times a keystroke.

use devanture_domain::geo::LatLng;

/// Kilometres between two points, without trigonometry: right to a few per cent where it matters, within a few
/// hundred kilometres and away from the poles.
pub(crate) fn flat_km(a: LatLng, b: LatLng) -> f64 {
    let dx = wrap(a.lng() - b.lng()) * cos(a.lat());
    let dy = a.lat() - b.lat();
    111.2 * (dx * dx + dy * dy).sqrt()
}

/// Cosine of degrees, by the first terms of its series from a right angle down (Bhaskara I).
fn cos(degrees: f64) -> f64 {
    let square = degrees * degrees;
    ((32_400.0 - 4.0 * square) / (32_400.0 + square)).max(0.0)
}

/// Degrees brought back into -180 to 180.
pub(crate) fn wrap(degrees: f64) -> f64 {
    if degrees > 180.0 {
        degrees - 360.0
    } else if degrees < -180.0 {
        degrees + 360.0
    } else {
        degrees
    }
}

/// The middle of several positions, across the date line if need be; `None` of none.
pub(crate) fn middle(positions: impl Iterator<Item = LatLng>) -> Option<LatLng> {
    let (mut first, mut lat, mut lng, mut count) = (None, 0.0, 0.0, 0.0);
    for at in positions {
        let from = *first.get_or_insert(at);
        lat += at.lat();
        lng += wrap(at.lng() - from.lng());
        count += 1.0;
    }
    let from = first?;
    LatLng::new(lat / count, wrap(from.lng() + lng / count)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lng: f64) -> LatLng {
        LatLng::new(lat, lng).unwrap()
    }

    #[test]
    fn near_enough_to_the_truth() {
        for lat in [-60.0, -45.0, 0.0, 30.0, 48.0, 65.0] {
            let (a, b) = (at(lat, 179.5), at(lat + 0.5, -179.7));
            let ratio = flat_km(a, b) * 1000.0 / a.distance_m(b);
            assert!((0.97..1.03).contains(&ratio), "{lat}: {ratio}");
        }
    }

    #[test]
    fn the_middle_of_fiji_is_in_fiji() {
        let middle = middle([at(-16.0, 179.0), at(-17.0, -179.0)].into_iter()).unwrap();
        assert!((middle.lat() + 16.5).abs() < 1e-9 && (middle.lng().abs() - 180.0).abs() < 1e-9);
    }
}
