//! Search in the page: `tests/bench/search` does the work.

use anyhow::Result;

use super::{figure::Report, stores_worldwide};
use crate::{
    npm,
    process::{command, root},
    tools,
};

pub(super) fn run(report: &mut Report) -> Result<()> {
    if stores_worldwide().is_none() {
        report.note("search: skipped, ../shared/data/stores-worldwide.csv is not there");
        return Ok(());
    }
    npm::ci("tests/bench/search")?;
    tools::wasm_target()?;
    let mut node = command("node");
    node.current_dir(root().join("tests/bench/search")).arg("run.mjs").env("CHROMIUM", tools::chromium()?);
    if let Some(folder) = tools::wasm_bindgen()?.parent().filter(|folder| folder.is_dir()) {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path));
        node.env("PATH", std::env::join_paths(folders)?);
    }
    report.take(&mut node)
}
