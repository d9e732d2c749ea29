//! `POST /admin/v1/feeds/stock`, `/admin/v1/feeds/products` and `/admin/v1/feeds/sales`

use axum::{
    Json,
    body::Body,
    extract::{Request, State},
};
use devanture_api::{
    feed::{FeedMode, FeedReport, FeedState, ProductFeedParams, SalesFeedParams, StockFeedParams},
    problem::Problem,
};
use devanture_feeds::{
    BadRow, DEFAULT_MAX_EMPTIED, FeedError, Outcome, StockFeed, Target, TooMuch, import_products,
    import_sales, import_stock, refuse_feed,
};

use super::{
    incoming::{Said, bytes, too_large},
    record, report,
};
use crate::{
    App,
    extract::{Feeder, Query, short_name},
    problem::ApiError,
};

/// Takes in stock, by SKU and store. The body is CSV, TSV, JSON (a list, or an object per line) or Google's local inventory,
/// plain or gzip, read as it comes. Bad rows are told and the others go in. A full feed is applied once it has been read to its
/// end; one that is cut off, or would empty too much, is held.
#[utoipa::path(post, path = "/admin/v1/feeds/stock", tag = "feeds", security(("session" = []), ("secret_key" = [])),
    params(StockFeedParams),
    request_body(content((String = "text/csv"), (String = "text/tab-separated-values"), (Object = "application/json"),
        (String = "application/x-ndjson"), (String = "application/xml")), description = "The feed; Content-Encoding may be gzip"),
    responses(Answers))]
pub(crate) async fn stock(
    State(app): State<App>,
    feeder: Feeder,
    Query(params): Query<StockFeedParams>,
    request: Request,
) -> Result<Json<FeedReport>, ApiError> {
    let now = app.now();
    let full = params.mode == FeedMode::Full;
    if !full && (params.max_emptied.is_some() || params.accept) {
        let field = if params.accept { "accept" } else { "max_emptied" };
        return Err(ApiError::invalid(field, "is for mode=full"));
    }
    let max_emptied = params.max_emptied.unwrap_or(DEFAULT_MAX_EMPTIED);
    if max_emptied > 100 {
        return Err(ApiError::invalid("max_emptied", "is 0 to 100 percent"));
    }
    let counted_at = params.counted_at.unwrap_or(now);
    if !(0..=now).contains(&counted_at) {
        let detail = "is in milliseconds since 1970, and not in the future: until then no other count would be believed";
        return Err(ApiError::invalid("counted_at", detail));
    }
    let feed = StockFeed { counted_at, full, max_emptied, accept: params.accept };
    taken_in(app, feeder, params.source, request, What::Stock(feed)).await
}

/// Takes in products, their variants and prices, by SKU, in the forms of a stock feed. What it does not speak of stays as it is.
#[utoipa::path(post, path = "/admin/v1/feeds/products", tag = "feeds", security(("session" = []), ("secret_key" = [])),
    params(ProductFeedParams),
    request_body(content((String = "text/csv"), (String = "text/tab-separated-values"), (Object = "application/json"),
        (String = "application/x-ndjson"), (String = "application/xml")), description = "The feed; Content-Encoding may be gzip"),
    responses(Answers))]
pub(crate) async fn products(
    State(app): State<App>,
    feeder: Feeder,
    Query(params): Query<ProductFeedParams>,
    request: Request,
) -> Result<Json<FeedReport>, ApiError> {
    let price_list = short_name("price_list", params.price_list.as_deref())?.unwrap_or("default").to_owned();
    let currency = params.currency.map(|mut currency| {
        currency.make_ascii_uppercase();
        currency
    });
    if currency.as_ref().is_some_and(|c| c.len() != 3 || !c.bytes().all(|b| b.is_ascii_uppercase())) {
        return Err(ApiError::invalid("currency", "is three letters, as EUR"));
    }
    taken_in(app, feeder, params.source, request, What::Products { price_list, currency }).await
}

/// Takes in how many of each size were sold and came back, by SKU, or by product and size, in the forms of a stock feed: sums over a time that
/// the retailer chooses, the last twelve months for example. All colours of a size are added up. Of each product that it names, what was known
/// is replaced by what it says; a size of which a row is bad stays as it was, and one that breaks off changes nothing.
#[utoipa::path(post, path = "/admin/v1/feeds/sales", tag = "feeds", security(("session" = []), ("secret_key" = [])),
    params(SalesFeedParams),
    request_body(content((String = "text/csv"), (String = "text/tab-separated-values"), (Object = "application/json"),
        (String = "application/x-ndjson"), (String = "application/xml")), description = "The feed; Content-Encoding may be gzip"),
    responses(Answers))]
pub(crate) async fn sales(
    State(app): State<App>,
    feeder: Feeder,
    Query(params): Query<SalesFeedParams>,
    request: Request,
) -> Result<Json<FeedReport>, ApiError> {
    taken_in(app, feeder, params.source, request, What::Sales).await
}

/// What taking in a feed answers, as the API's description has it.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "read by the derive alone")]
enum Answers {
    /// It was applied; a full one may be held
    #[response(status = 200)]
    Taken(FeedReport),
    /// The role or the key's scope does not include it
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
    /// Another feed of this source is being taken in
    #[response(status = 409, content_type = "application/problem+json")]
    Busy(Problem),
    /// It is too large; of a full feed nothing was applied, of others what came before the limit
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// It is of a type that is not read
    #[response(status = 415, content_type = "application/problem+json")]
    Unknown(Problem),
    /// It cannot be read
    #[response(status = 422, content_type = "application/problem+json")]
    Unreadable(Problem),
    /// Refused
    #[response(status = "4XX", content_type = "application/problem+json")]
    Refused(Problem),
}

enum What {
    Stock(StockFeed),
    Products { price_list: String, currency: Option<String> },
    Sales,
}

async fn taken_in(
    app: App,
    feeder: Feeder,
    source: Option<String>,
    request: Request,
    what: What,
) -> Result<Json<FeedReport>, ApiError> {
    let source = source.unwrap_or_else(|| {
        let name = match what {
            What::Stock(_) => "stock",
            What::Products { .. } => "products",
            What::Sales => "sales",
        };
        name.to_owned()
    });
    if !(1..=64).contains(&source.chars().count()) || source.contains(char::is_control) {
        return Err(ApiError::invalid("source", "is 1 to 64 visible characters"));
    }
    let said = Said::by(request.headers(), app.config().max_feed_bytes)?;
    // A task of its own: whoever hangs up ends the body, and not what is being done with it.
    let done = tokio::spawn(async move { run(app, feeder, &source, said, request.into_body(), what).await });
    done.await.map_err(|error| {
        tracing::error!(%error, "a feed was not taken in");
        ApiError::internal()
    })?
}

async fn run(
    app: App,
    feeder: Feeder,
    source: &str,
    said: Said,
    body: Body,
    what: What,
) -> Result<Json<FeedReport>, ApiError> {
    let _place = app.enter_feed().ok_or_else(ApiError::unavailable)?;
    let (file, too_much) = bytes(&app, body);
    let mut mapping = said.mapping;
    if let What::Products { currency, .. } = &what {
        mapping.currency.clone_from(currency);
    }
    let clock = || app.now();
    let target = Target {
        database: app.database(),
        tenant: &feeder.tenant,
        source,
        mapping: &mapping,
        named: Some(said.format),
        clock: &clock,
    };
    let done = match &what {
        What::Stock(feed) => import_stock(target, file, *feed, |_: BadRow| ()).await,
        What::Products { price_list, .. } => import_products(target, file, price_list, |_| ()).await,
        What::Sales => import_sales(target, file, |_| ()).await,
    };
    ended(&app, &feeder, done, &too_much).await
}

async fn ended(
    app: &App,
    feeder: &Feeder,
    done: Result<Outcome, FeedError>,
    too_much: &TooMuch,
) -> Result<Json<FeedReport>, ApiError> {
    let outcome = match (done, too_much.said()) {
        (Err(_), Some(said)) => return Err(too_large(said)),
        (Err(error), None) => return Err(error.into()),
        (Ok(outcome), _) => outcome,
    };
    let mut repository = app.database().write().await?;
    let run = repository.feed_run(&feeder.tenant, outcome.run).await?.ok_or_else(ApiError::feed_not_found)?;
    record(app, &mut repository, feeder, "feed.received", &run).await?;
    let report = report(&mut repository, run.clone()).await?;
    repository.save().await?;
    if let Some(said) = too_much.said() {
        // Nobody is asked about a feed that will never be whole.
        if report.feed.state == FeedState::Held {
            refuse_feed(app.database(), &run, &|| app.now()).await?;
        }
        return Err(too_large(said));
    }
    Ok(Json(report))
}
