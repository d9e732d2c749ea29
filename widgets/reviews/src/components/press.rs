//! What listens: buttons and choices that run an action.

use std::rc::Rc;

use devanture_ui::{
    attrs,
    dom::{Attrs, El, NO_ATTRS, On, join, listen, value_of},
};
use yew::{Context, Html, virtual_dom::Listener};

use super::draw::Draw;
use crate::{
    app::App,
    state::{Action, Msg},
};

/// Runs an action on a click.
pub(crate) fn press(ctx: &Context<App>, action: Action) -> Rc<dyn Listener> {
    let link = ctx.link().clone();
    listen(On::Click, move |_| link.send_message(Msg::Act(action.clone())))
}

/// Runs an action that depends on what a field holds.
pub(crate) fn with_value(ctx: &Context<App>, on: On, action: fn(String) -> Action) -> Rc<dyn Listener> {
    let link = ctx.link().clone();
    listen(on, move |event| link.send_message(Msg::Act(action(value_of(&event)))))
}

/// A `<button>`.
pub(crate) fn button(ctx: &Context<App>, attrs: Attrs<'_>, action: Action, children: Vec<Html>) -> Html {
    El::new("button", attrs).on(press(ctx, action)).children(children)
}

/// What went wrong, by its code, with a button that tries again.
pub(crate) fn failure(d: &mut Draw<'_>, code: &str, action: Action) {
    let said = d.app.t.find(&join(&["error.", code])).unwrap_or_else(|| d.app.t.text("error"));
    d.open("div", attrs!["class": "failure", "role": "alert"]);
    d.leaf("p", NO_ATTRS, &said);
    d.button(attrs!["type": "button", "class": "button", "part": "button"], action);
    d.word("retry");
    d.close();
    d.close();
}
