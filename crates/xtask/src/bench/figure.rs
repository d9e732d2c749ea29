//! Figures and how they are shown.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::servers::child::Running;

/// One figure. `ratio` is `value` divided by `against`, unless `value` itself is a ratio; `target` is in the
/// unit of `value`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: String,
    pub ratio: Option<f64>,
    pub against: Option<Value>,
    pub target: Option<f64>,
    pub ok: Option<bool>,
}

impl Figure {
    /// One that is only told.
    pub(super) fn plain(name: &str, value: f64, unit: &str) -> Self {
        Self {
            name: name.to_owned(),
            value: rounded(value),
            unit: unit.to_owned(),
            ratio: None,
            against: None,
            target: None,
            ok: None,
        }
    }

    /// One that must not exceed its target.
    pub(super) fn at_most(self, target: f64) -> Self {
        Self { target: Some(target), ok: Some(self.value <= target), ..self }
    }

    /// One that must reach its target.
    pub(super) fn at_least(self, target: f64) -> Self {
        Self { target: Some(target), ok: Some(self.value >= target), ..self }
    }
}

/// Where figures go: lines of a table, or a JSON object per line.
pub(super) struct Report {
    json: bool,
    missed: Vec<String>,
}

impl Report {
    pub(super) fn new(json: bool) -> Self {
        Self { json, missed: Vec::new() }
    }

    pub(super) fn add(&mut self, figure: &Figure) -> Result<()> {
        if figure.ok == Some(false) {
            self.missed.push(figure.name.clone());
        }
        if self.json {
            println!("{}", serde_json::to_string(figure)?);
            return Ok(());
        }
        let Figure { name, value, unit, ratio, against, target, ok } = figure;
        let against = against.as_ref().map_or(String::new(), |against| format!(", against {against}"));
        let ratio = ratio.map_or(String::new(), |ratio| format!(" (ratio {ratio})"));
        let verdict = if *ok == Some(true) { "ok" } else { "MISSED" };
        let target = target.map_or(String::new(), |target| format!(", target {target}: {verdict}"));
        println!("{name:<76} {value:>9} {unit}{against}{ratio}{target}");
        Ok(())
    }

    /// A line that is no figure: what is skipped and why, a waterfall.
    pub(super) fn note(&self, line: &str) {
        if self.json {
            eprintln!("{line}");
        } else {
            println!("{line}");
        }
    }

    /// Runs a program that prints figures as JSON lines, and takes them in; its other lines are notes. A program that
    /// fails because of a missed target has said so in its figures.
    pub(super) fn take(&mut self, command: &mut Command) -> Result<()> {
        let name = command.get_program().to_string_lossy().into_owned();
        let (reader, writer) = std::io::pipe()?;
        command.stdin(Stdio::null()).stdout(writer);
        let running = Running::start(command)?;
        command.stdout(Stdio::null());
        let (mut figures, mut missed) = (0, false);
        for line in std::io::BufRead::lines(std::io::BufReader::new(reader)) {
            let line = line?;
            if line.starts_with('{') {
                let figure: Figure =
                    serde_json::from_str(&line).with_context(|| format!("no figure: {line}"))?;
                missed |= figure.ok == Some(false);
                figures += 1;
                self.add(&figure)?;
            } else {
                self.note(&line);
            }
        }
        let status = running.wait()?;
        if !status.success() && !missed {
            bail!("{name} ended with {status} after {figures} figures");
        }
        Ok(())
    }

    pub(super) fn missed(self) -> Vec<String> {
        self.missed
    }
}

/// To four digits, as much as any of this means.
pub(super) fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

/// The middle one, or the mean of the two in the middle.
pub(super) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median(&mut [3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(&mut [4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < f64::EPSILON);
        assert!(median(&mut []).is_nan());
    }

    #[test]
    fn a_figure_knows_its_target_and_its_form() {
        let figure = Figure::plain("x", 0.123_456, "ms").at_most(0.2);
        assert_eq!(figure.ok, Some(true));
        assert_eq!(
            serde_json::to_string(&figure).unwrap(),
            r#"{"name":"x","value":0.1235,"unit":"ms","ratio":null,"against":null,"target":0.2,"ok":true}"#
        );
        assert_eq!(Figure::plain("x", 0.4, "ratio").at_least(0.5).ok, Some(false));
    }
}
