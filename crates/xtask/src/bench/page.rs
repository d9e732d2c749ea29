//! The main thread in a page: `tests/bench/paint` drives the browser and plays the API.

use anyhow::Result;

use super::figure::Report;
use crate::{
    npm,
    process::{command, root},
    servers, tools,
};

/// By one of its scripts.
pub(super) fn run(report: &mut Report, script: &str) -> Result<()> {
    npm::ci("tests/bench/paint")?;
    let mut node = command("node");
    node.current_dir(root().join("tests/bench/paint")).arg(script);
    node.env("CHROMIUM", tools::chromium()?).env("DEVANTURE_ASSETS", servers::assets()?);
    report.take(&mut node)
}
