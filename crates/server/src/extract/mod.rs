//! What handlers take from a request, refused with a problem when it is not of the documented form.

mod body;
mod feeder;
mod idempotency;
mod query;
mod secret_key;
mod session;
mod staff;
mod storefront;

pub(crate) use body::{Json, LongJson};
pub(crate) use feeder::Feeder;
pub(crate) use idempotency::IdempotencyKey;
pub(crate) use query::{Query, parts, short_name, short_text};
pub(crate) use secret_key::{SecretKey, bearer};
pub(crate) use session::{FewTries, Session, SessionCookie};
pub(crate) use staff::Staff;
pub(crate) use storefront::Storefront;
