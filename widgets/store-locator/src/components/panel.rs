//! A view over the whole widget (details, appointment): the way back, then what its module draws.

use devanture_api::problem::code::STORE_NOT_FOUND;
use devanture_domain::civil::UtcMs;
use devanture_ui::{
    attrs,
    dom::{El, el, leaf, none, text},
    icon::{self, icon},
};
use yew::{Context, Html};

use super::{
    button::button,
    list::{error_text, retry},
};
use crate::{
    app::App,
    lazy::Part,
    state::{Action, View},
};

pub(crate) fn view(app: &App, ctx: &Context<App>, now: UtcMs) -> Html {
    let (code, part, back) = match &app.view {
        View::List => return none(),
        View::Details(code) => (code, Part::Details, "back_to_list"),
        View::Appointment(code) => (code, Part::Appointment, "back_to_store"),
    };
    let label = vec![icon(icon::BACK), text(&app.t.text(back))];
    let back = button(ctx, attrs!["type": "button", "class": "quiet back"], Action::Back, label);
    let body = match app.parts.panel(part) {
        _ if app.open_error.is_some() => failed(app, ctx, code),
        _ if app.part_failed == Some(part) => retry(app, ctx, &app.t.text("error"), Action::Retry(part)),
        Some(draw) => match app.find(code) {
            Some(store) => draw(app, ctx, store, now),
            None => heading(app, &app.t.text("loading")),
        },
        None => heading(app, &app.t.text("loading")),
    };
    el("article", attrs!["class": "details", "part": "details"], vec![back, body])
}

/// The store did not come: it is gone for good, or worth another try.
fn failed(app: &App, ctx: &Context<App>, code: &str) -> Html {
    let Some(error) = &app.open_error else { return none() };
    if error.code() == STORE_NOT_FOUND {
        return heading(app, &app.t.text("store_gone"));
    }
    retry(app, ctx, &error_text(app, error), Action::Open(code.to_owned()))
}

/// The panel's heading, which takes the focus when the panel opens.
pub(crate) fn heading(app: &App, content: &str) -> Html {
    El::new("h2", attrs!["tabindex": "-1"]).node(&app.heading).children(vec![text(content)])
}

/// A small line under a heading.
pub(crate) fn line(content: &str) -> Html {
    leaf("p", attrs!["class": "address"], content)
}
