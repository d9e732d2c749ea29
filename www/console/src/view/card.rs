//! One reservation.

use devanture_api::{
    admin::{Delivery, Person, StaffReservation},
    product::Money,
    reservation::ReservedItem,
};
use devanture_domain::{
    civil::UtcMs,
    reservation::{Action, State},
};
use devanture_ui::{
    attrs,
    dom::{El, el, join, leaf, none, text},
};
use yew::Html;

use super::{Link, button, call, contact, icon, picture, title};
use crate::{
    app::App,
    countdown::{is_last, left},
    focus,
    model::{Ask, Dialog, Msg, Room},
};

pub(super) fn card(app: &App, room: &Room, link: &Link, item: &StaffReservation, now: UtcMs) -> Html {
    let state = app.queue.predicted(&item.id, item.state);
    let class = join(&["card ", tone(state)]);
    let way = Way::of(room, item);
    let mut parts =
        vec![head(app, room, item, state, now), pieces(app, item), delivery(app, item, way, state)];
    parts.push(person(app, item.person.as_ref()));
    parts.push(pending(app, &item.id));
    if item.state.holds() {
        parts.push(actions(app, link, item, way, state));
    }
    El::new("li", attrs!["class": &class, "data-id": &item.id]).key(&item.id).children(parts)
}

/// On which end of a delivery the store is that looks at it.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// It is fetched where it is.
    None,
    /// Sent from here.
    Out,
    /// Sent to here.
    In,
}

impl Way {
    fn of(room: &Room, item: &StaffReservation) -> Self {
        let is_here = room.store().is_some_and(|store| store.code == item.store_code);
        match item.delivery {
            None => Self::None,
            Some(_) if is_here => Self::In,
            Some(_) => Self::Out,
        }
    }
}

/// Whether it is on its way from a warehouse to a store.
pub(super) fn is_moving(item: &StaffReservation, state: State) -> bool {
    state == State::Accepted && item.delivery.is_some()
}

/// Where it comes from or goes to.
fn delivery(app: &App, item: &StaffReservation, way: Way, state: State) -> Html {
    let Some(Delivery { from, to }) = &item.delivery else { return none() };
    let text = match (way, state) {
        (Way::Out, State::Requested) => app.texts.fill("delivery.to", &[("store", to)]),
        (Way::Out, _) => app.texts.fill("delivery.gone", &[("store", to)]),
        (_, State::Accepted) => app.texts.fill("delivery.awaited", &[("place", from)]),
        _ => app.texts.fill("delivery.from", &[("place", from)]),
    };
    leaf("p", attrs!["class": "hint"], &text)
}

/// By which colour a state is known; its name is always there too.
fn tone(state: State) -> &'static str {
    match state {
        State::Requested => "ask",
        State::Accepted => "aside",
        State::Ready => "ready",
        State::AwaitingPayment => "wait",
        _ => "end",
    }
}

fn head(app: &App, room: &Room, item: &StaffReservation, state: State, now: UtcMs) -> Html {
    let zone = room.store().map_or("UTC", |store| store.time_zone.as_str());
    let is_moving = is_moving(item, state);
    let name = if is_moving { "moving" } else { state.as_str() };
    let badge = leaf("span", attrs!["class": "badge"], &app.texts.text(&join(&["state.", name])));
    // Nobody hurries what is on its way.
    let due = item.due_at.filter(|_| state == item.state && state.holds() && !is_moving);
    let right = match due {
        Some(due) => {
            let rest = left(due - now);
            let class = if is_last(rest) { "timer last" } else { "timer" };
            // Its role keeps screen readers from reading each change.
            let attrs = attrs!["class": class, "role": "timer"];
            el("span", attrs, vec![icon::icon(icon::CLOCK), text(&app.texts.left(rest))])
        }
        None if item.state.holds() => none(),
        None => leaf("span", attrs!["class": "timer"], &app.texts.when(item.changed_at, now, zone)),
    };
    let until = due.map_or(none(), |due| {
        let when = app.texts.when(due, now, zone);
        let key = join(&["due.", state.as_str()]);
        leaf("p", attrs!["class": "due"], &app.texts.fill(&key, &[("time", &when)]))
    });
    el("div", attrs!["class": "card-head"], vec![badge, right, until])
}

fn pieces(app: &App, item: &StaffReservation) -> Html {
    let id = focus::heading(&item.id);
    let rows = item.items.iter().enumerate().map(|(index, piece)| {
        let name = if index == 0 {
            leaf("h2", attrs!["class": "name", "id": &id, "tabindex": "-1"], title(piece))
        } else {
            leaf("p", attrs!["class": "name"], title(piece))
        };
        el(
            "div",
            attrs!["class": "piece"],
            vec![
                picture(piece.image_url.as_ref()),
                el(
                    "div",
                    attrs!["class": "what"],
                    vec![
                        name,
                        leaf("p", attrs!["class": "variant"], &variant(app, piece)),
                        leaf("p", attrs!["class": "sku"], &app.texts.fill("sku", &[("sku", &piece.sku)])),
                    ],
                ),
                amount(app, piece),
            ],
        )
    });
    let mut rows: Vec<Html> = rows.collect();
    let paid = app.texts.text(match (item.paid, item.state) {
        (true, _) => "paid",
        (false, State::AwaitingPayment) => "not_paid",
        (false, state) if !state.holds() => "total",
        (false, _) => "to_pay",
    });
    let total = total(item).map(|total| app.texts.money(&total)).unwrap_or_default();
    rows.push(el(
        "p",
        attrs!["class": if item.paid { "sum paid" } else { "sum" }],
        vec![leaf("span", attrs![], &paid), leaf("strong", attrs![], &total)],
    ));
    if item.stores_asked > 1 && item.state.holds() {
        let before = usize::from(item.stores_asked - 1);
        rows.push(leaf("p", attrs!["class": "hint"], &app.texts.count("asked_before", before)));
    }
    el("div", attrs!["class": "pieces"], rows)
}

fn variant(app: &App, piece: &ReservedItem) -> String {
    let size = piece.size.as_ref().map(|size| app.texts.fill("size", &[("size", size)]));
    let parts: Vec<String> = size.into_iter().chain(piece.colour.clone()).collect();
    parts.join(" · ")
}

fn amount(app: &App, piece: &ReservedItem) -> Html {
    if piece.quantity == 1 {
        return none();
    }
    let pieces = app.texts.count("pieces", piece.quantity as usize);
    el(
        "p",
        attrs!["class": "quantity"],
        vec![
            leaf("span", attrs!["aria-hidden": "true"], &format!("× {}", piece.quantity)),
            leaf("span", attrs!["class": "unseen"], &pieces),
        ],
    )
}

/// The sum, where every piece has a price and all are in one currency.
fn total(item: &StaffReservation) -> Option<Money> {
    let mut sum: Option<Money> = None;
    for piece in &item.items {
        let price = piece.price.as_ref()?;
        let amount = price.amount.checked_mul(i64::from(piece.quantity))?;
        match &mut sum {
            None => sum = Some(Money { amount, currency: price.currency.clone() }),
            Some(sum) if sum.currency == price.currency => sum.amount = sum.amount.checked_add(amount)?,
            Some(_) => return None,
        }
    }
    sum
}

fn person(app: &App, person: Option<&Person>) -> Html {
    let Some(person) = person else {
        return leaf("p", attrs!["class": "person hint"], &app.texts.text("erased"));
    };
    let phone = person.phone.as_ref().map_or(none(), |phone| call(app, phone, &person.name));
    let mail = person.email.as_ref().map_or(none(), |mail| {
        let url = join(&["mailto:", &devanture_ui::js::encode(mail)]);
        contact(&url, icon::MAIL, &app.texts.fill("mail", &[("name", &person.name)]))
    });
    el(
        "div",
        attrs!["class": "person"],
        vec![leaf("p", attrs!["class": "person-name"], &person.name), phone, mail],
    )
}

/// That something is on its way.
fn pending(app: &App, id: &str) -> Html {
    if !app.queue.holds(id) {
        return none();
    }
    let key = if app.is_sending_well() { "sending" } else { "will_be_sent" };
    el("p", attrs!["class": "pending"], vec![icon::icon(icon::SEND), text(&app.texts.text(key))])
}

fn actions(app: &App, link: &Link, item: &StaffReservation, way: Way, state: State) -> Html {
    let t = |key: &str| vec![text(&app.texts.text(key))];
    let about = focus::heading(&item.id);
    let does = |class: &str, name: &str, action: Action| {
        let (id, dom_id) = (item.id.clone(), focus::button(name, &item.id));
        let attrs = attrs!["type": "button", "class": class, "id": &dom_id, "aria-describedby": &about];
        button(attrs, link, move || Msg::Act(id.clone(), action), t(&join(&["act.", name])))
    };
    let asks = |class: &str, name: &str, ask: Ask| {
        let (id, dom_id) = (item.id.clone(), focus::button(name, &item.id));
        let attrs = attrs!["type": "button", "class": class, "id": &dom_id, "aria-haspopup": "dialog",
            "aria-describedby": &about];
        let msg = move || Msg::Ask(Dialog { id: id.clone(), ask: ask.clone() });
        button(attrs, link, msg, t(&join(&["act.", name])))
    };
    let collect = Ask::Collect { checking: false, scanning: false, wrong: None };
    let buttons = match state {
        State::Requested => vec![
            does("button primary", "accept", Action::Accept),
            asks("button", "refuse", Ask::Refuse(false)),
        ],
        State::Accepted if way == Way::In => {
            vec![does("button primary", "arrived", Action::MarkReady), asks("button", "collect", collect)]
        }
        State::Accepted if way == Way::Out => vec![asks("quiet", "refuse", Ask::Refuse(false))],
        State::Ready if way == Way::Out => return none(),
        State::Accepted => vec![
            does("button primary", "ready", Action::MarkReady),
            asks("button", "collect", collect),
            asks("quiet", "refuse", Ask::Refuse(false)),
        ],
        State::Ready => {
            vec![asks("button primary", "collect", collect), asks("quiet", "no-show", Ask::NoShow)]
        }
        _ => return none(),
    };
    el("div", attrs!["class": "actions"], buttons)
}
