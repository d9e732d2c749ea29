//! Filters: open now, services, brand.

use devanture_api::site::Label;
use yew::{Context, Event, Html, MouseEvent, html};

use super::{
    icon::{self, icon},
    search::selected,
};
use crate::{app::App, state::Msg};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    let Some(page) = &app.listing.page else {
        // Room for the row, so that nothing moves when it comes.
        return html! { <div class="filters"></div> };
    };
    let link = ctx.link();
    let t = &app.t;
    html! {
        <div class="filters" part="filters" role="group" aria-label={t.text("filters")}>
            { chip(t.text("open_now"), app.filters.open_now, link.callback(|_: MouseEvent| Msg::ToggleOpenNow)) }
            if page.brands.len() > 1 {
                <select part="select" aria-label={t.text("brand")} class={app.filters.brand.as_ref().map(|_| "on")}
                    onchange={link.callback(|event: Event| Msg::SetBrand(selected(&event)))}>
                    <option value="" selected={app.filters.brand.is_none()}>{ t.text("all_brands") }</option>
                    { for page.brands.iter().map(|brand| html! {
                        <option value={brand.code.clone()} selected={app.filters.brand.as_ref() == Some(&brand.code)}>
                            { &brand.name }
                        </option>
                    }) }
                </select>
            }
            { for page.services.iter().map(|service| service_chip(app, ctx, service)) }
        </div>
    }
}

fn service_chip(app: &App, ctx: &Context<App>, service: &Label) -> Html {
    let code = service.code.clone();
    let toggle = ctx.link().callback(move |_: MouseEvent| Msg::ToggleService(code.clone()));
    chip(service.name.clone(), app.filters.services.contains(&service.code), toggle)
}

fn chip(label: String, on: bool, onclick: yew::Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="chip" part="chip" aria-pressed={if on { "true" } else { "false" }} {onclick}>
            if on { { icon(icon::CHECK) } }
            { label }
        </button>
    }
}
