//! The appointment flow: a week of free times, who comes, confirmed, `.ics`.

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
    contact::{Form, failure},
    dom::{Attrs, El, HtmlElement, On, el, join, leaf, list, listen, none, on_if, text},
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
    Form,
    Done(Appointment),
    Cancelled,
}

pub(super) struct Flow {
    step: Step,
    /// The time that was chosen last; from then on the form stays, hidden, with what was typed.
    slot: Option<Slot>,
    /// First day shown.
    from: Date,
    slots: Option<Result<SlotList, ClientError>>,
    site: Option<Site>,
    /// The same for every attempt at one booking, so that a lost answer books nothing twice.
    attempt: String,
    sending: bool,
    error: Option<ClientError>,
    form: Form,
    root: NodeRef,
    /// A step has taken the focused button away: the next one takes the focus.
    moved: bool,
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
            slot: None,
            from: zone.to_local(clock::now()).date,
            slots: None,
            site: None,
            attempt: String::new(),
            sending: false,
            error: None,
            form: Form::default(),
            root: NodeRef::default(),
            moved: false,
        };
        flow.load(ctx);
        let link = ctx.link().clone();
        ctx.props().api.site(Some(&ctx.props().lang)).then(move |site| {
            // Without it the flow works, only subjects and the privacy link are missing.
            if let Ok(site) = site {
                link.send_message(Msg::Site(site));
            }
        });
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
                self.form.clear();
                self.slot = Some(slot);
                self.go(Step::Form);
            }
            Msg::Unpick => self.go(Step::Times),
            Msg::Send => self.send(ctx),
            Msg::Sent(answer) => self.sent(ctx, answer),
            Msg::Cancel => self.cancel(ctx),
            Msg::CancelSent(answer) => {
                self.sending = false;
                match answer {
                    Ok(_) => self.go(Step::Cancelled),
                    Err(error) => self.error = Some(error),
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let form = || self.slot.as_ref().map_or_else(none, |slot| form::view(self, ctx, slot));
        let step = match &self.step {
            Step::Times => list(vec![times::view(self, ctx), form()]),
            Step::Form => list(vec![none(), form()]),
            Step::Done(appointment) => self.done(ctx, appointment),
            Step::Cancelled => leaf(
                "p",
                attrs!["class": "done", "role": "status"],
                &ctx.props().strings.text("booking_cancelled"),
            ),
        };
        El::new("div", attrs!["class": "flow", "tabindex": "-1"]).node(&self.root).children(vec![step])
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.moved)
            && let Some(root) = self.root.cast::<HtmlElement>()
        {
            let _ = root.focus();
        }
    }
}

impl Flow {
    fn go(&mut self, step: Step) {
        self.step = step;
        self.moved = true;
    }

    fn go_to(&mut self, ctx: &Context<Self>, from: Date) {
        let today = IntlZone::named(&ctx.props().store.time_zone).to_local(clock::now()).date;
        self.from = from.max(today);
        self.slots = None;
        self.load(ctx);
    }

    fn load(&self, ctx: &Context<Self>) {
        let AppointmentProps { api, store, .. } = ctx.props();
        let (link, from) = (ctx.link().clone(), self.from);
        api.slots(&store.code, Some(from)).then(move |slots| link.send_message(Msg::Slots(from, slots)));
    }

    fn send(&mut self, ctx: &Context<Self>) {
        let Some(slot) = &self.slot else { return };
        let Some(contact) = self.form.read() else { return };
        let request = form::request(self, ctx, slot, contact);
        if std::mem::replace(&mut self.sending, true) {
            return;
        }
        self.form.clear();
        self.error = None;
        let AppointmentProps { api, store, .. } = ctx.props();
        let link = ctx.link().clone();
        let answer = api.book(&store.code, &self.attempt, &request);
        answer.then(move |booked| link.send_message(Msg::Sent(booked)));
    }

    fn sent(&mut self, ctx: &Context<Self>, answer: Result<Appointment, ClientError>) {
        self.sending = false;
        match answer {
            Ok(appointment) => {
                ctx.props().on_booked.emit(appointment.clone());
                self.slot = None;
                self.go(Step::Done(appointment));
            }
            Err(error) => {
                if error.code() == code::SLOT_TAKEN {
                    // Somebody was faster: back to the times as they are now.
                    self.go(Step::Times);
                    self.slots = None;
                    self.load(ctx);
                } else if let ClientError::Problem { field, .. } = &error {
                    // A refused request must not be tied to the corrected one.
                    self.attempt = js::random_id();
                    if self.form.refused(field.as_deref()) {
                        return;
                    }
                }
                self.error = Some(error);
            }
        }
    }

    fn cancel(&mut self, ctx: &Context<Self>) {
        let Step::Done(appointment) = &self.step else { return };
        self.sending = true;
        let link = ctx.link().clone();
        let answer = ctx.props().api.cancel_appointment(&appointment.token);
        answer.then(move |cancelled| link.send_message(Msg::CancelSent(cancelled)));
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
        self.error.as_ref().map_or_else(none, |error| failure(&ctx.props().strings, error.code()))
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
