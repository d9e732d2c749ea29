//! What the outside geocoders have in common: a short patience, and silence towards the shopper.

use std::time::Duration;

use devanture_api::suggest::Suggestion;
use reqwest::Client;
use serde::de::DeserializeOwned;

/// A shopper who types does not wait longer than this for someone else's server.
pub(super) const PATIENCE: Duration = Duration::from_millis(1500);
/// An answer longer than this is not one.
const MAX_BYTES: u64 = 1024 * 1024;

/// Why a geocoder gave nothing. Its address and what was typed are not part of it: both are logged.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// It could not be reached, was too slow, or did not answer JSON.
    #[error("{0}")]
    Http(String),
    /// It refused.
    #[error("answered {0}")]
    Status(u16),
}

/// A client that identifies itself, as both services ask for.
pub(super) fn client(patience: Duration) -> Result<Client, RemoteError> {
    // An error means that a provider is installed already, which is as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("Devanture/", env!("CARGO_PKG_VERSION")))
        .timeout(patience)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(RemoteError::from)
}

impl From<reqwest::Error> for RemoteError {
    fn from(error: reqwest::Error) -> Self {
        Self::Http(if error.is_timeout() {
            "did not answer in time".to_owned()
        } else {
            error.without_url().to_string()
        })
    }
}

/// Asks and reads the answer.
pub(super) async fn ask<T: DeserializeOwned>(
    client: &Client,
    url: &str,
    query: &[(&str, String)],
) -> Result<T, RemoteError> {
    let response = client.get(url).query(query).send().await?;
    if !response.status().is_success() {
        return Err(RemoteError::Status(response.status().as_u16()));
    }
    if response.content_length().is_some_and(|length| length > MAX_BYTES) {
        return Err(RemoteError::Http("answered too much".to_owned()));
    }
    Ok(response.json().await?)
}

/// The places, or one line in the log.
pub(super) fn or_nothing(name: &str, asked: Result<Vec<Suggestion>, RemoteError>) -> Vec<Suggestion> {
    asked.unwrap_or_else(|error| {
        tracing::warn!(geocoder = name, %error, "geocoder gave nothing");
        Vec::new()
    })
}

#[cfg(test)]
pub(super) mod fake {
    //! A server on this machine that answers what a test tells it to.

    use std::sync::{Arc, Mutex};

    use axum::{Router, extract::RawQuery, http::StatusCode, routing::get};

    /// Where it listens, and the queries it got.
    pub(crate) struct Fake {
        pub(crate) url: String,
        pub(crate) queries: Arc<Mutex<Vec<String>>>,
    }

    impl Fake {
        /// Answers every request alike.
        pub(crate) async fn answering(status: u16, body: &'static str) -> Self {
            let queries = Arc::new(Mutex::new(Vec::new()));
            let seen = Arc::clone(&queries);
            let handler = get(async move |RawQuery(query): RawQuery| {
                seen.lock().unwrap().push(query.unwrap_or_default());
                (StatusCode::from_u16(status).unwrap(), body)
            });
            Self { url: serve(Router::new().fallback_service(handler)).await, queries }
        }

        /// Never answers.
        pub(crate) async fn silent() -> Self {
            let handler = get(std::future::pending::<&'static str>);
            Self { url: serve(Router::new().fallback_service(handler)).await, queries: Arc::default() }
        }
    }

    async fn serve(router: Router) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/search")
    }
}
