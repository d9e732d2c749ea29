//! The staff console: one module, its script, its style sheet, and the page that loads them. A module that was bound
//! and optimised before is taken as it is.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest as _, Sha256};

use super::{assets, bindgen, compile, optimise, reset};
use crate::process::{self, root, run, target};

/// What is made of the module and, by name, of these files of `www/console`.
const SOURCES: [&str; 4] = ["index.html", "boot.js", "console.css", "icon.svg"];
/// Counts the ways in which the rest was made of them.
const RECIPE: u8 = 1;

/// Builds `folder/console`: `index.html`, and all else in `<hash>/` with compressed siblings. Returns the latter.
pub(super) fn build(folder: &Path) -> Result<PathBuf> {
    let module = compile("console", &[])?;
    let source = root().join("www/console");
    let mut hasher = Sha256::new();
    hasher.update([RECIPE]);
    for path in
        SOURCES.map(|name| source.join(name)).iter().chain([&module, &root().join("npm/package-lock.json")])
    {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        hasher.update(Sha256::digest(bytes));
    }
    let hash = assets::short(hasher);
    let made = target().join("devanture/console").join(&hash);
    if !made.join("index.html").is_file() {
        let work = target().join("devanture/work-console");
        make(&module, &source, &hash, &work)?;
        reset(&made)?;
        fs::remove_dir(&made)?;
        fs::rename(&work, &made)?;
    }
    let out = folder.join("console");
    copy(&made, &out)?;
    Ok(out.join(hash))
}

fn make(module: &Path, source: &Path, hash: &str, work: &Path) -> Result<()> {
    reset(work)?;
    let files = work.join(hash);
    let bound = work.join("bound");
    fs::create_dir_all(&files)?;
    bindgen(module, &bound, "bound", &[])?;
    let wasm = files.join("console.wasm");
    fs::rename(bound.join("bound_bg.wasm"), &wasm)?;
    optimise(&wasm)?;
    fs::copy(source.join("boot.js"), bound.join("boot.js"))?;
    esbuild(&bound.join("boot.js"), &files.join("console.js"))?;
    esbuild(&source.join("console.css"), &files.join("console.css"))?;
    fs::copy(source.join("icon.svg"), files.join("icon.svg"))?;
    assets::compress(&files)?;
    fs::remove_dir_all(&bound)?;
    let page = fs::read_to_string(source.join("index.html"))?;
    fs::write(work.join("index.html"), page.replace("{base}", &format!("/console/{hash}")))?;
    Ok(())
}

fn esbuild(entry: &Path, out: &Path) -> Result<()> {
    let mut esbuild = process::command(root().join("npm/node_modules/.bin/esbuild"));
    esbuild.arg(entry).arg(format!("--outfile={}", out.display()));
    run(esbuild.args(["--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=warning"]))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for (name, path) in assets::tree(from)? {
        let copy = to.join(name);
        fs::create_dir_all(copy.parent().unwrap_or(to))?;
        fs::copy(path, copy)?;
    }
    Ok(())
}
