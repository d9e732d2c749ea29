//! Reading a pickup code by the camera, in browsers that have `BarcodeDetector`.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use devanture_ui::{js, task};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use yew::Callback;

/// Between two looks, in milliseconds.
const PAUSE_MS: u32 = 200;

/// Whether this browser can.
pub(crate) fn is_possible() -> bool {
    let global = js_sys::global();
    let devices = js::get(&js::get(&global, "navigator"), "mediaDevices");
    js::get(&global, "BarcodeDetector").is_function() && js::get(&devices, "getUserMedia").is_function()
}

/// A camera that is looked through. Dropping it turns it off.
pub(crate) struct Scan {
    alive: Rc<Cell<bool>>,
    stream: Rc<RefCell<JsValue>>,
}

impl Scan {
    /// Turns the camera on, shows it in `video`, and hands over the first code that it sees; `None` when there is no
    /// camera, or it may not be used.
    pub(crate) fn start(video: JsValue, found: Callback<Option<String>>) -> Self {
        let scan = Self { alive: Rc::new(Cell::new(true)), stream: Rc::default() };
        let (alive, stream) = (Rc::clone(&scan.alive), Rc::clone(&scan.stream));
        task::spawn(Box::pin(async move {
            let code = look(&video, &alive, &stream).await;
            if alive.get() {
                found.emit(code.ok());
            }
        }));
        scan
    }
}

impl Drop for Scan {
    fn drop(&mut self) {
        self.alive.set(false);
        turn_off(&self.stream.borrow());
    }
}

async fn look(video: &JsValue, alive: &Cell<bool>, kept: &RefCell<JsValue>) -> Result<String, JsValue> {
    let devices = js::get(&js::get(&js_sys::global(), "navigator"), "mediaDevices");
    let back = js::object(&[("facingMode", "environment".into())]);
    let wanted = js::object(&[("video", back.into())]);
    let stream = settled(js::call(&devices, "getUserMedia", &Array::of1(&wanted))?).await?;
    if !alive.get() {
        // Permission came after the dialog was closed.
        turn_off(&stream);
        return Err(JsValue::UNDEFINED);
    }
    kept.replace(stream.clone());
    Reflect::set(video, &"srcObject".into(), &stream)?;
    settled(js::call(video, "play", &Array::new())?).await?;
    let class: Function = js::get(&js_sys::global(), "BarcodeDetector").dyn_into()?;
    let detector = Reflect::construct(&class, &Array::new())?;
    while alive.get() {
        // A picture that is not there yet is no failure of the camera.
        if let Ok(codes) = settled(js::call(&detector, "detect", &Array::of1(video))?).await
            && let Some(text) = js::text(&js::get(&codes, "0"), "rawValue")
        {
            return Ok(text);
        }
        TimeoutFuture::new(PAUSE_MS).await;
    }
    Err(JsValue::UNDEFINED)
}

async fn settled(promise: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&promise)).await
}

fn turn_off(stream: &JsValue) {
    let tracks = js::call(stream, "getTracks", &Array::new()).ok();
    for track in tracks.and_then(|tracks| tracks.dyn_into::<Array>().ok()).iter().flat_map(Array::iter) {
        let _ = js::call(&track, "stop", &Array::new());
    }
}
