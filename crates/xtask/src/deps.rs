//! `cargo xtask check-deps`: who may import whom, as ARCHITECTURE.md says it, checked against what
//! `cargo metadata` resolves.

mod graph;
mod rules;

use anyhow::{Result, bail};

use crate::process::{cargo, output};
use graph::Graph;

/// Where widgets run.
const BROWSER: &str = "wasm32-unknown-unknown";

/// Where the server runs. Any native platform would do: what is looked for does not differ among them.
const NATIVE: &str = "x86_64-unknown-linux-gnu";

pub(crate) fn run() -> Result<()> {
    let mut found = rules::direct(&resolved(None)?);
    found.extend(rules::reached(&resolved(Some(BROWSER))?, rules::Side::Browser));
    found.extend(rules::reached(&resolved(Some(NATIVE))?, rules::Side::Native));
    if found.is_empty() {
        println!("check-deps: every crate imports only what it may");
        return Ok(());
    }
    for line in &found {
        println!("check-deps: {line}");
    }
    bail!("{} broken; see \"Who imports whom\" in ARCHITECTURE.md", rules_count(found.len()))
}

fn rules_count(count: usize) -> String {
    if count == 1 { "1 rule is".to_owned() } else { format!("{count} rules are") }
}

/// The graph as it is on one platform, or with the dependencies of all of them.
fn resolved(platform: Option<&str>) -> Result<Graph> {
    let mut command = cargo();
    command.args(["metadata", "--format-version", "1", "--all-features", "--locked"]);
    if let Some(platform) = platform {
        command.args(["--filter-platform", platform]);
    }
    Graph::parse(&output(&mut command)?)
}
