//! Line icons, 24 × 24.

use devanture_ui::{attrs, dom::el};
use yew::Html;

pub(super) const STORE: &str = "M4 9l1.5-5h13L20 9M4 9c0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0M5.5 11.5V20h13v-8.500M10 20v-5h4v5";
pub(super) const SOUND: &str = "M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9a4.200 4.200 0 0 1 0 6M18 6.500a7.800 7.800 0 0 1 0 11";
pub(super) const MUTED: &str = "M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM16 9.500l5 5M21 9.500l-5 5";
pub(super) const PERSON: &str =
    "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20.500c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500";
pub(super) const PHONE: &str = "M6 3h3.500l1.5 5-2 1.500a11 11 0 0 0 5.500 5.500l1.500-2 5 1.500V18a3 3 0 0 1-3 3C9.500 21 3 14.500 3 6a3 3 0 0 1 3-3z";
pub(super) const MAIL: &str = "M3.500 6h17v12.500h-17zM4 6.500l8 6.500 8-6.500";
pub(super) const CLOSE: &str = "M6 6l12 12M18 6L6 18";
pub(super) const DOWN: &str = "M6 9.500l6 6 6-6";
pub(super) const SCAN: &str =
    "M4 8V4.500h4M16 4.500h4V8M20 16v3.500h-4M8 19.500H4V16M8 8.500v7M11 8.500v7M13.500 8.500v7M16 8.500v7";
pub(super) const CLOCK: &str = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.500l3 2";
pub(super) const SEND: &str = "M12 20V5M6 10.500L12 4.500l6 6";
pub(super) const ALERT: &str = "M12 4L2.500 20h19zM12 10v4.500M12 17.200v.1";
pub(super) const HANGER: &str = "M9.500 7a2.500 2.500 0 1 1 3.500 2.300c-.7.300-1 .8-1 1.500v.7l8.700 5.300c1 .7.600 2.200-.600 2.200H3.900c-1.200 0-1.600-1.500-.6-2.200L12 11.500";

pub(super) const LIST: &str = "M5 5h14v15H5zM9 3.500v3M15 3.500v3M8.500 11h7M8.500 15h4.500";
pub(super) const BOX: &str = "M4 8l8-4 8 4v8.500l-8 4-8-4zM4 8l8 4 8-4M12 12v8.500";
pub(super) const STAR: &str =
    "M12 4l2.500 5.200 5.500.7-4 3.900 1 5.700-5-2.700-5 2.700 1-5.700-4-3.900 5.500-.7z";
pub(super) const RULER: &str =
    "M3.500 8.500h17v7.500h-17zM7 8.500v3M10.300 8.500v4.500M13.700 8.500v3M17 8.500v4.500";
pub(super) const SEARCH: &str =
    "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500L20.500 20.500";
pub(super) const EDIT: &str = "M4.500 19.500l1-4.500L16 4.500l3.500 3.500L9 18.500z";
pub(super) const BACK: &str = "M15 5l-7 7 7 7";

/// A picture that says nothing by itself: the text beside it does.
pub(super) fn icon(path: &'static str) -> Html {
    let attrs = attrs!["class": "icon", "viewBox": "0 0 24 24", "aria-hidden": "true"];
    el("svg", attrs, vec![el("path", attrs!["d": path], vec![])])
}
