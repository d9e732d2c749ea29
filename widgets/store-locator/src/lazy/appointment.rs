//! The appointment flow: a week of free times, who comes, confirmed, `.ics`.

use devanture_ui::task::spawn;
use std::rc::Rc;

use devanture_api::{
    appointment::{Appointment, SlotList},
    problem::code,
    site::Site,
    store::Store,
};
use devanture_client::{Api, ClientError};
use devanture_domain::{
    appointment::Slot,
    civil::{Date, UtcMs, Zone as _},
};
use devanture_ui::{
    attrs, clock,
    dom::{Attrs, El, On, el, join, leaf, list, listen, none, on_if, text},
    format::{Formats, Show},
    js,
    strings::Strings,
    zone::IntlZone,
};
use yew::{Callback, Component, Context, Html, NodeRef, Properties, virtual_dom::VComp};

use crate::{app::App, components::panel};

mod form;
mod times;

/// What the details hand to the flow.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AppointmentProps {
    pub api: Api,
    pub strings: Strings,
    #[prop_or_else(|| Formats::new("en"))]
    pub formats: Formats,
    pub lang: String,
    pub store: Store,
    pub on_booked: Callback<Appointment>,
}

pub(super) fn view(app: &App, ctx: &Context<App>, store: &Store, _now: UtcMs) -> Html {
    let props = AppointmentProps {
        api: app.api.clone(),
        strings: app.t.clone(),
        formats: app.formats.clone(),
        lang: ctx.props().settings.lang.clone(),
        store: store.clone(),
        on_booked: ctx.link().callback(crate::state::Msg::Booked),
    };
    list(vec![
        panel::heading(app, &app.t.text("book_title")),
        panel::line(&join(&[&store.name, " · ", &store.address.line()])),
        VComp::new::<Flow>(Rc::new(props), None).into(),
    ])
}

/// Where the shopper is.
enum Step {
    Times,
    Form(Slot),
    Done(Appointment),
    Cancelled,
}

pub(super) struct Flow {
    step: Step,
    /// First day shown.
    from: Date,
    slots: Option<Result<SlotList, ClientError>>,
    site: Option<Site>,
    /// The same for every attempt at one booking, so that a lost answer books nothing twice.
    attempt: String,
    sending: bool,
    error: Option<ClientError>,
    /// What the form lacks.
    invalid: Option<&'static str>,
    form: NodeRef,
}

#[derive(Clone)]
pub(super) enum Msg {
    Week(i32),
    Jump(UtcMs),
    Slots(Date, Result<SlotList, ClientError>),
    Site(Site),
    Pick(Slot),
    Unpick,
    Send,
    Sent(Result<Appointment, ClientError>),
    Cancel,
    CancelSent(Result<Appointment, ClientError>),
}

impl Component for Flow {
    type Message = Msg;
    type Properties = AppointmentProps;

    fn create(ctx: &Context<Self>) -> Self {
        let zone = IntlZone::named(&ctx.props().store.time_zone);
        let flow = Self {
            step: Step::Times,
            from: zone.to_local(clock::now()).date,
            slots: None,
            site: None,
            attempt: String::new(),
            sending: false,
            error: None,
            invalid: None,
            form: NodeRef::default(),
        };
        flow.load(ctx);
        let (api, link) = (ctx.props().api.clone(), ctx.link().clone());
        spawn(Box::pin(async move {
            // Without it the flow works, only subjects and the privacy link are missing.
            if let Ok(site) = api.site().await {
                link.send_message(Msg::Site(site));
            }
        }));
        flow
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Week(days) => self.go_to(ctx, self.from.plus(days)),
            Msg::Jump(at) => {
                let zone = IntlZone::named(&ctx.props().store.time_zone);
                self.go_to(ctx, zone.to_local(at).date);
            }
            Msg::Slots(from, slots) => {
                if from != self.from {
                    return false;
                }
                self.slots = Some(slots);
            }
            Msg::Site(site) => self.site = Some(site),
            Msg::Pick(slot) => {
                self.attempt = js::random_id();
                self.error = None;
                self.invalid = None;
                self.step = Step::Form(slot);
            }
            Msg::Unpick => self.step = Step::Times,
            Msg::Send => self.send(ctx),
            Msg::Sent(answer) => self.sent(ctx, answer),
            Msg::Cancel => self.cancel(ctx),
            Msg::CancelSent(answer) => {
                self.sending = false;
                match answer {
                    Ok(_) => self.step = Step::Cancelled,
                    Err(error) => self.error = Some(error),
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        match &self.step {
            Step::Times => times::view(self, ctx),
            Step::Form(slot) => form::view(self, ctx, slot),
            Step::Done(appointment) => self.done(ctx, appointment),
            Step::Cancelled => leaf(
                "p",
                attrs!["class": "done", "role": "status"],
                &ctx.props().strings.text("booking_cancelled"),
            ),
        }
    }
}

impl Flow {
    fn go_to(&mut self, ctx: &Context<Self>, from: Date) {
        let today = IntlZone::named(&ctx.props().store.time_zone).to_local(clock::now()).date;
        self.from = from.max(today);
        self.slots = None;
        self.load(ctx);
    }

    fn load(&self, ctx: &Context<Self>) {
        let (api, link) = (ctx.props().api.clone(), ctx.link().clone());
        let (code, from) = (ctx.props().store.code.clone(), self.from);
        spawn(Box::pin(async move {
            link.send_message(Msg::Slots(from, api.slots(&code, Some(from)).await));
        }));
    }

    fn send(&mut self, ctx: &Context<Self>) {
        let Step::Form(slot) = &self.step else { return };
        let request = match form::read(self, ctx, slot) {
            Ok(request) => request,
            Err(field) => {
                self.invalid = Some(field);
                form::focus(self, field);
                return;
            }
        };
        if std::mem::replace(&mut self.sending, true) {
            return;
        }
        self.invalid = None;
        self.error = None;
        let (api, link) = (ctx.props().api.clone(), ctx.link().clone());
        let (code, key) = (ctx.props().store.code.clone(), self.attempt.clone());
        spawn(Box::pin(async move {
            link.send_message(Msg::Sent(api.book(&code, &key, &request).await));
        }));
    }

    fn sent(&mut self, ctx: &Context<Self>, answer: Result<Appointment, ClientError>) {
        self.sending = false;
        match answer {
            Ok(appointment) => {
                ctx.props().on_booked.emit(appointment.clone());
                self.step = Step::Done(appointment);
            }
            Err(error) => {
                if error.code() == code::SLOT_TAKEN {
                    // Somebody was faster: back to the times as they are now.
                    self.step = Step::Times;
                    self.slots = None;
                    self.load(ctx);
                } else if matches!(error, ClientError::Problem(_)) {
                    // A refused request must not be tied to the corrected one.
                    self.attempt = js::random_id();
                }
                self.error = Some(error);
            }
        }
    }

    fn cancel(&mut self, ctx: &Context<Self>) {
        let Step::Done(appointment) = &self.step else { return };
        self.sending = true;
        let (api, link, token) = (ctx.props().api.clone(), ctx.link().clone(), appointment.token.clone());
        spawn(Box::pin(async move {
            link.send_message(Msg::CancelSent(api.cancel_appointment(&token).await));
        }));
    }

    fn done(&self, ctx: &Context<Self>, appointment: &Appointment) -> Html {
        let t = &ctx.props().strings;
        let said = t.fill(
            "booked",
            &[("store", &appointment.store_name), ("when", &when(ctx, appointment.starts_at))],
        );
        let calendar = attrs![
            "class": "button primary", "href": &appointment.calendar_url, "download": "appointment.ics",
        ];
        let cancel = attrs!["type": "button", "class": "button", "disabled": on_if(self.sending)];
        let actions = vec![
            leaf("a", calendar, &t.text("add_to_calendar")),
            button(ctx, cancel, Msg::Cancel, vec![text(&t.text("cancel_booking"))]),
        ];
        el(
            "div",
            attrs!["class": "done"],
            vec![
                leaf("p", attrs!["role": "status"], &said),
                el("div", attrs!["class": "actions"], actions),
                self.error_line(ctx),
            ],
        )
    }

    fn error_line(&self, ctx: &Context<Self>) -> Html {
        let Some(error) = &self.error else { return none() };
        let t = &ctx.props().strings;
        let text = t.find(&join(&["error.", error.code()])).unwrap_or_else(|| t.text("error"));
        leaf("p", attrs!["class": "failure", "role": "alert"], &text)
    }
}

/// A button that sends a message.
fn button(ctx: &Context<Flow>, attrs: Attrs<'_>, msg: Msg, children: Vec<Html>) -> Html {
    let link = ctx.link().clone();
    El::new("button", attrs).on(listen(On::Click, move |_| link.send_message(msg.clone()))).children(children)
}

/// "Tuesday 24 November, 14:30", on the store's clock.
fn when(ctx: &Context<Flow>, at: UtcMs) -> String {
    let AppointmentProps { formats, store, .. } = ctx.props();
    let day = formats.instant(at, &store.time_zone, Show::LongDate);
    join(&[&day, ", ", &formats.instant(at, &store.time_zone, Show::Time)])
}
