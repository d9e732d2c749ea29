//! Buttons: an action, a class, what is in them.

use devanture_ui::dom::{Attrs, El, On, listen, value_of};
use std::rc::Rc;

use yew::{Context, Html, virtual_dom::Listener};

use crate::{
    app::App,
    state::{Action, Msg},
};

/// Runs an action on an event; what the browser would do by itself is not done.
pub(crate) fn act(ctx: &Context<App>, on: On, action: Action) -> Rc<dyn Listener> {
    let link = ctx.link().clone();
    listen(on, move |event| {
        event.prevent_default();
        link.send_message(Msg::Act(action.clone()));
    })
}

/// Sends what a form control holds.
pub(crate) fn send_value(ctx: &Context<App>, on: On, msg: fn(String) -> Msg) -> Rc<dyn Listener> {
    let link = ctx.link().clone();
    listen(on, move |event| link.send_message(msg(value_of(&event))))
}

/// A `<button>` that runs an action; `attrs` names its type.
pub(crate) fn button(ctx: &Context<App>, attrs: Attrs<'_>, action: Action, children: Vec<Html>) -> Html {
    El::new("button", attrs).on(act(ctx, On::Click, action)).children(children)
}
