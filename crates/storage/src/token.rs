//! The secret of a shopper's private link.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::Digest as _;

use crate::secret::{digest, hasher};

/// 144 random bits. Only its SHA-256 is stored, and rows are found by that, so neither the database
/// nor the time of a look-up gives the link away.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateToken([u8; 18]);

impl PrivateToken {
    /// Takes 18 random bytes.
    pub fn from_random(random: [u8; 18]) -> Self {
        Self(random)
    }

    /// Reads the base64url text of a link; `None` for anything that was never issued.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The text that goes into the link, 24 characters.
    pub fn to_text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    pub(crate) fn hash(&self) -> String {
        digest(&[b"token", &self.0])
    }

    /// Hides the token so that only who has the idempotency key and the body can have it again.
    pub(crate) fn seal(&self, key: &str, body: &[u8]) -> String {
        Self(self.masked(key, body)).to_text()
    }

    /// Undoes [`Self::seal`].
    pub(crate) fn unseal(sealed: &str, key: &str, body: &[u8]) -> Option<Self> {
        Self::parse(sealed).map(|token| Self(token.masked(key, body)))
    }

    fn masked(&self, key: &str, body: &[u8]) -> [u8; 18] {
        let pad = hasher(&[b"seal", key.as_bytes(), body]).finalize();
        std::array::from_fn(|i| self.0[i] ^ pad[i])
    }
}

impl fmt::Debug for PrivateToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateToken(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_and_opened_only_with_key_and_body() {
        let token = PrivateToken::from_random([7; 18]);
        let sealed = token.seal("key", b"body");
        assert_ne!(sealed, token.to_text());
        assert_eq!(PrivateToken::unseal(&sealed, "key", b"body"), Some(token.clone()));
        assert_ne!(PrivateToken::unseal(&sealed, "other", b"body"), Some(token.clone()));
        assert_ne!(PrivateToken::unseal(&sealed, "key", b"other"), Some(token));
    }

    #[test]
    fn reads_only_what_was_issued() {
        let token = PrivateToken::from_random([255; 18]);
        assert_eq!(PrivateToken::parse(&token.to_text()), Some(token));
        for text in ["", "short", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "!!!!!!!!!!!!!!!!!!!!!!!!"] {
            assert_eq!(PrivateToken::parse(text), None, "{text}");
        }
    }
}
