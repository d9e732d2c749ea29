//! The form to order a piece for a shopper, and the code that they get.

use devanture_api::{problem::code, staff_order::StaffOrder};
use devanture_ui::{
    attrs,
    dom::{El, OFF, aria, el, join, leaf, list, none, on_if, text},
    js,
};
use yew::Html;

use super::{Link, button, dialog::error, field, icon, submit};
use crate::{
    api::Failure,
    app::App,
    model::{Msg, Room},
    order::{Ordering, Typed},
};

/// The most pieces that are offered; the network's own limit is the server's to say.
const MOST: u32 = 3;

pub(super) fn order(app: &App, room: &Room, ordering: &Ordering, link: &Link) -> Html {
    match &ordering.done {
        Some(done) => ordered(app, room, done, link),
        None => form(app, ordering, link),
    }
}

fn form(app: &App, ordering: &Ordering, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let sent = submit(link, |fields| {
        let typed = Typed {
            quantity: field(fields, "quantity"),
            name: field(fields, "customer"),
            phone: field(fields, "phone"),
            email: field(fields, "email"),
            consent: js::get(&js::get(fields, "consent"), "checked").is_truthy(),
        };
        Msg::Order(typed)
    });
    let input = |id: &str, name: &str, kind: &str, key: &str, mode: &str| {
        let wrong = ordering.wrong.filter(|(field, _)| *field == id);
        let error_id = join(&[id, "-error"]);
        let described = if wrong.is_some() { &error_id } else { OFF };
        let attrs = attrs![
            "id": id, "name": name, "type": kind, "inputmode": mode, "autocomplete": "off", "maxlength": "254",
            "aria-invalid": aria(wrong.is_some()), "aria-describedby": described
        ];
        el(
            "div",
            attrs!["class": "field"],
            vec![
                leaf("label", attrs!["for": id], &t(key)),
                el("input", attrs, vec![]),
                error(app, &error_id, wrong.map(|(_, key)| key)),
            ],
        )
    };
    let hint = app.texts.fill(
        if ordering.warehouse { "order.hint_warehouse" } else { "order.hint" },
        &[("place", &ordering.from_name)],
    );
    let quantities = (1..=ordering.available.min(MOST)).map(|count| {
        let value = count.to_string();
        // Said, since nodes are put in from the last to the first, and the first to be there would be chosen.
        leaf(
            "option",
            attrs!["value": &value, "selected": on_if(count == 1)],
            &app.texts.count("pieces", count as usize),
        )
    });
    let consent_wrong = ordering.wrong.filter(|(field, _)| *field == "order-consent");
    let consent = attrs![
        "id": "order-consent", "name": "consent", "type": "checkbox", "aria-invalid": aria(consent_wrong.is_some())
    ];
    let (busy, back) = (ordering.sending, attrs!["type": "button", "class": "button"]);
    let go = attrs!["type": "submit", "class": "button primary", "disabled": on_if(busy)];
    El::new("form", attrs!["class": "form order", "novalidate": "", "aria-busy": aria(busy)])
        .on(sent)
        .children(vec![
            leaf("p", attrs!["class": "hint"], &hint),
            el(
                "div",
                attrs!["class": "field"],
                vec![
                    leaf("label", attrs!["for": "order-quantity"], &t("order.quantity")),
                    el(
                        "div",
                        attrs!["class": "pick"],
                        vec![
                            el(
                                "select",
                                attrs!["id": "order-quantity", "name": "quantity", "class": "select"],
                                quantities.collect(),
                            ),
                            icon::icon(icon::DOWN),
                        ],
                    ),
                ],
            ),
            input("order-name", "customer", "text", "order.name", "text"),
            input("order-phone", "phone", "text", "order.phone", "tel"),
            input("order-email", "email", "text", "order.email", "email"),
            el(
                "label",
                attrs!["class": "choice consent", "for": "order-consent"],
                vec![el("input", consent, vec![]), leaf("span", attrs![], &t("order.consent"))],
            ),
            error(app, "order-consent-error", consent_wrong.map(|(_, key)| key)),
            el(
                "div",
                attrs!["role": "alert", "id": "order-failure", "tabindex": "-1"],
                vec![ordering.failure.as_ref().map_or(none(), |failure| {
                    let words = why(app, failure, &ordering.from_name);
                    el("p", attrs!["class": "error"], vec![icon::icon(icon::ALERT), text(&words)])
                })],
            ),
            el(
                "div",
                attrs!["class": "dialog-actions"],
                vec![
                    leaf("button", go, &t(if busy { "order.sending" } else { "order.go" })),
                    button(back, link, || Msg::Close, vec![text(&t("back"))]),
                ],
            ),
        ])
}

fn why(app: &App, failure: &Failure, place: &str) -> String {
    let key = match failure {
        Failure::Unreachable => "order.offline",
        Failure::Refused { code, .. } => match code.as_str() {
            code::NOT_ENOUGH => return app.texts.fill("order.gone", &[("place", place)]),
            code::TOO_MANY_OPEN => "order.too_many_open",
            code::TOO_MANY_MISSED => "order.too_many_missed",
            code::INVALID_INPUT => "order.invalid",
            code::STORE_NOT_YOURS | code::FORBIDDEN => "shop.forbidden",
            code => return app.texts.fill("why.other", &[("code", code)]),
        },
        _ => "error.server",
    };
    app.texts.text(key)
}

/// What the shopper has to know: the code, who answers, and until when.
fn ordered(app: &App, room: &Room, done: &StaffOrder, link: &Link) -> Html {
    let now = room.now();
    let place = done.from_name.as_str();
    let answer = done.answer_by.map_or(none(), |at| {
        let time = app.texts.when(at, now, &done.time_zone);
        leaf("p", attrs![], &app.texts.fill("order.answers", &[("place", place), ("time", &time)]))
    });
    let ready = done.ready_at.map_or(none(), |at| {
        let time = app.texts.when(at, now, &done.time_zone);
        leaf(
            "p",
            attrs!["class": "hint"],
            &app.texts.fill("order.ready", &[("place", place), ("time", &time)]),
        )
    });
    // Read out over a counter, in two halves.
    let (first, second) = done.pickup_code.split_at_checked(4).unwrap_or((&done.pickup_code, ""));
    let back = attrs!["type": "button", "class": "button primary wide"];
    list(vec![
        el(
            "div",
            attrs!["class": "ordered", "id": "ordered", "tabindex": "-1", "role": "status"],
            vec![
                leaf("p", attrs!["class": "hint"], &app.texts.text("order.code")),
                leaf("p", attrs!["class": "order-code"], &join(&[first, " ", second])),
                answer,
                ready,
            ],
        ),
        button(back, link, || Msg::Close, vec![text(&app.texts.text("order.close"))]),
    ])
}
