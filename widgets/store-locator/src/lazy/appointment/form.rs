//! Who comes, and how to reach them.

use devanture_api::appointment::BookingRequest;
use devanture_domain::appointment::Slot;
use devanture_ui::{
    attrs,
    contact::{Contact, privacy},
    dom::{NO_ATTRS, On, el, leaf, listen, none, on_if, text},
};
use yew::{Context, Html};

use super::{Flow, Msg, Step, button, when};

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
    let site = flow.site.as_ref();
    flow.form
        .element(attrs!["class": "booking", "part": "form", "novalidate": "", "hidden": hidden])
        .on(submit)
        .children(vec![
            el("p", attrs!["class": "chosen"], chosen),
            subjects(flow, ctx),
            flow.form.name(t),
            flow.form.email(t),
            flow.form.phone(t),
            el("label", NO_ATTRS, vec![leaf("span", NO_ATTRS, &t.text("note")), note]),
            privacy(t, "booking_privacy", site.and_then(|site| site.privacy_url.as_ref())),
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

/// What is booked, by whom.
pub(super) fn request(flow: &Flow, ctx: &Context<Flow>, slot: &Slot, contact: Contact) -> BookingRequest {
    BookingRequest {
        starts_at: slot.starts_at,
        subject: flow.form.filled("subject"),
        name: contact.name,
        email: contact.email,
        phone: contact.phone,
        note: flow.form.filled("note"),
        locale: ctx.props().lang.clone(),
    }
}
