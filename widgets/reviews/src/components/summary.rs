//! What all reviews say together.

use devanture_api::review::ReviewSummary;
use devanture_domain::review::Fit;
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, aria, join},
    stars::{bar, stars},
};

use super::draw::Draw;
use crate::{app::App, state::Action};

pub(crate) fn view(d: &mut Draw<'_>, all: &ReviewSummary) {
    let app = d.app;
    d.part("div", "summary");
    d.group("div", "figures");
    let average = all.average_hundredths.unwrap_or(0);
    d.part("p", "average");
    d.plain("strong", "value", &value(app, average));
    d.add(stars(average, &label(app, average)));
    d.leaf("span", NO_ATTRS, &app.t.plural("reviews", all.count, &app.formats, &[]));
    d.close();
    histogram(d, all);
    d.group("div", "marks");
    criteria(d, all);
    fit(d, all);
    d.close();
    d.close();
    checked(d, all);
    d.close();
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
fn histogram(d: &mut Draw<'_>, all: &ReviewSummary) {
    let app = d.app;
    d.open("ul", attrs!["class": "histogram", "aria-label": &app.t.text("by_stars")]);
    for (at, count) in all.stars.iter().enumerate().rev() {
        let number = u32::try_from(at + 1).unwrap_or(5);
        let on = app.narrow.stars.get(at) == Some(&true);
        let name = app.t.plural("stars", number, &app.formats, &[]);
        let label = join(&[&name, ": ", &app.t.plural("reviews", *count, &app.formats, &[])]);
        let attrs = attrs![
            "type": "button", "class": "line", "part": "histogram", "aria-pressed": aria(on), "aria-label": &label,
        ];
        d.open("li", NO_ATTRS);
        d.button(attrs, Action::Stars(at));
        d.leaf("span", NO_ATTRS, &name);
        d.add(bar(share(*count, all.count)));
        d.plain("span", "count", &app.formats.integer(*count));
        d.close();
        d.close();
    }
    d.close();
}

fn share(count: u32, of: u32) -> u32 {
    count.saturating_mul(100) / of.max(1)
}

fn criteria(d: &mut Draw<'_>, all: &ReviewSummary) {
    if all.criteria.iter().all(|one| one.average_hundredths.is_none()) {
        return d.nothing();
    }
    d.group("dl", "criteria");
    for one in &all.criteria {
        let Some(average) = one.average_hundredths else { continue };
        let most = u32::from(one.scale.most());
        let said = join(&[&value(d.app, average), "/", &d.app.formats.integer(most)]);
        row(d, &one.name, average / most, &said);
    }
    d.close();
}

fn row(d: &mut Draw<'_>, name: &str, share: u32, said: &str) {
    d.leaf("dt", NO_ATTRS, name);
    d.open("dd", NO_ATTRS);
    d.add(bar(share));
    d.leaf("span", NO_ATTRS, said);
    d.close();
}

/// How it comes out: what most say, and how many say what.
fn fit(d: &mut Draw<'_>, all: &ReviewSummary) {
    let total = all.fit.total();
    let Some(verdict) = all.fit_verdict else { return d.nothing() };
    d.part("div", "fit");
    let verdict = d.named("verdict.", verdict.as_str());
    d.leaf("p", NO_ATTRS, &verdict);
    d.group("dl", "criteria");
    for (kind, votes) in
        [(Fit::Small, all.fit.small), (Fit::True, all.fit.true_to_size), (Fit::Large, all.fit.large)]
    {
        let share = share(votes, total);
        let name = d.named("fit.", kind.as_str());
        let said = d.app.t.fill("percent", &[("share", &d.app.formats.integer(share))]);
        row(d, &name, share, &said);
    }
    d.close();
    d.close();
}

/// Whether and how they are checked, and what was given for them.
fn checked(d: &mut Draw<'_>, all: &ReviewSummary) {
    let app = d.app;
    let values =
        [("verified", &*app.formats.integer(all.verified)), ("count", &*app.formats.integer(all.count))];
    d.part("details", "checked");
    d.leaf("summary", NO_ATTRS, &app.t.fill("verified", &values));
    d.open("p", NO_ATTRS);
    d.word("checked");
    if all.incentivised > 0 {
        d.text(" ");
        d.text(&app.t.fill("incentivised", &[("count", &app.formats.integer(all.incentivised))]));
    }
    d.close();
    d.close();
}
