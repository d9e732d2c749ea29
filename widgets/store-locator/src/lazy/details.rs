//! Everything about one store.

use devanture_api::{
    site::Label,
    store::{Promotion, Store},
};
use devanture_domain::{
    civil::{Date, UtcMs, Zone as _},
    hours::Span,
};
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, join, leaf, list, none, text},
    icon::{self, icon},
};
use devanture_ui::{
    format::{Formats, Show},
    strings::Strings,
    zone::IntlZone,
};
use yew::{Context, Html};

use crate::{
    app::App,
    components::{button::button, links, my_store, opening, panel},
    state::Action,
};

pub(super) fn view(app: &App, ctx: &Context<App>, store: &Store, now: UtcMs) -> Html {
    let book = || {
        let label = vec![icon(icon::CALENDAR), leaf("span", NO_ATTRS, &app.t.text("book"))];
        button(
            ctx,
            attrs!["type": "button", "class": "action strong", "part": "action"],
            Action::Book(store.code.clone()),
            label,
        )
    };
    let actions = vec![
        if store.appointments { book() } else { none() },
        my_store::choose(app, ctx, &store.code, &store.name),
        links::links(app, store),
        links::page(app, store),
    ];
    let mut children = vec![
        panel::heading(app, &store.name),
        opening::view(app, store, now),
        panel::line(&store.address.line()),
        el("div", attrs!["class": "actions"], actions),
    ];
    let mut beside: Vec<Html> = store.promotions.iter().map(|promotion| offer(app, promotion)).collect();
    beside.extend(services(app, store));
    let columns = vec![hours(app, store, now), el("div", NO_ATTRS, beside)];
    children.push(el("div", attrs!["class": "columns"], columns));
    list(children)
}

fn offer(app: &App, promotion: &Promotion) -> Html {
    let kind = app.t.text(if promotion.event { "event" } else { "offer" });
    let until = app.formats.date(promotion.ends_on, Show::LongDate);
    let dates = if promotion.starts_on == promotion.ends_on {
        until
    } else {
        app.t.fill("until_date", &[("date", &until)])
    };
    el(
        "section",
        attrs!["class": "offer", "part": "offer"],
        vec![
            el("p", attrs!["class": "kicker"], vec![icon(icon::TAG), text(&join(&[&kind, " · ", &dates]))]),
            leaf("h3", NO_ATTRS, &promotion.title),
            leaf("p", NO_ATTRS, &promotion.text),
        ],
    )
}

/// Today and the six days after it, then special days to come: those stand in the week's place.
fn hours(app: &App, store: &Store, now: UtcMs) -> Html {
    if store.hours.is_empty() {
        return none();
    }
    let today = IntlZone::named(&store.time_zone).to_local(now).date;
    let row = |date: Date, show: Show| {
        let special = store.hours.special_on(date);
        let class = match special {
            _ if date == today => "today",
            Some(_) => "special",
            None => "",
        };
        let note =
            special.and_then(|day| day.note.as_ref()).map_or_else(none, |note| leaf("small", NO_ATTRS, note));
        let times = text(&spans_text(store.hours.spans_on(date), &app.t, &app.formats));
        let day = leaf("th", attrs!["scope": "row"], &app.formats.date(date, show));
        el("tr", attrs!["class": class], vec![day, el("td", NO_ATTRS, vec![times, note])])
    };
    let week = (0..7).map(|offset| row(today.plus(offset), Show::Weekday));
    let later = store.hours.special.iter().filter(|day| day.date > today.plus(6)).take(4);
    let rows = week.chain(later.map(|day| row(day.date, Show::ShortDate))).collect();
    let table = el("table", attrs!["class": "hours", "part": "hours"], vec![el("tbody", NO_ATTRS, rows)]);
    el("section", NO_ATTRS, vec![leaf("h3", NO_ATTRS, &app.t.text("hours")), table])
}

fn services(app: &App, store: &Store) -> Vec<Html> {
    let Some(page) = &app.listing.page else { return vec![] };
    let section = |title: &str, codes: &[String], labels: &[Label]| {
        let named = labels.iter().filter(|label| codes.contains(&label.code));
        let items: Vec<Html> =
            named.map(|label| el("li", NO_ATTRS, vec![icon(icon::CHECK), text(&label.name)])).collect();
        if items.is_empty() {
            return none();
        }
        let list = el("ul", attrs!["class": "services"], items);
        el("section", NO_ATTRS, vec![leaf("h3", NO_ATTRS, &app.t.text(title)), list])
    };
    vec![section("services", &store.services, &page.services), section("brands", &store.brands, &page.brands)]
}

/// "9:30 – 12:30, 14:00 – 19:00", or "Closed".
fn spans_text(spans: &[Span], t: &Strings, formats: &Formats) -> String {
    if spans.is_empty() {
        return t.text("closed");
    }
    let clock = |minute: u16| formats.instant(i64::from(minute) * 60_000, "UTC", Show::Time);
    let mut out = String::new();
    for span in spans {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(&clock(span.opens()));
        out.push_str("\u{2009}–\u{2009}");
        out.push_str(&clock(span.closes()));
    }
    out
}
