//! Writing in place of the list: the way back, then what its module draws.

use devanture_ui::{
    attrs,
    dom::{El, el},
    icon::{self, icon},
};
use yew::{Context, Html};

use super::{
    draw::word,
    press::{button, failure},
};
use crate::{app::App, state::Action};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    let label = vec![icon(icon::BACK), word(app, "back")];
    let back = button(ctx, attrs!["type": "button", "class": "quiet back"], Action::Back, label);
    let body = match app.write {
        Some(draw) => draw(app, ctx),
        None if app.part_failed => failure(app, ctx, "load", Action::Retry),
        None => {
            El::new("h2", attrs!["tabindex": "-1"]).node(&app.heading).children(vec![word(app, "loading")])
        }
    };
    el("section", attrs!["class": "reviews writing", "part": "writing"], vec![back, body])
}
