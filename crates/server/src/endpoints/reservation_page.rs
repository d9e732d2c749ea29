//! `GET /reservations/{token}`: the page that messages link to. It works without script, and on any device.

#[cfg(test)]
mod tests;

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use devanture_api::routes::RESERVATION_ICS;
use devanture_domain::reservation::{Notice, State as Stands};
use devanture_storage::{PrivateToken, Repository, Reservation};
use maud::{Markup, html};

use super::{NEVER, reservation::called_off, reservation_proposal::taken};
use crate::{
    App,
    mail::{self, html::document, letter::Letter},
    outbox::Story,
    problem::ApiError,
};

/// Nothing but what it says itself, and pictures of the shop; not to be shown in a frame, nor found by anybody.
pub(super) const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
    (header::CACHE_CONTROL, HeaderValue::from_static(NEVER)),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; img-src https: http: data:; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ),
];
pub(super) const BUTTON: &str = "margin:8px 12px 8px 0;padding:13px 24px;border:1px solid #6b6560;border-radius:999px;background:#ffffff;color:#1d1b1a;font:inherit;font-size:16px;cursor:pointer";
/// The one that a page is there for.
const FIRST_BUTTON: &str = "margin:8px 12px 8px 0;padding:14px 24px;border:0;border-radius:999px;background:#1d1b1a;color:#ffffff;font:inherit;font-size:16px;font-weight:600;cursor:pointer";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route(devanture_api::routes::RESERVATION_PAGE, get(page))
        .route("/reservations/{token}/cancel", post(cancel))
        .route("/reservations/{token}/proposal", post(take))
}

async fn page(State(app): State<App>, Path(token): Path<String>) -> Result<Response, ApiError> {
    let mut repository = app.database().read().await?;
    let (token, found) = opened(&mut repository, &token).await?;
    let story = Story::now(&app, &mut repository, found).await?.ok_or_else(ApiError::not_found)?;
    let letter = Letter::of(&story, app.now());
    let bars = letter.code.as_deref().and_then(mail::bars);
    let bars = bars.map(|png| format!("data:image/png;base64,{}", BASE64_STANDARD.encode(png)));
    let body = document(&letter, bars.as_deref(), &ways_on(&story, &letter, &token)).into_string();
    Ok((HEADERS, body).into_response())
}

/// Whoever has the link may do so: it cannot be guessed, and so no other page can ask it of a browser.
async fn cancel(State(app): State<App>, Path(token): Path<String>) -> Result<Response, ApiError> {
    let mut repository = app.database().write().await?;
    let (token, found) = opened(&mut repository, &token).await?;
    // Where it is past that, the page says how it stands.
    repository.act(&found.tenant, &found.id, &called_off(app.now())).await?;
    repository.save().await?;
    Ok(back(&token))
}

async fn take(State(app): State<App>, Path(token): Path<String>) -> Result<Response, ApiError> {
    let mut repository = app.database().write().await?;
    let (token, found) = opened(&mut repository, &token).await?;
    let site = app.directory().load().by_id(&found.site_id).cloned().ok_or_else(ApiError::not_found)?;
    taken(repository, &site, &found, app.now()).await?;
    Ok(back(&token))
}

fn back(token: &PrivateToken) -> Response {
    let to = format!("/reservations/{}", token.to_text());
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

async fn opened(repository: &mut Repository, token: &str) -> Result<(PrivateToken, Reservation), ApiError> {
    let token = PrivateToken::parse(token).ok_or_else(ApiError::not_found)?;
    let found = repository.reservation_by_token(&token).await?.ok_or_else(ApiError::not_found)?;
    Ok((token, found))
}

fn ways_on(story: &Story, letter: &Letter, token: &PrivateToken) -> Markup {
    let (token, words) = (token.to_text(), letter.words);
    let state = story.reservation.state;
    let is_sent = story.reservation.delivered_to.is_some();
    let is_fetched = state == Stands::Ready || (state == Stands::Accepted && !is_sent);
    let is_proposed = story.event.notice == Notice::Proposed;
    html! {
        @if is_proposed {
            form method="post" action={ "/reservations/" (token) "/proposal" } style="display:inline" {
                button.go type="submit" style=(FIRST_BUTTON) { (words.say("Accepter la proposition", "Take what is proposed")) }
            }
        }
        @if is_fetched {
            p style="margin:0 0 8px;font-size:15px" {
                a.ink href=(RESERVATION_ICS.replace("{token}", &token)) style="color:#1d1b1a" { (words.say("Ajouter à mon agenda", "Add to my calendar")) }
            }
        }
        @if state.holds() {
            form method="post" action={ "/reservations/" (token) "/cancel" } style="display:inline" {
                button type="submit" style=(BUTTON) { (words.say("Annuler la réservation", "Call the reservation off")) }
            }
        }
    }
}
