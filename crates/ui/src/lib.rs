//! The kit that widgets share.

pub mod clock;
pub mod contact;
pub mod dom;
pub mod emit;
pub mod failure;
pub mod format;
pub mod icon;
pub mod js;
pub mod links;
pub mod mount;
pub mod opening;
pub mod search;
pub mod strings;
pub mod task;
pub mod zone;
