//! The one place that reads the browser's clock.

use devanture_domain::civil::UtcMs;

/// Now, to the millisecond.
#[expect(clippy::disallowed_methods, reason = "the clock that others are told to ask")]
#[expect(clippy::cast_possible_truncation, reason = "a whole number far below 2^53")]
pub fn now() -> UtcMs {
    js_sys::Date::now() as UtcMs
}
