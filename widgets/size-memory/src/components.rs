pub(crate) mod button;
pub(crate) mod line;
