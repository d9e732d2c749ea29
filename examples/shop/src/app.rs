//! Routes, and the headers that every answer carries.

use std::{collections::HashSet, sync::Arc};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use devanture_demo::{
    DemoStore, MINI_SITE_STORE, Network, Origins,
    catalogue::{self, Product},
    network,
    stock::{stock, variants},
};
use devanture_domain::civil::Date;
use maud::Markup;
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer};

use crate::{
    garment,
    lang::Lang,
    pages,
    till::{self, Tills},
};

/// What pages are made from.
pub(crate) struct Shop {
    pub(crate) api: String,
    pub(crate) key: String,
    pub(crate) mini_site_key: String,
    pub(crate) origins: Origins,
    pub(crate) network: Network,
    /// What the mini-site's store has.
    pub(crate) assortment: Vec<&'static Product>,
    pub(crate) today: Date,
    /// Whether the simulated tills have a key to sell with.
    pub(crate) sells: bool,
    pub(crate) tills: Tills,
}

pub(crate) type SharedShop = Arc<Shop>;

impl Shop {
    pub(crate) fn new(
        api: String,
        (key, mini_site_key): (String, String),
        origins: Origins,
        today: Date,
        sells: bool,
    ) -> SharedShop {
        let network = network(today, &origins);
        let assortment = assortment(&network);
        let tills = Tills::default();
        Arc::new(Self { api, key, mini_site_key, origins, network, assortment, today, sells, tills })
    }

    pub(crate) fn store(&self, code: &str) -> Option<&DemoStore> {
        self.network.stores.iter().find(|store| store.store.code == code)
    }

    pub(crate) fn brand_name(&self, code: &str) -> &str {
        self.network.brands.iter().find(|brand| brand.code == code).map_or("", |brand| brand.name.as_str())
    }
}

/// What the mini-site's store has something of when the demo begins.
fn assortment(network: &Network) -> Vec<&'static Product> {
    let own: Vec<_> =
        network.stores.iter().filter(|one| one.store.code == MINI_SITE_STORE).cloned().collect();
    let there = stock(&own).filter(|one| one.location == MINI_SITE_STORE && one.on_hand > 0);
    let there: HashSet<String> = there.map(|one| one.sku).collect();
    catalogue::products()
        .filter(|product| variants(product).any(|(_, _, sku)| there.contains(&sku)))
        .collect()
}

/// The shop's routes, in both languages.
pub(crate) fn shop(state: SharedShop) -> Router {
    let pages = pages::routes(Lang::Fr).nest("/en", pages::routes(Lang::En));
    let pages = pages.route("/en/", get(pages::home::english)).route(till::ADDRESS, post(till::switched));
    finish(pages.fallback(pages::not_found), state)
}

/// The franchisee's routes.
pub(crate) fn mini_site(state: SharedShop) -> Router {
    finish(pages::mini_site::routes(), state)
}

fn finish(pages: Router<SharedShop>, state: SharedShop) -> Router {
    // What a shop's policy has to allow for the widgets: the API's origin and WebAssembly.
    let policy = format!(
        "default-src 'none'; script-src 'self' {api} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' {api} data:; \
         connect-src 'self' {api}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        api = state.api
    );
    let header = |name: HeaderName, value: &str| {
        HeaderValue::from_str(value).ok().map(|value| SetResponseHeaderLayer::if_not_present(name, value))
    };
    let mut app = pages.merge(assets()).with_state(state);
    for layer in [
        header(header::CONTENT_SECURITY_POLICY, &policy),
        header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        header(header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        header(header::CACHE_CONTROL, "no-cache"),
    ]
    .into_iter()
    .flatten()
    {
        app = app.layer(layer);
    }
    app.layer(CompressionLayer::new())
}

const STYLE: &str = concat!(
    include_str!("../assets/base.css"),
    include_str!("../assets/frame.css"),
    include_str!("../assets/home.css"),
    include_str!("../assets/catalogue.css"),
    include_str!("../assets/stores.css"),
);

fn assets() -> Router<SharedShop> {
    let file = |kind: &'static str, body: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, kind)], body) })
    };
    Router::new()
        .route("/shop.css", file("text/css; charset=utf-8", STYLE))
        .route("/shop.js", file("text/javascript; charset=utf-8", include_str!("../assets/shop.js")))
        .route("/img/facade.svg", file("image/svg+xml", include_str!("../assets/facade.svg")))
        .route("/favicon.svg", file("image/svg+xml", include_str!("../assets/favicon.svg")))
        .route("/img/{file}", get(picture))
}

/// `<slug>.<colour>.svg`, with `.cut` before the ending for the garment alone and `.detail` for a closer look.
async fn picture(State(_): State<SharedShop>, Path(file): Path<String>) -> Response {
    let mut parts = file.split('.');
    let found = parts.next().and_then(catalogue::product).and_then(|product| {
        let code = parts.next()?;
        Some((product, product.colours.iter().find(|colour| colour.code == code)?))
    });
    let Some((product, colour)) = found else { return StatusCode::NOT_FOUND.into_response() };
    let svg = match (parts.next(), parts.next()) {
        (Some("svg"), None) => garment::picture(product, colour),
        (Some("cut"), Some("svg")) => garment::cutout(product, colour),
        (Some("detail"), Some("svg")) => garment::detail(product, colour),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=3600")], svg)
        .into_response()
}

/// A page with a status other than 200.
pub(crate) fn with_status(status: StatusCode, page: Markup) -> Response {
    (status, page).into_response()
}
