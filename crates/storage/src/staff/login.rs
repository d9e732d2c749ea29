//! The name by which someone signs in.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

use crate::secret::digest;

/// As long as a mail address may be, in bytes.
const MAX_BYTES: usize = 254;

/// A mail address in the form by which it is compared: without spaces around it, in lower case, composed
/// (NFKC), so that it is found however a keyboard writes it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Login(String);

impl Login {
    /// Reads what was typed; `None` for what is no mail address.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > MAX_BYTES {
            return None;
        }
        // Lower case may decompose what was composed, so it comes first.
        let login: String = text.to_lowercase().nfkc().collect();
        let (local, domain) = login.rsplit_once('@')?;
        let fits = !local.is_empty() && !domain.is_empty() && login.len() <= MAX_BYTES;
        let clean = !login.chars().any(|c| c.is_whitespace() || c.is_control());
        (fits && clean).then_some(Self(login))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn hash(&self) -> String {
        digest(&[b"login", self.0.as_bytes()])
    }
}

/// Personal data, which logs and panics do not show.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_however_typed() {
        let login = Login::parse("zoé@shop.example").unwrap();
        for text in [
            "  Zoé@Shop.Example ",
            "ZOÉ@SHOP.EXAMPLE",
            "zoe\u{301}@shop.example",
            "ZOE\u{301}@shop.example\n",
        ] {
            assert_eq!(Login::parse(text), Some(login.clone()), "{text}");
        }
        assert_ne!(Login::parse("zoe@shop.example"), Some(login));
    }

    #[test]
    fn what_is_no_address() {
        let long = format!("{}@shop.example", "x".repeat(300));
        for text in ["", " ", "zoe", "@shop.example", "zoe@", "zoe martin@shop.example", "a\0@b.c", &long] {
            assert_eq!(Login::parse(text), None, "{text}");
        }
    }
}
