//! `POST /v1/payments/{id}`

#[cfg(test)]
mod tests;

use axum::{
    Json,
    body::to_bytes,
    extract::{Path, Request, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    problem::Problem,
    reservation::{PaymentReport, PaymentTaken},
};
use devanture_storage::{Paid, WebhookUse};

use super::NEVER;
use crate::{App, problem::ApiError, reservations::asked_times, webhooks::signature::verify};

const MAX_BYTES: usize = 16 * 1024;
/// More than any cart costs, and far from where sums overflow.
const MAX_AMOUNT: i64 = 1_000_000_000_000;

/// The host's checkout tells that a reservation was paid. Signed by the secret of `devanture webhook add --payments`, as
/// Standard Webhooks are; from a server, since a browser must not have the secret.
#[utoipa::path(post, path = "/v1/payments/{id}", tag = "stock",
    params(
        ("id" = String, Path, description = "The id that `devanture webhook add --payments` printed"),
        ("webhook-id" = String, Header, description = "Of this message; signed"),
        ("webhook-timestamp" = String, Header, description = "When it was sent, in seconds since 1970 UTC; five minutes off at most"),
        ("webhook-signature" = String, Header, description = "`v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`"),
    ),
    request_body = PaymentReport, responses(
    (status = 200, description = "Taken over, now or before; see whether it has to be paid back", body = PaymentTaken),
    (status = 401, description = "`signature_invalid` or `signature_expired`", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such id, or no such reservation", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "`not_payable`: it is paid in the store; `payment_mismatch`: the payment was told before otherwise", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn pay(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BYTES).await.map_err(|_| ApiError::too_large())?;
    let now = app.now();
    let known = app.database().read().await?.webhook(&id).await?;
    let known =
        known.filter(|webhook| webhook.does == WebhookUse::Payments).ok_or_else(ApiError::not_found)?;
    verify(known.secret.key(), &parts.headers, &body, now).map_err(ApiError::doubted)?;
    let told: PaymentReport =
        serde_json::from_slice(&body).map_err(|error| ApiError::invalid_body(error.to_string()))?;
    checked(&told)?;
    let mut repository = app.database().write().await?;
    let found = repository.reservation(&known.tenant, &told.reservation).await?;
    let found = found.ok_or_else(ApiError::reservation_not_found)?;
    let network = app.directory().load().network(&known.tenant).cloned().ok_or_else(ApiError::internal)?;
    let (due_at, ready_from) = asked_times(&network, &found.location_code, now);
    let report = devanture_storage::PaymentReport {
        payment: &told.payment,
        amount: told.paid.amount,
        currency: &told.paid.currency,
        due_at,
        ready_from,
        at: now,
    };
    let (reservation, refund_due) = match repository.pay(&known.tenant, &found.id, &report).await? {
        Some(Paid::Done(reservation)) => (reservation, false),
        Some(Paid::RefundDue(reservation)) => (reservation, true),
        Some(Paid::Already { reservation, refund_due }) => (reservation, refund_due),
        Some(Paid::OtherPayment) => return Err(ApiError::payment_mismatch()),
        Some(Paid::InStore) => return Err(ApiError::not_payable()),
        None => return Err(ApiError::reservation_not_found()),
    };
    repository.save().await?;
    let taken = PaymentTaken { reservation: reservation.id, state: reservation.state, refund_due };
    Ok(([(header::CACHE_CONTROL, NEVER)], Json(taken)).into_response())
}

fn checked(told: &PaymentReport) -> Result<(), ApiError> {
    let is_name =
        (1..=100).contains(&told.payment.len()) && told.payment.bytes().all(|b| b.is_ascii_graphic());
    if !is_name {
        return Err(ApiError::invalid("payment", "1 to 100 letters, digits and signs, without spaces"));
    }
    if !(0..=MAX_AMOUNT).contains(&told.paid.amount) {
        return Err(ApiError::invalid("paid.amount", "an amount in minor units, not less than nothing"));
    }
    let is_currency =
        told.paid.currency.len() == 3 && told.paid.currency.bytes().all(|b| b.is_ascii_uppercase());
    if !is_currency {
        return Err(ApiError::invalid("paid.currency", "an ISO 4217 code, EUR"));
    }
    Ok(())
}
