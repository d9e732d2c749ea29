//! Whether a booking says what the store needs to know.

use devanture_api::{appointment::BookingRequest, site::Label};

use crate::problem::ApiError;

const MAX_NAME: usize = 100;
const MAX_NOTE: usize = 1000;

/// The request without spaces around its texts and without empty ones, or which field is at fault.
pub(super) fn checked(mut request: BookingRequest, subjects: &[Label]) -> Result<BookingRequest, ApiError> {
    request.name = request.name.trim().to_owned();
    for text in [&mut request.subject, &mut request.email, &mut request.phone, &mut request.note] {
        *text = text.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    let refuse = |field: &'static str, detail: &'static str| Err(ApiError::invalid(field, detail));
    if request.name.is_empty() || request.name.chars().count() > MAX_NAME || has_controls(&request.name) {
        return refuse("name", "is 1 to 100 characters on one line");
    }
    if request.email.is_none() && request.phone.is_none() {
        return refuse("email", "a mail address or a phone number is needed");
    }
    if !request.email.as_deref().is_none_or(is_email) {
        return refuse("email", "is not a mail address");
    }
    if !request.phone.as_deref().is_none_or(is_phone) {
        return refuse(
            "phone",
            "is 6 to 15 digits, which may be set apart by spaces, dots, dashes and brackets",
        );
    }
    if request.note.as_deref().is_some_and(|note| note.chars().count() > MAX_NOTE) {
        return refuse("note", "is at most 1,000 characters");
    }
    if let Some(subject) = &request.subject
        && !subjects.iter().any(|known| known.code == *subject)
    {
        return refuse("subject", "is not one of the site's appointment_subjects");
    }
    let is_tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if !(2..=35).contains(&request.locale.len()) || !request.locale.chars().all(is_tag) {
        return refuse("locale", "is a BCP 47 language, such as fr-FR");
    }
    Ok(request)
}

fn has_controls(text: &str) -> bool {
    text.chars().any(char::is_control)
}

/// Only what is surely wrong is refused: whether an address exists, only a mail to it tells.
fn is_email(text: &str) -> bool {
    text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && text.rsplit_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && local.len() <= 64
                && domain.contains('.')
                && !domain.split('.').any(str::is_empty)
        })
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (6..=15).contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '/' | '+'))
        && text.rfind('+').is_none_or(|at| at == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_addresses() {
        for good in ["a@b.fr", "zoé+x@maison.example", "\"odd\"@a.b.c"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["a@b", "@b.fr", "a b@c.fr", "a@b..fr", "a@.fr", "a.fr", "a@b.fr\r\nBcc: x@y.z"] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn phone_numbers() {
        for good in ["+33 2 40 12 34 56", "02.40.12.34.56", "(0)240-123456"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["12345", "call me", "02+40123456", "1234567890123456"] {
            assert!(!is_phone(bad), "{bad}");
        }
    }
}
