//! Everything about one product or store: what all say together, the tools, the reviews.

use devanture_ui::{
    attrs,
    dom::{aria, el, leaf, none, on_if},
};
use yew::{Context, Html};

use super::{
    card::card,
    draw::{group, named, plain, word},
    press::{button, failure},
    summary, tools,
};
use crate::{app::App, state::Action};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    let Some(all) = &app.summary else {
        let body = match &app.error {
            Some(error) => failure(app, ctx, error.code(), Action::Reload),
            None if app.loading => skeleton(app),
            None => plain("p", "status", &app.t.text("no_subject")),
        };
        return group("section", "reviews", vec![top(app, ctx), body]);
    };
    let mut children = vec![top(app, ctx)];
    if all.count == 0 {
        children.push(plain("p", "empty", &app.t.text("none")));
    } else {
        children.push(summary::view(app, ctx, all));
        children.push(tools::view(app, ctx, all));
        children.push(leaf("p", attrs!["class": "rule", "part": "rule"], &rule(app)));
        children.push(leaf("p", attrs!["class": "status", "part": "status", "role": "status"], &status(app)));
        if let Some(error) = &app.error {
            children.push(failure(app, ctx, error.code(), Action::Reload));
        }
        let mut cards = Vec::with_capacity(app.shown.len());
        for review in &app.shown {
            cards.push(card(app, ctx, review));
        }
        let label = app.t.text("list");
        children.push(el("ol", attrs!["class": "list", "aria-label": &label], cards));
        if app.next.is_some() {
            let attrs = attrs!["type": "button", "class": "button more", "part": "button", "disabled": on_if(app.loading)];
            children.push(button(ctx, attrs, Action::More, vec![word(app, "more")]));
        }
    }
    el("section", attrs!["class": "reviews", "aria-busy": aria(app.loading)], children)
}

/// The heading with the ways to write.
fn top(app: &App, ctx: &Context<App>) -> Html {
    let store = app.options.store.is_some();
    let title = leaf("h2", attrs!["part": "title"], &app.t.text(if store { "title_store" } else { "title" }));
    let way = |id: &str, class: &str, key: &str, action| {
        let attrs = attrs!["type": "button", "id": id, "class": class, "part": "button"];
        button(ctx, attrs, action, vec![word(app, key)])
    };
    let mut ways = Vec::with_capacity(2);
    if app.own.is_some() {
        ways.push(way("own", "quiet", "own", Action::ShowOwn));
    }
    if app.open {
        ways.push(way("write", "button", "write", Action::Write));
    }
    let ways = if ways.is_empty() { none() } else { group("div", "ways", ways) };
    group("div", "top", vec![title, ways])
}

/// In which order they stand, which readers have to be told.
fn rule(app: &App) -> String {
    named(app, "rule.", app.narrow.sort.as_str())
}

/// How many are shown where some are left out; said to who does not see the list change.
fn status(app: &App) -> String {
    if !app.narrow.is_on() || app.error.is_some() {
        return String::new();
    }
    if app.loading {
        return app.t.text("loading");
    }
    let count = u32::try_from(app.shown.len()).unwrap_or(u32::MAX);
    match (count, &app.next) {
        (0, None) => app.t.text("nothing_found"),
        (_, None) => app.t.plural("found", count, &app.formats, &[]),
        (_, Some(_)) => app.t.plural("found_first", count, &app.formats, &[]),
    }
}

/// Grey lines while the first page is on its way.
fn skeleton(app: &App) -> Html {
    let line = || leaf("i", attrs![], "");
    let ghost = || group("div", "card ghost", vec![line(), line(), line()]);
    let said = leaf("p", attrs!["class": "status", "role": "status"], &app.t.text("loading"));
    group("div", "list", vec![said, ghost(), ghost()])
}
