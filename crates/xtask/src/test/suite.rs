//! Running one suite: its output is shown as it comes, and counted.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Command, Stdio},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;

use super::{failures::failures, totals::Totals};
use crate::servers::child::{Running, hold_when_stopping};

/// What became of a suite.
pub(super) struct Outcome {
    pub name: &'static str,
    pub passed: u32,
    pub failed: u32,
    /// Of those that passed, how many failed when they were first run.
    pub late: u32,
    pub took: Duration,
    /// What is said of those that failed, whether or not they passed when they were run again.
    pub said: Vec<String>,
}

/// A suite that is one yes or no.
pub(super) fn check(name: &'static str, suite: impl FnOnce() -> Result<()>) -> Outcome {
    println!("\n== {name}");
    let started = Instant::now();
    let result = suite();
    hold_when_stopping();
    let mut said = Vec::new();
    if let Err(error) = &result {
        println!("{name} failed: {error:#}");
        said.push(format!("{error:#}"));
    }
    let (passed, failed) = if result.is_ok() { (1, 0) } else { (0, 1) };
    Outcome { name, passed, failed, late: 0, took: started.elapsed(), said }
}

/// A suite that says how many of its tests passed and failed.
pub(super) fn counted(
    name: &'static str,
    command: &mut Command,
    count: fn(&str) -> Option<Totals>,
) -> Outcome {
    println!("\n== {name}");
    let started = Instant::now();
    let (success, text) = match streamed(command) {
        Ok(ended) => ended,
        Err(error) => {
            println!("{name} failed: {error:#}");
            (false, String::new())
        }
    };
    let Totals { passed, mut failed, late } = count(&text).unwrap_or_default();
    if success && passed + failed == 0 {
        println!("{name} failed: it ran no test, or printed no total");
        failed = 1;
    }
    if !success && failed == 0 {
        // It did not compile, or was ended.
        failed = 1;
    }
    let said = if failed + late > 0 { failures(&text) } else { Vec::new() };
    Outcome { name, passed, failed, late, took: started.elapsed(), said }
}

/// Runs a command, shows what it prints, and returns whether it succeeded and its text.
fn streamed(command: &mut Command) -> Result<(bool, String)> {
    // One pipe for both, so that lines stay in their order.
    let (reader, writer) = std::io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let running = Running::start(command)?;
    // The command holds copies of our end of the pipe.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let text = Arc::new(Mutex::new(String::new()));
    let (ended, end) = mpsc::channel::<()>();
    let kept = Arc::clone(&text);
    thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let mut out = std::io::stdout().lock();
            // Where nobody reads our output, the totals still count.
            let _ = out.write_all(&line).and_then(|()| out.flush());
            kept.lock().unwrap_or_else(PoisonError::into_inner).push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
        drop(ended);
    });
    let status = running.wait()?;
    // Something that it left behind may hold the pipe open for ever.
    let _ = end.recv_timeout(Duration::from_secs(5));
    let text = std::mem::take(&mut *text.lock().unwrap_or_else(PoisonError::into_inner));
    Ok((status.success(), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{process, test::totals};

    fn shell(script: &str) -> Command {
        let mut command = process::command("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_suite_that_ends_badly_has_failed_whatever_it_counts() {
        let outcome = counted("x", &mut shell("echo '  3 passed (1s)'; exit 1"), totals::playwright);
        assert_eq!((outcome.passed, outcome.failed), (3, 1));
        let outcome = counted("x", &mut shell("echo nothing"), totals::playwright);
        assert_eq!((outcome.passed, outcome.failed), (0, 1));
        let outcome = counted(
            "x",
            &mut shell("echo '  2 failed' >&2; echo '  3 passed (1s)'; exit 1"),
            totals::playwright,
        );
        assert_eq!((outcome.passed, outcome.failed), (3, 2));
        assert!(outcome.said.is_empty());
        let late =
            "printf '  1) a.spec.ts:1:1 › y\n    late\n  1 flaky\n    a.spec.ts:1:1 › y\n  3 passed (1s)\n'";
        let outcome = counted("x", &mut shell(late), totals::playwright);
        assert_eq!((outcome.passed, outcome.failed, outcome.late), (4, 0, 1));
        assert_eq!(outcome.said, ["  1) a.spec.ts:1:1 › y\n    late"]);
        let outcome = counted("x", &mut shell("echo 'not ok 1 - y'; exit 1"), totals::node);
        assert_eq!(outcome.said, ["not ok 1 - y"]);
        let outcome = counted("x", &mut process::command("/nowhere"), totals::playwright);
        assert_eq!((outcome.passed, outcome.failed), (0, 1));
    }
}
