//! The private link to what is remembered: the page's own address, with the token in the fragment, which is sent to no server.

use devanture_ui::js::{get, global, text};

pub(crate) const FRAGMENT: &str = "#devanture-sizes=";

/// The token of the link by which the page was opened.
pub(crate) fn opened() -> Option<String> {
    text(&get(&global(), "location"), "hash")?.strip_prefix(FRAGMENT).map(Into::into)
}
