//! Query parameters.

use axum::{extract::FromRequestParts, http::request::Parts};
use serde::de::DeserializeOwned;

use crate::problem::ApiError;

/// How much a shopper may type.
const MAX_TYPED_CHARS: usize = 200;

/// The query string as a `T`; refused, the problem names the parameter.
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        if let Ok(value) = T::deserialize(form(query)) {
            return Ok(Self(value));
        }
        // Once more, slower, to know which parameter it is.
        serde_path_to_error::deserialize(form(query)).map(Self).map_err(|error| {
            let path = error.path().to_string();
            let reason = error.into_inner().to_string();
            match path.as_str() {
                // A missing or repeated parameter is only named in the reason, between backquotes.
                "." => ApiError::invalid(reason.split('`').nth(1).unwrap_or("query").to_owned(), reason),
                _ => ApiError::invalid(path, reason),
            }
        })
    }
}

fn form(query: &str) -> serde_urlencoded::Deserializer<'_> {
    serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()))
}

/// What was typed, without spaces around it; `None` when there is nothing, an error when it is too long.
pub(crate) fn short_text<'a>(
    field: &'static str,
    text: Option<&'a str>,
) -> Result<Option<&'a str>, ApiError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > MAX_TYPED_CHARS {
        return Err(ApiError::invalid(field, format!("at most {MAX_TYPED_CHARS} characters")));
    }
    Ok(Some(text))
}

/// What is listed in `a,b,c`.
pub(crate) fn parts(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// A name that the database is asked for: short, and without the control signs that PostgreSQL refuses.
pub(crate) fn short_name<'a>(
    field: &'static str,
    text: Option<&'a str>,
) -> Result<Option<&'a str>, ApiError> {
    let name = short_text(field, text)?;
    if name.is_some_and(|name| name.contains(char::is_control)) {
        return Err(ApiError::invalid(field, "holds a control sign"));
    }
    Ok(name)
}
