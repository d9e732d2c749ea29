//! Where the next page begins: after the last store of this one, by distance and code, so that
//! stores added or removed meanwhile neither repeat nor skip others.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{
    index::{Found, Network},
    problem::ApiError,
};

pub(super) fn write(last: Found, network: &Network) -> String {
    let chord2 = last.chord2().to_bits().to_be_bytes();
    BASE64_URL_SAFE_NO_PAD.encode([&chord2, network.code(last.index).as_bytes()].concat())
}

/// What the page begins at, or would if there were such a store.
pub(super) fn read(text: &str, network: &Network) -> Result<Found, ApiError> {
    let bad = || ApiError::invalid("cursor", "is not the `next` of a page");
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| bad())?;
    let (distance, code) = bytes.split_first_chunk::<8>().ok_or_else(bad)?;
    let chord2 = f64::from_bits(u64::from_be_bytes(*distance));
    let code = std::str::from_utf8(code).map_err(|_| bad())?;
    if !chord2.is_finite() || chord2.is_sign_negative() {
        return Err(bad());
    }
    let position = network.position(code);
    // Where the store is still there, the one after it is next.
    let next_index = if network.find(code) == Some(position) { position + 1 } else { position };
    Ok(Found::new(next_index, chord2))
}
