//! Where the device is, asked only when a shopper clicks.

use std::rc::Rc;

use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Position, PositionError, PositionOptions};

use devanture_domain::{geo::LatLng, place::PositionFailure};

/// Steps to a degree that are kept of a device's position: about 100 m, enough to sort stores by and no more of the shopper's
/// whereabouts than that.
const STEPS: f64 = 1000.0;

/// A coordinate as it may leave the device.
pub fn coarse(degrees: f64) -> f64 {
    (degrees * STEPS).round() / STEPS
}

/// Asks the browser once; `done` is called once, later. Not generic, so that it is compiled once for all widgets.
pub fn locate(done: Rc<dyn Fn(Result<LatLng, PositionFailure>)>) {
    let Some(geolocation) = web_sys::window().and_then(|window| window.navigator().geolocation().ok()) else {
        return done(Err(PositionFailure::Unavailable));
    };
    let failed = done.clone();
    let on_position = Closure::once_into_js(move |position: Position| {
        let coords = position.coords();
        let found = LatLng::new(coords.latitude(), coords.longitude());
        done(found.map_err(|_| PositionFailure::Unavailable));
    });
    let on_error = Closure::once_into_js(move |error: PositionError| {
        let refused = error.code() == PositionError::PERMISSION_DENIED;
        failed(Err(if refused { PositionFailure::Refused } else { PositionFailure::Unavailable }));
    });
    let options = PositionOptions::new();
    options.set_maximum_age(300_000);
    options.set_timeout(10_000);
    // Cannot throw with callable arguments.
    let _ = geolocation.get_current_position_with_error_callback_and_options(
        on_position.unchecked_ref(),
        Some(on_error.unchecked_ref()),
        &options,
    );
}
