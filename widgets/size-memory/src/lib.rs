//! The size memory: a size chosen once is proposed on every product after.

mod address;
mod app;
mod components;
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
use state::{Action, Event, Msg};

struct SizeMemory {
    mounted: Mounted<App>,
    props: AppProps,
}

/// Draws the widget into the context's shadow root.
pub fn mount(context: MountContext) -> Box<dyn Widget> {
    let props = AppProps { host: context.host.clone(), settings: context.settings.clone().into() };
    let mounted = context.render::<App>(props.clone());
    Box::new(SizeMemory { mounted, props })
}

impl Widget for SizeMemory {
    fn update(&mut self, props: &Object) {
        self.props.settings = MountContext::updated(&self.props.settings, props).into();
        let given = self.props.clone();
        let Some(app) = self.mounted.app() else { return };
        let link = (**app).clone();
        Strings::load(props, Box::new(move |strings| link.send_message(Msg::Strings(strings))));
        app.update(given);
    }

    fn call(&mut self, method: &str, _args: &Array) -> JsValue {
        let Some(app) = self.mounted.app() else { return JsValue::UNDEFINED };
        match method {
            "forget" => app.send_message(Msg::Act(Action::Erase)),
            "refresh" => app.send_message(Msg::Event(Event::Refresh)),
            _ => {}
        }
        JsValue::UNDEFINED
    }
}
