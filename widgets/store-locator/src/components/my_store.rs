//! The shopper's own store, on top.

use devanture_domain::civil::UtcMs;
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, aria, el, join, leaf, none, text},
    icon::{self, icon},
};
use yew::{Context, Html};

use super::{button::button, opening};
use crate::{app::App, state::Action};

pub(crate) fn view(app: &App, ctx: &Context<App>, now: UtcMs) -> Html {
    let Some(store) = app.mine_store.as_ref().filter(|store| app.mine.as_ref() == Some(&store.code)) else {
        return none();
    };
    let label = app.t.text("my_store");
    let body = vec![
        leaf("p", attrs!["class": "kicker"], &label),
        button(
            ctx,
            attrs!["type": "button", "class": "name"],
            Action::Open(store.code.clone()),
            vec![text(&store.name)],
        ),
        opening::view(app, store, now),
    ];
    el(
        "section",
        attrs!["class": "mine", "part": "my-store", "aria-label": &label],
        vec![
            icon(icon::HEART),
            el("div", attrs!["class": "body"], body),
            button(
                ctx,
                attrs!["type": "button", "class": "quiet"],
                Action::SetMine(None),
                vec![text(&app.t.text("forget_store"))],
            ),
        ],
    )
}

/// The button that chooses a store, or says that it is chosen.
pub(crate) fn choose(app: &App, ctx: &Context<App>, code: &str, name: &str) -> Html {
    let mine = app.mine.as_deref() == Some(code);
    let label = app.t.text(if mine { "is_my_store" } else { "choose_store" });
    button(
        ctx,
        attrs!["type": "button", "class": if mine { "action on" } else { "action" }, "part": "action", "aria-pressed": aria(mine), "aria-label": &join(&[&label, " · ", name])],
        Action::SetMine((!mine).then(|| code.to_owned())),
        vec![icon(icon::HEART), leaf("span", NO_ATTRS, &label)],
    )
}
