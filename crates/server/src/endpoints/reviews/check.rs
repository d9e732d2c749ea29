//! Whether what an author writes can be taken, and the one form of it.

use devanture_api::review::ReviewRequest;
use devanture_domain::{
    civil::{Date, UtcMs, Zone as _},
    review::{
        About, Criterion, Limits, MAX_AUTHOR, Points, Scale, TextError, check_points, checked, checked_line,
    },
};
use devanture_storage::Draft;

use crate::{NamedZone, contact, index::language, problem::ApiError};

const MAX_PHOTOS: usize = 6;
/// `Taille unique` and `W32 L34` fit.
const SIZE: Limits = Limits { least: 1, most: 20 };
const AUTHOR: Limits = Limits { least: 1, most: MAX_AUTHOR };
/// Nobody remembers what they bought ten years ago.
const LONGEST_AGO: i32 = 3653;

/// What is to be kept of a request, or which field is at fault.
pub(super) fn draft(request: &ReviewRequest, asked: &[Criterion]) -> Result<Draft, ApiError> {
    check_points(&request.criteria, asked)
        .map_err(|error| ApiError::invalid("criteria", error.to_string()))?;
    if request.photos.len() > MAX_PHOTOS {
        return Err(ApiError::invalid("photos", format!("at most {MAX_PHOTOS}")));
    }
    for (at, id) in request.photos.iter().enumerate() {
        if request.photos[..at].contains(id) || !is_photo_id(id) {
            return Err(ApiError::invalid("photos", "are ids of POST /v1/review-photos, each once"));
        }
    }
    if !contact::is_language(&request.locale) {
        return Err(ApiError::invalid("locale", "is a BCP 47 language, such as fr-FR"));
    }
    let email = request.email.as_deref().map(str::trim).filter(|email| !email.is_empty());
    if !email.is_none_or(contact::is_email) {
        return Err(ApiError::invalid("email", "is not a mail address"));
    }
    let author = line("author", Some(&request.author), AUTHOR)?
        .ok_or_else(|| ApiError::invalid("author", "say how you want to be called"))?;
    // A name by which anybody could write to them is no name to show.
    if contact::is_email(&author) {
        return Err(ApiError::invalid("author", "is shown to everybody; do not give a mail address"));
    }
    let body = checked(&request.body, Limits::BODY).map_err(|error| refused("body", error))?;
    let scale = |code: &str| asked.iter().find(|one| one.code == code).map(|one| one.scale);
    let points = request.criteria.iter().cloned();
    let points: Vec<(Points, Scale)> =
        points.filter_map(|given| scale(&given.code).map(|scale| (given, scale))).collect();
    Ok(Draft {
        rating: request.rating,
        title: line("title", request.title.as_deref(), Limits::TITLE)?,
        body,
        language: language(&request.locale),
        fit: request.fit,
        usual_size: line("usual_size", request.usual_size.as_deref(), SIZE)?,
        size: line("size", request.size.as_deref(), SIZE)?,
        points,
        photos: request.photos.clone(),
        author,
        email: email.map(|email| (email.to_owned(), contact::email_key(email))),
    })
}

/// The day of the experience, which a review without a link has to say.
pub(super) fn experienced_on(request: &ReviewRequest, today: Date) -> Result<Date, ApiError> {
    let refuse = |detail: &'static str| Err(ApiError::invalid("experienced_on", detail));
    match request.experienced_on {
        None => refuse("is missing; say when it was bought, YYYY-MM-DD"),
        // Somewhere it is tomorrow already.
        Some(day) if day > today.plus(1) => refuse("lies in the future"),
        Some(day) if day < today.plus(-LONGEST_AGO) => refuse("is more than ten years ago"),
        Some(day) => Ok(day),
    }
}

/// The day in Greenwich.
pub(super) fn today(now: UtcMs) -> Date {
    NamedZone::utc().to_local(now).date
}

/// Fit is of clothes.
pub(super) fn fits(request: &ReviewRequest, about: About) -> Result<(), ApiError> {
    if about == About::Store && request.fit.is_some() {
        return Err(ApiError::invalid("fit", "is for products"));
    }
    Ok(())
}

pub(super) fn refused(field: &'static str, error: TextError) -> ApiError {
    ApiError::invalid(field, error.to_string())
}

fn line(field: &'static str, text: Option<&str>, limits: Limits) -> Result<Option<String>, ApiError> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    checked_line(text, limits).map(Some).map_err(|error| refused(field, error))
}

pub(super) fn is_photo_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}
