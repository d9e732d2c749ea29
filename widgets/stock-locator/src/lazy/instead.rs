//! Where nothing is near: other sizes, delivery, a store to call, a letter when it is back.

use std::rc::Rc;

use devanture_api::{
    availability::{AvailabilityPage, AvailabilityParams},
    similar::{SimilarPage, SimilarParams},
    store::{StorePage, StoreParams},
};
use devanture_client::{Api, ClientError};
use devanture_host::device;
use devanture_ui::{
    attrs, clock,
    dom::{El, NO_ATTRS, On, el, join, leaf, listen, none, text},
    format::Formats,
    js, links, opening,
    strings::Strings,
};
use wasm_bindgen::JsValue;
use yew::{
    Callback, Component, Context, Html, Properties,
    virtual_dom::{Key, VComp},
};

use super::{
    alert::{self, AlertProps},
    deliver::{self, DeliverProps},
    similar,
};
use crate::{
    app::App,
    props::{Wanted, list_of, same},
    state::{Action, Msg as AppMsg},
    words::can_be_had,
};

/// The most other sizes to ask for, the API's own bound.
const MAX_OTHERS: usize = 12;
/// Stores to find them in.
const STORES: u16 = 20;

#[derive(Clone, PartialEq, Properties)]
struct InsteadProps {
    api: Api,
    strings: Strings,
    #[prop_or_else(|| Formats::new("en"))]
    formats: Formats,
    /// Other sizes, as SKU and name.
    others: Vec<(String, String)>,
    /// Of the list: where stores are looked for.
    params: AvailabilityParams,
    /// Whether some are far away.
    is_far: bool,
    several: bool,
    delivery: Option<DeliverProps>,
    /// Whether no card has a number to call.
    no_phone: bool,
    alert: Option<AlertProps>,
    /// What something like it is looked for.
    like: Option<String>,
    choose: Callback<String>,
}

pub(super) fn view(app: &App, ctx: &Context<App>) -> Html {
    let Some(page) = &app.listing.page else { return none() };
    let several = app.wanted.len() > 1;
    let mut others = Vec::new();
    if let ([item], Some(chosen)) = (&app.wanted[..], app.chosen()) {
        for variant in app.variants() {
            let is_other = !same(&variant.sku, &item.sku) && variant.colour == chosen.colour;
            if let Some(size) = variant.size.as_ref().filter(|_| is_other && others.len() < MAX_OTHERS) {
                others.push((variant.sku.clone(), size.clone()));
            }
        }
    }
    let props = InsteadProps {
        api: app.api.clone(),
        strings: app.t.clone(),
        formats: app.formats.clone(),
        others,
        params: AvailabilityParams { limit: Some(STORES), ..app.params(String::new()) },
        is_far: page.total > 0,
        several,
        delivery: DeliverProps::of(app, ctx, page),
        alert: AlertProps::of(app, ctx, page),
        no_phone: page.items.iter().all(|one| one.store.phone.is_none()),
        like: app.chosen().filter(|_| !several).map(|chosen| chosen.sku.clone()),
        choose: ctx.link().callback(|sku| AppMsg::Act(Action::Choose(sku))),
    };
    // Another list or place, another answer; the sizes may come after it.
    let place = props.params.lat.map_or_else(|| props.params.q.clone().unwrap_or_default(), js::number);
    let key = join(&[&list_of(&app.wanted), if props.others.is_empty() { "" } else { "+" }, &place]);
    VComp::new::<Instead>(Rc::new(props), Some(Key::from(key.as_str()))).into()
}

struct Instead {
    others: Option<AvailabilityPage>,
    nearest: Option<StorePage>,
    similar: Option<SimilarPage>,
}

enum Msg {
    Others(Result<AvailabilityPage, ClientError>),
    Nearest(Result<StorePage, ClientError>),
    Similar(Result<SimilarPage, ClientError>),
}

impl Component for Instead {
    type Message = Msg;
    type Properties = InsteadProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        if !props.others.is_empty() {
            let mut items = Vec::new();
            for (sku, _) in &props.others {
                items.push(Wanted { sku: sku.clone(), quantity: 1 });
            }
            let link = ctx.link().clone();
            let params = AvailabilityParams { items: list_of(&items), ..props.params.clone() };
            props.api.availability(&params).then(move |page| link.send_message(Msg::Others(page)));
        }
        if let Some(sku) = props.like.clone() {
            let AvailabilityParams { lat, lng, q, .. } = props.params.clone();
            let link = ctx.link().clone();
            let answer = props.api.similar(&SimilarParams { sku, lat, lng, q });
            answer.then(move |page| link.send_message(Msg::Similar(page)));
        }
        if props.no_phone {
            let AvailabilityParams { lat, lng, q, .. } = props.params.clone();
            let link = ctx.link().clone();
            let params = StoreParams { limit: Some(1), lat, lng, q, ..StoreParams::default() };
            let answer = props.api.stores(&params, &JsValue::NULL);
            answer.then(move |page| link.send_message(Msg::Nearest(page)));
        }
        Self { others: None, nearest: None, similar: None }
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        match msg {
            // What does not come is not offered.
            Msg::Others(page) => self.others = page.ok(),
            Msg::Nearest(page) => self.nearest = page.ok(),
            Msg::Similar(page) => self.similar = page.ok(),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let t = &props.strings;
        // Beyond what is near there may be some all the same: the list goes on below.
        let title = match props {
            InsteadProps { is_far: true, .. } => "nothing_near",
            InsteadProps { several: true, no_phone: false, .. } => "nothing_all",
            _ => "nothing",
        };
        let title = leaf("h2", NO_ATTRS, &t.text(title));
        let ask = || leaf("p", NO_ATTRS, &t.text("ask_store"));
        let ask = if props.no_phone || props.is_far { none() } else { ask() };
        let delivery = props.delivery.clone().map_or_else(none, deliver::view);
        let similar = self
            .similar
            .as_ref()
            .map_or_else(none, |page| similar::view(&props.strings, &props.formats, page));
        let alert = props.alert.as_ref().map_or_else(none, alert::view);
        let offers = vec![title, self.sizes(ctx), similar, delivery, alert, ask, self.nearest(ctx)];
        el("section", attrs!["class": "instead", "part": "instead", "role": "status"], offers)
    }
}

impl Instead {
    /// The other sizes that a store has, each with the first of its stores.
    fn sizes(&self, ctx: &Context<Self>) -> Html {
        let Some(page) = &self.others else { return none() };
        let props = ctx.props();
        let mut chips = Vec::new();
        for (index, (sku, size)) in props.others.iter().enumerate() {
            let there = page.items.iter().find(|one| one.items.get(index).is_some_and(can_be_had));
            let Some(one) = there else { continue };
            let label = join(&[size, " · ", &one.store.name]);
            let (choose, sku) = (props.choose.clone(), sku.clone());
            let chosen = listen(On::Click, move |_| choose.emit(sku.clone()));
            let attrs = attrs!["type": "button", "class": "chip", "part": "chip"];
            chips.push(El::new("button", attrs).on(chosen).children(vec![text(&label)]));
        }
        if chips.is_empty() {
            return none();
        }
        let label = props.strings.text("other_sizes");
        let attrs = attrs!["class": "group", "role": "group", "aria-label": &label];
        let chips = el("div", attrs!["class": "chips"], chips);
        el("div", attrs, vec![leaf("p", NO_ATTRS, &label), chips])
    }

    /// The nearest store, to be called.
    fn nearest(&self, ctx: &Context<Self>) -> Html {
        let Some(store) = self.nearest.as_ref().and_then(|page| page.items.first()) else { return none() };
        let InsteadProps { strings: t, formats, .. } = ctx.props();
        let directions = device::directions(store.location);
        let distance = store.distance_m.map_or_else(none, |metres| {
            leaf("span", attrs!["class": "distance", "part": "distance"], &formats.distance(metres))
        });
        let actions = vec![links::links(t, &store.name, store.phone.as_deref(), &directions)];
        let lines = vec![
            leaf("p", attrs!["class": "small"], &t.text("ask_nearest")),
            el("div", attrs!["class": "head"], vec![leaf("h3", NO_ATTRS, &store.name), distance]),
            opening::line(&store.hours, &store.time_zone, clock::now(), t, formats),
            leaf("p", attrs!["class": "address", "part": "address"], &store.address.line()),
            el("div", attrs!["class": "actions"], actions),
        ];
        el("div", attrs!["class": "card", "part": "card"], lines)
    }
}
