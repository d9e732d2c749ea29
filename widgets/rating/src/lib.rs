//! The rating: the stars of one product or store, on one line. All of a page are asked for together.

mod app;
mod batch;

use devanture_ui::{
    js::{Array, Object},
    mount::{MountContext, Mounted, Widget},
    strings::Strings,
};
use wasm_bindgen::JsValue;

use app::{App, AppProps, Msg};

struct Rating {
    mounted: Mounted<App>,
    props: AppProps,
}

/// Draws the widget into the context's shadow root.
pub fn mount(context: MountContext) -> Box<dyn Widget> {
    let props = AppProps { host: context.host.clone(), settings: context.settings.clone().into() };
    let mounted = context.render::<App>(props.clone());
    Box::new(Rating { mounted, props })
}

impl Widget for Rating {
    fn update(&mut self, props: &Object) {
        self.props.settings = MountContext::updated(&self.props.settings, props).into();
        let given = self.props.clone();
        let Some(app) = self.mounted.app() else { return };
        let link = (**app).clone();
        Strings::load(props, Box::new(move |strings| link.send_message(Msg::Strings(strings))));
        app.update(given);
    }

    fn call(&mut self, _: &str, _: &Array) -> JsValue {
        JsValue::UNDEFINED
    }
}
