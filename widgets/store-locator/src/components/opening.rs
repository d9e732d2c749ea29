//! The line that says open or closed.

use devanture_api::store::Store;
use devanture_domain::civil::UtcMs;
use devanture_ui::opening;
use yew::Html;

use crate::app::App;

pub(crate) fn view(app: &App, store: &Store, now: UtcMs) -> Html {
    opening::line(&store.hours, &store.time_zone, now, &app.t, &app.formats)
}
