//! Asking for a source's file, if it has changed.

use std::{error::Error as _, time::Duration};

use devanture_storage::{SecretHeader, Source};
use reqwest::{Client, Response, StatusCode, header, redirect::Policy};

use super::reach::{Allowed, check_url};
use crate::App;

const CONNECT: Duration = Duration::from_secs(10);
/// The largest file on a slow line is there by then.
const WHOLE: Duration = Duration::from_hours(1);
const REDIRECTS: usize = 5;

/// What came.
pub(super) enum Fetched {
    /// It is what it was.
    Unchanged,
    /// It is something else.
    Changed(Box<Answer>),
}

/// A file that is coming.
pub(super) struct Answer {
    pub(super) response: Response,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

/// Asks; an error is one line, without the URL, which may hold a secret.
pub(super) async fn fetch(app: &App, source: &Source) -> Result<Fetched, String> {
    let config = app.config().sources;
    let url = check_url(&source.new.url, config.reach).map_err(|error| format!("its URL {error}"))?;
    let allowed = Allowed::of(&url, config.reach);
    let client = client(allowed, config.silence).map_err(|error| said(&error))?;
    let mut request = client.get(url).header(header::ACCEPT_ENCODING, "gzip");
    if let Some(secret) = &source.new.authorization {
        request = request.header(header::AUTHORIZATION, sensitive(secret)?);
    }
    if let Some(etag) = &source.etag {
        request = request.header(header::IF_NONE_MATCH, etag);
    }
    if let Some(last_modified) = &source.last_modified {
        request = request.header(header::IF_MODIFIED_SINCE, last_modified);
    }
    let response = request.send().await.map_err(|error| said(&error))?;
    match response.status() {
        StatusCode::NOT_MODIFIED if source.etag.is_some() || source.last_modified.is_some() => {
            return Ok(Fetched::Unchanged);
        }
        StatusCode::OK => {}
        status => return Err(format!("it answered {}", status.as_u16())),
    }
    let max_bytes = app.config().max_feed_bytes;
    if response.content_length().is_some_and(|length| length > max_bytes) {
        return Err(format!(
            "it has more than {max_bytes} bytes; the operator sets the limit with --max-feed-mb"
        ));
    }
    let kept = |name| {
        let text = response.headers().get(name)?.to_str().ok()?;
        (text.len() <= 500).then(|| text.to_owned())
    };
    let (etag, last_modified) = (kept(header::ETAG), kept(header::LAST_MODIFIED));
    Ok(Fetched::Changed(Box::new(Answer { response, etag, last_modified })))
}

fn client(allowed: Allowed, silence: Duration) -> Result<Client, reqwest::Error> {
    // An error means that a provider is installed already, which is as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let redirects = Policy::custom(move |attempt| {
        if attempt.previous().len() > REDIRECTS {
            return attempt.error("it was redirected too often");
        }
        match allowed.check(attempt.url()) {
            Ok(()) => attempt.follow(),
            Err(error) => attempt.error(format!("the address that it leads to {error}")),
        }
    });
    Client::builder()
        .user_agent(concat!("Devanture/", env!("CARGO_PKG_VERSION")))
        .dns_resolver(allowed.resolver())
        // Through a proxy nothing could be said of where it leads.
        .no_proxy()
        .redirect(redirects)
        .connect_timeout(CONNECT)
        .read_timeout(silence)
        .timeout(WHOLE)
        .referer(false)
        .build()
}

fn sensitive(secret: &SecretHeader) -> Result<header::HeaderValue, String> {
    let value = header::HeaderValue::from_str(secret.reveal());
    let mut value = value.map_err(|_| "its authorization is no header's value".to_owned())?;
    value.set_sensitive(true);
    Ok(value)
}

/// The innermost cause, which is what helps.
pub(super) fn said(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it did not answer in time".to_owned();
    }
    let mut cause = error.source();
    while let Some(inner) = cause.and_then(std::error::Error::source) {
        cause = Some(inner);
    }
    let what = if error.is_connect() { "it cannot be reached" } else { "it could not be fetched" };
    cause.map_or_else(|| what.to_owned(), |cause| format!("{what}: {cause}"))
}
