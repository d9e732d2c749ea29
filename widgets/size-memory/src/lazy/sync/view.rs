//! What is said of other devices.

use devanture_ui::{
    attrs,
    dom::{El, NO_ATTRS, el, leaf, list, none},
};
use yew::{Context, Html};

use super::{Devices, Went, address, current, customer, link::Who, site};
use crate::{
    app::App,
    components::button::{bordered, quiet},
    state::{Action, Sync},
};

pub(super) fn view(devices: &Devices, app: &App, ctx: &Context<App>) -> Html {
    let say = |key: &str| leaf("p", attrs!["class": "note"], &app.t.text(key));
    let bordered = |what, key: &str| bordered(ctx, Action::Sync(what), &app.t.text(key));
    let mut all = match current(app, site(ctx)).map(|current| current.who) {
        Some(Who::Token(token)) => {
            let label = leaf("span", NO_ATTRS, &app.t.text("link"));
            let url = address::link(&token);
            let attrs = attrs!["type": "text", "readonly": "", "name": "link", "part": "link", "value": &url];
            let field = El::new("input", attrs).node(&devices.field).children(vec![]);
            let stop = quiet(ctx, Action::Sync(Sync::Stop), &app.t.text("sync_stop"));
            vec![
                say("link_help"),
                el("label", attrs!["class": "link"], vec![label, field]),
                el("div", attrs!["class": "actions"], vec![bordered(Sync::Copy, "copy"), stop]),
            ]
        }
        Some(_) => vec![say("sync_account"), bordered(Sync::Stop, "sync_stop")],
        None if customer(app).is_some() => vec![say("sync_stopped"), bordered(Sync::Resume, "sync_resume")],
        None => vec![say("sync_help"), bordered(Sync::Make, "sync_make")],
    };
    let key = match devices.went {
        _ if devices.asked.is_some() => "sync_busy",
        Went::Unknown => "",
        Went::Well => "sync_done",
        Went::Badly => "sync_failed",
        Went::Gone => "sync_gone",
        Went::Copied => "copied",
        Went::Selected => "selected",
    };
    let state = if key.is_empty() { String::new() } else { app.t.text(key) };
    all.push(leaf("p", attrs!["class": "note", "role": "status"], &state));
    list(all)
}

pub(super) fn question(devices: &Devices, app: &App, ctx: &Context<App>) -> Html {
    if devices.offered.is_none() {
        return none();
    }
    let question = app.t.text("link_use");
    let answers = vec![
        bordered(ctx, Action::Sync(Sync::Use(true)), &app.t.text("link_yes")),
        quiet(ctx, Action::Sync(Sync::Use(false)), &app.t.text("link_no")),
    ];
    let attrs = attrs!["class": "advice", "part": "question", "role": "group", "aria-label": &question];
    let text = leaf("p", attrs!["role": "status"], &question);
    el("div", attrs, vec![text, el("div", attrs!["class": "actions"], answers)])
}
