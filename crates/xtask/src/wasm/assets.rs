//! The last step: scripts bundled, files named, hashed and compressed.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use sha2::{Digest as _, Sha256, Sha384};

use super::{Options, files, reset};
use crate::{
    npm,
    process::{self, root, run},
};

/// Gathers the files of a build into `build/<hash>/` of its folder, with compressed siblings and a manifest. Returns both.
pub(super) fn finish(work: &Path, options: Options) -> Result<(PathBuf, PathBuf)> {
    let out = options.folder();
    let files = work.join("files");
    reset(&files)?;
    fs::create_dir_all(files.join("locales"))?;
    for path in super::files(work, "wasm")? {
        fs::rename(&path, files.join(path.file_name().context("a file without a name")?))?;
    }
    locales(&files)?;
    bundle(work, &files, "core")?;
    bundle(work, &files, "map")?;
    let hash = content_hash(&files)?;
    loader(work, &files, &hash, options)?;
    let build = out.join("build").join(&hash);
    reset(&out)?;
    fs::create_dir_all(out.join("build"))?;
    manifest(&files, &hash)?;
    compress(&files)?;
    fs::rename(&files, &build)?;
    for ending in ["", ".br", ".gz"] {
        fs::copy(build.join(format!("devanture.js{ending}")), out.join(format!("devanture.js{ending}")))?;
    }
    Ok((out, build))
}

/// Bundles `core.js` or `map.js` with esbuild; see `npm/scripts/bundle.mjs`.
fn bundle(work: &Path, files: &Path, what: &str) -> Result<()> {
    let mut command = npm::npm(&root().join("npm"));
    command.args(["run", "--silent", "bundle", "--", what, "--work"]).arg(work);
    run(command.arg("--out").arg(files))
}

/// Builds the npm package for this build, out of the way of `npm/dist`; its `devanture.js` is the loader.
fn loader(work: &Path, files: &Path, hash: &str, options: Options) -> Result<()> {
    let out = work.join("npm");
    let mut command = npm::npm(&root().join("npm"));
    command.args(["run", "--silent", "build", "--", "--build", hash, "--out"]).arg(&out);
    if options.unsplit {
        command.arg("--unsplit");
    }
    run(&mut command)?;
    fs::copy(out.join("devanture.js"), files.join("devanture.js"))?;
    Ok(())
}

/// `widgets/<widget>/locales/<lang>.json` and `styles.css` → `locales/<widget>.<lang>.json`, one file, since
/// neither is of use without the other.
fn locales(files_out: &Path) -> Result<()> {
    for widget in fs::read_dir(root().join("widgets"))?.filter_map(Result::ok) {
        let name = widget.file_name().to_string_lossy().into_owned();
        let folder = widget.path().join("locales");
        if !folder.is_dir() {
            continue;
        }
        let styles = styles(&widget.path().join("styles.css"))?;
        for path in files(&folder, "json")? {
            let texts: BTreeMap<String, String> = serde_json::from_slice(&fs::read(&path)?)
                .with_context(|| format!("{} must be a flat object of texts", path.display()))?;
            let lang = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let locale = json!({ "styles": styles, "texts": texts });
            fs::write(files_out.join(format!("locales/{name}.{lang}.json")), serde_json::to_vec(&locale)?)?;
        }
    }
    Ok(())
}

/// A style sheet with what it imports, minified.
fn styles(sheet: &Path) -> Result<String> {
    let mut esbuild = process::command(root().join("npm/node_modules/.bin/esbuild"));
    process::output(esbuild.arg(sheet).args(["--bundle", "--minify", "--log-level=warning"]))
}

/// Every file below a folder, by its path within it.
pub(crate) fn tree(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder)?.to_string_lossy().into_owned(), path);
            }
        }
    }
    Ok(found)
}

fn content_hash(files: &Path) -> Result<String> {
    let mut hasher = Sha256::new();
    for (name, path) in tree(files)? {
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update(Sha256::digest(fs::read(path)?));
    }
    // The loader is named by what it loads, so its own source counts as well.
    for (name, path) in tree(&root().join("npm/src"))? {
        hasher.update(name.as_bytes());
        hasher.update(Sha256::digest(fs::read(path)?));
    }
    Ok(short(hasher))
}

/// Enough of a digest to name a folder by.
pub(super) fn short(hasher: Sha256) -> String {
    let digest = hasher.finalize();
    format!("{:016x}", digest[..8].iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte)))
}

/// What a page needs to pin this build: sizes and `integrity` values.
fn manifest(files: &Path, hash: &str) -> Result<()> {
    let mut entries = serde_json::Map::new();
    for (name, path) in tree(files)? {
        let bytes = fs::read(path)?;
        let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes)));
        entries.insert(name, json!({ "bytes": bytes.len(), "integrity": integrity }));
    }
    let manifest = json!({ "build": hash, "version": env!("CARGO_PKG_VERSION"), "files": entries });
    fs::write(files.join("manifest.json"), serde_json::to_vec_pretty(&manifest)?)?;
    Ok(())
}

/// Writes `.br` and `.gz` beside every file.
pub(super) fn compress(files: &Path) -> Result<()> {
    let all = tree(files)?;
    for path in all.values() {
        fs::write(suffixed(path, ".gz"), gzip(&fs::read(path)?)?)?;
    }
    run(process::command("node").arg(root().join("npm/scripts/brotli.mjs")).args(all.values()))
}

pub(crate) fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Gzip at its best.
fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
