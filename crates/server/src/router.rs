//! Which address is answered by what.

use std::time::Duration;

use axum::Router;
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer,
    timeout::RequestBodyTimeoutLayer,
};

use crate::{
    App, assets, console,
    endpoints::{alert_page, reservation_page},
    layers::{
        admin::AdminDoor,
        around::AroundLayer,
        edge::{self, Edge},
        limits::{ByAddress, OfPrograms},
        patience::Patience,
        storefront::Door,
    },
    openapi::{self, Routers},
    pages,
    problem::ApiError,
};

/// The whole server.
pub fn router(app: App) -> Router {
    let Routers { storefront, uploads, admin, feeds, open, signed } = openapi::routers();
    let storefront = storefront
        .route_layer(ServiceBuilder::new().layer(compression()).layer(AroundLayer(Door(app.clone()))));
    let uploads = uploads.route_layer(
        ServiceBuilder::new()
            .layer(AroundLayer(Door(app.clone())))
            .layer(RequestBodyTimeoutLayer::new(SILENCE)),
    );
    let admin = admin
        .route_layer(ServiceBuilder::new().layer(compression()).layer(AroundLayer(AdminDoor(app.clone()))));
    let feeds = feeds.route_layer(
        ServiceBuilder::new()
            .layer(compression())
            .layer(AroundLayer(AdminDoor(app.clone())))
            .layer(RequestBodyTimeoutLayer::new(SILENCE)),
    );
    let open = open
        .merge(pages::router())
        .merge(reservation_page::router())
        .merge(alert_page::router())
        .route_layer(ServiceBuilder::new().layer(compression()).layer(AroundLayer(ByAddress(app.clone()))));
    let signed = signed.route_layer(AroundLayer(OfPrograms(app.clone())));
    let answers = storefront.merge(admin).merge(open).merge(signed);
    let answers = match app.config().assets.as_deref() {
        Some(folder) => answers.merge(assets::router(folder)).merge(console::router(folder)),
        None => answers,
    };
    let timeout = app.config().timeout;
    around(answers, timeout).merge(without_haste(feeds.merge(uploads))).with_state(app)
}

/// Level 1 of each: an answer is made once, unlike a file.
fn compression() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Fastest)
}

/// A feed takes as long as its file, but no longer than this from one piece of it to the next.
const SILENCE: Duration = Duration::from_mins(1);

/// What holds for every answer but the time that it takes.
fn without_haste<S: Clone + Send + Sync + 'static>(answers: Router<S>) -> Router<S> {
    answers
        .layer(ServiceBuilder::new().layer(AroundLayer(Edge)).layer(CatchPanicLayer::custom(edge::panicked)))
}

/// What holds for every answer: in time, whatever happens, as a problem if it is an error, logged.
fn around<S: Clone + Send + Sync + 'static>(answers: Router<S>, timeout: Duration) -> Router<S> {
    // One layer of several, since each layer of a router is a box that is cloned for every request.
    let layers = ServiceBuilder::new()
        .layer(AroundLayer(Edge))
        .layer(CatchPanicLayer::custom(edge::panicked))
        .layer(Patience(timeout));
    answers.fallback(async || ApiError::not_found()).layer(layers)
}

/// The paths of the contract, so that a test can hold the router to them.
#[cfg(test)]
pub(crate) const STOREFRONT_PATHS: [&str; 28] = [
    devanture_api::routes::SITE,
    devanture_api::routes::SUGGEST,
    devanture_api::routes::STORES,
    devanture_api::routes::SSR_STORE_LOCATOR,
    devanture_api::routes::STORE_INDEX,
    devanture_api::routes::STORE,
    devanture_api::routes::SLOTS,
    devanture_api::routes::APPOINTMENTS,
    devanture_api::routes::APPOINTMENT,
    devanture_api::routes::PRODUCT,
    devanture_api::routes::SIZES,
    devanture_api::routes::SIZE_CHART,
    devanture_api::routes::SIZE_FIGURES,
    devanture_api::routes::SIZE_MEMORY,
    devanture_api::routes::AVAILABILITY,
    devanture_api::routes::RESERVATIONS,
    devanture_api::routes::RESERVATION,
    devanture_api::routes::RESERVATION_PROPOSAL,
    devanture_api::routes::ALERTS,
    devanture_api::routes::REVIEWS,
    devanture_api::routes::RATINGS,
    devanture_api::routes::SSR_REVIEWS,
    devanture_api::routes::REVIEW_INVITATION,
    devanture_api::routes::OWN_REVIEW,
    devanture_api::routes::OWN_REVIEW_MESSAGES,
    devanture_api::routes::REVIEW_VOTES,
    devanture_api::routes::REVIEW_REPORTS,
    devanture_api::routes::REVIEW_PHOTOS,
];

#[cfg(test)]
pub(crate) const ADMIN_PATHS: [&str; 38] = [
    devanture_api::routes::admin::SESSION,
    devanture_api::routes::admin::SESSION_PASSWORD,
    devanture_api::routes::admin::KEY,
    devanture_api::routes::admin::AUDIT,
    devanture_api::routes::admin::STORES,
    devanture_api::routes::admin::RESERVATIONS,
    devanture_api::routes::admin::RESERVATION_ACTIONS,
    devanture_api::routes::admin::FEEDS_STOCK,
    devanture_api::routes::admin::FEEDS_PRODUCTS,
    devanture_api::routes::admin::FEEDS_SALES,
    devanture_api::routes::admin::FEEDS,
    devanture_api::routes::admin::FEED,
    devanture_api::routes::admin::FEED_ACCEPT,
    devanture_api::routes::admin::FEED_REFUSE,
    devanture_api::routes::admin::EXPORT_INVENTORY,
    devanture_api::routes::admin::STOCK_MOVES,
    devanture_api::routes::admin::SOURCES,
    devanture_api::routes::admin::STOCK,
    devanture_api::routes::admin::STOCK_VARIANT,
    devanture_api::routes::admin::STOCK_COUNTS,
    devanture_api::routes::admin::STORE,
    devanture_api::routes::admin::STORE_OWN,
    devanture_api::routes::admin::ORDERS,
    devanture_api::routes::admin::SIZE_CHARTS,
    devanture_api::routes::admin::SIZE_FIGURES,
    devanture_api::routes::admin::EVENTS,
    devanture_api::routes::admin::REVIEWS,
    devanture_api::routes::admin::REVIEW,
    devanture_api::routes::admin::REVIEW_DECISIONS,
    devanture_api::routes::admin::REVIEW_ANSWER,
    devanture_api::routes::admin::REVIEW_MESSAGES,
    devanture_api::routes::admin::REVIEW_WAITING,
    devanture_api::routes::admin::REVIEW_FIGURES,
    devanture_api::routes::admin::REVIEW_REQUESTS,
    devanture_api::routes::admin::REVIEW_PERSON_EXPORT,
    devanture_api::routes::admin::REVIEW_PERSON_ERASE,
    devanture_api::routes::admin::REVIEW_PHRASES,
    devanture_api::routes::admin::EXPORT_REVIEWS,
];

#[cfg(test)]
mod tests {
    use std::{num::NonZeroU32, time::Duration};

    use axum::{
        Router,
        body::{Body, to_bytes},
        http::Request,
        routing::get,
    };
    use tower::ServiceExt as _;

    use super::around;
    use crate::{
        Config, LimitConfig,
        testing::{KEY, TestApp},
    };

    async fn problem(path: &str) -> (u16, devanture_api::problem::Problem) {
        let router = Router::new()
            .route("/panics", get(async || -> &'static str { panic!("secret detail") }))
            .route("/hangs", get(std::future::pending::<&'static str>));
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let response = around(router, Duration::from_millis(20)).oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        (status, serde_json::from_slice(&to_bytes(response.into_body(), 9999).await.unwrap()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_without_its_cause() {
        let (status, problem) = problem("/panics").await;
        assert_eq!((status, problem.code.as_str()), (500, "internal"));
        assert!(!format!("{problem:?}").contains("secret"));
    }

    #[tokio::test]
    async fn what_takes_too_long_is_unavailable() {
        let (status, problem) = problem("/hangs").await;
        assert_eq!((status, problem.code.as_str()), (503, "unavailable"));
    }

    #[tokio::test]
    async fn reads_are_limited_per_key_and_address() {
        let limits = LimitConfig {
            reads_per_second: NonZeroU32::new(1),
            writes_per_hour: None,
            sign_ins_per_hour: None,
        };
        let app =
            TestApp::with_config(Config { limits, trust_forwarded_for: true, ..Config::default() }).await;
        let from = async |address: &str| {
            app.send("GET", "/v1/site", &[("devanture-key", KEY), ("x-forwarded-for", address)], "").await
        };
        for _ in 0..10 {
            assert_eq!(from("192.0.2.1").await.status, 200);
        }
        // The client may write what it likes before the address that our proxy saw.
        let refused = from("203.0.113.9, 192.0.2.1").await;
        refused.problem(429, "rate_limited");
        assert_eq!(refused.header("retry-after"), "1");
        assert_eq!(from("192.0.2.2").await.status, 200);
        let unkeyed =
            async || app.send("GET", "/v1/site", &[("x-forwarded-for", "192.0.2.3")], "").await.status;
        for _ in 0..10 {
            assert_eq!(unkeyed().await, 401);
        }
        assert_eq!(unkeyed().await, 429, "keys cannot be tried out without end");
    }
}
