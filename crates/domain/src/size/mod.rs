//! Sizes: what labels say, what they mean in other systems and on a body, and which of a product's is somebody's.
//!
//! Whole numbers only (millimetres, months, tenths of a size): this goes into every shopper's download. Conversions between
//! systems are approximate by nature, and say so ([`How::Converted`]); sources are named beside each table.

mod advice;
mod body;
mod chart;
mod garment;
mod kept;
mod label;
mod memory;
mod merge;
mod mine;
mod system;

pub use advice::{Advice, Outside, Reason, advise};
pub use body::{Dimension, parse_range};
pub use chart::{Chart, ChartError, Range, Row};
pub use garment::{Garment, Kind, Wearer};
pub use kept::{Sales, Share, hesitate};
pub use label::{Label, Size, Span};
pub use memory::{Body, Household, MAX_PEOPLE, MAX_SIZES, Person, Remembered};
pub use mine::{How, Mine, mine, same_size};
pub use system::{Place, Scale, System, place};
