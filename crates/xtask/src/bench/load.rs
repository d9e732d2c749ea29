//! The load generator, oha.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::figure::{Figure, median, rounded};
use crate::{
    process::{command, output},
    tools,
};

const VERSION: &str = "1.16.0";
const CONNECTIONS: &str = "32";

/// The program, installed once.
pub(super) fn oha() -> Result<PathBuf> {
    tools::installed("oha", VERSION, "oha", &[])
}

/// What oha measured.
struct Load {
    requests_per_second: f64,
    /// In seconds.
    p50: f64,
    p99: f64,
}

/// Medians of what a server and a bare handler did, asked in turn by the same load.
pub(super) struct Compared {
    pub requests_per_second: f64,
    pub bare: f64,
    /// The first as a share of the second, round by round.
    pub share: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

impl Compared {
    /// The share as a figure that must reach its target.
    pub(super) fn figure(&self, name: &str, target: f64) -> Figure {
        let figure = Figure::plain(name, self.share, "ratio").at_least(target);
        Figure { ratio: Some(self.share), against: Some(self.bare.into()), ..figure }
    }
}

/// Asks both so many times, after a round that warms up.
pub(super) fn compare(
    oha: &Path,
    (ours, bare): (&Path, &Path),
    (rounds, time): (usize, Duration),
) -> Result<Compared> {
    let (mut requests, mut of_bare, mut shares) = (Vec::new(), Vec::new(), Vec::new());
    let (mut p50, mut p99) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        let load = run(oha, ours, time)?;
        let against = run(oha, bare, time)?.requests_per_second;
        if round > 0 {
            shares.push(load.requests_per_second / against);
            requests.push(load.requests_per_second);
            of_bare.push(against);
            p50.push(load.p50 * 1000.0);
            p99.push(load.p99 * 1000.0);
        }
    }
    Ok(Compared {
        requests_per_second: median(&mut requests),
        bare: rounded(median(&mut of_bare)),
        share: rounded(median(&mut shares)),
        p50_ms: median(&mut p50),
        p99_ms: median(&mut p99),
    })
}

/// Loads the URLs that a file lists, one per line, for some time.
fn run(oha: &Path, urls: &Path, time: Duration) -> Result<Load> {
    let mut command = command(oha);
    command.args(["--no-tui", "--output-format", "json", "--disable-compression", "-c", CONNECTIONS]);
    command.arg("-z").arg(format!("{}ms", time.as_millis())).arg("--urls-from-file").arg(urls);
    read(&output(&mut command)?)
}

fn read(text: &str) -> Result<Load> {
    let json: Value = serde_json::from_str(text).context("oha printed no JSON")?;
    let codes = json["statusCodeDistribution"].as_object().context("oha counted no answers")?;
    if codes.is_empty() || codes.keys().any(|code| code != "200") {
        bail!("answers other than 200: {}", json["statusCodeDistribution"]);
    }
    // What was under way when the time was over is cut off, and is no failure.
    if let Some(errors) = json["errorDistribution"].as_object()
        && let Some((error, _)) = errors.iter().find(|(error, _)| !error.contains("deadline"))
    {
        bail!("a request failed: {error}");
    }
    let number =
        |path: &str| json.pointer(path).and_then(Value::as_f64).with_context(|| format!("oha has no {path}"));
    Ok(Load {
        requests_per_second: number("/summary/requestsPerSec")?,
        p50: number("/latencyPercentiles/p50")?,
        p99: number("/latencyPercentiles/p99")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_answers_of_200_count() {
        let ended = |codes: &str, errors: &str| {
            read(&format!(
                r#"{{"summary":{{"requestsPerSec":12.5}},"latencyPercentiles":{{"p50":0.01,"p99":0.01}},
                    "statusCodeDistribution":{codes},"errorDistribution":{errors}}}"#
            ))
        };
        let load = ended(r#"{"200":10}"#, r#"{"aborted due to deadline":3}"#).unwrap();
        assert!((load.requests_per_second - 12.5).abs() < f64::EPSILON);
        assert!(ended(r#"{"200":10,"429":1}"#, "{}").is_err());
        assert!(ended(r#"{"200":10}"#, r#"{"connection refused":1}"#).is_err());
        assert!(ended("{}", "{}").is_err());
    }
}
