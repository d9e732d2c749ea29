pub(crate) mod button;
pub(crate) mod kept;
pub(crate) mod line;
