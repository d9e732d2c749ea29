//! What the list asks the API for.

use devanture_api::store::StoreParams;
use devanture_host::position::coarse;

use crate::{
    props::Options,
    state::{Filters, Place},
};

/// The request for one page of the list.
pub(crate) fn store_params(
    options: &Options,
    place: &Place,
    filters: &Filters,
    cursor: Option<String>,
) -> StoreParams {
    let mut params = StoreParams {
        limit: Some(options.limit),
        open_now: filters.open_now,
        services: joined(options.services.as_deref(), &filters.services),
        brands: joined(options.brands.as_deref(), filters.brand.as_slice()),
        cursor,
        lang: Some(options.lang.clone()),
        ..StoreParams::default()
    };
    match place {
        Place::Start => (params.lat, params.lng) = (options.lat, options.lng),
        Place::Typed(text) => params.q = Some(text.clone()),
        Place::Known(_, at) => (params.lat, params.lng) = (Some(at.lat()), Some(at.lng())),
        Place::Device(at) => {
            (params.lat, params.lng) = (Some(coarse(at.lat())), Some(coarse(at.lng())));
        }
    }
    params
}

fn joined(fixed: Option<&str>, chosen: &[String]) -> Option<String> {
    let mut out = String::from(fixed.unwrap_or_default());
    for code in chosen {
        if !out.is_empty() {
            out.push(',');
        }
        out.push_str(code);
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use devanture_domain::geo::LatLng;

    #[test]
    fn position_is_coarse_and_filters_add_up() {
        let options = Options { services: Some("pickup".into()), limit: 20, ..Options::default() };
        let filters = Filters { services: vec!["tailor".into()], ..Filters::default() };
        let place = Place::Device(LatLng::new(47.218_371, -1.553_621).unwrap());
        let params = store_params(&options, &place, &filters, None);
        assert!((params.lat.unwrap() - 47.218).abs() < 1e-9 && (params.lng.unwrap() + 1.554).abs() < 1e-9);
        assert_eq!(params.services.as_deref(), Some("pickup,tailor"));
        assert_eq!(params.brands, None);
    }
}
