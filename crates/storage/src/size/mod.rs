//! Sizes: charts, what is left, what was sold and kept, figures, and memories that shoppers keep here.

mod chart;
mod figures;
mod left;
mod memory;
mod sales;

pub use chart::SizeChart;
pub use figures::{SizeCounts, SizeFigure};
pub use left::SizeLeft;
pub use memory::{SizeHolder, SizeMemory};
pub use sales::SizeSales;
