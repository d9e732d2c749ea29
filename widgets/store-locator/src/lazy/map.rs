//! The map: Leaflet in an island of its own, tied to the list by the stores' codes.

use std::rc::Rc;

use devanture_client::Api;
use devanture_domain::geo::LatLng;
use devanture_ui::{
    attrs,
    dom::{Attrs, El, Element, On, el, join, leaf, listen, none, text},
    js::{self, Array, Function, Object, Promise},
    strings::Strings,
    task::spawn,
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use yew::{Callback, Component, Context, Html, NodeRef, Properties, virtual_dom::VComp};

/// What the list hands to the map.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct MapProps {
    pub api: Api,
    /// URL of the build's folder, where the map's script lies.
    pub base: String,
    pub strings: Strings,
    pub pins: Vec<Pin>,
    pub on_open: Callback<String>,
}

/// A store on the map.
#[derive(Clone, PartialEq)]
pub(crate) struct Pin {
    pub code: String,
    pub name: String,
    pub at: LatLng,
    pub mine: bool,
}

pub(super) fn view(props: MapProps) -> Html {
    VComp::new::<MapIsland>(Rc::new(props), None).into()
}

struct MapIsland {
    element: NodeRef,
    /// The script's object; see `crates/ui/js/map.ts`.
    map: Option<JsValue>,
    credit: String,
    failed: bool,
    on_open: Option<Closure<dyn Fn(String)>>,
}

#[derive(Clone)]
enum Msg {
    Created(Option<(JsValue, String)>),
    Zoom(i32),
    Retry,
}

impl Component for MapIsland {
    type Message = Msg;
    type Properties = MapProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { element: NodeRef::default(), map: None, credit: String::new(), failed: false, on_open: None }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Created(Some((map, credit))) => {
                self.map = Some(map);
                self.credit = credit;
                self.show_pins(ctx);
            }
            Msg::Created(None) => self.failed = true,
            Msg::Zoom(step) => {
                self.call("zoom", &Array::of1(&step.into()));
                return false;
            }
            Msg::Retry => {
                self.failed = false;
                self.start(ctx);
            }
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &MapProps) -> bool {
        if ctx.props().pins != old.pins {
            self.show_pins(ctx);
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let t = &ctx.props().strings;
        let failed = if self.failed {
            let retry = press(ctx, attrs!["type": "button", "class": "button"], Msg::Retry, &t.text("retry"));
            let said = leaf("p", attrs!["role": "alert"], &t.text("map_failed"));
            el("div", attrs!["class": "waiting"], vec![said, retry])
        } else {
            none()
        };
        let (closer, wider) = (t.text("zoom_in"), t.text("zoom_out"));
        let zoom = vec![
            press(ctx, attrs!["type": "button", "aria-label": &closer], Msg::Zoom(1), "+"),
            press(ctx, attrs!["type": "button", "aria-label": &wider], Msg::Zoom(-1), "−"),
        ];
        let label = t.text("map");
        el(
            "div",
            attrs!["class": "map", "part": "map", "role": "region", "aria-label": &label],
            vec![
                El::new("div", attrs!["class": "canvas"]).node(&self.element).children(vec![]),
                failed,
                el("div", attrs!["class": "zoom"], zoom),
                leaf("p", attrs!["class": "credit"], &self.credit),
            ],
        )
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.start(ctx);
        }
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        self.call("destroy", &Array::new());
    }
}

fn press(ctx: &Context<MapIsland>, attrs: Attrs<'_>, msg: Msg, label: &str) -> Html {
    let link = ctx.link().clone();
    El::new("button", attrs)
        .on(listen(On::Click, move |_| link.send_message(msg.clone())))
        .children(vec![text(label)])
}

impl MapIsland {
    fn start(&mut self, ctx: &Context<Self>) {
        let Some(element) = self.element.cast::<Element>() else { return };
        let props = ctx.props();
        let open = props.on_open.clone();
        let on_open = Closure::<dyn Fn(String)>::new(move |code| open.emit(code));
        let function: Function = on_open.as_ref().unchecked_ref::<Function>().clone();
        self.on_open = Some(on_open);
        let (api, base, link) = (props.api.clone(), props.base.clone(), ctx.link().clone());
        spawn(Box::pin(async move {
            link.send_message(Msg::Created(create(&api, &base, &element, function).await));
        }));
    }

    fn show_pins(&self, ctx: &Context<Self>) {
        let pins: Array = ctx.props().pins.iter().map(pin_object).collect();
        self.call("setPins", &Array::of1(&pins));
    }

    fn call(&self, method: &str, args: &Array) {
        if let Some(map) = &self.map {
            // The map is never the only way to anything: what it cannot do is left undone.
            let _ = js::call(map, method, args);
        }
    }
}

/// Imports the script and makes the map; its credit line goes with it.
async fn create(api: &Api, base: &str, element: &Element, on_open: Function) -> Option<(JsValue, String)> {
    let site = api.site(None);
    let module = JsFuture::from(js::import(&join(&[base, "map.js"]))).await.ok()?;
    // Without the site's settings the map is drawn on its offline base.
    let tiles = site.get().await.ok().and_then(|site| site.tiles);
    let credit = tiles.as_ref().map_or("Natural Earth", |tiles| &tiles.attribution).to_owned();
    let options = js::object(&[
        ("base", base.into()),
        ("tiles", tiles.map_or(JsValue::NULL, |tiles| tiles.url.into())),
        ("onOpen", on_open.into()),
    ]);
    let made = js::call(&module, "createMap", &Array::of2(element, &options)).ok()?;
    let map = JsFuture::from(Promise::resolve(&made)).await.ok()?;
    Some((map, credit))
}

fn pin_object(pin: &Pin) -> Object {
    js::object(&[
        ("code", pin.code.as_str().into()),
        ("name", pin.name.as_str().into()),
        ("lat", pin.at.lat().into()),
        ("lng", pin.at.lng().into()),
        ("mine", pin.mine.into()),
    ])
}
