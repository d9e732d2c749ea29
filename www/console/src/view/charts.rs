//! The room of size charts: the list, and the form of one.

mod form;

use devanture_api::staff_size::KeptSizeChart;
use devanture_domain::size::Dimension;
use devanture_ui::{
    attrs,
    dom::{El, On, el, join, leaf, listen, none, text, value_of},
};
use yew::Html;

use super::{LIST_HEADING, Link, button, dialog::confirm, failed, icon};
use crate::{
    app::{App, ChartMsg},
    charts::{ChartAsk, Charts, key},
    model::{Msg, Room},
};

pub(crate) use form::dimension_id;

/// With more charts than this the list can be searched.
const SCREENFUL: usize = 8;

fn say(msg: ChartMsg) -> Msg {
    Msg::Chart(msg)
}

pub(super) fn room(app: &App, room: &Room, link: &Link) -> Vec<Html> {
    let (t, charts) = (|key: &str| app.texts.text(key), &room.charts);
    let counts = charts.list.got.as_ref().map(|list| app.texts.count("sc.count", list.items.len()));
    let title = el(
        "div",
        attrs!["class": "title"],
        vec![
            leaf("h1", attrs!["id": LIST_HEADING, "tabindex": "-1"], &t("charts")),
            leaf("p", attrs!["class": "counts"], &counts.unwrap_or_default()),
        ],
    );
    let head = |more: Html| el("div", attrs!["class": "head"], vec![title, more]);
    if let Some(draft) = &charts.draft {
        return vec![head(none()), form::form(app, draft, link)];
    }
    let told = charts.told.map_or(none(), |key| leaf("p", attrs!["class": "saved"], &t(key)));
    let failure = charts.list.failure.as_ref().filter(|_| charts.list.got.is_none());
    let (below, more) = match &charts.list.got {
        _ if failure.is_some() => {
            (failure.map_or(none(), |failure| failed(app, failure, link, || say(ChartMsg::Load))), none())
        }
        None => (leaf("p", attrs!["class": "loading"], &t("stock.asking")), none()),
        Some(list) if list.items.is_empty() => (empty(app, link), none()),
        Some(_) => (list(app, charts, link), begin(app, link)),
    };
    vec![head(more), told, below]
}

fn begin(app: &App, link: &Link) -> Html {
    let attrs = attrs!["type": "button", "class": "button primary", "id": "sc-new"];
    button(attrs, link, || say(ChartMsg::Open(None)), vec![text(&app.texts.text("sc.new"))])
}

fn empty(app: &App, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    el(
        "div",
        attrs!["class": "empty"],
        vec![
            icon::icon(icon::RULER),
            leaf("p", attrs!["class": "empty-title"], &t("sc.none")),
            leaf("p", attrs!["class": "hint"], &t("sc.none.hint")),
            begin(app, link),
        ],
    )
}

fn list(app: &App, charts: &Charts, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let items = charts.items();
    let search = if items.len() > SCREENFUL {
        let to = link.clone();
        let typed = listen(On::Input, move |event| to.send_message(say(ChartMsg::Search(value_of(&event)))));
        let name = t("sc.search");
        let attrs = attrs!["type": "search", "id": "sc-search", "autocomplete": "off", "placeholder": &name, "aria-label": &name];
        let input = El::new("input", attrs).value(&charts.search).on(typed).children(vec![]);
        el("div", attrs!["class": "search", "role": "search"], vec![input])
    } else {
        none()
    };
    let wanted = key(Some(&charts.search));
    let found: Vec<Html> = items
        .iter()
        .enumerate()
        .filter(|(_, one)| key(Some(&name(app, one))).contains(&wanted))
        .map(|(at, one)| line(app, at, one, link))
        .collect();
    let found = if found.is_empty() {
        leaf("p", attrs!["class": "loading", "role": "status"], &t("sc.not_found"))
    } else {
        el("ul", attrs!["class": "lines charts"], found)
    };
    el("div", attrs!["class": "desk"], vec![search, found])
}

/// What a chart is for.
fn name(app: &App, chart: &KeptSizeChart) -> String {
    let or = |name: &Option<String>, key: &str| name.clone().unwrap_or_else(|| app.texts.text(key));
    join(&[&or(&chart.brand, "sc.all_brands"), " · ", &or(&chart.category, "sc.all_categories")])
}

fn line(app: &App, at: usize, chart: &KeptSizeChart, link: &Link) -> Html {
    let name = name(app, chart);
    let mut says = vec![app.texts.count("sc.sizes", chart.rows.len())];
    if let (Some(first), Some(last)) =
        (chart.rows.first(), chart.rows.last().filter(|_| chart.rows.len() > 1))
    {
        says.push(join(&[&first.size, " – ", &last.size]));
    }
    let used = chart.rows.iter().flat_map(|row| &row.body);
    let used: Vec<String> = Dimension::ALL
        .iter()
        .filter(|(_, of)| used.clone().any(|range| range.dimension == *of))
        .map(|(of, _)| dimension(app, *of))
        .collect();
    says.push(used.join(", "));
    let words = el(
        "span",
        attrs!["class": "line-words"],
        vec![
            leaf("span", attrs!["class": "variant"], &name),
            leaf("span", attrs!["class": "hint"], &says.join(" · ")),
        ],
    );
    let attrs = attrs!["type": "button", "class": "line"];
    let press =
        button(attrs, link, move || say(ChartMsg::Open(Some(at))), vec![words, icon::icon(icon::EDIT)]);
    El::new("li", attrs![]).key(&name).children(vec![press])
}

/// What a dimension is called.
fn dimension(app: &App, of: Dimension) -> String {
    app.texts.text(&join(&["sc.of.", of.name()]))
}

/// What is asked before something is done with a chart: its title, and what stands below.
pub(super) fn dialog(app: &App, ask: ChartAsk, link: &Link) -> (&'static str, Html) {
    match ask {
        ChartAsk::Remove => {
            ("sc.remove.title", confirm(app, link, "sc.remove.hint", "shop.remove", || say(ChartMsg::Remove)))
        }
        ChartAsk::Leave => {
            ("sc.leave.title", confirm(app, link, "sc.leave.hint", "sc.leave", || say(ChartMsg::Leave)))
        }
        ChartAsk::SignOut => {
            ("sc.leave.title", confirm(app, link, "sc.leave.hint", "sign_out.anyway", || Msg::SignOutAnyway))
        }
    }
}
