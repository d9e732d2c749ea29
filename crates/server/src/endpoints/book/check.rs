//! Whether a booking says what the store needs to know.

use devanture_api::{appointment::BookingRequest, site::Label};

use crate::{contact, problem::ApiError};

const MAX_NOTE: usize = 1000;

/// The request without spaces around its texts and without empty ones, or which field is at fault.
pub(super) fn checked(mut request: BookingRequest, subjects: &[Label]) -> Result<BookingRequest, ApiError> {
    for text in [&mut request.subject, &mut request.note] {
        *text = text.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    contact::checked(&mut request.name, &mut request.email, &mut request.phone)?;
    let refuse = |field: &'static str, detail: &'static str| Err(ApiError::invalid(field, detail));
    if request.note.as_deref().is_some_and(|note| note.chars().count() > MAX_NOTE) {
        return refuse("note", "is at most 1,000 characters");
    }
    if let Some(subject) = &request.subject
        && !subjects.iter().any(|known| known.code == *subject)
    {
        return refuse("subject", "is not one of the site's appointment_subjects");
    }
    if !contact::is_language(&request.locale) {
        return refuse("locale", "is a BCP 47 language, such as fr-FR");
    }
    Ok(request)
}
