//! Buttons.

use devanture_ui::{
    attrs,
    dom::{Attrs, El, On, listen, text},
};
use yew::{Context, Html};

use crate::{
    app::App,
    state::{Action, Msg},
};

/// A `<button>` that runs an action.
pub(crate) fn button(ctx: &Context<App>, attrs: Attrs<'_>, action: Action, label: &str) -> Html {
    let link = ctx.link().clone();
    let run = listen(On::Click, move |_| link.send_message(Msg::Act(action.clone())));
    El::new("button", attrs).on(run).children(vec![text(label)])
}

/// One beside the line.
pub(crate) fn quiet(ctx: &Context<App>, action: Action, label: &str) -> Html {
    button(ctx, attrs!["type": "button", "class": "quiet", "part": "action"], action, label)
}

/// One with a border.
pub(crate) fn bordered(ctx: &Context<App>, action: Action, label: &str) -> Html {
    button(ctx, attrs!["type": "button", "class": "button", "part": "button"], action, label)
}

/// One of several that exclude each other.
pub(crate) fn chip(ctx: &Context<App>, on: bool, action: Action, label: &str) -> Html {
    let on = devanture_ui::dom::aria(on);
    let attrs = attrs!["type": "button", "class": "chip", "part": "chip", "aria-pressed": on];
    button(ctx, attrs, action, label)
}
