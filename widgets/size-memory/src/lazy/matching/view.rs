//! The line that says the size, and what hangs on it.

use devanture_domain::{
    review::Fit,
    size::{How, Mine, hesitate},
};
use devanture_host::{
    consent::{Consent, consent, is_managed},
    sizes,
};
use devanture_ui::{
    attrs,
    dom::{el, leaf, none},
};
use yew::{Context, Html};

use super::Finder;
use crate::{
    app::{App, stock_locator},
    components::{
        button::{chip, quiet},
        kept::kept,
        line::{line, nothing},
    },
    lazy::Matching as _,
    state::{Action, Shows},
};

pub(super) fn view(finder: &Finder, app: &App, ctx: &Context<App>) -> Vec<Html> {
    let mut body = match finder.product.mine {
        // Nothing that would be taken back in a moment.
        _ if finder.is_waiting(app) => vec![el("div", attrs!["class": "line"], vec![])],
        Some(mine) => of_product(finder, app, ctx, mine),
        None if finder.product.sizes.is_empty() && finder.listed > 0 => vec![of_listing(finder, app, ctx)],
        None => vec![nothing(app, ctx, false)],
    };
    body.push(keeping(app, ctx));
    body
}

fn of_product(finder: &Finder, app: &App, ctx: &Context<App>, mine: Mine) -> Vec<Html> {
    let taken = app.home.person().sizes.get(mine.by).map(|one| one.label.clone()).unwrap_or_default();
    let found = mine.at.and_then(|at| finder.product.sizes.get(at));
    let Some((size, true)) = found else {
        return vec![not_left(
            finder,
            app,
            ctx,
            mine,
            found.map_or(&taken, |(size, _)| size),
            found.is_some(),
        )];
    };
    let other = finder.product.chosen().is_some_and(|chosen| chosen != size) && finder.product.is_chosen;
    let choose = if other {
        quiet(ctx, Action::Choose(size.clone()), &app.t.fill("choose", &[("size", size)]))
    } else {
        none()
    };
    let actions = vec![quiet(ctx, Action::Why, &app.t.text("why")), choose];
    let why = if app.shows == Shows::Why {
        leaf("p", attrs!["class": "why", "part": "why"], &why(app, mine, &taken, size))
    } else {
        none()
    };
    let refused = if finder.product.is_refused {
        let text = app.t.fill("refused", &[("size", size)]);
        leaf("p", attrs!["class": "note", "role": "alert"], &text)
    } else {
        none()
    };
    let fit = fit(finder, app, mine, size).unwrap_or_else(none);
    vec![line(ctx, &named(app, size), actions, &app.t.text("change")), why, fit, refused]
}

/// What can be done where the size is not left, or not made.
fn not_left(finder: &Finder, app: &App, ctx: &Context<App>, mine: Mine, size: &str, made: bool) -> Html {
    let text = app.t.fill(if made { "gone" } else { "not_made" }, &[("size", size)]);
    let beside =
        [mine.smaller, mine.larger].into_iter().flatten().filter_map(|at| finder.product.sizes.get(at));
    let mut chips: Vec<Html> = Vec::new();
    for (size, _) in beside.filter(|(_, left)| *left) {
        let label = app.t.fill("choose", &[("size", size)]);
        let on = finder.product.chosen() == Some(size);
        chips.push(chip(ctx, on, Action::Choose(size.clone()), &label));
    }
    if made && stock_locator().is_some() {
        chips.push(quiet(ctx, Action::Near(size.to_owned(), false), &app.t.text("near")));
        chips.push(quiet(ctx, Action::Near(size.to_owned(), true), &app.t.text("alert")));
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

fn of_listing(finder: &Finder, app: &App, ctx: &Context<App>) -> Html {
    let Some(left) = finder.left else { return nothing(app, ctx, true) };
    let text = app.t.plural("left", left, &app.formats, &[]);
    let status = leaf("span", attrs!["class": "size", "role": "status", "part": "status"], &text);
    let only = chip(ctx, finder.only_left, Action::OnlyLeft, &app.t.text("only_left"));
    let change = quiet(ctx, Action::Panel, &app.t.text("change"));
    el("div", attrs!["class": "line"], vec![status, only, change])
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

/// How it fits: what reviewers say, how many kept this size, why others sent it back; and the size to hesitate with.
fn fit(finder: &Finder, app: &App, mine: Mine, size: &str) -> Option<Html> {
    let known = finder.known(&finder.key(app)?)?;
    let at = |at: Option<usize>| finder.product.sizes.get(at?);
    let share = |one: Option<usize>| finder.share(app, &at(one)?.0);
    let shares = [share(mine.smaller), share(mine.at), share(mine.larger)];
    let votes = known.fit.and_then(|counts| Some((counts, counts.verdict()?)));
    let towards = hesitate(votes.map(|(_, verdict)| verdict), known.returned, shares);
    let mut said = Vec::new();
    if let Some((counts, verdict)) = votes {
        let (key, votes) = match verdict {
            Fit::Small => ("fit_small", counts.small),
            Fit::True => ("fit_true", counts.true_to_size),
            Fit::Large => ("fit_large", counts.large),
        };
        let (votes, total) = (app.formats.integer(votes), app.formats.integer(counts.total()));
        said.push(app.t.fill(key, &[("votes", &votes), ("total", &total)]));
    }
    said.extend(shares[1].map(|share| kept(app, share, size)));
    let (back, other) = match towards {
        Some(Fit::Small) => ("back_small", at(mine.larger)),
        Some(Fit::Large) => ("back_large", at(mine.smaller)),
        _ => ("", None),
    };
    // Where it is at odds with what else is known, nothing is said of it.
    if known.returned.is_some() && !back.is_empty() {
        said.push(app.t.text(back));
    }
    if let Some((size, true)) = other {
        said.push(app.t.fill("fit_other", &[("size", size)]));
    }
    let text = said.join(" ");
    (!text.is_empty()).then(|| leaf("p", attrs!["class": "note", "part": "fit"], &text))
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
fn keeping(app: &App, ctx: &Context<App>) -> Html {
    let key = &ctx.props().settings.site_key;
    // It may be, and is not, where storage is blocked or full.
    let is_kept = sizes::may(key) && sizes::is_kept(key);
    if app.home.is_empty() || (is_kept && app.shows != Shows::Panel) {
        return none();
    }
    let text = app.t.text(if is_kept { "kept" } else { "until_left" });
    let mut all = vec![leaf("span", attrs!["class": "note"], &text)];
    if !is_kept && consent() == Consent::Unknown && !is_managed() {
        all.push(quiet(ctx, Action::Keep, &app.t.text("keep")));
    }
    el("div", attrs!["class": "line"], all)
}
