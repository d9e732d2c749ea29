//! Home delivery: who sends it, and the way into the page's own basket.

use std::rc::Rc;

use devanture_api::availability::AvailabilityPage;
use devanture_host::shop::{Custom, Key, Shop};
use devanture_ui::{
    attrs, clock,
    dom::{El, HtmlElement, NO_ATTRS, On, el, join, leaf, listen, none, text},
    emit,
    icon::{self, icon},
    js,
    strings::Strings,
};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use yew::{Component, Context, Html, NodeRef, Properties, virtual_dom::VComp};

use crate::{
    app::App,
    props::{Wanted, same},
};

/// Milliseconds between looks at a page that draws itself anew for another size, and how many of them there are at most.
const LOOK_MS: u32 = 150;
const MOST_LOOKS: u8 = 40;

/// What is sent home, and what can be done about it here.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DeliverProps {
    strings: Strings,
    items: Vec<Wanted>,
    /// The store that sends all of it, by its name.
    from: Option<String>,
    /// The size to choose in the page before it is put into its basket; `None` where that is not this page's to sell.
    size: Option<String>,
    /// Where the page's selector and its button are.
    custom: Custom,
    /// Whether the page has promised to take the event.
    is_promised: bool,
    /// The element, for events.
    host: HtmlElement,
}

impl DeliverProps {
    /// Where all that is wanted can be sent.
    pub(super) fn of(app: &App, ctx: &Context<App>, page: &AvailabilityPage) -> Option<Self> {
        if page.shippable.is_empty() || page.shippable.contains(&false) {
            return None;
        }
        let from = page.ships_from.first().cloned().flatten();
        let props = ctx.props();
        let selector = |name| props.settings.attribute(name);
        let custom = Custom {
            sizes: selector("size-selector"),
            basket: selector("basket-selector"),
            ..Custom::default()
        };
        Some(Self {
            strings: app.t.clone(),
            items: app.wanted.clone(),
            from: from.filter(|name| page.ships_from.iter().all(|other| other.as_ref() == Some(name))),
            size: size_in_page(app, &custom),
            custom,
            // Read here, not with the other attributes: those are in every page's download.
            is_promised: js::get(&js::get(&js::get(&props.host, "attributes"), "deliver"), "value")
                .as_string()
                .is_some_and(|text| text != "false"),
            host: props.host.clone(),
        })
    }
}

/// The size of the one variant that is wanted, where the page sells that product in that colour; empty where it has no sizes.
fn size_in_page(app: &App, custom: &Custom) -> Option<String> {
    let [Wanted { quantity: 1, .. }] = &app.wanted[..] else { return None };
    let (product, chosen) = (app.lookup.product.as_ref()?, app.chosen()?);
    let shop = Shop::detect(custom.clone()).filter(Shop::has_basket)?;
    let found = app.lookup.found.as_ref();
    let of_sku = |sku: &String| product.variants.iter().find(|variant| same(&variant.sku, sku));
    let is_page = found.is_some()
        || match shop.product() {
            // Many publish the product's own id as its SKU.
            Some(Key::Id(key) | Key::Sku(key)) => same(&key, &product.id) || of_sku(&key).is_some(),
            // Then the element says what the page is about.
            None => app.options.items.is_none(),
        };
    // The page's colour is left as it is, so it has to be this one.
    let sku = found.and_then(|found| found.sku.as_ref()).or(app.options.sku.as_ref());
    let colour = found.and_then(|found| found.colour.as_ref());
    let colour = colour.or_else(|| of_sku(sku?)?.colour.as_ref());
    let is_colour = product.variants.iter().all(|variant| variant.colour == chosen.colour)
        || (colour.is_some() && colour == chosen.colour.as_ref());
    (is_page && is_colour).then(|| chosen.size.clone().unwrap_or_default())
}

pub(super) fn view(props: DeliverProps) -> Html {
    VComp::new::<Deliver>(Rc::new(props), None).into()
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Offered,
    /// The page has been told the size, and may still draw itself anew.
    Choosing(u8),
    Done,
    Failed,
}

struct Deliver {
    stage: Stage,
    timer: Option<Timeout>,
    said: NodeRef,
    /// Whether what had the focus has gone with the last drawing.
    moved: bool,
}

enum Msg {
    Order,
    Look,
}

impl Component for Deliver {
    type Message = Msg;
    type Properties = DeliverProps;

    fn create(_: &Context<Self>) -> Self {
        Self { stage: Stage::Offered, timer: None, said: NodeRef::default(), moved: false }
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Self::Properties) -> bool {
        // Something else: nothing of what was said holds for it.
        if ctx.props().items != before.items {
            *self = Self::create(ctx);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match (msg, self.stage) {
            (Msg::Order, Stage::Offered | Stage::Failed) => self.order(ctx),
            (Msg::Look, Stage::Choosing(looks)) => self.look(ctx, looks),
            _ => return false,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let DeliverProps { strings: t, items, from, size, is_promised, .. } = ctx.props();
        let can_be_done = *is_promised || size.is_some();
        let key = match (can_be_done, items.len()) {
            (true, 1) => "deliverable",
            (true, _) => "deliverable_all",
            (false, 1) => "shippable",
            (false, _) => "shippable_all",
        };
        let sent = from.as_ref().map(|store| join(&[" ", &t.fill("sent_by", &[("store", store)])]));
        let words = join(&[&t.text(key), sent.as_deref().unwrap_or_default()]);
        let offer =
            el("p", attrs!["class": "offer"], vec![icon(icon::PARCEL), leaf("span", NO_ATTRS, &words)]);
        if !can_be_done {
            return offer;
        }
        let button = if self.stage == Stage::Done { none() } else { button(ctx) };
        let (kind, said) = match self.stage {
            Stage::Offered => ("", String::new()),
            Stage::Choosing(_) => ("small", t.text("loading")),
            Stage::Done => ("done", t.text("deliver_done")),
            Stage::Failed => ("failure", t.text("deliver_failed")),
        };
        // Always there, since screen readers tell what changes in it.
        let said = El::new("p", attrs!["class": kind, "role": "status", "tabindex": "-1"])
            .node(&self.said)
            .children(vec![text(&said)]);
        // What is around it is told as a whole when it changes, which is not wanted with every step here.
        let attrs = attrs!["class": "deliver", "part": "deliver", "aria-live": "off"];
        el("div", attrs, vec![offer, button, said])
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if core::mem::take(&mut self.moved)
            && let Some(said) = self.said.cast::<HtmlElement>()
        {
            let _ = said.focus();
        }
    }
}

impl Deliver {
    /// Asks the page; where it leaves it to us, its own selector and its own button do it.
    fn order(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        self.stage = Stage::Offered;
        if emit::offer(&props.host, "devanture-deliver", &detail(props)) {
            return;
        }
        let chosen =
            props.size.as_ref().and_then(|size| Shop::detect(props.custom.clone())?.choose(size).ok());
        match chosen {
            // As it was chosen already the page has nothing to draw.
            Some(false) => self.look(ctx, MOST_LOOKS),
            Some(true) => self.wait(ctx, 0),
            None => self.stage = Stage::Failed,
        }
    }

    /// Puts it into the basket once the page shows the size and lets one.
    fn look(&mut self, ctx: &Context<Self>, looks: u8) {
        let DeliverProps { size, custom, .. } = ctx.props();
        let size = size.as_deref().unwrap_or_default();
        let shop = Shop::detect(custom.clone()).filter(|shop| shop.is_chosen(size));
        match shop.and_then(|shop| shop.add_to_basket()) {
            Some(true) => {
                self.stage = Stage::Done;
                self.moved = true;
            }
            None if looks < MOST_LOOKS => self.wait(ctx, looks + 1),
            // Pressed once and no more: what is amiss the page says itself.
            _ => self.stage = Stage::Failed,
        }
    }

    fn wait(&mut self, ctx: &Context<Self>, looks: u8) {
        self.stage = Stage::Choosing(looks);
        let link = ctx.link().clone();
        self.timer = Some(clock::after(LOOK_MS, Box::new(move || link.send_message(Msg::Look))));
    }
}

fn detail(props: &DeliverProps) -> JsValue {
    let items = js::Array::new();
    for item in &props.items {
        let quantity = ("quantity", item.quantity.into());
        items.push(&js::object(&[("sku", item.sku.as_str().into()), quantity]));
    }
    let from = props.from.as_ref().map_or(JsValue::NULL, |from| from.as_str().into());
    js::object(&[("items", items.into()), ("from", from)]).into()
}

fn button(ctx: &Context<Deliver>) -> Html {
    let link = ctx.link().clone();
    let order = listen(On::Click, move |_| link.send_message(Msg::Order));
    // Never disabled, which would take the focus from it.
    let attrs = attrs!["type": "button", "class": "button primary", "part": "button"];
    El::new("button", attrs).on(order).children(vec![text(&ctx.props().strings.text("deliver"))])
}
