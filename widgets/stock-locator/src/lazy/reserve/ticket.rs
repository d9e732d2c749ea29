//! What to show in the store: the code, as text and for a scanner, and where the reservation stands.

use devanture_api::reservation::{Proposal, Reservation, ReservedItem};
use devanture_domain::{civil::UtcMs, reservation::State};
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, join, leaf, none, on_if},
    format::Show,
    opening::time,
};
use yew::{Context, Html};

use super::{Desk, Msg, barcode, button, line};

pub(super) fn view(desk: &Desk, ctx: &Context<Desk>, reservation: &Reservation) -> Html {
    let t = &ctx.props().strings;
    let state = reservation.state;
    let is_sent = reservation.sent_from.is_some();
    let sent = is_sent && matches!(state, State::Requested | State::Accepted | State::Refused);
    let key = join(&[if sent { "sent." } else { "state." }, state.as_str()]);
    let said = t.fill(&key, &[("store", &reservation.store_name)]);
    let mut items = Vec::new();
    for item in &reservation.items {
        items.push(line(ctx, &name(item), item.quantity));
    }
    let code = || {
        el(
            "div",
            attrs!["class": "code", "part": "code"],
            vec![
                leaf("p", attrs!["class": "small"], &t.text("show_code")),
                leaf("p", attrs!["class": "digits"], &grouped(&reservation.pickup_code)),
                barcode::view(&reservation.pickup_code),
            ],
        )
    };
    let cancel = || {
        let attrs =
            attrs!["type": "button", "class": "button", "part": "button", "disabled": on_if(desk.sending)];
        button(ctx, attrs, || Msg::Cancel, "cancel")
    };
    el(
        "div",
        attrs!["class": "ticket", "part": "ticket"],
        vec![
            leaf("p", attrs!["class": &join(&["stand ", kind(state)]), "role": "status"], &said),
            deadline(ctx, reservation),
            pay(ctx, reservation),
            if state.holds() && state != State::AwaitingPayment { code() } else { none() },
            proposal(desk, ctx, reservation),
            leaf("p", attrs!["class": "where"], &reservation.store_name),
            el("ul", attrs!["class": "chosen"], items),
            desk.error_line(ctx),
            if state.holds() { cancel() } else { none() },
        ],
    )
}

/// On to the page's checkout.
fn pay(ctx: &Context<Desk>, reservation: &Reservation) -> Html {
    let props = ctx.props();
    let checkout = props.checkout.as_ref().filter(|_| reservation.state == State::AwaitingPayment);
    checkout.zip(reservation.id.as_ref()).map_or_else(none, |(address, id)| {
        let address = address.replace("{id}", id);
        leaf(
            "a",
            attrs!["class": "button primary", "part": "button", "href": &address],
            &props.strings.text("pay"),
        )
    })
}

/// "Robe Élise · Bleu · 38"
fn name(item: &ReservedItem) -> String {
    let mut name = item.name.clone().unwrap_or_else(|| item.sku.clone());
    for part in [&item.colour, &item.size].into_iter().flatten() {
        name = join(&[&name, " · ", part]);
    }
    name
}

/// What the store has instead, and the button that takes it.
fn proposal(desk: &Desk, ctx: &Context<Desk>, reservation: &Reservation) -> Html {
    let Some(Proposal { item, open_until }) = &reservation.proposal else { return none() };
    let (t, zone) = (&ctx.props().strings, &reservation.time_zone);
    let picture = match &item.image_url {
        Some(url) => el("img", attrs!["src": url, "alt": "", "width": "72", "height": "90"], vec![]),
        None => none(),
    };
    let price = item
        .price
        .as_ref()
        .map_or_else(String::new, |price| ctx.props().formats.money(price.amount, &price.currency));
    let words = vec![
        leaf("p", NO_ATTRS, &t.text("proposed")),
        leaf("strong", NO_ATTRS, &name(item)),
        leaf("p", NO_ATTRS, &price),
        leaf(
            "p",
            attrs!["class": "small"],
            &t.fill("due.proposed", &[("when", &when(ctx, *open_until, zone))]),
        ),
    ];
    let take = attrs!["type": "button", "class": "button primary", "part": "button", "disabled": on_if(desk.sending)];
    let offer = vec![picture, el("div", NO_ATTRS, words), button(ctx, take, || Msg::Take, "take_proposal")];
    el("section", attrs!["class": "proposal", "part": "proposal"], offer)
}

/// The colour, as for opening hours.
fn kind(state: State) -> &'static str {
    match state {
        State::Accepted | State::Ready | State::Collected => "open",
        State::AwaitingPayment | State::Requested | State::PassedOn => "soon",
        State::Refused | State::Expired | State::Cancelled | State::NoShow => "closed",
    }
}

/// Until when what happens.
fn deadline(ctx: &Context<Desk>, reservation: &Reservation) -> Html {
    let (key, at) = match reservation.state {
        State::AwaitingPayment => ("due.awaiting_payment", reservation.due_at),
        State::Requested => ("due.requested", reservation.due_at),
        State::Accepted => ("due.accepted", reservation.ready_at),
        State::Ready => ("due.ready", reservation.due_at),
        _ => return none(),
    };
    let Some(at) = at else { return none() };
    leaf("p", NO_ATTRS, &ctx.props().strings.fill(key, &[("when", &when(ctx, at, &reservation.time_zone))]))
}

/// "Tue 24 Nov, 14:30", on the store's clock.
fn when(ctx: &Context<Desk>, at: UtcMs, zone: &str) -> String {
    let (t, formats) = (&ctx.props().strings, &ctx.props().formats);
    join(&[&formats.instant(at, zone, Show::ShortDate), ", ", &time(at, zone, t, formats)])
}

/// In fours, to be read out.
fn grouped(code: &str) -> String {
    let mut out = String::new();
    for (index, letter) in code.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            out.push('\u{2009}');
        }
        out.push(letter);
    }
    out
}
