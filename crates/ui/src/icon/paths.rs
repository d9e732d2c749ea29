//! What the icons look like: paths within 24 × 24. The server's first view draws the same.

/// A magnifying glass.
pub const SEARCH: &str = "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5";
/// Cross-hairs: the device’s position.
pub const TARGET: &str = "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM12 2v4M12 18v4M2 12h4M18 12h4";
/// A cross.
pub const CLOSE: &str = "M6 6l12 12M18 6L6 18";
/// To the left.
pub const BACK: &str = "M15 5l-7 7 7 7";
/// A place.
pub const PIN: &str =
    "M12 21c5-5.5 7-8.8 7-12A7 7 0 0 0 5 9c0 3.2 2 6.5 7 12zM12 6.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z";
/// A shop front.
pub const STORE: &str = "M4 9l1.5-5h13L20 9M4 9c0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0M5.5 11.500V20h13v-8.500M10 20v-5h4v5";
/// A telephone.
pub const PHONE: &str = "M6 3h3.500l1.5 5-2 1.500a11 11 0 0 0 5.5 5.500l1.5-2 5 1.500V18a3 3 0 0 1-3 3C9.5 21 3 14.5 3 6a3 3 0 0 1 3-3z";
/// An arrow that shows the way.
pub const ROUTE: &str = "M4 12L20 4l-6 16-3-7z";
/// A calendar.
pub const CALENDAR: &str = "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4";
/// A heart.
pub const HEART: &str =
    "M12 20C5 15 3 11.5 3 8.500A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 9 1.500C21 11.5 19 15 12 20z";
/// A tick.
pub const CHECK: &str = "M4 12.500l5 5L20 6.5";
/// A label.
pub const TAG: &str = "M3 12V4h8l10 10-8 8zM7.5 8.500h.01";
/// A folded map.
pub const MAP: &str = "M9 4L3 6.500v14L9 18l6 2.5 6-2.500V4l-6 2.500zM9 4v14M15 6.500v14";
/// Downwards.
pub const DOWN: &str = "M6 9l6 6 6-6";
/// A parcel.
pub const PARCEL: &str = "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8";
/// A clock.
pub const CLOCK: &str = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2";
/// A flag: something is reported.
pub const FLAG: &str = "M5 21V4M5 4h12l-2 4 2 4H5";
/// A picture.
pub const PHOTO: &str = "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4";
/// Five stars in a row, within 120 × 24; filled, not drawn by a line.
pub const STARS: &str = "M12 2l3 7 7 .6-5.3 4.7 1.6 7.2-6.3-3.9-6.3 3.9 1.6-7.2-5.3-4.7 7-.6zm24 0l3 7 7 .6-5.3 4.7 1.6 7.2-6.3-3.9-6.3 3.9 1.6-7.2-5.3-4.7 7-.6zm24 0l3 7 7 .6-5.3 4.7 1.6 7.2-6.3-3.9-6.3 3.9 1.6-7.2-5.3-4.7 7-.6zm24 0l3 7 7 .6-5.3 4.7 1.6 7.2-6.3-3.9-6.3 3.9 1.6-7.2-5.3-4.7 7-.6zm24 0l3 7 7 .6-5.3 4.7 1.6 7.2-6.3-3.9-6.3 3.9 1.6-7.2-5.3-4.7 7-.6z";
