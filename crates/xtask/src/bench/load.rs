//! The load generator, oha.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

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
pub(super) struct Load {
    pub requests_per_second: f64,
    /// In seconds.
    pub p50: f64,
    pub p99: f64,
}

/// Loads the URLs that a file lists, one per line, for some time.
pub(super) fn run(oha: &Path, urls: &Path, time: Duration) -> Result<Load> {
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
