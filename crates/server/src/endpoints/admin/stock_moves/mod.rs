//! `POST /admin/v1/stock/moves`

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use axum::{Json as JsonBody, extract::State};
use devanture_api::{
    moves::{StockMove, StockMoveAnswer, StockMoveResult, StockMoves, StockMovesAnswer},
    problem::Problem,
};
use devanture_domain::{civil::UtcMs, code::normalised, stock::MAX_PIECES};
use devanture_feeds::Places;
use devanture_storage::{Heard, Pieces, Told};

use crate::{
    App,
    extract::{Feeder, LongJson},
    problem::ApiError,
};

const MOST: usize = 1_000;
/// The largest number that JSON's readers all read alike.
const LAST_SEQUENCE: u64 = (1 << 53) - 1;
/// Clocks differ by so much; a count from further ahead would have all others be late.
const AHEAD_MS: UtcMs = 60_000;

/// Takes over pieces that came, went or were counted, at once visible to shoppers. Late, doubled and reordered ones end in the
/// same stock: what was counted last, and what has moved since.
#[utoipa::path(post, path = "/admin/v1/stock/moves", tag = "feeds", security(("session" = []), ("secret_key" = [])),
    request_body = StockMoves, responses(
    (status = 200, description = "What came of each; those that were not taken over say why", body = StockMovesAnswer),
    (status = 400, description = "The body is not of the documented form; nothing was taken over", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The role or the key's scope does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn moves(
    State(app): State<App>,
    feeder: Feeder,
    LongJson(StockMoves { source, items }): LongJson<StockMoves>,
) -> Result<JsonBody<StockMovesAnswer>, ApiError> {
    if !(1..=64).contains(&source.chars().count()) || source.contains(char::is_control) {
        return Err(ApiError::invalid("source", "is 1 to 64 visible characters"));
    }
    if !(1..=MOST).contains(&items.len()) {
        return Err(ApiError::invalid("items", format!("are 1 to {MOST}; send the others after them")));
    }
    let now = app.now();
    let tenant = feeder.tenant.as_str();
    let mut repository = app.database().write().await?;
    let places = Places::new(repository.locations(tenant).await?);
    let read: Vec<Result<Read, Refusal>> = items.iter().map(|item| Read::of(item, &places, now)).collect();
    let mut skus: Vec<&str> = read.iter().flatten().map(|read| read.sku.as_str()).collect();
    skus.sort_unstable();
    skus.dedup();
    let known: HashSet<String> = repository.known_skus(tenant, &skus).await?.into_iter().collect();
    let told: Vec<Told<'_>> =
        read.iter().flatten().filter(|read| known.contains(&read.sku)).map(Read::told).collect();
    let mut heard = repository.tell(tenant, &source, &told).await?.into_iter();
    let missing_from = repository.missing_from(tenant, &source).await?;
    let mut answers = Vec::with_capacity(items.len());
    for (item, read) in items.iter().zip(&read) {
        let (result, reason) = match read {
            Ok(read) if known.contains(&read.sku) => match heard.next() {
                Some(Heard::Applied) => (StockMoveResult::Applied, None),
                Some(Heard::OlderThanCount) => (StockMoveResult::OlderThanCount, None),
                Some(Heard::AlreadyKnown) | None => (StockMoveResult::AlreadyKnown, None),
            },
            Ok(read) => {
                let reason = format!("there is no variant {}; send its product first", read.sku);
                (StockMoveResult::UnknownSku, Some(reason))
            }
            Err((result, reason)) => (*result, Some(reason.clone())),
        };
        answers.push(StockMoveAnswer { sequence: item.sequence, result, reason });
    }
    repository.save().await?;
    let missing_from = missing_from.and_then(|number| u64::try_from(number).ok());
    Ok(JsonBody(StockMovesAnswer { items: answers, missing_from }))
}

/// An item that can be taken over, if its SKU is known.
struct Read {
    sequence: i64,
    sku: String,
    location: String,
    pieces: Pieces,
    at: UtcMs,
}

type Refusal = (StockMoveResult, String);

impl Read {
    fn of(item: &StockMove, places: &Places, now: UtcMs) -> Result<Self, Refusal> {
        let refused = |reason: String| (StockMoveResult::Refused, reason);
        let sequence = match item.sequence {
            sequence @ 1..=LAST_SEQUENCE => i64::try_from(sequence).unwrap_or(i64::MAX),
            _ => return Err(refused(format!("sequence is 1 to {LAST_SEQUENCE}"))),
        };
        let pieces = pieces(item).map_err(refused)?;
        if !(0..=now.saturating_add(AHEAD_MS)).contains(&item.at) {
            return Err(refused(
                "at is in milliseconds since 1970, and not in the future: is the clock right?".to_owned(),
            ));
        }
        let sku = normalised(&item.sku)
            .map_err(|error| (StockMoveResult::UnknownSku, format!("the SKU {error}")))?;
        let location =
            places.find(&item.location).map_err(|reason| (StockMoveResult::UnknownLocation, reason))?;
        Ok(Self { sequence, sku, location, pieces, at: item.at })
    }

    fn told(&self) -> Told<'_> {
        let Self { sequence, sku, location, pieces, at } = self;
        Told { sequence: *sequence, sku, location_code: location, pieces: *pieces, at: *at }
    }
}

fn pieces(item: &StockMove) -> Result<Pieces, String> {
    let whole = |name: &str, least: f64, number: f64| {
        let most = f64::from(MAX_PIECES);
        if number.fract() != 0.0 || !(least..=most).contains(&number) {
            return Err(format!("{name} is a whole number of {least} to {most}"));
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is a small whole number")]
        Ok(number as i64)
    };
    match (item.change, item.counted) {
        (Some(change), None) => whole("change", -f64::from(MAX_PIECES), change).map(Pieces::Change),
        (None, Some(counted)) => {
            whole("counted", 0.0, counted).map(|count| Pieces::Counted(u32::try_from(count).unwrap_or(0)))
        }
        _ => Err("say either change or counted".to_owned()),
    }
}
