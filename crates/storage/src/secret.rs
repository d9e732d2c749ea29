//! How secrets are written down and recognised.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// SHA-256 of the parts, each preceded by its length, in base64url. The first part says of what.
pub(crate) fn digest(parts: &[&[u8]]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(hasher(parts).finalize())
}

pub(crate) fn hasher(parts: &[&[u8]]) -> Sha256 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher
}

/// 32 random bytes as 32 base-62 digits, some 190 bits.
pub(crate) fn key_digits(random: [u8; 32]) -> String {
    random.as_chunks::<16>().0.iter().flat_map(|half| digits(*half)).collect()
}

/// 16 random bytes as 16 base-62 digits, some 95 bits: enough that no two are alike.
pub(crate) fn id_digits(random: [u8; 16]) -> String {
    digits(random).collect()
}

/// Whether a text is 24 to 64 base-62 digits.
pub(crate) fn are_key_digits(text: &str) -> bool {
    (24..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn digits(random: [u8; 16]) -> impl Iterator<Item = char> {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut number = u128::from_le_bytes(random);
    std::iter::repeat_with(move || {
        let digit = char::from(DIGITS[usize::try_from(number % 62).unwrap_or(0)]);
        number /= 62;
        digit
    })
    .take(16)
}
