//! The line that says open or closed.

use devanture_api::store::Store;
use devanture_domain::civil::UtcMs;
use yew::{Html, html};

use crate::{app::App, opening::opening};

pub(crate) fn view(app: &App, store: &Store, now: UtcMs) -> Html {
    let Some(opening) = opening(store, now, &app.t, &app.formats) else {
        return html! {};
    };
    html! {
        <p class={["opening ", opening.kind].concat()} part="opening">
            <span class="dot"></span>
            <strong>{ opening.state }</strong>
            if !opening.until.is_empty() {
                <span>{ " · " }{ opening.until }</span>
            }
        </p>
    }
}
