//! A letter when it is back: the offer, an address, and that it is noted. Nothing of it is kept in the browser.

use std::rc::Rc;

use devanture_api::{
    alert::AlertRequest,
    availability::{AvailabilityPage, AvailabilityParams},
    site::Site,
    store::{StorePage, StoreParams},
};
use devanture_client::{Api, ClientError};
use devanture_ui::{
    attrs,
    contact::{Form, failure, privacy},
    dom::{El, HtmlElement, NO_ATTRS, On, el, leaf, listen, none, text},
    emit, js,
    strings::Strings,
};
use wasm_bindgen::JsValue;
use yew::{Component, Context, Html, NodeRef, Properties, virtual_dom::VComp};

use crate::app::App;

/// What is waited for, and where.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AlertProps {
    api: Api,
    strings: Strings,
    lang: String,
    sku: String,
    place: Place,
    /// Whether the form is opened for the shopper.
    opens: bool,
    /// The element, for events.
    host: HtmlElement,
}

/// Where it is to be back.
#[derive(Clone, PartialEq)]
enum Place {
    /// No store has it: at any.
    Anywhere,
    /// At this store: code and name.
    Store(String, String),
    /// Some are far away, so that it is the store nearest to here.
    Nearest(AvailabilityParams),
}

impl AlertProps {
    /// Of one variant that the catalogue knows.
    pub(super) fn of(app: &App, ctx: &Context<App>, page: &AvailabilityPage) -> Option<Self> {
        let [_] = &app.wanted[..] else { return None };
        let mut stores = app.stores().iter();
        let mine = stores.find(|one| !one.has_all && app.mine.as_ref() == Some(&one.store.code));
        let place = match mine {
            Some(one) => Place::Store(one.store.code.clone(), one.store.name.clone()),
            None if page.total > 0 => Place::Nearest(app.params(String::new())),
            None => Place::Anywhere,
        };
        let chosen = app.chosen()?;
        Some(Self {
            api: app.api.clone(),
            strings: app.t.clone(),
            lang: ctx.props().settings.lang.clone(),
            sku: chosen.sku.clone(),
            place,
            opens: app.alerts && app.checking_size == chosen.size,
            host: ctx.props().host.clone(),
        })
    }
}

pub(super) fn view(props: &AlertProps) -> Html {
    VComp::new::<Alert>(Rc::new(props.clone()), None).into()
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Offered,
    /// The store is still to be found out.
    Opening,
    Form,
    Sending,
    Done,
}

struct Alert {
    stage: Stage,
    /// Code and name.
    store: Option<(String, String)>,
    site: Option<Site>,
    form: Form,
    error: Option<ClientError>,
    email: String,
    said: NodeRef,
    /// Whether what had the focus has gone with the last drawing.
    moved: bool,
}

enum Msg {
    Open,
    Nearest(Result<StorePage, ClientError>),
    Site(Site),
    Send,
    Sent(Result<(), ClientError>),
}

impl Component for Alert {
    type Message = Msg;
    type Properties = AlertProps;

    fn create(ctx: &Context<Self>) -> Self {
        let (props, link) = (ctx.props(), ctx.link().clone());
        props.api.site(Some(&props.lang)).then(move |site| {
            // Without it nothing is offered that may not work.
            if let Ok(site) = site {
                link.send_message(Msg::Site(site));
            }
        });
        Self {
            stage: Stage::Offered,
            store: None,
            site: None,
            form: Form::default(),
            error: None,
            email: String::new(),
            said: NodeRef::default(),
            moved: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Open => self.open(ctx),
            Msg::Nearest(answer) => match answer {
                Ok(page) => {
                    self.store = page.items.into_iter().next().map(|store| (store.code, store.name));
                    self.show_form();
                }
                Err(error) => {
                    self.stage = Stage::Offered;
                    self.error = Some(error);
                }
            },
            Msg::Site(site) => {
                self.site = Some(site).filter(|site| site.alerts);
                if ctx.props().opens {
                    self.open(ctx);
                }
            }
            Msg::Send => self.send(ctx),
            Msg::Sent(answer) => self.sent(ctx, answer),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        if self.site.is_none() {
            return none();
        }
        let t = &ctx.props().strings;
        let said = match self.stage {
            Stage::Opening => t.text("loading"),
            Stage::Sending => t.text("sending"),
            Stage::Done => t.fill("alert_done", &[("email", &self.email)]),
            Stage::Offered | Stage::Form => String::new(),
        };
        // Always there, since screen readers tell what changes in it.
        let said = El::new("p", attrs!["role": "status", "tabindex": "-1"])
            .node(&self.said)
            .children(vec![text(&said)]);
        let ask = match self.stage {
            Stage::Offered | Stage::Opening => offer(ctx),
            Stage::Form | Stage::Sending => self.form(ctx),
            Stage::Done => none(),
        };
        let error = self.error.as_ref().map_or_else(none, |error| failure(t, error.code()));
        // What is around it is told as a whole when it changes, which is not wanted with every step here.
        el("div", attrs!["class": "alert", "part": "alert", "aria-live": "off"], vec![ask, error, said])
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if core::mem::take(&mut self.moved) {
            if self.stage == Stage::Done {
                if let Some(said) = self.said.cast::<HtmlElement>() {
                    let _ = said.focus();
                }
            } else {
                self.form.focus("email");
            }
        }
    }
}

impl Alert {
    fn open(&mut self, ctx: &Context<Self>) {
        if self.stage != Stage::Offered || self.site.is_none() {
            return;
        }
        let props = ctx.props();
        self.error = None;
        match &props.place {
            Place::Anywhere => self.show_form(),
            Place::Store(code, name) => {
                self.store = Some((code.clone(), name.clone()));
                self.show_form();
            }
            Place::Nearest(AvailabilityParams { lat, lng, q, .. }) => {
                self.stage = Stage::Opening;
                let params = StoreParams {
                    limit: Some(1),
                    lat: *lat,
                    lng: *lng,
                    q: q.clone(),
                    ..StoreParams::default()
                };
                let link = ctx.link().clone();
                let answer = props.api.stores(&params, &JsValue::NULL);
                answer.then(move |page| link.send_message(Msg::Nearest(page)));
            }
        }
    }

    /// The button goes, and the focus would with it.
    fn show_form(&mut self) {
        self.stage = Stage::Form;
        self.moved = true;
    }

    fn send(&mut self, ctx: &Context<Self>) {
        if self.stage != Stage::Form {
            return;
        }
        let Some(email) = self.form.read_email() else { return };
        self.form.clear();
        self.error = None;
        self.stage = Stage::Sending;
        let props = ctx.props();
        let request = AlertRequest {
            sku: props.sku.clone(),
            store_code: self.store.as_ref().map(|(code, _)| code.clone()),
            email,
            locale: props.lang.clone(),
            consent: true,
        };
        let link = ctx.link().clone();
        props.api.alert(&js::random_id(), &request).then(move |answer| link.send_message(Msg::Sent(answer)));
        self.email = request.email;
    }

    fn sent(&mut self, ctx: &Context<Self>, answer: Result<(), ClientError>) {
        self.stage = Stage::Form;
        match answer {
            Ok(()) => {
                self.stage = Stage::Done;
                self.moved = true;
                let props = ctx.props();
                let store = self.store.as_ref().map_or(JsValue::NULL, |(code, _)| code.as_str().into());
                let detail = js::object(&[("sku", props.sku.as_str().into()), ("store_code", store)]);
                emit::emit(&props.host, "devanture-stock-alert", &detail);
            }
            Err(ClientError::Problem { field, .. }) if self.form.refused(field.as_deref()) => {}
            Err(error) => self.error = Some(error),
        }
    }

    fn form(&self, ctx: &Context<Self>) -> Html {
        let t = &ctx.props().strings;
        let link = ctx.link().clone();
        let submit = listen(On::Submit, move |event| {
            event.prevent_default();
            link.send_message(Msg::Send);
        });
        let what = match &self.store {
            Some((_, name)) => t.fill("alert_at", &[("store", name)]),
            None => t.text("alert_anywhere"),
        };
        let url = self.site.as_ref().and_then(|site| site.privacy_url.as_ref());
        // Never disabled, which would take the focus from it: sent twice it is one.
        let send = attrs!["type": "submit", "class": "button primary", "part": "button"];
        let label = t.text("alert");
        let form = attrs!["class": "booking", "part": "form", "novalidate": "", "aria-label": &label];
        self.form.element(form).on(submit).children(vec![
            self.form.email_alone(t),
            leaf("p", NO_ATTRS, &what),
            privacy(t, "alert_consent", url),
            leaf("button", send, &t.text("alert_send")),
        ])
    }
}

fn offer(ctx: &Context<Alert>) -> Html {
    let link = ctx.link().clone();
    let open = listen(On::Click, move |_| link.send_message(Msg::Open));
    let attrs = attrs!["type": "button", "class": "button", "part": "button"];
    El::new("button", attrs).on(open).children(vec![text(&ctx.props().strings.text("alert"))])
}
