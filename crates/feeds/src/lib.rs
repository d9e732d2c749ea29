//! Feeds of products, stock and sales: what a retailer's other programs say, in and out.
//!
//! [`import_products`], [`import_stock`] and [`import_sales`] take any stream of bytes: CSV, JSON, Google's local inventory. Bad rows are told
//! one by one and the others go in. [`LocalInventory`] is the way out.

mod convert;
mod error;
mod field;
mod google;
mod google_reviews;
mod import;
mod layout;
mod mapping;
mod read;
mod value;

pub use convert::Places;
pub use error::FeedError;
pub use field::{Field, Subject};
pub use google::{ExportError, GoogleFormat, LocalInventory};
pub use google_reviews::{ProductReviews, ReviewForms};
pub use import::{
    BadRow, DEFAULT_MAX_EMPTIED, FEW_ROWS, Outcome, StockFeed, Target, accept_feed, from_async,
    import_products, import_sales, import_stock, refuse_feed, resume_feed,
};
pub use mapping::{Mapping, MappingError, Rule};
pub use read::{BadCell, Cells, Cut, Format, Incoming, Row, Rows, TooMuch};
pub use value::{Money, PriceStyle, price_text};
