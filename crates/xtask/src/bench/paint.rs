//! From navigation to the painted list: `tests/bench/paint` drives the browser.

use std::fs;

use anyhow::Result;

use super::figure::Report;
use crate::{
    npm,
    process::{command, root, target},
    servers::{self, Binaries, Plan, Ports, child::Scratch},
    tools,
};

pub(super) fn run(report: &mut Report) -> Result<()> {
    npm::ci("tests/bench/paint")?;
    let chromium = tools::chromium()?;
    let assets = servers::assets()?;
    let binaries = Binaries::release()?;
    let folder = target().join("devanture");
    fs::create_dir_all(&folder)?;
    let scratch = Scratch::new(&folder, "paint")?;
    let database = scratch.path().join("paint.db");
    let ports = Ports::any()?;
    // The page is served in the shop's place, from an origin that the key allows.
    let page = servers::origin(ports.shop);
    let keys = servers::seed(&binaries, &database, &page, &servers::origin(ports.mini_site))?;
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
    let mut node = command("node");
    node.current_dir(root().join("tests/bench/paint")).arg("run.mjs");
    node.env("CHROMIUM", chromium)
        .env("DEVANTURE_API", servers::origin(ports.api))
        .env("DEVANTURE_SHOP_KEY", keys.shop)
        .env("PAGE_PORT", ports.shop.to_string());
    report.take(&mut node)
}
