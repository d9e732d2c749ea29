//! `GET /alerts/{token}`: the page behind the link of an alert's letter, where all alerts are given up. Opening it changes nothing, since
//! mail programs open links before anybody does.

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use devanture_api::routes::ALERT_PAGE;
use devanture_storage::{Alert, PrivateToken, Repository};
use maud::{Markup, html};

use super::reservation_page::{BUTTON, HEADERS};
use crate::{
    App,
    mail::{alerts::article, html::document, letter::Letter, words::Words},
    problem::ApiError,
};

pub(crate) fn router() -> Router<App> {
    Router::new().route(ALERT_PAGE, get(page)).route("/alerts/{token}/give-up", post(give_up))
}

async fn page(State(app): State<App>, Path(token): Path<String>) -> Result<Response, ApiError> {
    let mut repository = app.database().read().await?;
    let (token, alert) = opened(&mut repository, &token).await?;
    let site = app.directory().load().by_id(&alert.site_id).cloned().ok_or_else(ApiError::not_found)?;
    let words = Words::of(&alert.locale);
    let (name, url) = article(&mut repository, &alert, words).await?;
    let waits = repository.waits_for_anything(&alert).await?;
    let told = words.say(
        "Nous vous avons écrit que {name} est de nouveau disponible.",
        "We wrote to you that {name} is available again.",
    );
    let rest = if waits {
        words.say(
            "Vous attendez encore d’autres articles, et recevrez un message pour chacun quand il reviendra.",
            "You still wait for other items, and will have one message for each when it is back.",
        )
    } else {
        words.say(
            "Vous n’attendez plus rien : nous ne vous écrirons plus à ce sujet.",
            "You wait for nothing any more: we will not write to you about it again.",
        )
    };
    let letter = Letter {
        subject: words.say("Vos alertes", "Your alerts").to_owned(),
        greeting: words.say("Bonjour,", "Hello,").to_owned(),
        paragraphs: vec![told.replace("{name}", &name), rest.to_owned()],
        link: url,
        go: words.say("Voir l’article", "See the product"),
        ..Letter::bare(words, site.site.name.clone())
    };
    let body = document(&letter, None, &button(&token, words, waits)).into_string();
    Ok((HEADERS, body).into_response())
}

/// Whoever has the link may do so: it cannot be guessed, and so no other page can ask it of a browser.
async fn give_up(State(app): State<App>, Path(token): Path<String>) -> Result<Response, ApiError> {
    let mut repository = app.database().write().await?;
    let (token, alert) = opened(&mut repository, &token).await?;
    repository.give_up_alerts(&alert).await?;
    repository.save().await?;
    let to = ALERT_PAGE.replace("{token}", &token.to_text());
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

async fn opened(repository: &mut Repository, token: &str) -> Result<(PrivateToken, Alert), ApiError> {
    let token = PrivateToken::parse(token).ok_or_else(ApiError::not_found)?;
    let alert = repository.alert_by(&token).await?.ok_or_else(ApiError::not_found)?;
    Ok((token, alert))
}

fn button(token: &PrivateToken, words: Words, waits: bool) -> Markup {
    html! {
        @if waits {
            form method="post" action={ "/alerts/" (token.to_text()) "/give-up" } style="display:inline" {
                button type="submit" style=(BUTTON) { (words.say("Renoncer à toutes mes alertes", "Give up all my alerts")) }
            }
        }
    }
}
