//! Events of the window.

use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::{Event, EventTarget};

/// Calls back upon any of some events; stops when dropped. One closure for all: a listener of gloo's for each would weigh 140 bytes
/// more.
pub struct Hear {
    target: EventTarget,
    events: &'static [&'static str],
    listener: Closure<dyn Fn()>,
}

impl Hear {
    /// `None` outside a page.
    pub fn new(events: &'static [&'static str], heard: Box<dyn Fn()>) -> Option<Self> {
        let target: EventTarget = web_sys::window()?.into();
        let listener = Closure::<dyn Fn()>::wrap(heard);
        for event in events {
            target.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref()).ok()?;
        }
        Some(Self { target, events, listener })
    }
}

impl Drop for Hear {
    fn drop(&mut self) {
        let listener = self.listener.as_ref().unchecked_ref();
        for event in self.events {
            // Cannot fail for a listener that was added.
            let _ = self.target.remove_event_listener_with_callback(event, listener);
        }
    }
}

/// Tells every widget of the page, those of other versions too.
pub fn tell(event: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), Event::new(event)) {
        let _ = window.dispatch_event(&event);
    }
}
