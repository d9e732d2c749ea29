//! Who comes, and how to reach them.

use devanture_api::reservation::ReservationRequest;
use devanture_domain::civil::UtcMs;
use devanture_ui::{
    attrs, clock,
    contact::{Contact, privacy},
    dom::{NO_ATTRS, On, el, leaf, listen, none, on_if},
    icon::{self, icon},
    opening::on_day,
};
use yew::{Context, Html};

use super::{Desk, Msg, Order, line, wanted};

pub(super) fn view(desk: &Desk, ctx: &Context<Desk>, order: &Order) -> Html {
    let t = &ctx.props().strings;
    let link = ctx.link().clone();
    let submit = listen(On::Submit, move |event| {
        event.prevent_default();
        link.send_message(Msg::Send);
    });
    let mut items = Vec::new();
    for (item, name) in order.items.iter().zip(&order.names) {
        items.push(line(ctx, name, item.quantity));
    }
    let send = attrs!["type": "submit", "class": "button primary", "part": "button", "disabled": on_if(desk.sending)];
    let site = desk.site.as_ref();
    let pays = ctx.props().checkout.is_some();
    let confirm = match pays {
        _ if desk.sending => "sending",
        true => "confirm_paid",
        false => "confirm",
    };
    desk.form.element(attrs!["class": "booking", "part": "form", "novalidate": ""]).on(submit).children(vec![
        el("ul", attrs!["class": "chosen"], items),
        ready(ctx, order.ready_at, &order.store.time_zone),
        desk.form.name(t),
        leaf("p", attrs!["class": "small"], &t.text("one_of_two")),
        desk.form.email(t),
        desk.form.phone(t),
        privacy(
            t,
            if pays { "consent_paid" } else { "consent" },
            site.and_then(|site| site.privacy_url.as_ref()),
        ),
        desk.error_line(ctx),
        leaf("button", send, &t.text(confirm)),
    ])
}

fn ready(ctx: &Context<Desk>, at: Option<UtcMs>, zone: &str) -> Html {
    let Some(at) = at else { return none() };
    let said = on_day("ready", at, clock::now(), zone, &ctx.props().strings, &ctx.props().formats);
    el("p", attrs!["class": "offer"], vec![icon(icon::CLOCK), leaf("span", NO_ATTRS, &said)])
}

/// What is reserved, by whom.
pub(super) fn request(ctx: &Context<Desk>, order: &Order, contact: Contact) -> ReservationRequest {
    ReservationRequest {
        store_code: order.store.code.clone(),
        items: wanted(&order.items),
        name: contact.name,
        email: contact.email,
        phone: contact.phone,
        locale: ctx.props().lang.clone(),
        checkout: ctx.props().checkout.is_some(),
    }
}
