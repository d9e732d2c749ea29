//! Who comes, and how to reach them.

use devanture_api::appointment::BookingRequest;
use devanture_domain::appointment::Slot;
use devanture_ui::{
    attrs,
    dom::{El, Element, HtmlElement, NO_ATTRS, OFF, On, el, join, leaf, listen, none, on_if, text},
    js::number,
};
use wasm_bindgen::JsCast as _;
use yew::{Context, Html};

use super::{Flow, Msg, Step, button, when};

/// What can be filled wrongly.
pub(super) const FIELDS: [&str; 3] = ["name", "email", "phone"];

pub(super) fn view(flow: &Flow, ctx: &Context<Flow>, slot: &Slot) -> Html {
    let t = &ctx.props().strings;
    let link = ctx.link().clone();
    let submit = listen(On::Submit, move |event| {
        event.prevent_default();
        link.send_message(Msg::Send);
    });
    let change = attrs!["type": "button", "class": "quiet"];
    let chosen = vec![
        leaf("strong", NO_ATTRS, &when(ctx, slot.starts_at)),
        button(ctx, change, Msg::Unpick, vec![text(&t.text("change"))]),
    ];
    let note = el("textarea", attrs!["name": "note", "maxlength": "1000", "rows": "3"], vec![]);
    let send = attrs!["type": "submit", "class": "button primary", "disabled": on_if(flow.sending)];
    let hidden = on_if(!matches!(flow.step, Step::Form));
    El::new("form", attrs!["class": "booking", "part": "form", "novalidate": "", "hidden": hidden])
        .node(&flow.form)
        .on(submit)
        .children(vec![
            el("p", attrs!["class": "chosen"], chosen),
            subjects(flow, ctx),
            input(flow, ctx, "name", "text", "name", 100),
            input(flow, ctx, "email", "email", "email", 254),
            input(flow, ctx, "phone", "tel", "tel", 32),
            el("label", NO_ATTRS, vec![leaf("span", NO_ATTRS, &t.text("note")), note]),
            privacy(flow, ctx),
            flow.error_line(ctx),
            leaf("button", send, &t.text(if flow.sending { "sending" } else { "confirm" })),
        ])
}

fn subjects(flow: &Flow, ctx: &Context<Flow>) -> Html {
    let Some(site) = flow.site.as_ref().filter(|site| !site.appointment_subjects.is_empty()) else {
        return none();
    };
    let options = site.appointment_subjects.iter();
    let options =
        options.map(|subject| leaf("option", attrs!["value": &subject.code], &subject.name)).collect();
    let choice = el("select", attrs!["name": "subject"], options);
    el("label", NO_ATTRS, vec![leaf("span", NO_ATTRS, &ctx.props().strings.text("subject")), choice])
}

fn privacy(flow: &Flow, ctx: &Context<Flow>) -> Html {
    let t = &ctx.props().strings;
    let link = |url: &String| {
        leaf("a", attrs!["href": url, "target": "_blank", "rel": "noopener"], &t.text("privacy"))
    };
    let link = flow.site.as_ref().and_then(|site| site.privacy_url.as_ref()).map_or_else(none, link);
    el("p", attrs!["class": "small"], vec![text(&t.text("booking_privacy")), text(" "), link])
}

fn input(flow: &Flow, ctx: &Context<Flow>, name: &str, kind: &str, autocomplete: &str, length: u32) -> Html {
    let t = &ctx.props().strings;
    let invalid = flow.invalid == Some(name);
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
pub(super) fn read(flow: &Flow, ctx: &Context<Flow>, slot: &Slot) -> Result<BookingRequest, &'static str> {
    let value = |name: &str| {
        let field = control(flow, name);
        field.and_then(|field| devanture_ui::js::text(&field, "value")).map(|text| text.trim().to_owned())
    };
    let filled = |name| value(name).filter(|text| !text.is_empty());
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
    Ok(BookingRequest {
        starts_at: slot.starts_at,
        subject: filled("subject"),
        name,
        email,
        phone,
        note: filled("note"),
        locale: ctx.props().lang.clone(),
    })
}

pub(super) fn focus(flow: &Flow, name: &str) {
    if let Some(field) = control(flow, name).and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

fn control(flow: &Flow, name: &str) -> Option<Element> {
    let form = flow.form.cast::<Element>()?;
    form.query_selector(&join(&["[name=", name, "]"])).ok().flatten()
}
