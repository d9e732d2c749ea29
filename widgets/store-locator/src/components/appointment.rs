//! The place of the appointment flow.

use yew::{Context, Html, MouseEvent, html};

use super::details;
use crate::{
    app::App,
    lazy::{AppointmentProps, Part},
    state::Msg,
};

pub(crate) fn view(app: &App, ctx: &Context<App>, code: &str) -> Html {
    let Some(store) = app.find(code) else { return html! {} };
    let flow = match app.parts.appointment {
        Some(flow) => flow(AppointmentProps {
            api: app.api.clone(),
            strings: app.t.clone(),
            formats: app.formats.clone(),
            lang: ctx.props().settings.lang.clone(),
            store: store.clone(),
            on_booked: ctx.link().callback(Msg::Booked),
        }),
        None if app.part_failed == Some(Part::Appointment) => html! {
            <div class="failure" role="alert">
                <p>{ app.t.text("error") }</p>
                <button type="button" class="button" onclick={ctx.link().callback(|_: MouseEvent| Msg::Retry(Part::Appointment))}>
                    { app.t.text("retry") }
                </button>
            </div>
        },
        None => html! { <p>{ app.t.text("loading") }</p> },
    };
    html! {
        <article class="details" part="appointment">
            { details::back(app, ctx, "back_to_store") }
            <h2 tabindex="-1" ref={app.heading.clone()}>{ app.t.text("book_title") }</h2>
            <p class="address">{ &store.name }{ " · " }{ super::list::address(store) }</p>
            { flow }
        </article>
    }
}
