//! What all reviews say together.

use devanture_api::review::{CriterionSummary, ReviewSummary};
use devanture_domain::review::Fit;
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, aria, el, join, leaf, none, text},
    stars::{bar, stars},
};
use yew::{Context, Html};

use super::{
    draw::{group, named, plain, word},
    press::button,
};
use crate::{app::App, state::Action};

pub(crate) fn view(app: &App, ctx: &Context<App>, all: &ReviewSummary) -> Html {
    let average = all.average_hundredths.unwrap_or(0);
    let score = vec![
        plain("strong", "value", &value(app, average)),
        stars(average, &label(app, average)),
        leaf("span", NO_ATTRS, &app.t.plural("reviews", all.count, &app.formats, &[])),
    ];
    let parts = vec![
        el("p", attrs!["class": "average", "part": "average"], score),
        histogram(app, ctx, all),
        more(app, all),
    ];
    el(
        "div",
        attrs!["class": "summary", "part": "summary"],
        vec![group("div", "figures", parts), checked(app, all)],
    )
}

/// `4.37`, as the language writes it.
fn value(app: &App, hundredths: u32) -> String {
    app.formats.number(f64::from(hundredths) / 100.0)
}

/// `4.37 out of 5`
pub(crate) fn label(app: &App, hundredths: u32) -> String {
    app.t.fill("of_five", &[("value", &value(app, hundredths))])
}

/// How many of each number of stars; each line narrows the list to them.
fn histogram(app: &App, ctx: &Context<App>, all: &ReviewSummary) -> Html {
    let mut lines = Vec::with_capacity(5);
    for (at, count) in all.stars.iter().enumerate().rev() {
        let number = u32::try_from(at + 1).unwrap_or(5);
        let on = app.narrow.stars.get(at) == Some(&true);
        let name = app.t.plural("stars", number, &app.formats, &[]);
        let count_text = app.formats.integer(*count);
        let label = join(&[&name, ": ", &app.t.plural("reviews", *count, &app.formats, &[])]);
        let attrs = attrs![
            "type": "button", "class": "line", "part": "histogram", "aria-pressed": aria(on), "aria-label": &label,
        ];
        let children = vec![
            leaf("span", NO_ATTRS, &name),
            bar(share(*count, all.count)),
            plain("span", "count", &count_text),
        ];
        lines.push(el("li", NO_ATTRS, vec![button(ctx, attrs, Action::Stars(at), children)]));
    }
    el("ul", attrs!["class": "histogram", "aria-label": &app.t.text("by_stars")], lines)
}

fn share(count: u32, of: u32) -> u32 {
    count.saturating_mul(100) / of.max(1)
}

/// Criteria and fit.
fn more(app: &App, all: &ReviewSummary) -> Html {
    let mut rows = Vec::new();
    for one in &all.criteria {
        criterion(app, one, &mut rows);
    }
    let criteria = if rows.is_empty() { none() } else { group("dl", "criteria", rows) };
    group("div", "marks", vec![criteria, fit(app, all)])
}

fn criterion(app: &App, one: &CriterionSummary, rows: &mut Vec<Html>) {
    let Some(average) = one.average_hundredths else { return };
    let most = u32::from(one.scale.most());
    let said = join(&[&value(app, average), "/", &app.formats.integer(most)]);
    rows.push(leaf("dt", NO_ATTRS, &one.name));
    rows.push(el("dd", NO_ATTRS, vec![bar(average / most), leaf("span", NO_ATTRS, &said)]));
}

/// How it comes out: what most say, and how many say what.
fn fit(app: &App, all: &ReviewSummary) -> Html {
    let total = all.fit.total();
    let Some(verdict) = all.fit_verdict else { return none() };
    let mut lines = Vec::with_capacity(3);
    for (kind, votes) in
        [(Fit::Small, all.fit.small), (Fit::True, all.fit.true_to_size), (Fit::Large, all.fit.large)]
    {
        let share = share(votes, total);
        let name = named(app, "fit.", kind.as_str());
        let said = app.t.fill("percent", &[("share", &app.formats.integer(share))]);
        lines.push(leaf("dt", NO_ATTRS, &name));
        lines.push(el("dd", NO_ATTRS, vec![bar(share), leaf("span", NO_ATTRS, &said)]));
    }
    let verdict = named(app, "verdict.", verdict.as_str());
    el(
        "div",
        attrs!["class": "fit", "part": "fit"],
        vec![leaf("p", NO_ATTRS, &verdict), group("dl", "criteria", lines)],
    )
}

/// Whether and how they are checked, and what was given for them.
fn checked(app: &App, all: &ReviewSummary) -> Html {
    let values =
        [("verified", &*app.formats.integer(all.verified)), ("count", &*app.formats.integer(all.count))];
    let mut said = vec![word(app, "checked")];
    if all.incentivised > 0 {
        let count = app.formats.integer(all.incentivised);
        said.push(text(" "));
        said.push(text(&app.t.fill("incentivised", &[("count", &count)])));
    }
    el(
        "details",
        attrs!["class": "checked", "part": "checked"],
        vec![leaf("summary", NO_ATTRS, &app.t.fill("verified", &values)), el("p", NO_ATTRS, said)],
    )
}
