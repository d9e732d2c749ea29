//! The reservation: who comes, then the ticket to show in the store, followed while it is looked at.

use std::rc::Rc;

use devanture_api::{
    problem::code::{NOT_ENOUGH, NOT_FOUND},
    reservation::{Reservation, ReservationRequest, WantedItem},
    site::Site,
    store::Store,
};
use devanture_client::{Api, ClientError};
use devanture_domain::civil::UtcMs;
use devanture_host::{consent, kept};
use devanture_ui::{
    attrs, clock,
    contact::{Form, failure},
    dom::{Attrs, El, HtmlElement, On, join, leaf, list, listen, none, text},
    emit,
    format::Formats,
    js,
    strings::Strings,
};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use yew::{Callback, Component, Context, Html, NodeRef, Properties, virtual_dom::VComp};

use crate::{
    app::App,
    components::panel,
    props::Wanted,
    state::{Msg as AppMsg, Told, View},
};

mod barcode;
mod form;
mod ticket;

/// How often a reservation is asked for while it is looked at.
const POLL_MS: u32 = 15_000;

/// What the widget hands to the reservation.
#[derive(Clone, PartialEq, Properties)]
struct DeskProps {
    api: Api,
    strings: Strings,
    #[prop_or_else(|| Formats::new("en"))]
    formats: Formats,
    lang: String,
    /// What is to be reserved; absent where there is a reservation already.
    order: Option<Order>,
    token: Option<String>,
    heading: NodeRef,
    /// Where the private link is kept.
    kept: String,
    /// The address of the page's checkout, with `{id}` for the reservation's; absent where it is paid in the store.
    checkout: Option<String>,
    /// The element, for events.
    host: HtmlElement,
    tell: Callback<Told>,
}

/// What is to be reserved, and where.
#[derive(Clone, PartialEq)]
struct Order {
    store: Store,
    items: Vec<Wanted>,
    /// Of each, what it is called.
    names: Vec<String>,
    ready_at: Option<UtcMs>,
}

pub(super) fn view(app: &App, ctx: &Context<App>) -> Html {
    let order = match &app.view {
        View::Reserve(code) => {
            let listed = app.listing.page.iter().flat_map(|page| &page.items);
            let one = listed.into_iter().find(|one| one.store.code == *code);
            one.map(|one| Order {
                store: one.store.clone(),
                items: app.wanted.clone(),
                names: app.wanted.iter().map(|item| app.name(&item.sku)).collect(),
                ready_at: one.ready_at,
            })
        }
        View::List | View::Ticket => None,
    };
    let props = DeskProps {
        api: app.api.clone(),
        strings: app.t.clone(),
        formats: app.formats.clone(),
        lang: ctx.props().settings.lang.clone(),
        order,
        token: app.token.clone(),
        heading: app.heading.clone(),
        kept: App::kept_name(ctx),
        checkout: ctx.props().settings.attribute("checkout"),
        host: ctx.props().host.clone(),
        tell: ctx.link().callback(AppMsg::Told),
    };
    if props.order.is_none() && app.view != View::Ticket {
        // The store has left the list meanwhile.
        return panel::heading(app, &app.t.text("just_gone"));
    }
    VComp::new::<Desk>(Rc::new(props), None).into()
}

struct Desk {
    /// As the form found it: the list may change behind it.
    order: Option<Order>,
    reservation: Option<Reservation>,
    site: Option<Site>,
    /// What was last sent and its key: a lost answer reserves nothing twice.
    attempt: Option<(ReservationRequest, String)>,
    sending: bool,
    error: Option<ClientError>,
    form: Form,
    moved: bool,
    timer: Option<Timeout>,
}

enum Msg {
    Site(Site),
    Send,
    Sent(Result<Reservation, ClientError>),
    /// Time to look again.
    Poll,
    Shown(Result<Reservation, ClientError>),
    Cancel,
    /// Takes what the store proposes instead.
    Take,
    /// The answer to either.
    Changed(Result<Reservation, ClientError>),
}

impl Component for Desk {
    type Message = Msg;
    type Properties = DeskProps;

    fn create(ctx: &Context<Self>) -> Self {
        consent::listen();
        let props = ctx.props();
        let desk = Self {
            order: props.order.clone(),
            reservation: None,
            site: None,
            attempt: None,
            sending: false,
            error: None,
            form: Form::default(),
            moved: false,
            timer: None,
        };
        if desk.order.is_none() {
            desk.ask(ctx);
        } else {
            let link = ctx.link().clone();
            props.api.site(Some(&props.lang)).then(move |site| {
                // Without it the form works, only the privacy link is missing.
                if let Ok(site) = site {
                    link.send_message(Msg::Site(site));
                }
            });
        }
        desk
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Site(site) => self.site = Some(site),
            Msg::Send => self.send(ctx),
            Msg::Sent(answer) => self.sent(ctx, answer),
            Msg::Poll => {
                let document = js::get(&js::global(), "document");
                if js::get(&document, "hidden").is_truthy() {
                    self.follow(ctx);
                } else {
                    self.ask(ctx);
                }
                return self.error.take().is_some();
            }
            Msg::Shown(answer) => return self.shown(ctx, answer),
            Msg::Cancel | Msg::Take => {
                let Some(reservation) = &self.reservation else { return false };
                self.sending = true;
                let (link, api) = (ctx.link().clone(), &ctx.props().api);
                let answer = if matches!(msg, Msg::Take) {
                    api.take_proposal(&reservation.token)
                } else {
                    api.cancel_reservation(&reservation.token)
                };
                answer.then(move |changed| link.send_message(Msg::Changed(changed)));
            }
            Msg::Changed(answer) => {
                self.sending = false;
                self.error = None;
                match answer {
                    Ok(changed) => {
                        // The button goes, and the focus would with it.
                        self.moved = true;
                        self.take(ctx, changed);
                    }
                    Err(error) => {
                        // What is proposed may have gone: looked at again.
                        self.ask(ctx);
                        self.error = Some(error);
                    }
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let title = |content: &str| {
            El::new("h2", attrs!["tabindex": "-1"]).node(&ctx.props().heading).children(vec![text(content)])
        };
        let t = &ctx.props().strings;
        match (&self.reservation, &self.order) {
            (Some(reservation), _) => {
                list(vec![title(&t.text("my_reservation")), ticket::view(self, ctx, reservation)])
            }
            (None, Some(order)) => {
                let heading = t.fill("reserve_at", &[("store", &order.store.name)]);
                list(vec![title(&heading), form::view(self, ctx, order)])
            }
            (None, None) if self.error.is_some() => {
                let again = button(ctx, attrs!["type": "button", "class": "button"], || Msg::Poll, "retry");
                list(vec![title(&t.text("my_reservation")), self.error_line(ctx), again])
            }
            (None, None) => title(&t.text("loading")),
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if core::mem::take(&mut self.moved)
            && let Some(heading) = ctx.props().heading.cast::<HtmlElement>()
        {
            let _ = heading.focus();
        }
    }
}

impl Desk {
    fn send(&mut self, ctx: &Context<Self>) {
        let Some(order) = &self.order else { return };
        let Some(contact) = self.form.read() else { return };
        let request = form::request(ctx, order, contact);
        if core::mem::replace(&mut self.sending, true) {
            return;
        }
        self.form.clear();
        self.error = None;
        let again = self.attempt.take().filter(|(sent, _)| *sent == request);
        let (request, key) = again.unwrap_or_else(|| (request, js::random_id()));
        let link = ctx.link().clone();
        ctx.props().api.reserve(&key, &request).then(move |made| link.send_message(Msg::Sent(made)));
        self.attempt = Some((request, key));
    }

    fn sent(&mut self, ctx: &Context<Self>, answer: Result<Reservation, ClientError>) {
        self.sending = false;
        let error = match answer {
            Ok(made) => {
                self.moved = true;
                return self.take(ctx, made);
            }
            Err(error) => error,
        };
        if error.code() == NOT_ENOUGH {
            return ctx.props().tell.emit(Told::NotEnough);
        }
        if let ClientError::Problem { field, .. } = &error {
            // It was refused, so the next is another.
            self.attempt = None;
            if self.form.refused(field.as_deref()) {
                return;
            }
        }
        self.error = Some(error);
    }

    /// Takes a reservation as it stands now, tells of it if that is news, and looks again later.
    fn take(&mut self, ctx: &Context<Self>, now: Reservation) {
        if self.reservation.as_ref().is_none_or(|before| before.state != now.state) {
            tell(ctx, &now);
        }
        self.reservation = Some(now);
        self.follow(ctx);
    }

    fn shown(&mut self, ctx: &Context<Self>, answer: Result<Reservation, ClientError>) -> bool {
        match answer {
            Ok(now) => self.take(ctx, now),
            Err(error) if error.code() == NOT_FOUND => {
                let _ = kept::set(&ctx.props().kept, None);
                ctx.props().tell.emit(Told::Gone);
                return false;
            }
            // What is known stays, and is asked for again.
            Err(_) if self.reservation.is_some() => {
                self.follow(ctx);
                return false;
            }
            Err(error) => self.error = Some(error),
        }
        true
    }

    /// Asks for the reservation.
    fn ask(&self, ctx: &Context<Self>) {
        let kept = ctx.props().token.as_ref();
        let Some(token) = self.reservation.as_ref().map(|known| &known.token).or(kept) else { return };
        let link = ctx.link().clone();
        ctx.props().api.reservation(token).then(move |shown| link.send_message(Msg::Shown(shown)));
    }

    /// Looks again in a while, unless nothing will change any more.
    fn follow(&mut self, ctx: &Context<Self>) {
        let lives = self.reservation.as_ref().is_some_and(lives);
        let link = ctx.link().clone();
        self.timer = lives.then(|| clock::after(POLL_MS, Box::new(move || link.send_message(Msg::Poll))));
    }

    fn error_line(&self, ctx: &Context<Self>) -> Html {
        self.error.as_ref().map_or_else(none, |error| failure(&ctx.props().strings, error.code()))
    }
}

/// Whether something may still change: pieces are held, or others are proposed.
fn lives(reservation: &Reservation) -> bool {
    reservation.state.holds() || reservation.proposal.is_some()
}

/// Keeps the private link as long as that, and tells the widget and the page.
fn tell(ctx: &Context<Desk>, now: &Reservation) {
    let props = ctx.props();
    let link = join(&[&now.token, "\n", &kept::here()]);
    let lives = lives(now);
    let _ = kept::set(&props.kept, lives.then_some(link.as_str()));
    let items = js::Array::new();
    for item in &now.items {
        items.push(&js::object(&[("sku", item.sku.as_str().into()), ("quantity", item.quantity.into())]));
    }
    let detail = js::object(&[
        ("id", now.id.as_deref().map_or(JsValue::NULL, Into::into)),
        ("store_code", now.store_code.as_str().into()),
        ("items", items.into()),
        ("state", now.state.as_str().into()),
    ]);
    emit::emit(&props.host, "devanture-reserved", &detail);
    props.tell.emit(Told::Held(lives.then(|| now.token.clone())));
}

/// A button that sends a message.
fn button(ctx: &Context<Desk>, attrs: Attrs<'_>, msg: fn() -> Msg, label: &str) -> Html {
    let link = ctx.link().clone();
    let run = listen(On::Click, move |_| link.send_message(msg()));
    El::new("button", attrs).on(run).children(vec![text(&ctx.props().strings.text(label))])
}

/// "2 × Robe Élise · 38"
fn line(ctx: &Context<Desk>, name: &str, quantity: u32) -> Html {
    let pieces = ctx.props().formats.integer(quantity);
    let line = if quantity > 1 { join(&[&pieces, " × ", name]) } else { name.into() };
    leaf("li", devanture_ui::dom::NO_ATTRS, &line)
}

fn wanted(items: &[Wanted]) -> Vec<WantedItem> {
    items.iter().map(|item| WantedItem { sku: item.sku.clone(), quantity: item.quantity }).collect()
}
