//! Opening hours: a store's week, its special days, and whether it is open at an instant.

mod delay;
mod schedule;
mod state;

pub use delay::{after_open_time, closing_of_open_day};
pub use schedule::{HoursError, Schedule, Span, SpecialDay};
pub use state::{OpeningState, SOON_MS, open_intervals, state_at};
