//! The room of the store itself: when it is open, which days differ, what takes place.

mod form;

use devanture_api::{
    staff_store::{OwnField, StaffStoreDetails},
    store::Promotion,
};
use devanture_domain::{
    civil::Date,
    hours::{Schedule, SpecialDay},
};
use devanture_ui::{
    attrs,
    dom::{El, el, join, leaf, list, none, text},
    format::Show,
};
use yew::Html;

use super::{LIST_HEADING, Link, button, failed, icon};
use crate::{
    app::{App, ShopMsg},
    model::{Msg, Room},
    shop::{Kind, is_unknown, openings},
};

/// So many special days are shown, and the later ones when they are asked for.
const SOON: usize = 6;

/// The id of the button that changes something.
pub(crate) fn edit_id(kind: Kind, index: Option<usize>) -> String {
    let kind = match kind {
        Kind::Week => "week",
        Kind::Day => "day",
        Kind::Promotion => "promotion",
    };
    match index {
        Some(index) => join(&["edit-", kind, "-", &index.to_string()]),
        None => join(&["edit-", kind]),
    }
}

pub(super) fn room(app: &App, room: &Room, link: &Link) -> Vec<Html> {
    let t = |key: &str| app.texts.text(key);
    let title = |under: &str| {
        el(
            "div",
            attrs!["class": "head"],
            vec![el(
                "div",
                attrs!["class": "title"],
                vec![
                    leaf("h1", attrs!["id": LIST_HEADING, "tabindex": "-1"], &t("shop")),
                    leaf("p", attrs!["class": "counts"], under),
                ],
            )],
        )
    };
    let (shop, details) = match (&room.shop.details, &room.shop.failure) {
        (Some(details), _) => (&room.shop, details),
        (None, Some(failure)) => {
            return vec![title(""), failed(app, failure, link, || Msg::Shop(ShopMsg::Load))];
        }
        (None, None) if app.is_without_stores() => {
            return vec![title(""), super::list::empty(&t("no_store"), &t("no_store.hint"))];
        }
        (None, None) => return vec![title(""), leaf("p", attrs!["class": "loading"], &t("stock.asking"))],
    };
    let head = title(&join(&[&details.name, " · ", &details.address.line()]));
    if let Some(draft) = &shop.draft {
        return vec![head, form::form(app, details, draft, link)];
    }
    let saved = shop.saved.map_or(none(), |_| leaf("p", attrs!["class": "saved"], &t("shop.saved")));
    vec![
        head,
        saved,
        el(
            "div",
            attrs!["class": "shop"],
            vec![hours(app, details, link), special(app, details, link), promotions(app, details, link)],
        ),
    ]
}

/// A part of the store, with whose it is.
fn part(
    app: &App,
    details: &StaffStoreDetails,
    (key, own): (&str, OwnField),
    link: &Link,
    inside: Vec<Html>,
) -> Html {
    let id = join(&["part-", key]);
    let is_own = details.own.contains(&own);
    let badge = if is_own { "badge aside" } else { "badge end" };
    let whose = app.texts.text(if is_own { "shop.own" } else { "shop.head_office" });
    let back = if is_own {
        let name = join(&["back-", key]);
        let attrs = attrs!["type": "button", "class": "quiet", "id": &name, "aria-haspopup": "dialog", "aria-describedby": &id];
        button(
            attrs,
            link,
            move || Msg::Shop(ShopMsg::AskBack(own)),
            vec![text(&app.texts.text("shop.give_back"))],
        )
    } else {
        none()
    };
    let mut all = vec![el(
        "div",
        attrs!["class": "part-head"],
        vec![
            leaf("h2", attrs!["class": "name", "id": &id], &app.texts.text(&join(&["shop.", key]))),
            leaf("span", attrs!["class": badge], &whose),
        ],
    )];
    all.extend(inside);
    all.push(back);
    el("section", attrs!["class": "part", "aria-labelledby": &id], all)
}

fn change(app: &App, (kind, index): (Kind, Option<usize>), key: &str, link: &Link) -> Html {
    let id = edit_id(kind, index);
    let attrs = attrs!["type": "button", "class": "button wide", "id": &id];
    button(attrs, link, move || Msg::Shop(ShopMsg::Edit(kind, index)), vec![text(&app.texts.text(key))])
}

fn hours(app: &App, details: &StaffStoreDetails, link: &Link) -> Html {
    let inside = vec![week(app, &details.hours), change(app, (Kind::Week, None), "shop.change_week", link)];
    part(app, details, ("hours", OwnField::Hours), link, inside)
}

/// The week, as it is read.
pub(super) fn week(app: &App, hours: &Schedule) -> Html {
    if is_unknown(hours) {
        return leaf("p", attrs!["class": "hint"], &app.texts.text("shop.no_hours"));
    }
    let days = hours.weekly.iter().enumerate().map(|(day, spans)| {
        let said = if spans.is_empty() { app.texts.text("shop.closed") } else { openings(spans) };
        el(
            "div",
            attrs!["class": "day"],
            vec![leaf("dt", attrs![], &day_name(app, day)), leaf("dd", attrs![], &said)],
        )
    });
    el("dl", attrs!["class": "week"], days.collect())
}

/// The name of a day of the week, 0 for Monday.
fn day_name(app: &App, day: usize) -> String {
    // 1970-01-05 was a Monday.
    app.texts.formats.date(Date(4 + i32::try_from(day).unwrap_or(0)), Show::Weekday)
}

fn special(app: &App, details: &StaffStoreDetails, link: &Link) -> Html {
    let coming = details.hours.special.iter().enumerate().filter(|(_, day)| day.date >= details.today);
    let mut days: Vec<Html> =
        coming.map(|(index, day)| special_day(app, (index, day), details.today, link)).collect();
    let later = days.split_off(days.len().min(SOON));
    let shown = if days.is_empty() {
        leaf("p", attrs!["class": "hint"], &app.texts.text("shop.no_special"))
    } else {
        el("ul", attrs!["class": "lines"], days)
    };
    let later = if later.is_empty() {
        none()
    } else {
        let summary = leaf("summary", attrs!["class": "quiet"], &app.texts.count("shop.later", later.len()));
        el("details", attrs!["class": "later"], vec![summary, el("ul", attrs!["class": "lines"], later)])
    };
    let inside = vec![shown, later, change(app, (Kind::Day, None), "shop.add_special", link)];
    part(app, details, ("special", OwnField::Hours), link, inside)
}

fn special_day(app: &App, (index, day): (usize, &SpecialDay), today: Date, link: &Link) -> Html {
    let said = if day.spans.is_empty() { app.texts.text("shop.closed") } else { openings(&day.spans) };
    let more = day.note.as_ref().map_or(said.clone(), |note| join(&[&said, " · ", note]));
    let mut date = app.texts.formats.date(day.date, Show::LongDate);
    let (year, ..) = day.date.ymd();
    if year != today.ymd().0 {
        date = join(&[&date, " ", &year.to_string()]);
    }
    line(app, (Kind::Day, index), (&date, &more), link)
}

/// A line that is changed by pressing it.
fn line(app: &App, (kind, index): (Kind, usize), (title, more): (&str, &str), link: &Link) -> Html {
    let id = edit_id(kind, Some(index));
    let label = join(&[title, ", ", more, ". ", &app.texts.text("shop.change")]);
    let attrs = attrs!["type": "button", "class": "line", "id": &id, "aria-label": &label];
    let words = el(
        "span",
        attrs!["class": "line-words"],
        vec![leaf("span", attrs!["class": "variant"], title), leaf("span", attrs!["class": "hint"], more)],
    );
    let inside = vec![words, icon::icon(icon::EDIT)];
    let press = button(attrs, link, move || Msg::Shop(ShopMsg::Edit(kind, Some(index))), inside);
    El::new("li", attrs![]).key(&id).children(vec![press])
}

fn promotions(app: &App, details: &StaffStoreDetails, link: &Link) -> Html {
    let coming = details.promotions.iter().enumerate().filter(|(_, one)| one.ends_on >= details.today);
    let all: Vec<Html> = coming.map(|(index, one)| promotion(app, details, (index, one), link)).collect();
    let over = details.promotions.len() - all.len();
    let shown = if all.is_empty() {
        leaf("p", attrs!["class": "hint"], &app.texts.text("shop.no_promotions"))
    } else {
        el("ul", attrs!["class": "lines"], all)
    };
    let over = if over > 0 {
        leaf("p", attrs!["class": "hint"], &app.texts.count("shop.over", over))
    } else {
        none()
    };
    let inside = vec![shown, over, change(app, (Kind::Promotion, None), "shop.add_promotion", link)];
    part(app, details, ("promotions", OwnField::Promotions), link, inside)
}

fn promotion(app: &App, details: &StaffStoreDetails, (index, one): (usize, &Promotion), link: &Link) -> Html {
    let day = |date: Date| app.texts.formats.date(date, Show::ShortDate);
    let kind = app.texts.text(if one.event { "shop.event" } else { "shop.promotion" });
    let when = if one.starts_on == one.ends_on {
        day(one.starts_on)
    } else if one.starts_on <= details.today {
        app.texts.fill("shop.until", &[("day", &day(one.ends_on))])
    } else {
        join(&[&day(one.starts_on), " – ", &day(one.ends_on)])
    };
    line(app, (Kind::Promotion, index), (&one.title, &join(&[&kind, " · ", &when])), link)
}

/// What head office says, before a store takes it over again.
pub(super) fn said_by_head_office(app: &App, details: &StaffStoreDetails, own: OwnField) -> Html {
    match own {
        OwnField::Hours => details.head_office.hours.as_ref().map_or(none(), |hours| {
            let special = hours.special.iter().filter(|day| day.date >= details.today).count();
            let special = leaf("p", attrs!["class": "hint"], &app.texts.count("shop.special_days", special));
            list(vec![week(app, hours), special])
        }),
        OwnField::Promotions => {
            let all = details.head_office.promotions.iter().flatten();
            let all: Vec<Html> = all
                .filter(|one| one.ends_on >= details.today)
                .map(|one| leaf("li", attrs![], &one.title))
                .collect();
            if all.is_empty() {
                leaf("p", attrs!["class": "hint"], &app.texts.text("shop.no_promotions"))
            } else {
                el("ul", attrs!["class": "said-list"], all)
            }
        }
    }
}
