//! The place of the map, once it was asked for.

use yew::{Context, Html, MouseEvent, html};

use crate::{
    app::App,
    lazy::{MapProps, Part, Pin},
    state::Msg,
};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    if !app.map_shown {
        return html! {};
    }
    let Some(map) = app.parts.map else {
        let failed = app.part_failed == Some(Part::Map);
        return html! {
            <div class="map waiting" part="map">
                if failed {
                    <p role="alert">{ app.t.text("map_failed") }</p>
                    <button type="button" class="button" onclick={ctx.link().callback(|_: MouseEvent| Msg::Retry(Part::Map))}>
                        { app.t.text("retry") }
                    </button>
                } else {
                    <p>{ app.t.text("loading") }</p>
                }
            </div>
        };
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
        on_open: ctx.link().callback(Msg::Open),
    })
}
