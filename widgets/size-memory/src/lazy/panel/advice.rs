//! What measurements say of the page's product, with the reason; or that they say too little.

use devanture_api::size::SizeChart;
use devanture_domain::size::{Advice, Chart, Dimension, Kind, Outside, Range, Row, advise};
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, join, leaf, none},
};
use yew::{Context, Html};

use super::{Chart as ChartOf, People, centimetres};
use crate::{
    app::App,
    components::{button::bordered, kept::kept},
    state::Action,
};

pub(super) fn view(panel: &People, app: &App, ctx: &Context<App>) -> Html {
    let body = &app.home.person().body;
    let chart = panel.chart.borrow();
    let chart = match &*chart {
        ChartOf::Here(chart) => chart,
        ChartOf::None if !body.all().is_empty() => return said(vec![text(app, "no_chart", &[])]),
        _ => return none(),
    };
    let Some(chart) = checked(chart) else { return none() };
    if body.all().is_empty() {
        return none();
    }
    let kind = app.matching.as_ref().map_or(Kind::Other, |matching| matching.product(app).1.kind);
    match advise(&chart, kind, body) {
        Some(Ok(advice)) => said(advised(app, ctx, &chart, advice)),
        Some(Err(Outside::Below(of))) => said(vec![text(app, "below", &[("dimension", &of_body(app, of))])]),
        Some(Err(Outside::Above(of))) => said(vec![text(app, "above", &[("dimension", &of_body(app, of))])]),
        Some(Err(Outside::Apart)) => said(vec![text(app, "apart", &[])]),
        None => {
            let mut names = String::new();
            for of in chart.dimensions() {
                if !names.is_empty() {
                    names.push_str(", ");
                }
                names.push_str(&of_body(app, of));
            }
            said(vec![text(app, "silent", &[("dimensions", &names)])])
        }
    }
}

fn advised(app: &App, ctx: &Context<App>, chart: &Chart, advice: Advice) -> Vec<Html> {
    let label = |at: usize| chart.rows().get(at).map(|row| row.label.clone()).unwrap_or_default();
    let size = label(advice.row);
    let Range { from, to, .. } = advice.reason.range;
    let range =
        if from == to { centimetres(from) } else { join(&[&centimetres(from), "–", &centimetres(to)]) };
    let mut out = vec![text(
        app,
        "advice",
        &[
            ("size", &size),
            ("dimension", &of_body(app, advice.reason.dimension)),
            ("measured", &centimetres(advice.reason.measured)),
            ("range", &range),
        ],
    )];
    if let Some(smaller) = advice.smallest {
        out.push(text(app, "advice_wide", &[("smaller", &label(smaller))]));
    }
    let other = advice.between.map(label);
    let share = |size: &str| app.matching.as_ref()?.share(app, size);
    if let Some(other) = other
        && let (Some(more), Some(less)) = (share(&other), share(&size))
        && more.is_above(less)
    {
        let text = [
            app.t.fill("between", &[("size", &size), ("other", &other)]),
            kept(app, more, &other),
            kept(app, less, &size),
        ];
        out.push(leaf("p", NO_ATTRS, &text.join(" ")));
        out.push(choose(app, ctx, other));
    }
    out.push(choose(app, ctx, size));
    out
}

fn choose(app: &App, ctx: &Context<App>, size: String) -> Html {
    let text = app.t.fill("choose", &[("size", &size)]);
    bordered(ctx, Action::Choose(size), &text)
}

fn said(content: Vec<Html>) -> Html {
    el("div", attrs!["class": "advice", "role": "status"], content)
}

fn text(app: &App, key: &str, values: &[(&str, &str)]) -> Html {
    leaf("p", NO_ATTRS, &app.t.fill(key, values))
}

/// A dimension's name within a sentence.
fn of_body(app: &App, of: Dimension) -> String {
    // Only ASCII letters begin these names.
    let name = app.t.text(of.name());
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        let mut out = String::new();
        out.push(first.to_ascii_lowercase());
        out.push_str(letters.as_str());
        out
    })
}

fn checked(sent: &SizeChart) -> Option<Chart> {
    let mut rows = Vec::new();
    for row in &sent.rows {
        let mut ranges = Vec::new();
        for range in &row.body {
            let dimension = Dimension::parse(&range.dimension)?;
            ranges.push(Range { dimension, from: range.from_mm, to: range.to_mm });
        }
        rows.push(Row { label: row.size.clone(), ranges });
    }
    Chart::checked(rows).ok()
}
