//! The store locator: find a store by town, postcode or position; see its hours, services and
//! promotions; choose it as one's own; book an adviser there.

mod app;
mod components;
mod lazy;
mod props;
mod requests;
mod state;

use devanture_ui::{
    js::{Array, Object},
    mount::{MountContext, Mounted, Widget},
    search::Searching,
    strings::Strings,
};
use wasm_bindgen::JsValue;

use app::{App, AppProps};
use state::{Action, Msg};

struct StoreLocator {
    mounted: Mounted<App>,
    props: AppProps,
}

/// Draws the widget into the context's shadow root.
pub fn mount(context: MountContext) -> Box<dyn Widget> {
    let props = AppProps { host: context.host.clone(), settings: context.settings.clone().into() };
    let mounted = context.render::<App>(props.clone());
    Box::new(StoreLocator { mounted, props })
}

impl StoreLocator {
    /// Shows the texts of an update once they are there.
    fn translate(&mut self, props: &Object) {
        let Some(app) = self.mounted.app() else { return };
        let link = (**app).clone();
        Strings::load(props, Box::new(move |strings| link.send_message(Msg::Strings(strings))));
    }

    fn send(&mut self, msg: Msg) {
        if let Some(app) = self.mounted.app() {
            app.send_message(msg);
        }
    }
}

impl Widget for StoreLocator {
    fn update(&mut self, props: &Object) {
        self.props.settings = MountContext::updated(&self.props.settings, props).into();
        self.translate(props);
        let props = self.props.clone();
        if let Some(app) = self.mounted.app() {
            app.update(props);
        }
    }

    fn call(&mut self, method: &str, args: &Array) -> JsValue {
        let text = args.get(0).as_string();
        match (method, text) {
            ("search", Some(text)) => self.send(Msg::SearchText(text)),
            ("select", Some(code)) => self.send(Msg::Act(Action::Open(code))),
            ("locate", _) => self.send(Msg::Act(Action::Search(Searching::Locate))),
            ("refresh", _) => self.send(Msg::Act(Action::Reload)),
            _ => {}
        }
        JsValue::UNDEFINED
    }
}
