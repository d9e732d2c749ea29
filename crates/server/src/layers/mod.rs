//! What happens to every request before and after its handler.

pub(crate) mod limits;
pub(crate) mod log;
pub(crate) mod problems;
pub(crate) mod storefront;
