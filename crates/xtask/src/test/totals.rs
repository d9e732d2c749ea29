//! How many tests passed and failed, read from what test runners print at their end.

/// Of one runner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    pub passed: u32,
    /// Failed, timed out, or never came to run.
    pub failed: u32,
    /// Of those that passed, how many failed when they were first run.
    pub late: u32,
}

/// `Summary [   1.0s] 12 tests run: 10 passed (1 slow), 2 failed, 1 skipped`; the last one counts.
pub(super) fn nextest(text: &str) -> Option<Totals> {
    let line = text.lines().map(plain).rfind(|line| line.trim_start().starts_with("Summary ["))?;
    let (head, counts) = line.split_once("run:")?;
    // `7/12 tests` when some were not run.
    let (_, head) = head.split_once(']')?;
    let planned = number(head.split_whitespace().next()?.rsplit('/').next()?)?;
    let passed = numbered(counts, "passed");
    Some(Totals { passed, failed: planned.saturating_sub(passed), late: 0 })
}

/// Every `test result: ok. 3 passed; 0 failed; …` of a `cargo test`.
pub(super) fn cargo_test(text: &str) -> Option<Totals> {
    let lines: Vec<String> =
        text.lines().map(plain).filter(|line| line.starts_with("test result:")).collect();
    let sum = |what| lines.iter().map(|line| numbered(line, what)).sum();
    (!lines.is_empty()).then(|| Totals { passed: sum("passed"), failed: sum("failed"), late: 0 })
}

/// `# pass 3` of the TAP reporter, `ℹ pass 3` of the other.
pub(super) fn node(text: &str) -> Option<Totals> {
    let find = |what: &str| {
        text.lines().map(plain).rev().find_map(|line| {
            let rest = line
                .trim()
                .strip_prefix(['#', 'ℹ'])?
                .trim()
                .strip_prefix(what)?
                .strip_prefix(' ')?
                .to_owned();
            number(&rest)
        })
    };
    let failed = find("fail")? + find("cancelled").unwrap_or(0);
    Some(Totals { passed: find("pass")?, failed, late: 0 })
}

/// Lines such as `  2 failed`, `  1 did not run`, `  1 flaky`, `  10 passed (3.1s)`.
pub(super) fn playwright(text: &str) -> Option<Totals> {
    // Each is printed once, at the end; what looks like it before that gives way.
    let (mut passed, mut failed, mut others, mut late) = (None, None, [None; 2], None);
    for line in text.lines().map(plain) {
        let Some((count, what)) = line.trim().split_once(' ') else { continue };
        let Some(count) = number(count) else { continue };
        match what.split('(').next().unwrap_or_default().trim() {
            "passed" => passed = Some(count),
            "failed" => failed = Some(count),
            "interrupted" => others[0] = Some(count),
            "did not run" => others[1] = Some(count),
            "flaky" => late = Some(count),
            _ => {}
        }
    }
    passed.or(failed).or(late).or(others[0]).or(others[1])?;
    let late = late.unwrap_or(0);
    Some(Totals {
        passed: passed.unwrap_or(0) + late,
        failed: [failed, others[0], others[1]].into_iter().flatten().sum(),
        late,
    })
}

/// The number before a word: 10 of `10 passed (1 slow), 2 failed` for `passed`.
fn numbered(text: &str, what: &str) -> u32 {
    text.split([',', ';', '.'])
        .filter_map(|part| part.split('(').next()?.trim().split_once(' '))
        .find_map(|(count, word)| if word.trim() == what { number(count) } else { None })
        .unwrap_or(0)
}

fn number(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

/// A line without colours.
pub(super) fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        rest = after.split_once(|c: char| c.is_ascii_alphabetic()).map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(passed: u32, failed: u32) -> Totals {
        Totals { passed, failed, late: 0 }
    }

    #[test]
    fn nextest_is_read() {
        let text = "PASS x\n     Summary [   0.012s] 12 tests run: 12 passed, 0 skipped\n";
        assert_eq!(nextest(text), Some(totals(12, 0)));
        let text = "     Summary [   9.5s] 9/12 tests run: 6 passed (1 slow, 1 leaky), 2 failed, 1 timed out, 1 skipped";
        assert_eq!(nextest(text), Some(totals(6, 6)), "three did not run");
        let text = "\u{1b}[32m     Summary\u{1b}[0m [   0.5s] \u{1b}[1m1\u{1b}[0m test run: \u{1b}[1m1\u{1b}[0m passed, 0 skipped";
        assert_eq!(nextest(text), Some(totals(1, 0)));
        assert_eq!(nextest("error: could not compile"), None);
    }

    #[test]
    fn cargo_test_is_summed() {
        let text = "test result: ok. 3 passed; 0 failed; 0 ignored\nx\ntest result: FAILED. 4 passed; 2 failed; 1 ignored";
        assert_eq!(cargo_test(text), Some(totals(7, 2)));
        assert_eq!(cargo_test("error"), None);
    }

    #[test]
    fn node_is_read_in_both_forms() {
        assert_eq!(node("# tests 3\n# pass 2\n# fail 1\n# cancelled 0\n"), Some(totals(2, 1)));
        assert_eq!(node("ℹ tests 3\nℹ pass 2\nℹ fail 0\nℹ cancelled 1\n"), Some(totals(2, 1)));
        assert_eq!(node("SyntaxError"), None);
    }

    #[test]
    fn playwright_is_read() {
        let text = "  ✓  1 a.spec.ts › 3 passed things (1s)\n\n  2 failed\n    a.spec.ts:3:1 › x\n  1 flaky\n  1 skipped\n  3 did not run\n  10 passed (3.1s)\n";
        assert_eq!(playwright(text), Some(Totals { passed: 11, failed: 5, late: 1 }));
        assert_eq!(playwright("  8 passed (1.2m)\n"), Some(totals(8, 0)));
        assert_eq!(playwright("Error: no config"), None);
    }
}
