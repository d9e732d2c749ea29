//! Everything about one product or store: what all say together, the tools, the reviews.

use devanture_ui::{
    attrs,
    dom::{aria, on_if},
};

use super::{card::card, draw::Draw, press::failure, summary, tools};
use crate::{app::App, state::Action};

pub(crate) fn view(d: &mut Draw<'_>) {
    let app = d.app;
    let Some(all) = &app.summary else {
        d.group("section", "reviews");
        top(d);
        match &app.error {
            Some(error) => failure(d, error.code(), Action::Reload),
            None if app.loading => skeleton(d),
            None => d.plain("p", "status", &app.t.text("no_subject")),
        }
        return d.close();
    };
    d.open("section", attrs!["class": "reviews", "aria-busy": aria(app.loading)]);
    top(d);
    if all.count == 0 {
        d.plain("p", "empty", &app.t.text("none"));
        return d.close();
    }
    summary::view(d, all);
    tools::view(d, all);
    d.part("p", "rule");
    // In which order they stand, which readers have to be told.
    d.text(&d.named("rule.", app.narrow.sort.as_str()));
    d.close();
    d.leaf("p", attrs!["class": "status", "part": "status", "role": "status"], &status(app));
    if let Some(error) = &app.error {
        failure(d, error.code(), Action::Reload);
    } else {
        d.nothing();
    }
    d.open("ol", attrs!["class": "list", "aria-label": &app.t.text("list")]);
    for review in &app.shown {
        card(d, review);
    }
    d.close();
    if app.next.is_some() {
        let attrs = attrs!["type": "button", "class": "button more", "part": "button", "disabled": on_if(app.loading)];
        d.button(attrs, Action::More);
        d.word("more");
        d.close();
    } else {
        d.nothing();
    }
    d.close();
}

/// The heading with the ways to write.
fn top(d: &mut Draw<'_>) {
    let app = d.app;
    d.group("div", "top");
    let title = if app.options.store.is_some() { "title_store" } else { "title" };
    d.leaf("h2", attrs!["part": "title"], &app.t.text(title));
    if app.own.is_some() || app.open {
        d.group("div", "ways");
        if app.own.is_some() {
            way(d, "own", "quiet", Action::ShowOwn);
        }
        if app.open {
            way(d, "write", "button", Action::Write);
        }
        d.close();
    } else {
        d.nothing();
    }
    d.close();
}

fn way(d: &mut Draw<'_>, key: &str, class: &str, action: Action) {
    d.button(attrs!["type": "button", "id": key, "class": class, "part": "button"], action);
    d.word(key);
    d.close();
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
fn skeleton(d: &mut Draw<'_>) {
    d.group("div", "list");
    d.open("p", attrs!["class": "status", "role": "status"]);
    d.word("loading");
    d.close();
    for _ in 0..2 {
        d.group("div", "card ghost");
        for _ in 0..3 {
            d.leaf("i", attrs![], "");
        }
        d.close();
    }
    d.close();
}
