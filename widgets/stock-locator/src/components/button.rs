//! Buttons, and the message with one that tries again.

use devanture_client::ClientError;
use devanture_ui::{
    attrs,
    dom::{Attrs, El, NO_ATTRS, On, el, join, leaf, listen, text},
};
use yew::{Context, Html};

use crate::{
    app::App,
    state::{Action, Msg},
};

/// A `<button>` that runs an action; `attrs` names its type.
pub(crate) fn button(ctx: &Context<App>, attrs: Attrs<'_>, action: Action, children: Vec<Html>) -> Html {
    let link = ctx.link().clone();
    let run = listen(On::Click, move |_| link.send_message(Msg::Act(action.clone())));
    El::new("button", attrs).on(run).children(children)
}

/// A message with the button that tries again.
pub(crate) fn retry(app: &App, ctx: &Context<App>, message: &str, action: Action) -> Html {
    let again = attrs!["type": "button", "class": "button", "part": "button"];
    let again = button(ctx, again, action, vec![text(&app.t.text("retry"))]);
    el("div", attrs!["class": "failure", "role": "alert"], vec![leaf("p", NO_ATTRS, message), again])
}

/// What to tell the shopper: the locale's words for the code, else a general line.
pub(crate) fn error_text(app: &App, error: &ClientError) -> String {
    app.t.find(&join(&["error.", error.code()])).unwrap_or_else(|| app.t.text("error"))
}
