//! How many of those who took a size kept it.

use devanture_domain::size::Share;

use crate::app::App;

/// In percent, or of ten where few have taken it.
pub(crate) fn kept(app: &App, share: Share, size: &str) -> String {
    let (key, number) = match share.percent() {
        Some(percent) => ("kept_percent", percent),
        None => ("kept_tenths", share.tenths()),
    };
    app.t.fill(key, &[("kept", &app.formats.integer(number.into())), ("size", size)])
}
