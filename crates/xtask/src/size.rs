//! What browsers download, against the budgets in `size-budget.json`.

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::{
    process::root,
    wasm::{self, assets},
};

/// Brotli bytes per name: a file, or several joined by `+`.
type Budget = BTreeMap<String, usize>;

pub(crate) fn run(as_json: bool) -> Result<()> {
    let built = wasm::build(wasm::Options::default())?;
    let budget: Budget = serde_json::from_slice(&fs::read(root().join("size-budget.json"))?)
        .context("size-budget.json must map names to brotli bytes")?;
    let mut brotli = BTreeMap::new();
    let console = assets::tree(&built.console)?;
    let console = console.into_iter().map(|(name, path)| (format!("console/{name}"), path));
    for (name, path) in assets::tree(&built.build)?.into_iter().chain(console) {
        if path.extension().is_some_and(|ending| ending == "br" || ending == "gz") {
            continue;
        }
        let size = |path: PathBuf| -> Result<usize> { Ok(fs::read(path)?.len()) };
        let raw = size(path.clone())?;
        let (small, gzip) = (size(assets::suffixed(&path, ".br"))?, size(assets::suffixed(&path, ".gz"))?);
        if as_json {
            let line = json!({ "name": name, "value": small, "unit": "bytes br", "raw": raw, "gzip": gzip });
            println!("{line}");
        } else {
            println!("{name:<34} {raw:>8} raw {gzip:>8} gz {small:>8} br");
        }
        brotli.insert(name, small);
    }
    let mut over = Vec::new();
    for (name, target) in budget {
        let value: Option<usize> = name.split('+').map(|file| brotli.get(file).copied()).sum();
        let value = value.with_context(|| format!("size-budget.json names {name}, which is not built"))?;
        let ok = value <= target;
        #[expect(clippy::cast_precision_loss, reason = "file sizes")]
        let ratio = value as f64 / target as f64;
        if as_json {
            println!(
                "{}",
                json!({ "name": format!("budget {name}"), "value": value, "unit": "bytes br", "ratio": ratio,
                    "against": "budget", "target": target, "ok": ok })
            );
        } else {
            println!("{:<34} {value:>8} of {target} br ({:.0} %)", format!("budget {name}"), ratio * 100.0);
        }
        if !ok {
            over.push(name);
        }
    }
    if !over.is_empty() {
        bail!("over budget: {}", over.join(", "));
    }
    Ok(())
}
