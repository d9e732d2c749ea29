//! The log on standard error. Lines of requests are gathered and leave together, since a system call for each would cost
//! as much as finding the stores; a warning or an error leaves at once, with what was waiting before it.

mod line;

use std::{
    io::{self, BufWriter, Stderr, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use tracing::{Level, Metadata};
use tracing_subscriber::{
    EnvFilter, fmt::MakeWriter, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// A line waits no longer than this.
const PATIENCE: Duration = Duration::from_millis(100);
const GATHERED_BYTES: usize = 32 * 1024;

/// Begins to log; what is waiting at the end is written when the guard goes.
pub(crate) fn init() -> Guard {
    let log = Arc::new(Log(Mutex::new(BufWriter::with_capacity(GATHERED_BYTES, io::stderr()))));
    let gathered = Arc::clone(&log);
    thread::spawn(move || {
        loop {
            thread::sleep(PATIENCE);
            gathered.write_out();
        }
    });
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let lines =
        tracing_subscriber::fmt::layer().event_format(line::Lines).with_writer(Writer(Arc::clone(&log)));
    tracing_subscriber::registry().with(filter).with(lines).init();
    Guard(log)
}

pub(crate) struct Guard(Arc<Log>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.write_out();
    }
}

struct Log(Mutex<BufWriter<Stderr>>);

impl Log {
    fn lock(&self) -> MutexGuard<'_, BufWriter<Stderr>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where standard error is gone there is nobody to tell.
    fn write_out(&self) {
        let _ = self.lock().flush();
    }
}

struct Writer(Arc<Log>);

impl<'a> MakeWriter<'a> for Writer {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line { log: self.0.lock(), at_once: true }
    }

    fn make_writer_for(&'a self, metadata: &Metadata<'_>) -> Line<'a> {
        Line { log: self.0.lock(), at_once: *metadata.level() <= Level::WARN }
    }
}

struct Line<'a> {
    log: MutexGuard<'a, BufWriter<Stderr>>,
    at_once: bool,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.log.write(bytes)?;
        if self.at_once {
            self.log.flush()?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.log.flush()
    }
}
