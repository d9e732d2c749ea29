//! All that reads or touches the host page.

pub mod consent;
pub mod device;
pub mod hear;
pub mod kept;
pub mod page_size;
pub mod position;
pub mod preferred_store;
pub mod product;
pub mod shop;
pub mod sizes;
