//! `GET /v1/availability`

mod rank;
pub(crate) mod similar;
#[cfg(test)]
mod tests;
mod wanted;

use axum::{
    extract::{Request, State},
    response::Response,
};
use devanture_api::{
    availability::{AvailabilityPage, AvailabilityParams, ItemAvailability},
    problem::Problem,
    store::Origin,
};
use devanture_domain::{
    reservation::promise,
    stock::{Answers, Availability, StockLevel, confidence},
};
use futures_util::future::try_join_all;

use super::{JSON, NEVER, stores};
use crate::{
    App,
    cache::Tagged,
    directory::{Scope, SiteView},
    extract::{Query, Storefront, parts, short_text},
    geocode,
    problem::ApiError,
};
use rank::{Ranked, Ranking, Sender, rank};
use wanted::{Wanted, wanted};

const MAX_FIRST: usize = 10;

/// Stores that hold what is wanted.
#[utoipa::path(get, path = "/v1/availability", tag = "stock", security(("key" = []), ("key_param" = [])),
    params(AvailabilityParams), responses(
    (status = 200, description = "Those of `first`, then those with all of it, then those with most; each nearest first", body = AvailabilityPage),
    (status = 304, description = "Unchanged"),
    (status = 400, description = "A parameter is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn availability(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(params): Query<AvailabilityParams>,
    request: Request,
) -> Result<Response, ApiError> {
    let limit = match params.limit {
        None => 10,
        Some(limit @ 1..=50) => usize::from(limit),
        Some(_) => return Err(ApiError::invalid("limit", "is 1 to 50")),
    };
    let wanted = wanted(&params.items)?;
    let first = first(&site, params.first.as_deref())?;
    let origin = origin(&app, &site, (params.lat, params.lng), params.q.as_deref()).await?;
    let stock = try_join_all(wanted.iter().map(|item| app.stock(&site.site.tenant, &item.sku))).await?;
    let start = origin.as_ref().map_or(site.site.center, |origin| origin.location);
    let ranking = rank(&site, &wanted, &stock, start, (&first, limit));
    let body = page(&app, &site, &wanted, &ranking, origin.as_ref()).ok_or_else(ApiError::internal)?;
    // What is there at this moment: kept by nobody, but sent again only when it has changed.
    Ok(Tagged::new(body).respond(request.headers(), JSON, NEVER))
}

/// From where stores are near; `None` where what was typed is not understood.
async fn origin(
    app: &App,
    site: &SiteView,
    (lat, lng): (Option<f64>, Option<f64>),
    q: Option<&str>,
) -> Result<Option<Origin>, ApiError> {
    let typed = short_text("q", q)?;
    Ok(match (stores::position(lat, lng)?, typed) {
        (Some(location), _) => Some(Origin { location, label: None, is_default: false }),
        (None, Some(typed)) => Box::pin(geocode::locate(app, site, typed)).await,
        (None, None) => Some(Origin { location: site.site.center, label: None, is_default: true }),
    })
}

/// The stores that come first: on a mini-site its own before all others.
fn first(site: &SiteView, codes: Option<&str>) -> Result<Vec<u32>, ApiError> {
    let mut first = match site.scope {
        Scope::Store(own) => vec![own],
        Scope::Network | Scope::Nothing => Vec::new(),
    };
    for (i, code) in parts(codes).enumerate() {
        if i == MAX_FIRST {
            return Err(ApiError::invalid("first", format!("at most {MAX_FIRST} codes")));
        }
        // One that is not there any more, or is of another network, is no reason to show nothing.
        if let Some(store) = site.network.find(code).filter(|store| !first.contains(store)) {
            first.push(store);
        }
    }
    Ok(first)
}

/// An [`AvailabilityPage`] as JSON. Stores' own JSON is written already.
fn page(
    app: &App,
    site: &SiteView,
    wanted: &[Wanted],
    ranking: &Ranking,
    origin: Option<&Origin>,
) -> Option<Vec<u8>> {
    let now = app.now();
    let is_asked = origin.is_some_and(|origin| !origin.is_default);
    let answers = app.answers(&site.site.tenant);
    let mut out = Vec::with_capacity(ranking.stores.len() * 900 + 256);
    out.extend_from_slice(b"{\"items\":[");
    for (i, Ranked { found, levels, covered }) in ranking.stores.iter().enumerate() {
        out.extend_from_slice(if i == 0 { b"{\"items\":" } else { b",{\"items\":" });
        let of_store = answers.get(site.network.code(found.index)).copied().unwrap_or_default();
        let items: Vec<ItemAvailability> = wanted
            .iter()
            .zip(levels)
            .map(|(wanted, level)| item(&wanted.sku, level.as_ref(), of_store, now))
            .collect();
        serde_json::to_writer(&mut out, &items).ok()?;
        let has_all = *covered == wanted.len();
        out.extend_from_slice(if has_all { b",\"has_all\":true" } else { b",\"has_all\":false" });
        let (hours, zone) = (site.network.hours(found.index), site.network.zone(found.index));
        if let Some(promise) = promise(hours, zone, site.network.reservation_rules(), now) {
            out.extend_from_slice(b",\"ready_at\":");
            out.extend_from_slice(itoa::Buffer::new().format(promise.ready_at).as_bytes());
        }
        out.extend_from_slice(b",\"store\":");
        site.network.write_json(found.index, is_asked.then(|| found.distance_m()), &mut out);
        out.push(b'}');
    }
    out.extend_from_slice(b"],\"total\":");
    out.extend_from_slice(itoa::Buffer::new().format(ranking.with_all).as_bytes());
    out.extend_from_slice(b",\"shippable\":");
    let shippable: Vec<bool> = ranking.senders.iter().map(Option::is_some).collect();
    serde_json::to_writer(&mut out, &shippable).ok()?;
    let from = ships_from(site, &ranking.senders);
    if !from.is_empty() {
        out.extend_from_slice(b",\"ships_from\":");
        serde_json::to_writer(&mut out, &from).ok()?;
    }
    if let Some(origin) = origin {
        out.extend_from_slice(b",\"origin\":");
        serde_json::to_writer(&mut out, origin).ok()?;
    }
    out.push(b'}');
    Some(out)
}

/// The names of the stores that send; none where warehouses send all of it.
fn ships_from(site: &SiteView, senders: &[Option<Sender>]) -> Vec<Option<String>> {
    if !senders.iter().any(|one| matches!(one, Some(Sender::Store(_)))) {
        return Vec::new();
    }
    let name = |sender: &Option<Sender>| match sender {
        Some(Sender::Store(store)) => site.network.name(*store),
        Some(Sender::Warehouse) | None => None,
    };
    senders.iter().map(name).collect()
}

fn item(sku: &str, level: Option<&StockLevel>, answers: Answers, now: i64) -> ItemAvailability {
    let availability = level.map_or(Availability::Out, StockLevel::availability);
    let can_be_had = matches!(availability, Availability::InStock | Availability::Low);
    ItemAvailability {
        sku: sku.to_owned(),
        availability,
        left: level.filter(|_| availability == Availability::Low).map(StockLevel::available),
        expected_on: level
            .and_then(|level| level.expected_on)
            .filter(|_| availability == Availability::ToOrder),
        counted_at: level.map(|level| level.counted_at),
        confidence: level.filter(|_| can_be_had).map(|level| confidence(level, answers, now)),
    }
}
