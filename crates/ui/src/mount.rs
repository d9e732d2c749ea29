//! How a widget comes onto the page and leaves it.

use js_sys::{Array, Object, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, ShadowRoot};
use yew::{AppHandle, BaseComponent, Renderer};

use crate::{failure::FailureListener, js, strings::Strings};

/// A part of a widget could not be downloaded; asking again is worth it.
pub struct LoadError;

/// A mounted widget. Dropping it takes it down.
pub trait Widget {
    /// Attributes or properties changed.
    fn update(&mut self, props: &Object);
    /// A method of the element was called.
    fn call(&mut self, method: &str, args: &Array) -> JsValue;
}

/// Everything a widget is given when it is mounted.
pub struct MountContext {
    /// The custom element.
    pub host: HtmlElement,
    /// Its open shadow root.
    pub root: ShadowRoot,
    /// What the element was told.
    pub settings: Settings,
    strings: JsValue,
    fail: Option<FailureListener>,
}

/// What the loader read off the element and its script tag.
#[derive(Clone)]
pub struct Settings {
    /// Origin of the API, without a slash at the end.
    pub api: String,
    /// The site's publishable key.
    pub site_key: String,
    /// BCP 47 language of the widget.
    pub lang: String,
    /// URL of the folder of this build.
    pub base: String,
    /// The first data request, begun by the loader while this code was still on its way: its `url`,
    /// its `response`, and `drawn`, to be called when they are on the page.
    pub first: JsValue,
    /// The element's attributes, as they are at any time; see [`Settings::attribute`].
    attrs: JsValue,
    /// Shown texts.
    pub strings: Strings,
}

impl PartialEq for Settings {
    /// Attributes are read when they are asked for, so whether one has changed cannot be seen here: settings are new ones
    /// after each update, and the same until then.
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self, other)
    }
}

impl Settings {
    /// An attribute of the element by its name, `store-url`; `None` where it is absent or empty.
    pub fn attribute(&self, name: &str) -> Option<String> {
        js::text(&js::get(&self.attrs, name), "value")
    }
}

impl MountContext {
    /// Reads the loader's object; an `Err` says what is missing.
    pub fn from_js(host: HtmlElement, root: ShadowRoot, props: &Object) -> Result<Self, JsValue> {
        let required =
            |key: &str, message: &str| js::text(props, key).ok_or_else(|| js_sys::Error::new(message));
        let settings = Settings {
            api: required("api", "the API's address is missing")?,
            site_key: required("siteKey", "site-key is missing: copy it from your site's settings")?,
            lang: js::text(props, "lang").unwrap_or_else(|| "en".into()),
            base: js::text(props, "base").unwrap_or_default(),
            first: js::get(props, "first"),
            attrs: js::get(&host, "attributes"),
            strings: Strings::default(),
        };
        let fail = js::get(props, "fail").dyn_into().ok().map(FailureListener::new);
        Ok(Self { host, root, settings, strings: js::get(props, "strings"), fail })
    }

    /// Waits for the strings, which travel beside the module; the loader adopts the style sheet with them.
    pub async fn ready(mut self) -> Result<Self, JsValue> {
        self.settings.strings = Strings::new(JsFuture::from(Promise::resolve(&self.strings)).await?);
        Ok(self)
    }

    /// The settings after an update: what `props` has, else what was.
    pub fn updated(settings: &Settings, props: &Object) -> Settings {
        Settings {
            lang: js::text(props, "lang").unwrap_or_else(|| settings.lang.clone()),
            ..settings.clone()
        }
    }

    /// Renders `App` into the shadow root, beside what the loader shows until it is there.
    pub fn render<App: BaseComponent>(self, props: App::Properties) -> Mounted<App> {
        let place = self.place();
        let app = Renderer::<App>::with_root_and_props(place.container.clone(), props).render();
        Mounted { app: Some(app), _place: place }
    }

    /// An empty place in the shadow root, for a widget that is too small for Yew.
    pub fn place(self) -> Place {
        let container = new_element("div");
        let _ = container.set_attribute("part", "root");
        container.set_class_name("root");
        let _ = self.root.append_with_node_1(&container);
        Place { container, _fail: self.fail }
    }
}

fn new_element(tag: &str) -> Element {
    #[expect(clippy::unwrap_used, reason = "a page that runs this has a document, and these tags are valid")]
    web_sys::window().unwrap().document().unwrap().create_element(tag).unwrap()
}

/// An element in a shadow root, which goes when this is dropped.
pub struct Place {
    /// The element.
    pub container: Element,
    _fail: Option<FailureListener>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.container.remove();
    }
}

/// A Yew app in a shadow root, destroyed when dropped.
pub struct Mounted<App: BaseComponent> {
    app: Option<AppHandle<App>>,
    _place: Place,
}

impl<App: BaseComponent> Mounted<App> {
    /// The app, for messages and new properties.
    pub fn app(&mut self) -> Option<&mut AppHandle<App>> {
        self.app.as_mut()
    }
}

impl<App: BaseComponent> Drop for Mounted<App> {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}
