//! A line of the log: when, how grave, from where, what. Tracing-subscriber's own costs a request of the API three times as
//! much: it writes the date anew every time, and asks for colours at every word.

use std::{
    cell::RefCell,
    fmt::{self, Debug, Write as _},
    time::{SystemTime, UNIX_EPOCH},
};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    fmt::{FmtContext, FormatEvent, FormatFields, format::Writer},
    registry::LookupSpan,
};

use crate::instant;

/// `2026-11-22T06:00:00.012345Z  INFO devanture::request: method="GET" status=200`, and never a second line, whatever a
/// text contains.
pub(super) struct Lines;

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'writer> FormatFields<'writer> + 'static,
{
    fn format_event(
        &self,
        _context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        write_now(&mut writer)?;
        let metadata = event.metadata();
        writer.write_str(match *metadata.level() {
            Level::ERROR => " ERROR ",
            Level::WARN => "  WARN ",
            Level::INFO => "  INFO ",
            Level::DEBUG => " DEBUG ",
            Level::TRACE => " TRACE ",
        })?;
        writer.write_str(metadata.target())?;
        writer.write_char(':')?;
        let mut fields = Fields { line: &mut writer, result: Ok(()) };
        event.record(&mut fields);
        fields.result?;
        writer.write_char('\n')
    }
}

thread_local! {
    /// The second of the last line, and how it is written.
    static SECOND: RefCell<(u64, String)> = const { RefCell::new((u64::MAX, String::new())) };
}

#[expect(clippy::disallowed_methods, reason = "a log tells the time of the machine")]
fn write_now(line: &mut Writer<'_>) -> fmt::Result {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    SECOND.with_borrow_mut(|(second, written)| {
        if *second != now.as_secs() {
            let ms = i64::try_from(now.as_secs()).unwrap_or_default().saturating_mul(1000);
            *second = now.as_secs();
            *written = instant::shown(ms);
            written.truncate(written.len() - "Z".len());
        }
        line.write_str(written)
    })?;
    let mut fraction = *b".000000Z";
    let mut rest = now.subsec_micros();
    for digit in fraction[1..7].iter_mut().rev() {
        *digit = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
    line.write_str(std::str::from_utf8(&fraction).unwrap_or_default())
}

struct Fields<'a, 'writer> {
    line: &'a mut Writer<'writer>,
    result: fmt::Result,
}

impl Fields<'_, '_> {
    fn write(&mut self, field: &Field, value: impl FnOnce(&mut Writer<'_>) -> fmt::Result) {
        let line = &mut *self.line;
        self.result = self.result.and_then(|()| {
            line.write_char(' ')?;
            // The message is what the line says, not one of its fields.
            if field.name() != "message" {
                line.write_str(field.name())?;
                line.write_char('=')?;
            }
            value(line)
        });
    }
}

impl Visit for Fields<'_, '_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
        self.write(field, |line| {
            if field.name() == "message" {
                OneLine(line).write_str(value)
            } else if value.as_bytes().iter().all(is_plain) {
                line.write_char('"')?;
                line.write_str(value)?;
                line.write_char('"')
            } else {
                write!(line, "{value:?}")
            }
        });
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.write(field, |line| line.write_str(itoa::Buffer::new().format(value)));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.write(field, |line| write!(OneLine(line), "{value:?}"));
    }
}

/// Escapes what would end the line, or tell a terminal to do something.
struct OneLine<'a, 'writer>(&'a mut Writer<'writer>);

impl fmt::Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for part in text.split_inclusive(char::is_control) {
            match part.chars().next_back().filter(|last| last.is_control()) {
                Some(last) => {
                    self.0.write_str(&part[..part.len() - last.len_utf8()])?;
                    write!(self.0, "{}", last.escape_default())?;
                }
                None => self.0.write_str(part)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    /// What is written of what `says` says.
    fn logged(says: impl FnOnce()) -> String {
        let written = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&written);
        let lines =
            tracing_subscriber::fmt::layer().event_format(Lines).with_writer(move || Sink(Arc::clone(&sink)));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(lines), says);
        let written = written.lock().unwrap();
        String::from_utf8(written.clone()).unwrap()
    }

    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_says_when_how_grave_where_and_what() {
        let line = logged(|| {
            tracing::info!(target: "devanture::request", method = "GET", route = "/v1/stores", status = 200_u16, share = 0.5);
        });
        let (when, rest) = line.split_once(' ').unwrap();
        assert_eq!(when.len(), "2026-11-22T06:00:00.012345Z".len(), "{line}");
        let told = instant::instant(when).unwrap();
        assert!(told > 1_700_000_000_000, "{line}");
        assert_eq!(
            rest,
            " INFO devanture::request: method=\"GET\" route=\"/v1/stores\" status=200 share=0.5\n"
        );
        let line = logged(|| tracing::error!(target: "t", code = 7, "cannot {}", "write"));
        assert!(line.ends_with("Z ERROR t: cannot write code=7\n"), "{line}");
    }

    #[test]
    fn one_event_is_one_line_and_no_terminal_obeys_it() {
        let evil = "a\nb\u{1b}[31m\"\\";
        let line =
            logged(|| tracing::warn!(target: "t", text = evil, shown = %evil, debug = ?evil, "said {evil}"));
        assert_eq!(line.matches('\n').count(), 1, "{line}");
        assert!(!line.contains('\u{1b}'), "{line}");
        let escaped = r"a\nb\u{1b}[31m";
        assert!(
            line.contains(&format!(
                r#"said {escaped}"\ text="{escaped}\"\\" shown={escaped}"\ debug="{escaped}\"\\""#
            )),
            "{line}"
        );
    }
}
