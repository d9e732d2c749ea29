//! What a shopper says of themselves: whether it can be right, and the one form of it.

use std::{collections::HashSet, sync::LazyLock};

use crate::problem::ApiError;

const MAX_NAME: usize = 100;

/// A name and at least one way to reach its bearer, without spaces around them.
pub(crate) fn checked(
    name: &mut String,
    email: &mut Option<String>,
    phone: &mut Option<String>,
) -> Result<(), ApiError> {
    *name = name.trim().to_owned();
    for text in [&mut *email, &mut *phone] {
        *text = text.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    let refuse = |field: &'static str, detail: &'static str| Err(ApiError::invalid(field, detail));
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        return refuse("name", "is 1 to 100 characters on one line");
    }
    if email.is_none() && phone.is_none() {
        return refuse("email", "a mail address or a phone number is needed");
    }
    if !email.as_deref().is_none_or(is_email) {
        return refuse("email", "is not a mail address");
    }
    if !phone.as_deref().is_none_or(is_phone) {
        return refuse(
            "phone",
            "is 6 to 15 digits, which may be set apart by spaces, dots, dashes and brackets",
        );
    }
    Ok(())
}

/// Whether a text is a BCP 47 language.
pub(crate) fn is_language(text: &str) -> bool {
    (2..=35).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The same for every way of writing an address that reaches the same person.
pub(crate) fn email_key(email: &str) -> String {
    let email = email.to_lowercase();
    match email.rsplit_once('@') {
        Some((local, domain)) => {
            let local = local.split_once('+').map_or(local, |(before, _)| before);
            format!("{local}@{domain}")
        }
        None => email,
    }
}

/// Whether mail to it is thrown away after minutes: its domain, or one above it, is on the list.
pub(crate) fn is_disposable(email: &str) -> bool {
    // The library's own look-up goes through all of it, several times per address.
    static DOMAINS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| mailchecker::blacklist().into_iter().collect());
    let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain).to_lowercase();
    let above = domain.match_indices('.').map(|(dot, _)| &domain[dot + 1..]);
    std::iter::once(&*domain).chain(above).any(|domain| DOMAINS.contains(domain))
}

/// The number as it is dialled from anywhere, `+33612345678`. One that is no number of its country keeps its digits.
pub(crate) fn phone_key(phone: &str, country: &str) -> String {
    let country = country.parse().ok();
    match phonenumber::parse(country, phone) {
        Ok(number) => number.format().mode(phonenumber::Mode::E164).to_string(),
        Err(_) => phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
    }
}

/// Only what is surely wrong is refused: whether an address exists, only a mail to it tells.
pub(crate) fn is_email(text: &str) -> bool {
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
        assert_eq!(email_key("Zoe+shop@Example.COM"), "zoe@example.com");
        assert!(is_disposable("zoe@yopmail.com") && is_disposable("zoe@Sub.Mailinator.com"));
        for kept in ["zoe@orange.fr", "zoe@example.com", "zoé@gmail.com"] {
            assert!(!is_disposable(kept), "{kept}");
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

    #[test]
    fn one_number_written_in_many_ways() {
        for written in [
            "06 12 34 56 78",
            "0612345678",
            "06.12.34.56.78",
            "06-12-34-56-78",
            "06/12/34/56/78",
            "(06) 12 34 56 78",
            "+33 6 12 34 56 78",
            "+33612345678",
            "+33 (0)6 12 34 56 78",
            "0033 6 12 34 56 78",
            "+33.6.12.34.56.78",
            " 06 12345678",
        ] {
            assert_eq!(phone_key(written, "FR"), "+33612345678", "{written}");
        }
        assert_eq!(phone_key("0470 12 34 56", "BE"), "+32470123456");
        assert_eq!(phone_key("000000", "FR"), phone_key("00 00 00", "FR"));
    }
}
