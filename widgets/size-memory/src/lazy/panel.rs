//! Who, which sizes, measurements and what they say, and everything out of the browser.

mod advice;
mod memory;
mod people;

use std::{cell::RefCell, rc::Rc};

use devanture_api::size::SizeChart;
use devanture_domain::size::Dimension;
use devanture_host::shop::Key;
use devanture_ui::{
    attrs,
    dom::{El, NO_ATTRS, OFF, On, aria, el, join, leaf, listen, none, value_of},
    js::{Array, call, encode, get, global, number, object},
};
use wasm_bindgen::JsValue;
use yew::{Context, Html};

use super::Panel;
use crate::{
    app::App,
    components::button::{bordered, button, quiet},
    state::{Action, Edit, Msg},
};

/// The size chart of the page's product.
#[derive(Default)]
enum Chart {
    #[default]
    Unasked,
    Loading,
    None,
    Here(SizeChart),
}

#[derive(Default)]
struct People {
    /// What the chart is of.
    key: Option<Key>,
    chart: Rc<RefCell<Chart>>,
    /// What was typed as a new name.
    name: String,
    /// A measurement that makes no sense.
    wrong: Option<Dimension>,
}

pub(super) fn new() -> Box<dyn Panel> {
    Box::new(People::default())
}

impl Panel for People {
    fn look(&mut self, app: &App, ctx: &Context<App>) {
        let key = app.matching.as_ref().and_then(|matching| matching.product(app).0);
        if key != self.key {
            self.key = key;
            // What is on its way goes to the one before.
            self.chart = Rc::default();
        }
        let is_asked = !matches!(*self.chart.borrow(), Chart::Unasked);
        let Some(key) = self.key.as_ref().filter(|_| !is_asked) else { return };
        self.chart.replace(Chart::Loading);
        let answer = match key {
            Key::Id(id) => app.api.size_chart(Some(id), None),
            Key::Sku(sku) => app.api.size_chart(None, Some(sku)),
        };
        let (chart, link) = (self.chart.clone(), ctx.link().clone());
        answer.then(move |answer| {
            chart.replace(answer.map_or(Chart::None, Chart::Here));
            link.send_message(Msg::Draw);
        });
    }

    fn edit(&mut self, app: &mut App, ctx: &Context<App>, edit: Edit) {
        self.change(app, ctx, edit);
    }

    fn view(&self, app: &App, ctx: &Context<App>) -> Html {
        view(self, app, ctx)
    }
}

fn view(panel: &People, app: &App, ctx: &Context<App>) -> Html {
    let heading = El::new("h3", attrs!["tabindex": "-1"]).node(&app.heading);
    let heading = heading.children(vec![devanture_ui::dom::text(&app.t.text("who"))]);
    let label = app.t.text("label");
    let attrs = attrs!["class": "panel", "part": "panel", "role": "region", "aria-label": &label];
    el(
        "div",
        attrs,
        vec![
            el("section", NO_ATTRS, vec![heading, people::view(panel, app, ctx)]),
            sizes(app, ctx),
            measurements(panel, app, ctx),
            devices(app, ctx),
            actions(app, ctx),
        ],
    )
}

/// What is remembered of who is shopping.
fn sizes(app: &App, ctx: &Context<App>) -> Html {
    let person = app.home.person();
    let mut lines = Vec::new();
    for (at, one) in person.sizes.iter().enumerate() {
        let kind = app.t.text(&join(&["kind.", one.kind.name()]));
        let brand = one.brand.as_deref().unwrap_or_default();
        let what = if brand.is_empty() { kind } else { join(&[&kind, " · ", brand]) };
        let text = leaf("span", NO_ATTRS, &join(&[&what, " · ", &one.label]));
        let forget =
            quiet(ctx, Action::Edit(Edit::Forget(at)), &app.t.fill("remove", &[("size", &one.label)]));
        lines.push(el("li", NO_ATTRS, vec![text, forget]));
    }
    let list = if lines.is_empty() {
        leaf("p", attrs!["class": "note"], &app.t.text("no_sizes"))
    } else {
        el("ul", attrs!["class": "kept"], lines)
    };
    el("section", NO_ATTRS, vec![leaf("h3", NO_ATTRS, &app.t.text("sizes")), list])
}

fn measurements(panel: &People, app: &App, ctx: &Context<App>) -> Html {
    let help = if is_linked(app, ctx) { "measurements_synced" } else { "measurements_help" };
    let fields = Dimension::ALL.map(|(of, name)| field(panel, app, ctx, of, name)).into_iter().collect();
    el(
        "section",
        NO_ATTRS,
        vec![
            leaf("h3", NO_ATTRS, &app.t.text("measurements")),
            leaf("p", attrs!["class": "note"], &app.t.text(help)),
            el("div", attrs!["class": "body-grid"], fields),
            advice::view(panel, app, ctx),
        ],
    )
}

fn field(panel: &People, app: &App, ctx: &Context<App>, of: Dimension, name: &'static str) -> Html {
    let known = app.home.person().body.get(of).map(centimetres).unwrap_or_default();
    let is_wrong = panel.wrong == Some(of);
    let link = ctx.link().clone();
    let change = listen(On::Change, move |event| {
        link.send_message(Msg::Act(Action::Edit(Edit::Measured(of, value_of(&event)))));
    });
    let attrs = attrs!["type": "text", "inputmode": "decimal", "name": name, "autocomplete": "off", "maxlength": "6",
        "value": &known, "aria-invalid": if is_wrong { "true" } else { OFF }];
    let input = El::new("input", attrs).on(change).children(vec![]);
    let (least, most) = of.bounds();
    let wrong = if is_wrong {
        let bounds = [("least", &*centimetres(least)), ("most", &*centimetres(most))];
        leaf("span", attrs!["class": "invalid", "role": "alert"], &app.t.fill("not_cm", &bounds))
    } else {
        none()
    };
    let label = leaf("span", NO_ATTRS, &app.t.text(name));
    El::new("label", NO_ATTRS).key(name).children(vec![label, input, wrong])
}

/// The shopper's other devices; what is said of them is a part of its own.
fn devices(app: &App, ctx: &Context<App>) -> Html {
    let attrs =
        attrs!["type": "button", "class": "button", "part": "button", "aria-expanded": aria(app.devices)];
    let open = button(ctx, attrs, Action::Devices, &app.t.text("devices"));
    let said = app.sync.as_ref().filter(|_| app.devices).map_or_else(none, |sync| sync.view(app, ctx));
    el("section", attrs!["class": "devices"], vec![open, said])
}

fn is_linked(app: &App, ctx: &Context<App>) -> bool {
    app.sync.as_ref().is_some_and(|sync| sync.is_linked(app, ctx))
}

fn actions(app: &App, ctx: &Context<App>) -> Html {
    let href = join(&["data:application/json;charset=utf-8,", &encode(&exported(app))]);
    let attrs = attrs!["class": "button", "part": "button", "href": &href, "download": "sizes.json"];
    let export = leaf("a", attrs, &app.t.text("export"));
    let mut all = vec![export];
    if !app.home.is_empty() {
        let erase = if is_linked(app, ctx) { "erase_everywhere" } else { "erase" };
        all.push(bordered(ctx, Action::Erase, &app.t.text(erase)));
    }
    all.push(quiet(ctx, Action::Panel, &app.t.text("close")));
    el("div", attrs!["class": "actions"], all)
}

/// All that is remembered, as JSON that people can read.
fn exported(app: &App) -> String {
    let people = Array::new();
    for person in app.home.people() {
        let sizes = Array::new();
        for one in &person.sizes {
            let brand = one.brand.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str);
            sizes.push(&object(&[
                ("kind", one.kind.name().into()),
                ("brand", brand),
                ("size", one.label.as_str().into()),
            ]));
        }
        let body = object(&[]);
        for (of, mm) in person.body.all() {
            let _ = devanture_ui::js::call(
                &get(&global(), "Reflect"),
                "set",
                &Array::of3(&body, &JsValue::from_str(of.name()), &JsValue::from(*mm)),
            );
        }
        people.push(&object(&[
            ("name", person.name.as_str().into()),
            ("sizes", sizes.into()),
            ("body_mm", body.into()),
        ]));
    }
    let all = object(&[("people", people.into())]);
    let json =
        call(&get(&global(), "JSON"), "stringify", &Array::of3(&all, &JsValue::NULL, &JsValue::from(2)));
    json.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Millimetres as centimetres.
fn centimetres(mm: u16) -> String {
    let text = number(f64::from(mm / 10));
    if mm.is_multiple_of(10) { text } else { join(&[&text, ".", &number(f64::from(mm % 10))]) }
}
