//! The reservation in place of the list: the way back, then what its module draws.

use devanture_ui::{
    attrs,
    dom::{El, el, text},
    icon::{self, icon},
};
use yew::{Context, Html};

use super::button::{button, retry};
use crate::{app::App, lazy::Part, state::Action};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    let label = vec![icon(icon::BACK), text(&app.t.text("back"))];
    let back = button(ctx, attrs!["type": "button", "class": "quiet back"], Action::Back, label);
    let body = match app.reserve {
        Some(draw) => draw(app, ctx),
        None if app.part_failed == Some(Part::Reserve) => {
            retry(app, ctx, &app.t.text("error"), Action::Retry(Part::Reserve))
        }
        None => heading(app, &app.t.text("loading")),
    };
    el("article", attrs!["class": "details", "part": "details"], vec![back, body])
}

/// The panel's heading, which takes the focus when the panel opens.
pub(crate) fn heading(app: &App, content: &str) -> Html {
    El::new("h2", attrs!["tabindex": "-1"]).node(&app.heading).children(vec![text(content)])
}
