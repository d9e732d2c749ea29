//! Instant search over a whole network of stores, in the page itself.
//!
//! The server writes one binary index ([`encode`], feature `encode`); the browser fetches it once and
//! answers every keystroke from it: [`Index::search`] over names, towns and postcodes, accents folded
//! and typing errors allowed, and [`Index::nearest`], exact. An ordinal is a store's place in the
//! index, `0..len()`; it is only meaningful for the index it came from.
//!
//! What is not behind `encode` is downloaded by every shopper, so it formats nothing, hashes with six
//! lines of its own, and carries no Unicode tables beyond [`fold`]'s.

#![expect(
    clippy::cast_possible_truncation,
    reason = "ordinals, offsets and scores are u32 or narrower by construction: decode refuses larger inputs"
)]

mod columns;
mod decode;
#[cfg(feature = "encode")]
mod encode;
pub mod fold;
mod fuzzy;
mod geo;
mod index;
mod nearest;
mod places;
mod postcodes;
mod scan;
mod search;
mod sort;
mod synonyms;
mod terms;
mod wire;

pub use decode::DecodeError;
#[cfg(feature = "encode")]
pub use encode::{EncodeError, Entry, Options, encode, encode_with};
pub use index::Index;
pub use search::{Field, Hit, HitKind, Origin};
