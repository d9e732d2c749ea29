//! The JavaScript side's packages.

use std::path::Path;

use anyhow::{Context, Result};

use crate::process::{command, root, run};

/// `npm ci` in a folder of the repository, unless its `node_modules` is as the lock file says.
pub(crate) fn ci(folder: &str) -> Result<()> {
    let folder = root().join(folder);
    let stamp = folder.join("node_modules/.devanture-lock");
    let lock = std::fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(npm(&folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
        .context("npm ci failed: Node.js 20 or later with npm is needed")?;
    std::fs::write(stamp, lock)?;
    Ok(())
}

/// npm in a folder.
pub(crate) fn npm(folder: &Path) -> std::process::Command {
    let mut npm = command("npm");
    npm.current_dir(folder);
    npm
}
