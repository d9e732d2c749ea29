//! Who comes, and how to reach them.

use devanture_api::appointment::BookingRequest;
use devanture_domain::appointment::Slot;
use devanture_ui::dom::join;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::{Context, Html, MouseEvent, SubmitEvent, html};

use devanture_ui::js::number;

use super::{Flow, Msg};

pub(super) fn view(flow: &Flow, ctx: &Context<Flow>, slot: &Slot) -> Html {
    let t = &ctx.props().strings;
    let submit = ctx.link().callback(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Send
    });
    let subjects = flow.site.as_ref().map_or(&[][..], |site| &site.appointment_subjects);
    let privacy = flow.site.as_ref().and_then(|site| site.privacy_url.clone());
    html! {
        <form class="booking" part="form" novalidate=true ref={flow.form.clone()} onsubmit={submit}>
            <p class="chosen">
                <strong>{ super::when(ctx, slot.starts_at) }</strong>
                <button type="button" class="quiet" onclick={ctx.link().callback(|_: MouseEvent| Msg::Unpick)}>{ t.text("change") }</button>
            </p>
            if !subjects.is_empty() {
                <label>
                    <span>{ t.text("subject") }</span>
                    <select name="subject">
                        { for subjects.iter().map(|subject| html! { <option value={subject.code.clone()}>{ &subject.name }</option> }) }
                    </select>
                </label>
            }
            { input(flow, ctx, "name", "text", "name", 100) }
            { input(flow, ctx, "email", "email", "email", 254) }
            { input(flow, ctx, "phone", "tel", "tel", 32) }
            <label>
                <span>{ t.text("note") }</span>
                <textarea name="note" maxlength="1000" rows="3" />
            </label>
            <p class="small">
                { t.text("booking_privacy") }{ " " }
                if let Some(url) = privacy { <a href={url} target="_blank" rel="noopener">{ t.text("privacy") }</a> }
            </p>
            { flow.error_line(ctx) }
            <button type="submit" class="button primary" disabled={flow.sending}>
                { t.text(if flow.sending { "sending" } else { "confirm" }) }
            </button>
        </form>
    }
}

fn input(
    flow: &Flow,
    ctx: &Context<Flow>,
    name: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    length: u32,
) -> Html {
    let t = &ctx.props().strings;
    let invalid = flow.invalid == Some(name);
    let error_id = join(&[name, "-error"]);
    html! {
        <label>
            <span>{ t.text(name) }</span>
            <input type={kind} name={name} autocomplete={autocomplete} maxlength={number(length.into())}
                required={name == "name"} aria-invalid={invalid.then_some("true")}
                aria-describedby={invalid.then(|| error_id.clone())} />
            if invalid {
                <span class="invalid" id={error_id}>{ t.text(&join(&["invalid.", name])) }</span>
            }
        </label>
    }
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

fn control(flow: &Flow, name: &str) -> Option<web_sys::Element> {
    let form = flow.form.cast::<web_sys::Element>()?;
    form.query_selector(&join(&["[name=", name, "]"])).ok().flatten()
}
