//! A request's body as a feed is read: what it is by its headers, and its bytes as they come.

use std::io::{self, Read};

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use devanture_feeds::{Format, Incoming, Mapping, TooMuch, from_async};
use futures_util::TryStreamExt as _;
use tokio_util::io::StreamReader;

use crate::{App, problem::ApiError};

/// What the headers say of a body.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) format: Format,
    pub(super) mapping: Mapping,
}

impl Said {
    pub(super) fn by(headers: &HeaderMap, max_bytes: u64) -> Result<Self, ApiError> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
        match text(header::CONTENT_ENCODING).unwrap_or("identity").to_ascii_lowercase().as_str() {
            // Which of these it is, is seen by its first bytes.
            "identity" | "gzip" | "x-gzip" => {}
            _ => return Err(ApiError::unsupported_type("Content-Encoding", "Send it plain, or as gzip.")),
        }
        let content_type = text(header::CONTENT_TYPE).unwrap_or_default();
        let mut parts = content_type.split(';').map(str::trim);
        let format = format_of(parts.next().unwrap_or_default()).ok_or_else(|| {
            ApiError::unsupported_type(
                "Content-Type",
                "Send text/csv, text/tab-separated-values, application/json, application/x-ndjson or application/xml.",
            )
        })?;
        let charset = parts
            .filter_map(|part| part.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
            .map(|(_, label)| label.trim().trim_matches('"').to_owned());
        let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        if length.is_some_and(|length| length > max_bytes) {
            return Err(too_large(&format!("it has more than {max_bytes} bytes")));
        }
        Ok(Self { format, mapping: Mapping { encoding: charset, ..Mapping::default() } })
    }
}

/// The body's bytes, as they come; to be called within a runtime.
pub(super) fn bytes(app: &App, body: Body) -> (impl Read + Send + 'static, TooMuch) {
    let stream = body.into_data_stream().map_err(io::Error::other);
    let incoming = Incoming::new(from_async(StreamReader::new(stream)), app.config().max_feed_bytes);
    let too_much = incoming.too_much();
    (incoming, too_much)
}

pub(super) fn too_large(said: &str) -> ApiError {
    ApiError::feed_too_large(format!(
        "The feed was not read to its end: {said}. Send a file per store, or only what has changed (mode=delta); the operator \
         sets the limit with --max-feed-mb."
    ))
}

/// What a media type says of a feed.
pub(crate) fn format_of(content_type: &str) -> Option<Format> {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "text/csv" | "application/csv" => Some(Format::Delimited(b',')),
        "text/tab-separated-values" => Some(Format::Delimited(b'\t')),
        "application/json" | "application/jsonl" | "application/x-ndjson" => Some(Format::Json),
        "application/xml" | "text/xml" | "application/rss+xml" | "application/atom+xml" => Some(Format::Xml),
        _ => None,
    }
}
