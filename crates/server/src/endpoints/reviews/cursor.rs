//! Where the next page begins: after the last review of this one, in the order of the list.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use devanture_domain::review::Sort;
use devanture_storage::ReviewCursor;

use crate::problem::ApiError;

pub(super) fn write(cursor: &ReviewCursor, sort: Sort) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{} {} {} {}", sort.as_str(), cursor.rank, cursor.at, cursor.id))
}

/// A cursor is of one order: in another it would skip and repeat.
pub(super) fn read(text: &str, sort: Sort) -> Result<ReviewCursor, ApiError> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let parts: Vec<&str> = text.split(' ').collect();
    let read = match *parts.as_slice() {
        [name, rank, at, id] if name == sort.as_str() && id.bytes().all(|b| b.is_ascii_alphanumeric()) => {
            rank.parse().ok().zip(at.parse().ok()).map(|(rank, at)| ReviewCursor {
                rank,
                at,
                id: id.to_owned(),
            })
        }
        _ => None,
    };
    read.ok_or_else(|| ApiError::invalid("cursor", "is not the `next` of a page in this order"))
}
