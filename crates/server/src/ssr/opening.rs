//! The line that says open or closed, as the widget words it.

use devanture_api::store::Store;
use devanture_domain::{
    civil::{UtcMs, Zone as _},
    hours::{OpeningState, SOON_MS, state_at},
};

use super::words::Words;
use crate::zone::NamedZone;

const MINUTE_MS: i64 = 60_000;

/// Class, state and what follows it.
pub(super) type Line = (&'static str, &'static str, String);

/// `offset`: minutes east of UTC of the shopper's own clock, if they are known.
pub(super) fn line(store: &Store, words: &Words, now: UtcMs, offset: Option<i32>) -> Option<Line> {
    if store.hours.is_empty() {
        return None;
    }
    let zone = NamedZone::get(&store.time_zone)?;
    let time = |at: UtcMs| {
        let local = zone.to_local(at);
        let shown = words.time(local.minute);
        let minutes = (i64::from(local.date.0) * 1440 + i64::from(local.minute)) - at.div_euclid(MINUTE_MS);
        let same_clock = offset.is_none_or(|offset| i64::from(offset) == minutes);
        if same_clock { shown } else { words.fill("store_time", &[("time", &shown)]) }
    };
    Some(match state_at(&store.hours, &zone, now) {
        OpeningState::Open { closes_at: None } => {
            ("open", words.text("open"), words.text("day_and_night").to_owned())
        }
        OpeningState::Open { closes_at: Some(at) } => {
            let until = words.fill("until", &[("time", &time(at))]);
            if at - now <= SOON_MS {
                ("soon", words.text("closes_soon"), until)
            } else {
                ("open", words.text("open"), until)
            }
        }
        OpeningState::Closed { opens_at } => {
            let opens = opens_at.map(|at| {
                let day = zone.to_local(at).date;
                let time = time(at);
                match day.0 - zone.to_local(now).date.0 {
                    0 => words.fill("opens_today", &[("time", &time)]),
                    1 => words.fill("opens_tomorrow", &[("time", &time)]),
                    2..=6 => {
                        words.fill("opens_on", &[("day", words.weekday(day.weekday())), ("time", &time)])
                    }
                    // A date in full is the widget's to write.
                    _ => String::new(),
                }
            });
            ("closed", words.text("closed"), opens.unwrap_or_default())
        }
    })
}
