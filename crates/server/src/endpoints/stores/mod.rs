//! `GET /v1/stores`

mod cursor;
#[cfg(test)]
mod tests;

use axum::{
    extract::{Request, State},
    response::Response,
};
use devanture_api::{
    problem::Problem,
    store::{Origin, StorePage, StoreParams},
};
use devanture_domain::geo::{LatLng, PositionError};

use super::{BRIEFLY, JSON};
use crate::{
    App,
    cache::Tagged,
    directory::{Scope, SiteView},
    extract::{Query, Storefront, parts, short_text},
    geocode,
    index::{BitSet, Filter, Found},
    problem::ApiError,
};

const MAX_CODES: usize = 50;

/// Stores, nearest first.
#[utoipa::path(get, path = "/v1/stores", tag = "stores", security(("key" = []), ("key_param" = [])),
    params(StoreParams), responses(
    (status = 200, description = "Stores, nearest first", body = StorePage),
    (status = 304, description = "Unchanged"),
    (status = 400, description = "A parameter is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn stores(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(params): Query<StoreParams>,
    request: Request,
) -> Result<Response, ApiError> {
    let body = list(&app, &site, &params).await?;
    Ok(Tagged::new(body).respond(request.headers(), JSON, BRIEFLY))
}

/// A [`StorePage`] as JSON.
pub(crate) async fn list(app: &App, site: &SiteView, params: &StoreParams) -> Result<Vec<u8>, ApiError> {
    let limit = match params.limit {
        None => 20,
        Some(limit @ 1..=100) => usize::from(limit),
        Some(_) => return Err(ApiError::invalid("limit", "is 1 to 100")),
    };
    let typed = short_text("q", params.q.as_deref())?;
    let position = position(params.lat, params.lng)?;
    let filter = Filter {
        open_at: params.open_now.then(|| app.now()),
        services: codes("services", params.services.as_deref())?,
        brands: codes("brands", params.brands.as_deref())?,
    };
    let wanted = codes("codes", params.codes.as_deref())?;
    let origin = match (position, typed) {
        (Some(location), _) => Some(Origin { location, label: None, is_default: false }),
        // In a box, since most requests do not need the room that it takes.
        (None, Some(typed)) => Box::pin(geocode::locate(app, site, typed)).await,
        (None, None) => Some(Origin { location: site.site.center, label: None, is_default: true }),
    };
    let keep = keep(site, &filter);
    let labels = &site.texts(params.lang.as_deref()).labels_json;
    Ok(if wanted.is_empty() {
        let first = params.cursor.as_deref().map(|text| cursor::read(text, &site.network)).transpose()?;
        let start = origin.as_ref().map_or(site.site.center, |origin| origin.location);
        let (found, more) = site.network.nearest(start, first, limit, keep.as_ref());
        let total = keep.as_ref().map_or(site.network.len(), BitSet::len);
        let next = found.last().filter(|_| more).map(|last| cursor::write(*last, &site.network));
        page(site, labels, &found, total, origin.as_ref(), next.as_deref())
    } else {
        let found = listed(site, &wanted, keep.as_ref(), origin.as_ref());
        let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        page(site, labels, &found, total, origin.as_ref(), None)
    })
}

/// The point asked about.
pub(super) fn position(lat: Option<f64>, lng: Option<f64>) -> Result<Option<LatLng>, ApiError> {
    let (lat, lng) = match (lat, lng) {
        (None, None) => return Ok(None),
        (Some(_), None) => return Err(ApiError::invalid("lng", "goes with lat")),
        (None, Some(_)) => return Err(ApiError::invalid("lat", "goes with lng")),
        (Some(lat), Some(lng)) => (lat, lng),
    };
    LatLng::new(lat, lng).map(Some).map_err(|error| match error {
        PositionError::Latitude if lat.abs() <= 180.0 && lng.abs() <= 90.0 => ApiError::invalid(
            "lat",
            "latitude must be a number from -90 to 90 degrees; are lat and lng swapped?",
        ),
        PositionError::Latitude => ApiError::invalid("lat", error.to_string()),
        PositionError::Longitude => ApiError::invalid("lng", error.to_string()),
    })
}

/// Splits `a,b,c`.
fn codes<'a>(field: &'static str, text: Option<&'a str>) -> Result<Vec<&'a str>, ApiError> {
    let codes: Vec<&str> = parts(text).collect();
    if codes.len() > MAX_CODES {
        return Err(ApiError::invalid(field, format!("at most {MAX_CODES} codes")));
    }
    Ok(codes)
}

/// The stores that the site shows and that match; `None` when those are all of the network.
fn keep(site: &SiteView, filter: &Filter<'_>) -> Option<BitSet> {
    let matching = site.network.matching(filter);
    if site.scope == Scope::Network {
        return matching;
    }
    let mut only = BitSet::none(site.network.len() as usize);
    if let Scope::Store(own) = site.scope {
        only.insert(own);
    }
    if let Some(matching) = matching {
        only.intersect(&matching);
    }
    Some(only)
}

fn listed(site: &SiteView, wanted: &[&str], keep: Option<&BitSet>, origin: Option<&Origin>) -> Vec<Found> {
    let start = origin.map_or(site.site.center, |origin| origin.location);
    let mut seen = Vec::new();
    for code in wanted {
        let index = site.find(code).filter(|index| keep.is_none_or(|keep| keep.contains(*index)));
        let Some(index) = index else { continue };
        if !seen.iter().any(|found: &Found| found.index == index) {
            seen.push(site.network.found(start, index));
        }
    }
    seen
}

fn page(
    site: &SiteView,
    labels_json: &[u8],
    found: &[Found],
    total: u32,
    origin: Option<&Origin>,
    next: Option<&str>,
) -> Vec<u8> {
    let is_asked = origin.is_some_and(|origin| !origin.is_default);
    // A distance with its name and a comma is at most 24 bytes.
    let mut out =
        Vec::with_capacity(site.network.json_len(found) + found.len() * 24 + labels_json.len() + 256);
    out.extend_from_slice(b"{\"items\":[");
    for (i, one) in found.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        site.network.write_json(one.index, is_asked.then(|| one.distance_m()), &mut out);
    }
    out.push(b']');
    if let Some(next) = next {
        out.extend_from_slice(b",\"next\":\"");
        out.extend_from_slice(next.as_bytes());
        out.push(b'"');
    }
    out.extend_from_slice(b",\"total\":");
    out.extend_from_slice(itoa::Buffer::new().format(total).as_bytes());
    if let Some(origin) = origin.and_then(|origin| serde_json::to_vec(origin).ok()) {
        out.extend_from_slice(b",\"origin\":");
        out.extend_from_slice(&origin);
    }
    out.extend_from_slice(labels_json);
    out
}
