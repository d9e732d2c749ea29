//! What handlers take from a request, refused with a problem when it is not of the documented form.

mod body;
mod idempotency;
mod query;
mod storefront;

pub(crate) use body::Json;
pub(crate) use idempotency::IdempotencyKey;
pub(crate) use query::{Query, short_text};
pub(crate) use storefront::Storefront;
