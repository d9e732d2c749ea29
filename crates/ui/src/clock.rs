//! The one place that reads the browser's clock.

use devanture_domain::civil::UtcMs;
use gloo_timers::callback::Timeout;

/// Now, to the millisecond.
#[expect(clippy::disallowed_methods, reason = "the clock that others are told to ask")]
#[expect(clippy::cast_possible_truncation, reason = "a whole number far below 2^53")]
pub fn now() -> UtcMs {
    js_sys::Date::now() as UtcMs
}

/// Calls back after some milliseconds, not at all once it is dropped. Boxed, so that there is one of it for all.
pub fn after(ms: u32, then: Box<dyn FnOnce()>) -> Timeout {
    Timeout::new(ms, then)
}
