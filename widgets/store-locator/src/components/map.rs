//! The place of the map, once it was asked for.

use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, leaf, none},
};
use yew::{Context, Html};

use super::list::retry;
use crate::{
    app::App,
    lazy::{MapProps, Part, Pin},
    state::{Action, Msg},
};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    if !app.map_shown {
        return none();
    }
    let Some(map) = app.parts.map else {
        let content = if app.part_failed == Some(Part::Map) {
            retry(app, ctx, &app.t.text("map_failed"), Action::Retry(Part::Map))
        } else {
            leaf("p", NO_ATTRS, &app.t.text("loading"))
        };
        return el("div", attrs!["class": "map waiting", "part": "map"], vec![content]);
    };
    let items = app.listing.page.iter().flat_map(|page| &page.items);
    let pins = items
        .map(|store| Pin {
            code: store.code.clone(),
            name: store.name.clone(),
            at: store.location,
            mine: app.mine.as_ref() == Some(&store.code),
        })
        .collect();
    map(MapProps {
        api: app.api.clone(),
        base: ctx.props().settings.base.clone(),
        strings: app.t.clone(),
        pins,
        on_open: ctx.link().callback(|code| Msg::Act(Action::Open(code))),
    })
}
