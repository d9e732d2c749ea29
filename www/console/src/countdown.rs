//! The time that is left, as it is shown, and when that changes.

use devanture_domain::civil::UtcMs;

const SECOND: UtcMs = 1000;
const MINUTE: UtcMs = 60 * SECOND;
const HOUR: UtcMs = 60 * MINUTE;
const DAY: UtcMs = 24 * HOUR;
/// From here on by the second.
const LAST: UtcMs = 5 * MINUTE;

/// What is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// Two days or more, to the nearest.
    Days(UtcMs),
    /// Ten hours or more.
    Long(UtcMs),
    /// An hour or more, with minutes.
    Hours(UtcMs, UtcMs),
    /// Minutes, as many as have begun.
    Minutes(UtcMs),
    /// Minutes and seconds of the last five minutes.
    Seconds(UtcMs, UtcMs),
    /// Nothing.
    Over,
}

/// How much is left of `ms` milliseconds, rounded up: "1 min" is not over yet.
pub(crate) fn left(ms: UtcMs) -> Left {
    if ms <= 0 {
        Left::Over
    } else if ms <= LAST {
        let seconds = up(ms, SECOND);
        Left::Seconds(seconds / 60, seconds % 60)
    } else {
        let minutes = up(ms, MINUTE);
        match minutes {
            ..60 => Left::Minutes(minutes),
            60..600 => Left::Hours(minutes / 60, minutes % 60),
            600..2880 => Left::Long(up(ms, HOUR)),
            _ => Left::Days((ms + DAY / 2) / DAY),
        }
    }
}

/// In how many milliseconds [`left`] may say something else, and not before; `None` when it will not.
pub(crate) fn changes_in(ms: UtcMs) -> Option<UtcMs> {
    let step = match ms {
        ..=0 => return None,
        1..=LAST => SECOND,
        _ => MINUTE,
    };
    // Rounded up, the text changes as soon as the rest of the step is gone.
    let rest = ms % step;
    Some(if rest == 0 { if ms == LAST { SECOND } else { step } } else { rest })
}

/// Whether it is in the last minutes.
pub(crate) fn is_last(left: Left) -> bool {
    matches!(left, Left::Seconds(..) | Left::Over)
}

fn up(value: UtcMs, step: UtcMs) -> UtcMs {
    (value + step - 1) / step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_the_minute_then_by_the_second() {
        assert_eq!(left(15 * MINUTE), Left::Minutes(15));
        assert_eq!(left(14 * MINUTE + 1), Left::Minutes(15));
        assert_eq!(left(5 * MINUTE + 1), Left::Minutes(6));
        assert_eq!(left(5 * MINUTE), Left::Seconds(5, 0));
        assert_eq!(left(61 * SECOND), Left::Seconds(1, 1));
        assert_eq!(left(1), Left::Seconds(0, 1));
        assert_eq!(left(0), Left::Over);
        assert_eq!(left(-5), Left::Over);
        assert_eq!(left(90 * MINUTE), Left::Hours(1, 30));
        assert_eq!(left(29 * HOUR - 1), Left::Long(29));
        assert_eq!(left(3 * DAY + HOUR), Left::Days(3));
    }

    #[test]
    fn nothing_changes_before_it_is_said_to() {
        for ms in (1..3 * HOUR).step_by(777) {
            let next = changes_in(ms).unwrap();
            assert!(next > 0);
            assert_eq!(left(ms), left(ms - next + 1), "{ms}");
            assert_ne!(left(ms), left(ms - next), "{ms} {next}");
        }
        assert_eq!(changes_in(0), None);
    }
}
