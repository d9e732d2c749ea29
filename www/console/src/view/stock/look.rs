//! One variant closely: its figures here, the form to correct them, and who else has it.

use devanture_api::staff_stock::{CountReason, StaffVariant, StockFigures, StockPlace};
use devanture_domain::{civil::UtcMs, stock::StockSource};
use devanture_ui::{
    attrs,
    dom::{El, OFF, On, aria, el, join, leaf, list, none, text},
    format::Show,
    js,
};
use yew::Html;

use super::standing;
use crate::{
    app::App,
    focus,
    model::{Msg, Room},
    stock::{Look, Wrong},
    view::{Link, button, call, dialog::error, failed, field, icon, picture, submit},
};

pub(super) fn look(app: &App, room: &Room, look: &Look, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let back = attrs!["type": "button", "class": "quiet back"];
    let back = button(back, link, || Msg::Look(None), vec![icon::icon(icon::BACK), text(&t("stock.back"))]);
    // The same node before and after the answer: it has the focus.
    let name = look.seen.as_ref().map_or(&look.sku, |seen| &seen.name);
    let title = leaf("h2", attrs!["class": "name", "id": "look", "tabindex": "-1"], name);
    let content = match (&look.seen, &look.failure) {
        (Some(seen), _) => {
            list(vec![head(app, seen, look), here(app, room, seen, look, link), elsewhere(app, seen, link)])
        }
        (None, Some(failure)) => {
            let sku = look.sku.clone();
            failed(app, failure, link, move || Msg::Look(Some(sku.clone())))
        }
        (None, None) => leaf("p", attrs!["class": "loading"], &t("stock.asking")),
    };
    el("section", attrs!["class": "look", "aria-labelledby": "look"], vec![back, title, content])
}

fn head(app: &App, seen: &StaffVariant, look: &Look) -> Html {
    let size = seen.variant.size.as_ref().map(|size| app.texts.fill("size", &[("size", size)]));
    let parts: Vec<String> = size.into_iter().chain(seen.variant.colour.clone()).collect();
    let price = seen
        .price
        .as_ref()
        .map_or(none(), |price| leaf("p", attrs!["class": "price"], &app.texts.money(price)));
    let gtin = seen.variant.gtin.as_ref().map_or(none(), |gtin| leaf("p", attrs!["class": "sku"], gtin));
    el(
        "div",
        attrs!["class": "piece"],
        vec![
            picture(seen.image_url.as_ref()),
            el(
                "div",
                attrs!["class": "what"],
                vec![
                    leaf("p", attrs!["class": "variant"], &parts.join(" · ")),
                    leaf("p", attrs!["class": "sku"], &app.texts.fill("sku", &[("sku", &look.sku)])),
                    gtin,
                ],
            ),
            price,
        ],
    )
}

/// The figures of one's own store, and what can be done with them.
fn here(app: &App, room: &Room, seen: &StaffVariant, look: &Look, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let store = room.store().map_or("", |store| &store.code);
    let figures = app.queue.counted(store, &look.sku, seen.variant.here.as_ref());
    let shown = match &figures {
        Some(figures) => list(vec![table(app, figures), heard(app, figures, room.now())]),
        None => leaf("p", attrs!["class": "hint"], &t("stock.never")),
    };
    let waiting = if let Some(count) = app.queue.count_of(store, &look.sku) {
        let key = if app.is_sending_well() { "sending" } else { "will_be_sent" };
        let counted = app.texts.fill("stock.you_counted", &[("count", &count.on_hand.to_string())]);
        let words = join(&[&counted, " ", &t(key)]);
        el("p", attrs!["class": "pending"], vec![icon::icon(icon::SEND), text(&words)])
    } else {
        none()
    };
    let correct = if let Some(wrong) = look.counting {
        form(app, figures.as_ref(), wrong, link)
    } else {
        let attrs = attrs!["type": "button", "class": "button wide", "id": "correct"];
        button(attrs, link, || Msg::Counting(true), vec![text(&t("stock.correct"))])
    };
    el("div", attrs!["class": "here"], vec![leaf("h3", attrs![], &t("stock.here")), shown, waiting, correct])
}

fn table(app: &App, figures: &StockFigures) -> Html {
    let (tone, _) = standing(Some(figures));
    let number = |class: &str, key: &str, value: u32| {
        el(
            "div",
            attrs!["class": class],
            vec![
                leaf("dt", attrs![], &app.texts.text(key)),
                leaf("dd", attrs![], &app.texts.formats.integer(value)),
            ],
        )
    };
    let due = figures.expected_on.filter(|_| figures.on_order > 0).map_or(none(), |date| {
        let day = app.texts.formats.date(date, Show::ShortDate);
        leaf("p", attrs!["class": "hint"], &app.texts.fill("stock.due", &[("day", &day)]))
    });
    let mut all = vec![
        number(&join(&["figure first ", tone]), "stock.can_promise", figures.available),
        number("figure", "stock.on_hand", figures.on_hand),
        number("figure", "stock.reserved", figures.reserved),
        number("figure", "stock.on_order", figures.on_order),
    ];
    if figures.safety > 0 {
        all.push(number("figure", "stock.safety", figures.safety));
    }
    list(vec![el("dl", attrs!["class": "figures"], all), due])
}

/// How old the figures are, and by whom they were told.
fn heard(app: &App, figures: &StockFigures, now: UtcMs) -> Html {
    let source = app.texts.text(match figures.source {
        StockSource::Count => "source.count",
        StockSource::Till => "source.till",
        StockSource::Feed => "source.feed",
    });
    let ago = app.texts.formats.ago(figures.counted_at, now);
    leaf("p", attrs!["class": "hint"], &app.texts.fill("stock.heard", &[("ago", &ago), ("source", &source)]))
}

fn form(app: &App, figures: Option<&StockFigures>, wrong: Wrong, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let sent = submit(link, |fields| {
        let reason = field(fields, "reason");
        let reason = CountReason::ALL.into_iter().find(|known| known.as_str() == reason);
        Msg::Count(field(fields, "count"), reason)
    });
    let now = figures.map_or(0, |figures| figures.on_hand).to_string();
    let input = attrs![
        "id": "count", "name": "count", "type": "text", "inputmode": "numeric", "autocomplete": "off", "maxlength": "9",
        "class": "number", "value": &now, "aria-invalid": aria(wrong.number),
        "aria-describedby": if wrong.number { "count-error count-hint" } else { "count-hint" }
    ];
    let reasons = CountReason::ALL.into_iter().map(|reason| {
        let name = reason.as_str();
        let id = join(&["why-", name]);
        let attrs = attrs!["type": "radio", "name": "reason", "value": name, "id": &id];
        el(
            "label",
            attrs!["class": "choice", "for": &id],
            vec![el("input", attrs, vec![]), leaf("span", attrs![], &t(&join(&["why_count.", name])))],
        )
    });
    let mut why = vec![leaf("legend", attrs![], &t("stock.why"))];
    why.extend(reasons);
    let back = attrs!["type": "button", "class": "button"];
    El::new("form", attrs!["class": "form count-form"]).on(sent).children(vec![
        leaf("label", attrs!["for": "count"], &t("stock.count")),
        el(
            "div",
            attrs!["class": "stepper"],
            vec![step(&t("stock.less"), "−", -1), el("input", input, vec![]), step(&t("stock.plus"), "+", 1)],
        ),
        leaf("p", attrs!["class": "hint", "id": "count-hint"], &t("stock.count.hint")),
        error(app, "count-error", wrong.number.then_some("stock.count.wrong")),
        el(
            "fieldset",
            attrs!["class": "reasons", "aria-describedby": if wrong.reason { "why-error" } else { OFF }],
            why,
        ),
        error(app, "why-error", wrong.reason.then_some("stock.why.missing")),
        el(
            "div",
            attrs!["class": "dialog-actions"],
            vec![
                leaf("button", attrs!["type": "submit", "class": "button primary"], &t("stock.save")),
                button(back, link, || Msg::Counting(false), vec![text(&t("back"))]),
            ],
        ),
    ])
}

/// One piece more or less. The field keeps what is in it; nothing is drawn for it.
fn step(label: &str, sign: &str, by: i64) -> Html {
    let pressed = devanture_ui::dom::listen(On::Click, move |event| {
        event.prevent_default();
        let Some(target) = event.target() else { return };
        let form = js::get(&target, "form");
        let input = js::get(&js::get(&form, "elements"), "count");
        let count: i64 =
            js::get(&input, "value").as_string().and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        let text = (count + by).clamp(0, 999_999_999).to_string();
        let _ = js_sys::Reflect::set(&input, &"value".into(), &text.into());
    });
    let attrs = attrs!["type": "button", "class": "button step", "aria-label": label];
    El::new("button", attrs).on(pressed).children(vec![text(sign)])
}

fn elsewhere(app: &App, seen: &StaffVariant, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let places = seen.elsewhere.iter().map(|one| place(app, seen, one, link));
    let content = if seen.elsewhere.is_empty() {
        leaf("p", attrs!["class": "hint"], &t("stock.nowhere"))
    } else {
        el("ul", attrs!["class": "places"], places.collect())
    };
    el("div", attrs!["class": "elsewhere"], vec![leaf("h3", attrs![], &t("stock.elsewhere")), content])
}

fn place(app: &App, seen: &StaffVariant, place: &StockPlace, link: &Link) -> Html {
    let (tone, count) = standing(Some(&place.figures));
    let far = match place.distance_m {
        Some(metres) => app.texts.formats.distance(f64::from(metres)),
        None if place.warehouse => app.texts.text("stock.warehouse"),
        None => String::new(),
    };
    let ago = app.texts.formats.ago(place.figures.counted_at, seen.now);
    let coming = place.figures.on_order;
    let coming = if coming > 0 { app.texts.count("stock.coming", coming as usize) } else { String::new() };
    let parts: Vec<&str> = [&*far, &coming, &ago].into_iter().filter(|part| !part.is_empty()).collect();
    let phone = place.phone.as_ref().map_or(none(), |phone| call(app, phone, &place.name));
    let order = if count > 0 {
        let (id, name) = (focus::button("order", &place.code), join(&["place-", &place.code]));
        let attrs = attrs!["type": "button", "class": "button small", "id": &id, "aria-haspopup": "dialog", "aria-describedby": &name];
        let code = place.code.clone();
        button(attrs, link, move || Msg::AskToOrder(code.clone()), vec![text(&app.texts.text("order"))])
    } else {
        none()
    };
    let name = join(&["place-", &place.code]);
    let class = join(&["badge ", tone]);
    El::new("li", attrs!["class": "place"]).key(&place.code).children(vec![
        el(
            "div",
            attrs!["class": "place-name"],
            vec![
                leaf("p", attrs!["class": "variant", "id": &name], &place.name),
                leaf("p", attrs!["class": "hint"], &parts.join(" · ")),
            ],
        ),
        leaf("span", attrs!["class": &class], &app.texts.count("stock.available", count as usize)),
        el("div", attrs!["class": "place-tools"], vec![phone, order]),
    ])
}
