//! Filters: open now, services, brand.

use devanture_ui::{
    attrs,
    dom::{El, On, aria, el, leaf, none, on_if, text},
    icon::{self, icon},
};
use yew::{Context, Html};

use super::button::{button, send_value};
use crate::{
    app::App,
    state::{Action, Msg},
};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    let Some(page) = &app.listing.page else {
        // Room for the row, so that nothing moves when it comes.
        return el("div", attrs!["class": "filters"], vec![]);
    };
    let mut children = vec![
        chip(ctx, &app.t.text("open_now"), app.filters.open_now, Action::ToggleOpenNow),
        if page.brands.len() > 1 { brands(app, ctx) } else { none() },
    ];
    for service in &page.services {
        let on = app.filters.services.contains(&service.code);
        children.push(chip(ctx, &service.name, on, Action::ToggleService(service.code.clone())));
    }
    let label = app.t.text("filters");
    el("div", attrs!["class": "filters", "role": "group", "aria-label": &label], children)
}

fn brands(app: &App, ctx: &Context<App>) -> Html {
    let changed = send_value(ctx, On::Change, |code| {
        Msg::Act(Action::SetBrand(Some(code).filter(|code| !code.is_empty())))
    });
    let chosen = app.filters.brand.as_deref().unwrap_or_default();
    let option = |code: &str, name: &str| {
        leaf("option", attrs!["value": code, "selected": on_if(code == chosen)], name)
    };
    let mut options = vec![option("", &app.t.text("all_brands"))];
    for brand in app.listing.page.iter().flat_map(|page| &page.brands) {
        options.push(option(&brand.code, &brand.name));
    }
    let class = if chosen.is_empty() { "" } else { "on" };
    El::new("select", attrs![ "class": class, "aria-label": &app.t.text("brand")])
        .on(changed)
        .children(options)
}

fn chip(ctx: &Context<App>, label: &str, on: bool, action: Action) -> Html {
    let check = if on { icon(icon::CHECK) } else { none() };
    button(
        ctx,
        attrs!["type": "button", "class": "chip", "part": "chip", "aria-pressed": aria(on)],
        action,
        vec![check, text(label)],
    )
}
