//! A page in a browser on the real thing: `tests/bench/paint` drives it.

use std::{fs, path::Path, process::Command};

use anyhow::Result;

use super::figure::Report;
use crate::{
    npm,
    process::{command, root, target},
    servers::{self, Binaries, Plan, Ports, child::Scratch},
    tools,
};

/// From navigation to the painted list.
pub(super) fn run(report: &mut Report) -> Result<()> {
    stage(report, "paint", |_, node| {
        node.arg("run.mjs");
        Ok(())
    })
}

/// What a script's page is served from, before the API runs.
pub(super) struct Stage<'a> {
    pub binaries: &'a Binaries,
    pub database: &'a Path,
}

/// Runs a script of `tests/bench/paint`, which `prepare` names, beside an API with the demo's network.
pub(super) fn stage(
    report: &mut Report,
    name: &str,
    prepare: impl FnOnce(&Stage<'_>, &mut Command) -> Result<()>,
) -> Result<()> {
    npm::ci("tests/bench/paint")?;
    let chromium = tools::chromium()?;
    let assets = servers::assets()?;
    let binaries = Binaries::release()?;
    let folder = target().join("devanture");
    fs::create_dir_all(&folder)?;
    let scratch = Scratch::new(&folder, name)?;
    let database = scratch.path().join("bench.db");
    let ports = Ports::any()?;
    // The page is served in the shop's place, from an origin that the key allows.
    let page = servers::origin(ports.shop);
    let keys = servers::seed(&binaries, &database, &page, &servers::origin(ports.mini_site))?;
    let mut node = command("node");
    node.current_dir(root().join("tests/bench/paint"))
        .env("CHROMIUM", chromium)
        .env("DEVANTURE_API", servers::origin(ports.api))
        .env("DEVANTURE_SHOP_KEY", keys.shop)
        .env("PAGE_PORT", ports.shop.to_string());
    prepare(&Stage { binaries: &binaries, database: &database }, &mut node)?;
    let plan = Plan {
        binaries: &binaries,
        assets: &assets,
        database: &database,
        ports,
        logs: scratch.path(),
        limits: false,
        till_key: None,
        mail: None,
    };
    let _server = servers::api_server(&plan)?;
    report.take(&mut node)
}
