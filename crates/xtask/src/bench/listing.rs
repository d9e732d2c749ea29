//! A listing of 500 cards with the size memory: `tests/bench/paint/listing.mjs` drives the browser and plays the API.

use anyhow::Result;

use super::figure::Report;
use crate::{
    npm,
    process::{command, root},
    servers, tools,
};

pub(super) fn run(report: &mut Report) -> Result<()> {
    npm::ci("tests/bench/paint")?;
    let mut node = command("node");
    node.current_dir(root().join("tests/bench/paint")).arg("listing.mjs");
    node.env("CHROMIUM", tools::chromium()?).env("DEVANTURE_ASSETS", servers::assets()?);
    report.take(&mut node)
}
