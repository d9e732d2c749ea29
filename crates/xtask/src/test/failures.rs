//! What a test runner said of each test that failed, short enough to be said again at the end, where it is read.

use super::totals::plain;

/// Lines of each, with its name; the whole is in the runner's own output.
const LINES: usize = 12;
/// More than so many have one reason.
const AT_MOST: usize = 20;

pub(super) fn failures(text: &str) -> Vec<String> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut is_inside = false;
    for line in text.lines().map(plain).filter(|line| !line.trim().is_empty()) {
        let line = line.trim_end_matches(['─', ' ']).to_owned();
        if begins(&line) {
            found.push(vec![line]);
            is_inside = true;
        } else if ends(&line) {
            is_inside = false;
        } else if let Some(lines) = found.last_mut().filter(|lines| is_inside && lines.len() < LINES) {
            lines.push(line);
        }
    }
    found.truncate(AT_MOST);
    found.into_iter().map(|lines| lines.join("\n")).collect()
}

/// Playwright's `  1) a.spec.ts:1:1 › x`, libtest's `---- a::b stdout ----`, nextest's `        FAIL [   0.1s] a b`, TAP's `not ok 1 - x`.
fn begins(line: &str) -> bool {
    let numbered = line.strip_prefix("  ").and_then(|line| line.split_once(") "));
    numbered.is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|sign| sign.is_ascii_digit()))
        || (line.starts_with("---- ") && line.ends_with(" ----"))
        || ["FAIL [", "TIMEOUT [", "SIGABRT [", "SIGSEGV ["]
            .iter()
            .any(|word| line.trim_start().starts_with(word))
        || line.starts_with("not ok ")
}

/// What comes after a failure and is not of it: the next test, or the runner's totals.
fn ends(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    line.starts_with("  ✓")
        || matches!(first, "PASS" | "ok" | "Summary" | "test" | "failures:")
        || super::totals::playwright(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn playwright_is_read() {
        let text = "  ✘  1 a.spec.ts:2:1 › x (13ms)\n  ✓  2 a.spec.ts:3:1 › y (1ms)\n\n\n  1) a.spec.ts:2:1 › x ────\n\n    Error: one is two\n\n    Expected: 2\n\n  1 failed\n    a.spec.ts:2:1 › x ───\n  1 passed (1s)\n";
        assert_eq!(failures(text), ["  1) a.spec.ts:2:1 › x\n    Error: one is two\n    Expected: 2"]);
    }

    #[test]
    fn rust_s_own_is_read() {
        let text = "test a::b ... FAILED\ntest a::c ... ok\n\nfailures:\n\n---- a::b stdout ----\n\nthread 'a::b' panicked at src/a.rs:1:1:\nno\n\nfailures:\n    a::b\n\ntest result: FAILED. 1 passed; 1 failed\n";
        assert_eq!(failures(text), ["---- a::b stdout ----\nthread 'a::b' panicked at src/a.rs:1:1:\nno"]);
    }

    #[test]
    fn nextest_is_read() {
        let text = "        PASS [   0.1s] (1/2) p a\n        FAIL [   0.1s] (2/2) p a::b\n  stderr ───\n    panicked\n     Summary [   0.2s] 2 tests run: 1 passed, 1 failed\n";
        assert_eq!(failures(text), ["        FAIL [   0.1s] (2/2) p a::b\n  stderr\n    panicked"]);
    }

    #[test]
    fn node_is_read_and_nothing_is_endless() {
        let text = "ok 1 - y\nnot ok 2 - x\n  ---\n  error: '1 == 2'\nok 3 - z\n";
        assert_eq!(failures(text), ["not ok 2 - x\n  ---\n  error: '1 == 2'"]);
        assert_eq!(
            failures(&format!("not ok 1 - x\n{}", "long\n".repeat(100))),
            [format!("not ok 1 - x\n{}", "long\n".repeat(11)).trim_end()]
        );
        assert!(failures("all is well\n  3 passed (1s)\n").is_empty());
    }
}
