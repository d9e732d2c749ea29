//! The line that says the size, as far as nothing is known yet, and what hangs on it.

use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, leaf, list, none},
};
use yew::{Context, Html};

use super::button::{bordered, button, quiet};
use crate::{
    app::App,
    lazy::Part,
    state::{Action, Shows},
};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    let body = match (app.failed, &app.matching) {
        (Some(part @ (Part::Shop | Part::Matching)), _) => failed(app, ctx, part),
        (_, Some(matching)) => list(matching.view(app, ctx)),
        // Nothing that would be taken back in a moment.
        _ if app.is_waiting() => el("div", attrs!["class": "line"], vec![]),
        _ => nothing(app, ctx, app.is_listing),
    };
    let said = app.said.map_or_else(String::new, |key| app.t.text(key));
    let note = leaf("p", attrs!["class": "note", "role": "status"], &said);
    let question = app.sync.as_ref().map_or_else(none, |sync| sync.question(app, ctx));
    list(vec![body, note, question, panel(app, ctx)])
}

/// What to do where nothing is remembered.
pub(crate) fn nothing(app: &App, ctx: &Context<App>, is_listing: bool) -> Html {
    let key = if is_listing { "none_listing" } else { "none" };
    line(ctx, &app.t.text(key), vec![], &app.t.text("find"))
}

pub(crate) fn line(ctx: &Context<App>, text: &str, actions: Vec<Html>, change: &str) -> Html {
    let size = leaf("span", attrs!["class": "size", "role": "status", "part": "size"], text);
    el("div", attrs!["class": "line"], vec![size, list(actions), quiet(ctx, Action::Panel, change)])
}

fn panel(app: &App, ctx: &Context<App>) -> Html {
    if app.shows != Shows::Panel {
        return none();
    }
    match &app.panel {
        Some(panel) if app.devices && app.failed == Some(Part::Sync) => {
            list(vec![panel.view(app, ctx), failed(app, ctx, Part::Sync)])
        }
        Some(panel) => panel.view(app, ctx),
        None if app.failed == Some(Part::Panel) => failed(app, ctx, Part::Panel),
        None => {
            let attrs = attrs!["type": "button", "class": "quiet", "disabled": ""];
            button(ctx, attrs, Action::Panel, &app.t.text("loading"))
        }
    }
}

fn failed(app: &App, ctx: &Context<App>, part: Part) -> Html {
    let text = leaf("p", NO_ATTRS, &app.t.text("part_failed"));
    let again = bordered(ctx, Action::Retry(part), &app.t.text("retry"));
    el("div", attrs!["class": "failure", "role": "alert"], vec![text, again])
}
