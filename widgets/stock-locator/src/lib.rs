//! The stock locator: which stores have this size, how sure that is, and a reservation there.

mod app;
mod components;
mod lazy;
mod props;
mod state;
mod words;

use devanture_ui::{
    js::{Array, Object},
    mount::{MountContext, Mounted, Widget},
    strings::Strings,
};
use wasm_bindgen::JsValue;

use app::{App, AppProps};
use state::{Action, Msg};

struct StockLocator {
    mounted: Mounted<App>,
    props: AppProps,
}

/// Draws the widget into the context's shadow root.
pub fn mount(context: MountContext) -> Box<dyn Widget> {
    let props = AppProps { host: context.host.clone(), settings: context.settings.clone().into() };
    let mounted = context.render::<App>(props.clone());
    Box::new(StockLocator { mounted, props })
}

impl Widget for StockLocator {
    fn update(&mut self, props: &Object) {
        self.props.settings = MountContext::updated(&self.props.settings, props).into();
        let given = self.props.clone();
        let Some(app) = self.mounted.app() else { return };
        let link = (**app).clone();
        Strings::load(props, Box::new(move |strings| link.send_message(Msg::Strings(strings))));
        app.update(given);
    }

    fn call(&mut self, method: &str, args: &Array) -> JsValue {
        let Some(app) = self.mounted.app() else { return JsValue::UNDEFINED };
        match (method, args.get(0).as_string()) {
            ("check", items) => app.send_message(Msg::Check(items, None, false)),
            ("checkSize", size) => app.send_message(Msg::Check(None, size, args.get(1).is_truthy())),
            ("refresh", _) => app.send_message(Msg::Act(Action::Reload)),
            _ => {}
        }
        JsValue::UNDEFINED
    }
}
