//! Time zones by the browser's `Intl`, so that no zone data is shipped.

use std::{cell::RefCell, rc::Rc};

use devanture_domain::civil::{Date, LocalMinute, UtcMs, Zone};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::js;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// A place's clock. Offsets are asked of `Intl` at most twice per day that is looked at.
#[derive(Clone)]
pub struct IntlZone(Rc<Inner>);

struct Inner {
    name: String,
    /// `None` when the browser does not know the zone: the device's own clock is used then.
    format: Option<JsValue>,
    /// Offsets in minutes at the beginning of a UTC day.
    offsets: RefCell<Vec<(i64, i64)>>,
}

thread_local! {
    static ZONES: RefCell<Vec<IntlZone>> = const { RefCell::new(Vec::new()) };
}

impl IntlZone {
    /// The zone of this IANA name; the same one for all who ask.
    pub fn named(name: &str) -> Self {
        ZONES.with_borrow_mut(|zones| {
            if let Some(zone) = zones.iter().find(|zone| zone.0.name == name) {
                return zone.clone();
            }
            let inner = Inner { name: name.into(), format: formatter(name), offsets: RefCell::default() };
            let zone = Self(Rc::new(inner));
            zones.push(zone.clone());
            zone
        })
    }

    /// Whether the shopper's own device shows the same time at an instant.
    pub fn same_clock_as_device(&self, utc: UtcMs) -> bool {
        self.offset(utc) == device_offset(&date_of(utc))
    }

    /// Minutes east of UTC at an instant.
    fn offset(&self, utc: UtcMs) -> i64 {
        let day = utc.div_euclid(DAY);
        let (start, end) = (self.offset_at_day(day), self.offset_at_day(day + 1));
        // Clocks change at most once a day, so equal ends mean no change in between.
        if start == end { start } else { self.ask(utc) }
    }

    fn offset_at_day(&self, day: i64) -> i64 {
        let known = self.0.offsets.borrow().iter().find(|(at, _)| *at == day).map(|(_, offset)| *offset);
        known.unwrap_or_else(|| {
            let offset = self.ask(day * DAY);
            self.0.offsets.borrow_mut().push((day, offset));
            offset
        })
    }

    fn ask(&self, utc: UtcMs) -> i64 {
        let date = date_of(utc);
        self.wall_clock(&date).unwrap_or_else(|| device_offset(&date))
    }

    /// The offset, from what the formatter prints: `11/21/2026, 23:41` in any spelling that keeps
    /// the order month, day, year, hour, minute.
    fn wall_clock(&self, date: &js_sys::Date) -> Option<i64> {
        let printed = js::call(self.0.format.as_ref()?, "format", &Array::of1(date)).ok()?.as_string()?;
        let mut parts =
            printed.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<i32>().ok());
        let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
        let (hour, minute) = (parts.next()?, parts.next()?);
        let date_there = Date::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
        let wall = i64::from(date_there.0) * 1440 + i64::from(hour) * 60 + i64::from(minute);
        #[expect(clippy::cast_possible_truncation, reason = "an instant in milliseconds")]
        let utc = date.get_time() as i64;
        Some(wall - utc.div_euclid(MINUTE))
    }
}

fn date_of(utc: UtcMs) -> js_sys::Date {
    #[expect(clippy::cast_precision_loss, reason = "instants are far below 2^53")]
    js_sys::Date::new(&JsValue::from_f64(utc as f64))
}

fn device_offset(date: &js_sys::Date) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a zone offset")]
    let west = date.get_timezone_offset() as i64;
    -west
}

/// `new Intl.DateTimeFormat("en-US", {timeZone, …})`, which throws on a zone it does not know.
fn formatter(zone: &str) -> Option<JsValue> {
    let options = js::object(&[
        ("timeZone", zone.into()),
        ("hourCycle", "h23".into()),
        ("year", "numeric".into()),
        ("month", "numeric".into()),
        ("day", "numeric".into()),
        ("hour", "numeric".into()),
        ("minute", "numeric".into()),
    ]);
    let class: Function = js::get(&js::get(&js_sys::global(), "Intl"), "DateTimeFormat").dyn_into().ok()?;
    Reflect::construct(&class, &Array::of2(&"en-US".into(), &options)).ok()
}

impl Zone for IntlZone {
    fn to_local(&self, utc: UtcMs) -> LocalMinute {
        let minutes = utc.div_euclid(MINUTE) + self.offset(utc);
        LocalMinute {
            date: Date(i32::try_from(minutes.div_euclid(1440)).unwrap_or_default()),
            minute: u16::try_from(minutes.rem_euclid(1440)).unwrap_or_default(),
        }
    }

    fn to_utc(&self, local: LocalMinute) -> UtcMs {
        let wall = i64::from(local.date.0) * 1440 + i64::from(local.minute);
        // The offsets a day before and after bracket any change; the earlier instant that shows
        // `local` wins, and in a gap the change itself pushes the time forward.
        let before = self.offset((wall - 1440) * MINUTE);
        let after = self.offset((wall + 1440) * MINUTE);
        let first = (wall - before) * MINUTE;
        if before == after || self.offset(first) == before {
            return first;
        }
        let second = (wall - after) * MINUTE;
        if self.offset(second) == after { second } else { self.change_near(second, first) }
    }
}

impl IntlZone {
    /// The instant at which the offset changes, between two instants on either side of it.
    fn change_near(&self, a: UtcMs, b: UtcMs) -> UtcMs {
        let (mut low, mut high) = (a.min(b), a.max(b));
        let from = self.offset(low);
        while high - low > MINUTE {
            let middle = low + (high - low) / 2 / MINUTE * MINUTE;
            if middle == low {
                break;
            }
            if self.offset(middle) == from { low = middle } else { high = middle }
        }
        high
    }
}
