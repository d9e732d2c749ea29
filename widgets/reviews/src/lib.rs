//! Reviews: what shoppers say of a product or of a store, all together and one by one, and writing one.

mod app;
mod components;
mod filter;
mod lazy;
mod props;
mod state;

use devanture_ui::{
    js::{Array, Object},
    mount::{MountContext, Mounted, Widget},
    strings::Strings,
};
use wasm_bindgen::JsValue;

use app::{App, AppProps};
use state::{Action, Msg};

struct Reviews {
    mounted: Mounted<App>,
    props: AppProps,
}

/// Draws the widget into the context's shadow root.
pub fn mount(context: MountContext) -> Box<dyn Widget> {
    let props = AppProps { host: context.host.clone(), settings: context.settings.clone().into() };
    let mounted = context.render::<App>(props.clone());
    Box::new(Reviews { mounted, props })
}

impl Widget for Reviews {
    fn update(&mut self, props: &Object) {
        self.props.settings = MountContext::updated(&self.props.settings, props).into();
        let given = self.props.clone();
        let Some(app) = self.mounted.app() else { return };
        let link = (**app).clone();
        Strings::load(props, Box::new(move |strings| link.send_message(Msg::Strings(strings))));
        app.update(given);
    }

    fn call(&mut self, method: &str, _: &Array) -> JsValue {
        let action = match method {
            "write" => Action::Write,
            "refresh" => Action::Reload,
            _ => return JsValue::UNDEFINED,
        };
        if let Some(app) = self.mounted.app() {
            app.send_message(Msg::Act(action));
        }
        JsValue::UNDEFINED
    }
}
