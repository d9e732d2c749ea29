//! Sizes: charts, what is left, and figures.

mod chart;
mod figures;
mod left;

pub use chart::SizeChart;
pub use figures::{SizeCounts, SizeFigure};
pub use left::SizeLeft;
