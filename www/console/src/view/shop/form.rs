//! The forms: the week, a special day, a promotion or event.

use devanture_api::{problem::code, staff_store::StaffStoreDetails};
use devanture_ui::{
    attrs,
    dom::{Attrs, El, OFF, On, aria, el, join, leaf, list, listen, none, on_if, text},
    js,
};
use yew::Html;

use super::day_name;
use crate::{
    api::Failure,
    app::{App, ShopMsg},
    model::Msg,
    shop::{Draft, Kind, Openings, day_id, text_id},
    view::{Link, button, icon, submit},
};

pub(super) fn form(app: &App, details: &StaffStoreDetails, draft: &Draft, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let sent = submit(link, |_| Msg::Shop(ShopMsg::Save));
    let to = link.clone();
    // One listener for all fields: what is typed comes up to the form.
    let typed = listen(On::Input, move |event| {
        let Some(field) = event.target() else { return };
        let read = |name: &str| js::get(&field, name).as_string().unwrap_or_default();
        to.send_message(Msg::Shop(ShopMsg::Typed(read("name"), read("value"))));
    });
    let title = match (draft.kind, draft.index) {
        (Kind::Week, _) => "shop.change_week",
        (Kind::Day, None) => "shop.add_special",
        (Kind::Day, Some(_)) => "shop.change_special",
        (Kind::Promotion, None) => "shop.add_promotion",
        (Kind::Promotion, Some(_)) => "shop.change_promotion",
    };
    let fields = match draft.kind {
        Kind::Week => list(
            (0..draft.days.len()).map(|day| openings(app, draft, day, &day_name(app, day), link)).collect(),
        ),
        Kind::Day => list(vec![
            field(app, draft, 0, ("shop.date", "date")),
            openings(app, draft, 0, &t("shop.hours_that_day"), link),
            leaf("p", attrs!["class": "hint"], &t("shop.closed_hint")),
            field(app, draft, 1, ("shop.note", "text")),
        ]),
        Kind::Promotion => promotion(app, draft),
    };
    let (back, go) =
        (attrs!["type": "button", "class": "button"], if draft.saving { "shop.saving" } else { "shop.save" });
    let remove = if draft.index.is_some() {
        let attrs = attrs!["type": "button", "class": "quiet remove", "disabled": on_if(draft.saving)];
        button(attrs, link, || Msg::Shop(ShopMsg::Remove), vec![text(&t("shop.remove"))])
    } else {
        none()
    };
    let whose = if details.own.contains(&draft.kind.field()) { "shop.stays_own" } else { "shop.becomes_own" };
    El::new("form", attrs!["class": "form part shop-form", "novalidate": "", "aria-busy": aria(draft.saving), "aria-labelledby": "form-title"])
        .on(sent)
        .on(typed)
        .children(vec![
            leaf("h2", attrs!["class": "name", "id": "form-title", "tabindex": "-1"], &t(title)),
            fields,
            leaf("p", attrs!["class": "hint"], &t(whose)),
            failure(app, draft),
            el(
                "div",
                attrs!["class": "dialog-actions"],
                vec![
                    leaf("button", attrs!["type": "submit", "class": "button primary", "disabled": on_if(draft.saving)], &t(go)),
                    button(back, link, || Msg::Shop(ShopMsg::Cancel), vec![text(&t("back"))]),
                    remove,
                ],
            ),
        ])
}

/// Why it is not saved: a line that gets the focus.
fn failure(app: &App, draft: &Draft) -> Html {
    let t = |key: &str| app.texts.text(key);
    let general = draft.wrong.iter().find(|(field, _)| field == "form").map(|(_, key)| t(key));
    let said = match &draft.failure {
        Some(Failure::Unreachable) => Some(t("shop.offline")),
        Some(Failure::Refused { code, .. }) => Some(match code.as_str() {
            code::CHANGED_MEANWHILE => t("shop.changed"),
            code::STORE_NOT_YOURS | code::FORBIDDEN => t("shop.forbidden"),
            code => app.texts.fill("why.other", &[("code", code)]),
        }),
        Some(_) => Some(t("error.server")),
        None => general,
    };
    let inside = said
        .map_or(none(), |said| el("p", attrs!["class": "error"], vec![icon::icon(icon::ALERT), text(&said)]));
    el("div", attrs!["role": "alert", "id": "form", "tabindex": "-1"], vec![inside])
}

/// What is wrong with a field, below it.
fn error(app: &App, draft: &Draft, id: &str) -> Html {
    let key = draft.wrong.iter().find(|(field, _)| field == id).map(|(_, key)| key.as_str());
    crate::view::dialog::error(app, &join(&[id, "-error"]), key)
}

fn is_wrong(draft: &Draft, id: &str) -> bool {
    draft.wrong.iter().any(|(field, _)| field == id)
}

fn input(attrs: Attrs<'_>, value: &str) -> Html {
    El::new("input", attrs).value(value).children(vec![])
}

/// A field with its name above and what is wrong below.
fn field(app: &App, draft: &Draft, index: usize, (key, kind): (&str, &str)) -> Html {
    let (id, name) = (text_id(index), join(&["t.", &index.to_string()]));
    let wrong = is_wrong(draft, &id);
    let described = if wrong { join(&[&id, "-error"]) } else { OFF.to_owned() };
    let attrs = attrs!["id": &id, "name": &name, "type": kind, "autocomplete": "off", "aria-invalid": aria(wrong), "aria-describedby": &described];
    el(
        "div",
        attrs!["class": "field"],
        vec![
            leaf("label", attrs!["for": &id], &app.texts.text(key)),
            input(attrs, &draft.texts[index]),
            error(app, draft, &id),
        ],
    )
}

/// The openings of one day.
fn openings(app: &App, draft: &Draft, day: usize, name: &str, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let id = day_id(day);
    let spans = draft.days[day].iter().enumerate().map(|(index, span)| {
        let time = |part: usize, key: &str| {
            let place = [day.to_string(), index.to_string(), part.to_string()];
            let (id, name) = (join(&["d-", &place.join("-")]), join(&["d.", &place.join(".")]));
            let label = t(key);
            input(attrs!["id": &id, "name": &name, "type": "time", "aria-label": &label], &span[part])
        };
        let label = t("shop.remove_opening");
        let attrs = attrs!["type": "button", "class": "dismiss", "aria-label": &label];
        let remove = move || Msg::Shop(ShopMsg::Openings(day, Openings::Remove(index)));
        el(
            "div",
            attrs!["class": "opening"],
            vec![
                time(0, "shop.opens"),
                leaf("span", attrs!["aria-hidden": "true"], "–"),
                time(1, "shop.closes"),
                button(attrs, link, remove, vec![icon::icon(icon::CLOSE)]),
            ],
        )
    });
    let spans: Vec<Html> = spans.collect();
    let is_closed = spans.is_empty();
    let add_id = join(&["add-", &day.to_string()]);
    let quiet = |id: &str, words: &str, change: Openings| {
        let attrs = attrs!["type": "button", "class": "quiet", "id": id];
        button(attrs, link, move || Msg::Shop(ShopMsg::Openings(day, change)), vec![text(words)])
    };
    let as_before = if draft.kind == Kind::Week && day > 0 && draft.days[day] != draft.days[day - 1] {
        let words = app.texts.fill("shop.as_before", &[("day", &day_name(app, day - 1))]);
        quiet(OFF, &words, Openings::AsBefore)
    } else {
        none()
    };
    let closed =
        if is_closed { leaf("p", attrs!["class": "hint closed"], &t("shop.closed")) } else { none() };
    let add = t(if is_closed { "shop.open_that_day" } else { "shop.add_opening" });
    let described = if is_wrong(draft, &id) { join(&[&id, "-error"]) } else { OFF.to_owned() };
    el(
        "fieldset",
        attrs!["class": "openings", "id": &id, "tabindex": "-1", "aria-describedby": &described],
        vec![
            leaf("legend", attrs![], name),
            closed,
            list(spans),
            error(app, draft, &id),
            el("div", attrs!["class": "opening-tools"], vec![quiet(&add_id, &add, Openings::Add), as_before]),
        ],
    )
}

fn promotion(app: &App, draft: &Draft) -> Html {
    let t = |key: &str| app.texts.text(key);
    let kinds = [("promotion", false), ("event", true)].map(|(name, event)| {
        let id = join(&["kind-", name]);
        let chosen = on_if(draft.event == event);
        let attrs = attrs!["type": "radio", "name": "event", "value": name, "id": &id, "checked": chosen];
        el(
            "label",
            attrs!["class": "choice", "for": &id],
            vec![el("input", attrs, vec![]), leaf("span", attrs![], &t(&join(&["shop.", name])))],
        )
    });
    let mut choices = vec![leaf("legend", attrs![], &t("shop.kind"))];
    choices.extend(kinds);
    let id = text_id(1);
    let attrs = attrs!["id": &id, "name": "t.1", "rows": "4", "aria-invalid": aria(is_wrong(draft, &id))];
    list(vec![
        el("fieldset", attrs!["class": "reasons"], choices),
        field(app, draft, 0, ("shop.title", "text")),
        el(
            "div",
            attrs!["class": "field"],
            vec![
                leaf("label", attrs!["for": &id], &t("shop.text")),
                El::new("textarea", attrs).value(&draft.texts[1]).children(vec![]),
                error(app, draft, &id),
            ],
        ),
        el(
            "div",
            attrs!["class": "dates"],
            vec![field(app, draft, 2, ("shop.from", "date")), field(app, draft, 3, ("shop.to", "date"))],
        ),
    ])
}
