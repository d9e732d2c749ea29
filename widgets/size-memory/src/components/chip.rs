//! The line that says the size, and what hangs on it.

use devanture_domain::size::{How, Mine};
use devanture_host::{
    consent::{Consent, consent, is_managed},
    sizes,
};
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, leaf, list, none},
    js,
};
use yew::{Context, Html};

use super::button::{bordered, button, chip, quiet};
use crate::{
    app::{App, stock_locator},
    lazy::Part,
    state::{Action, Shows},
};

pub(crate) fn view(app: &App, ctx: &Context<App>) -> Html {
    let body = match app.product.mine {
        _ if app.part_failed == Some(Part::Shop) => vec![failed(app, ctx, Part::Shop)],
        // Nothing that would be taken back in a moment.
        _ if app.is_waiting() => vec![el("div", attrs!["class": "line"], vec![])],
        Some(mine) => of_product(app, ctx, mine),
        None if app.product.sizes.is_empty() && app.listed > 0 => of_listing(app, ctx),
        None => vec![line(ctx, &app.t.text("none"), vec![], &app.t.text("find"))],
    };
    let said = app.said.map_or_else(String::new, |key| app.t.text(key));
    let note = el("p", attrs!["class": "note", "role": "status"], vec![devanture_ui::dom::text(&said)]);
    list(vec![list(body), kept(app, ctx), note, panel(app, ctx)])
}

fn of_product(app: &App, ctx: &Context<App>, mine: Mine) -> Vec<Html> {
    let taken = app.home.person().sizes.get(mine.by).map(|one| one.label.clone()).unwrap_or_default();
    let found = mine.at.and_then(|at| app.product.sizes.get(at));
    let Some((size, true)) = found else {
        return vec![not_left(app, ctx, mine, found.map_or(&taken, |(size, _)| size), found.is_some())];
    };
    let chosen = app.product.seen.choices.iter().find(|choice| choice.is_chosen);
    let other = chosen.is_some_and(|choice| choice.label != *size) && app.product.is_chosen;
    let mut actions = vec![quiet(ctx, Action::Why, &app.t.text("why"))];
    if other {
        actions.push(quiet(ctx, Action::Choose(size.clone()), &app.t.fill("choose", &[("size", size)])));
    }
    let mut out = vec![line(ctx, &named(app, size), actions, &app.t.text("change"))];
    if app.shows == Shows::Why {
        out.push(leaf("p", attrs!["class": "why", "part": "why"], &why(app, mine, &taken, size)));
    }
    if app.product.is_refused {
        let text = app.t.fill("refused", &[("size", size)]);
        out.push(leaf("p", attrs!["class": "note", "role": "alert"], &text));
    }
    out
}

/// What can be done where the size is not left, or not made.
fn not_left(app: &App, ctx: &Context<App>, mine: Mine, size: &str, made: bool) -> Html {
    let text = app.t.fill(if made { "gone" } else { "not_made" }, &[("size", size)]);
    let beside = [mine.smaller, mine.larger].into_iter().flatten().filter_map(|at| app.product.sizes.get(at));
    let mut chips: Vec<Html> = Vec::new();
    for (size, _) in beside.filter(|(_, left)| *left) {
        let label = app.t.fill("choose", &[("size", size)]);
        let on = app.product.seen.choices.iter().any(|choice| choice.is_chosen && choice.label == *size);
        chips.push(chip(ctx, on, Action::Choose(size.clone()), &label));
    }
    if made && js::text(&stock_locator(), "localName").is_some() {
        chips.push(quiet(ctx, Action::Near, &app.t.text("near")));
    }
    chips.push(quiet(ctx, Action::Panel, &app.t.text("change")));
    let label = app.t.text("neighbours");
    let group = el("div", attrs!["class": "chips", "role": "group", "aria-label": &label], chips);
    el(
        "div",
        attrs!["class": "gone"],
        vec![leaf("p", attrs!["role": "status", "part": "size"], &text), group],
    )
}

fn of_listing(app: &App, ctx: &Context<App>) -> Vec<Html> {
    let Some(left) = app.left else {
        return vec![line(ctx, &app.t.text("none_listing"), vec![], &app.t.text("find"))];
    };
    let text = app.t.plural("left", left, &app.formats, &[]);
    let status = leaf("span", attrs!["class": "size", "role": "status", "part": "status"], &text);
    let only = chip(ctx, app.only_left, Action::OnlyLeft, &app.t.text("only_left"));
    let change = quiet(ctx, Action::Panel, &app.t.text("change"));
    vec![el("div", attrs!["class": "line"], vec![status, only, change])]
}

fn line(ctx: &Context<App>, text: &str, mut actions: Vec<Html>, change: &str) -> Html {
    let mut all = vec![leaf("span", attrs!["class": "size", "role": "status", "part": "size"], text)];
    all.append(&mut actions);
    all.push(quiet(ctx, Action::Panel, change));
    el("div", attrs!["class": "line"], all)
}

/// "Your size: 40", of one of several by their name.
fn named(app: &App, size: &str) -> String {
    let name = &app.home.person().name;
    if name.is_empty() {
        app.t.fill("your_size", &[("size", size)])
    } else {
        app.t.fill("size_of", &[("name", name), ("size", size)])
    }
}

fn why(app: &App, mine: Mine, taken: &str, size: &str) -> String {
    let brand = app.home.person().sizes.get(mine.by).and_then(|one| one.brand.as_deref());
    let key = match (mine.how, brand) {
        (How::Same, Some(_)) => "why_brand",
        (How::Same, None) => "why_same",
        (How::Covers, _) => "why_covers",
        (How::Converted, _) => "why_converted",
    };
    app.t.fill(key, &[("taken", taken), ("size", size), ("brand", brand.unwrap_or_default())])
}

/// Where it is kept, and the question whether it may be; not where a consent manager has asked.
fn kept(app: &App, ctx: &Context<App>) -> Html {
    let may = sizes::may(&ctx.props().settings.site_key);
    if app.home.is_empty() || (may && app.shows != Shows::Panel) {
        return none();
    }
    let text = app.t.text(if may { "kept" } else { "until_left" });
    let mut all = vec![leaf("span", attrs!["class": "note"], &text)];
    if !may && consent() == Consent::Unknown && !is_managed() {
        all.push(quiet(ctx, Action::Keep, &app.t.text("keep")));
    }
    el("div", attrs!["class": "line"], all)
}

fn panel(app: &App, ctx: &Context<App>) -> Html {
    if app.shows != Shows::Panel {
        return none();
    }
    match app.panel {
        Some(draw) => draw(app, ctx),
        None if app.part_failed == Some(Part::Panel) => failed(app, ctx, Part::Panel),
        None => button(
            ctx,
            attrs!["type": "button", "class": "quiet", "disabled": ""],
            Action::Panel,
            &app.t.text("loading"),
        ),
    }
}

fn failed(app: &App, ctx: &Context<App>, part: Part) -> Html {
    let text = leaf("p", NO_ATTRS, &app.t.text("part_failed"));
    let again = bordered(ctx, Action::Retry(part), &app.t.text("retry"));
    el("div", attrs!["class": "failure", "role": "alert"], vec![text, again])
}
