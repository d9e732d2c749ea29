//! Who comes, and how to reach them.

use devanture_api::reservation::ReservationRequest;
use devanture_domain::civil::UtcMs;
use devanture_ui::{
    attrs, clock,
    dom::{El, Element, HtmlElement, NO_ATTRS, OFF, On, el, join, leaf, listen, none, on_if, text},
    icon::{self, icon},
    js::{self, number},
    opening::on_day,
};
use wasm_bindgen::JsCast as _;
use yew::{Context, Html};

use super::{Desk, Msg, Order, lines, wanted};

/// What can be filled wrongly.
pub(super) const FIELDS: [&str; 3] = ["name", "email", "phone"];

pub(super) fn view(desk: &Desk, ctx: &Context<Desk>, order: &Order) -> Html {
    let t = &ctx.props().strings;
    let link = ctx.link().clone();
    let submit = listen(On::Submit, move |event| {
        event.prevent_default();
        link.send_message(Msg::Send);
    });
    let items = order.items.iter().map(|item| (item.sku.as_str(), item.quantity));
    let send = attrs!["type": "submit", "class": "button primary", "part": "button", "disabled": on_if(desk.sending)];
    El::new("form", attrs!["class": "booking", "part": "form", "novalidate": ""])
        .node(&desk.form)
        .on(submit)
        .children(vec![
            el("ul", attrs!["class": "chosen"], lines(desk, ctx, items)),
            ready(ctx, order.ready_at, &order.store.time_zone),
            input(desk, ctx, "name", "text", "name", 100),
            leaf("p", attrs!["class": "small"], &t.text("one_of_two")),
            input(desk, ctx, "email", "email", "email", 254),
            input(desk, ctx, "phone", "tel", "tel", 32),
            privacy(desk, ctx),
            desk.error_line(ctx),
            leaf("button", send, &t.text(if desk.sending { "sending" } else { "confirm" })),
        ])
}

fn ready(ctx: &Context<Desk>, at: Option<UtcMs>, zone: &str) -> Html {
    let Some(at) = at else { return none() };
    let said = on_day("ready", at, clock::now(), zone, &ctx.props().strings, &ctx.props().formats);
    el("p", attrs!["class": "offer"], vec![icon(icon::CLOCK), leaf("span", NO_ATTRS, &said)])
}

/// What the details are for: sending the form agrees to that and no more.
fn privacy(desk: &Desk, ctx: &Context<Desk>) -> Html {
    let t = &ctx.props().strings;
    let link = |url: &String| {
        leaf("a", attrs!["href": url, "target": "_blank", "rel": "noopener"], &t.text("privacy"))
    };
    let url = desk.site.as_ref().and_then(|site| site.privacy_url.as_ref());
    // Only web addresses become links.
    let url = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    el("p", attrs!["class": "small"], vec![text(&t.text("consent")), text(" "), url.map_or_else(none, link)])
}

fn input(desk: &Desk, ctx: &Context<Desk>, name: &str, kind: &str, autocomplete: &str, length: u32) -> Html {
    let t = &ctx.props().strings;
    let invalid = desk.invalid == Some(name);
    let error = join(&[name, "-error"]);
    let length = number(length.into());
    let field = attrs![
        "type": kind, "name": name, "autocomplete": autocomplete, "maxlength": &length,
        "required": on_if(name == "name"), "aria-invalid": if invalid { "true" } else { OFF },
        "aria-describedby": if invalid { &error } else { OFF },
    ];
    let message = leaf("span", attrs!["class": "invalid", "id": &error], &t.text(&join(&["invalid.", name])));
    let field = el("input", field, vec![]);
    // Outside of the label, where it would be part of the field's name.
    let label = el("label", NO_ATTRS, vec![leaf("span", NO_ATTRS, &t.text(name)), field]);
    el("div", attrs!["class": "row"], vec![label, if invalid { message } else { none() }])
}

/// The request, or the name of the field that is not filled as it must be.
pub(super) fn read(
    desk: &Desk,
    ctx: &Context<Desk>,
    order: &Order,
) -> Result<ReservationRequest, &'static str> {
    let filled = |name| {
        let text = control(desk, name).and_then(|field| js::text(&field, "value"))?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let name = filled("name").ok_or("name")?;
    let (email, phone) = (filled("email"), filled("phone"));
    if let Some(email) = &email
        && !email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
    {
        return Err("email");
    }
    if let Some(phone) = &phone
        && phone.chars().filter(char::is_ascii_digit).count() < 6
    {
        return Err("phone");
    }
    if email.is_none() && phone.is_none() {
        return Err("email");
    }
    Ok(ReservationRequest {
        store_code: order.store.code.clone(),
        items: wanted(&order.items),
        name,
        email,
        phone,
        locale: ctx.props().lang.clone(),
        checkout: false,
    })
}

pub(super) fn focus(desk: &Desk, name: &str) {
    if let Some(field) = control(desk, name).and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

fn control(desk: &Desk, name: &str) -> Option<Element> {
    let form = desk.form.cast::<Element>()?;
    form.query_selector(&join(&["[name=", name, "]"])).ok().flatten()
}
