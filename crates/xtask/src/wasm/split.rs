//! Splitting: wasm-split-cli cuts the module along its split points into a core, a file per point
//! and dozens of shared chunks; wasm-merge folds the chunks back into the core, or into the files that [`beside`] names, so that
//! the page loads two or three files instead of twenty.

mod beside;
mod names;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result, bail};

use super::{WASM_FEATURES, binaryen, bindgen, files};
use crate::{process::run, tools};

/// The name under which chunks import what the core has.
const CORE_MODULE: &str = "__wasm_split";

pub(super) fn split(module: &Path, work: &Path) -> Result<()> {
    let cut = work.join("cut");
    fs::create_dir_all(&cut)?;
    run(crate::process::command(tools::wasm_split_cli()?).arg(module).arg(&cut).args([
        "--target",
        "web",
        "--out-name",
        "core",
    ]))?;
    let main = files(&cut, "wasm")?
        .into_iter()
        .find(|path| stem(path) == "core")
        .context("wasm-split-cli wrote no main module")?;
    bindgen(&main, work, "core", &["--keep-lld-exports"])?;
    let script = fs::read_to_string(cut.join("__wasm_split.js"))?;
    let places = beside::places(&script)?;
    merge(&cut, work, &places)?;
    beside::merge(&cut, &places)?;
    let link = link_script(&script, &places)?;
    names::shorten(work, &cut, &link)?;
    for path in files(&cut, "wasm")? {
        // `split_store_locator.wasm` → `store-locator.wasm`
        if let Some(name) = split_name(stem(&path)) {
            fs::rename(&path, work.join(format!("{name}.wasm")))?;
        }
    }
    fs::remove_dir_all(&cut)?;
    Ok(())
}

/// `store-locator` of `split_3_store_locator` or `split_store_locator`.
fn split_name(stem: &str) -> Option<String> {
    let name = stem.strip_prefix("split_")?.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
    Some(name.replace('_', "-"))
}

/// Merges into the core the chunks that have no other place.
fn merge(cut: &Path, work: &Path, places: &BTreeMap<String, &str>) -> Result<()> {
    let core = work.join("core_bg.wasm");
    let mut command = binaryen("wasm-merge");
    command.arg(&core).arg(CORE_MODULE);
    for path in files(cut, "wasm")?.iter().filter(|path| goes_into_core(stem(path), places)) {
        command.arg(path).arg(stem(path));
    }
    command.arg("-o").arg(work.join("core.wasm")).args(WASM_FEATURES);
    run(command.arg("--skip-export-conflicts"))?;
    fs::remove_file(core)?;
    Ok(())
}

fn goes_into_core(stem: &str, places: &BTreeMap<String, &str>) -> bool {
    stem.starts_with("chunk_") && !places.contains_key(stem)
}

/// The splitter's script without its chunks, which are in other files now, and with the files' new names.
fn link_script(script: &str, places: &BTreeMap<String, &'static str>) -> Result<String> {
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(at) = rest.find("const __chunk_") {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end =
            tail.find(", []);").context("a chunk's line has another form than this splitter's version")?;
        rest = &tail[end + ", []);".len()..];
    }
    out.push_str(rest);
    let mut used = BTreeSet::new();
    while let Some(at) = out.find("[__chunk_") {
        let end = out[at..].find(']').context("an open list of chunks")?;
        let shared = beside::shared(&out[at + 1..at + end], places);
        let list: Vec<String> = shared.iter().map(|file| format!("__{file}")).collect();
        out.replace_range(at..=at + end, &format!("[{}]", list.join(", ")));
        used.extend(shared);
    }
    if !used.is_empty() {
        let at = out.find("export const ").context("a script without a split point")?;
        out.insert_str(at, &used.into_iter().map(shared_line).collect::<String>());
    }
    let mut renamed = String::with_capacity(out.len());
    let mut rest = out.as_str();
    while let Some((before, after)) = rest.split_once("\"./split_") {
        let Some((stem, tail)) = after.split_once(".wasm\"") else { bail!("a file name without its ending") };
        let name = split_name(&format!("split_{stem}")).context("a split without a name")?;
        renamed.extend([before, "\"./", &name, ".wasm\""]);
        rest = tail;
    }
    renamed.push_str(rest);
    Ok(renamed)
}

/// As the splitter writes it for a chunk.
fn shared_line(file: &str) -> String {
    format!(
        r#"const __{file} = makeLoad(() => {{
    const src = fetch(new URL("./split_{file}.wasm", import.meta.url));
    src.catch(() => {{}});
    return async (imports) => WebAssembly.instantiateStreaming(src, imports);
}}, []);
"#
    )
}

fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_leave_the_script_and_files_get_their_names() {
        let script = "x\nconst __chunk_4 = makeLoad(() => {\n fetch(new URL(\"./chunk_4.wasm\"))\n}\n, []);\n\
            export const a = wrapAsyncCb(makeLoad(() => { fetch(new URL(\"./split_9_store_locator.wasm\")) }, [__chunk_4, __chunk_5]));";
        let linked = link_script(script, &BTreeMap::new()).unwrap();
        assert!(!linked.contains("chunk"), "{linked}");
        assert!(linked.contains("\"./store-locator.wasm\")) }, [])"), "{linked}");
        let places = BTreeMap::from([("chunk_5".to_owned(), "stores")]);
        let linked = link_script(script, &places).unwrap();
        assert!(linked.contains("const __stores = makeLoad"), "{linked}");
        assert!(linked.contains("./stores.wasm"), "{linked}");
        assert!(linked.contains("\"./store-locator.wasm\")) }, [__stores])"), "{linked}");
    }
}
