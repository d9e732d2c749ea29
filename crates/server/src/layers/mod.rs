//! What happens to every request before and after its handler.

pub(crate) mod admin;
pub(crate) mod around;
pub(crate) mod edge;
pub(crate) mod limits;
pub(crate) mod patience;
pub(crate) mod storefront;
