//! Chunks that do not go into the core: the core is what every page loads.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, anyhow};
use wasm_encoder::{
    ExportSection, ImportSection, Module,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{ExportSectionReader, Import, Imports, Parser, Payload};

use super::{CORE_MODULE, WASM_FEATURES, binaryen, files, split_name, stem};
use crate::process::run;

/// What widgets about stores share, beside the files of each.
const STORES: &str = "stores";
/// What several lazy parts share, whosever they are.
const PARTS: &str = "parts";

/// The split points of each widget: itself, then parts, which never come before it. What only these share is in the widget's file;
/// what the store locator shares with its details and appointments would not fit into its budget.
const LOCATOR: [&str; 3] = ["store_locator", "map", "search"];
const STOCK: [&str; 4] = ["stock_locator", "instead", "product_page", "reserve"];

/// The file that a chunk goes into rather than into the core, by the split points that need it.
fn place(users: &[&str]) -> Option<&'static str> {
    let is_widget = |user: &&str| *user == LOCATOR[0] || *user == STOCK[0];
    if !users.iter().any(is_widget) {
        Some(PARTS)
    } else if users.iter().all(|user| STOCK.contains(user)) {
        Some("stock-locator")
    } else if users.iter().all(|user| LOCATOR.contains(user)) {
        Some("store-locator")
    } else if users.iter().all(|user| *user == LOCATOR[0] || STOCK.contains(user)) {
        Some(STORES)
    } else {
        None
    }
}

/// The shared files that a list of chunks in the splitter's script needs.
pub(super) fn shared(list: &str, places: &BTreeMap<String, &'static str>) -> Vec<&'static str> {
    let places: BTreeSet<&str> =
        list.split(", ").filter_map(|chunk| places.get(chunk.trim_start_matches("__")).copied()).collect();
    [STORES, PARTS].into_iter().filter(|file| places.contains(file)).collect()
}

/// Where chunks go by their names (`chunk_7`), by what the splitter's script says of each:
/// `/* details, store_locator */`, then its line.
pub(super) fn places(script: &str) -> BTreeMap<String, &'static str> {
    let mut found = BTreeMap::new();
    for part in script.split("/*").skip(1) {
        let Some((users, line)) = part.split_once("*/") else { continue };
        let users: Vec<&str> = users.split(',').map(str::trim).collect();
        let number = line.trim_start().strip_prefix("const __chunk_").and_then(|rest| rest.split(' ').next());
        if let (Some(number), Some(place)) = (number, place(&users)) {
            found.insert(format!("chunk_{number}"), place);
        }
    }
    found
}

/// Merges chunks into their files, `split_<file>.wasm` of the folder.
pub(super) fn merge(cut: &Path, places: &BTreeMap<String, &'static str>) -> Result<()> {
    let all = files(cut, "wasm")?;
    for file in places.values().copied().collect::<BTreeSet<_>>() {
        let is_in = |path: &&PathBuf| {
            places.get(stem(path)) == Some(&file) || split_name(stem(path)).as_deref() == Some(file)
        };
        let parts: Vec<&PathBuf> = all.iter().filter(is_in).collect();
        let out = parts
            .iter()
            .find(|path| split_name(stem(path)).is_some())
            .map_or_else(|| cut.join(format!("split_{file}.wasm")), |path| (*path).clone());
        join(cut, &parts, &out)?;
    }
    Ok(())
}

/// Merges modules into one. They all import the core's memory and table, and one module must not import a memory twice: they
/// are given those of a stand-in, which imports them once.
fn join(cut: &Path, parts: &[&PathBuf], out: &Path) -> Result<()> {
    let stand_in = cut.join("stand-in.wasm");
    fs::write(&stand_in, stand_in_for_core(parts)?)?;
    let merged = cut.join("merged.wasm");
    let mut command = binaryen("wasm-merge");
    command.arg(&stand_in).arg(CORE_MODULE);
    for path in parts {
        command.arg(path).arg(stem(path));
    }
    run(command.arg("-o").arg(&merged).args(WASM_FEATURES).arg("--skip-export-conflicts"))?;
    let bytes = fs::read(&merged)?;
    let mut module = Module::new();
    Outside.parse_core_module(&mut module, Parser::new(0), &bytes).map_err(|error| anyhow!("{error}"))?;
    fs::write(out, module.finish())?;
    fs::remove_file(merged)?;
    Ok(fs::remove_file(stand_in)?)
}

/// The module that the stand-in imports from; wasm-merge would look for the core's own name among its inputs.
const OUTSIDE: &str = "outside";

/// A module that imports what all these do, and exports it.
fn stand_in_for_core(parts: &[&PathBuf]) -> Result<Vec<u8>> {
    let (mut imports, mut exports) = (ImportSection::new(), ExportSection::new());
    let mut known = BTreeSet::new();
    let mut counts = [0; 3];
    for path in parts {
        let bytes = fs::read(path)?;
        for payload in Parser::new(0).parse_all(&bytes) {
            let Payload::ImportSection(section) = payload? else { continue };
            for import in section.into_imports() {
                let import = import?;
                if !known.insert(import.name.to_owned()) {
                    continue;
                }
                let (kind, at) = match import.ty {
                    wasmparser::TypeRef::Memory(_) => (wasm_encoder::ExportKind::Memory, 0),
                    wasmparser::TypeRef::Table(_) => (wasm_encoder::ExportKind::Table, 1),
                    wasmparser::TypeRef::Global(_) => (wasm_encoder::ExportKind::Global, 2),
                    _ => return Err(anyhow!("{} imports the function {}", path.display(), import.name)),
                };
                let ty = Outside.entity_type(import.ty).map_err(|error| anyhow!("{error}"))?;
                imports.import(OUTSIDE, import.name, ty);
                exports.export(import.name, kind, counts[at]);
                counts[at] += 1;
            }
        }
    }
    let mut module = Module::new();
    module.section(&imports).section(&exports);
    Ok(module.finish())
}

/// Has a merged module import from the core again, and export nothing: what it has, it puts into the core's table.
struct Outside;

impl Reencode for Outside {
    type Error = Infallible;

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: Imports<'_>,
    ) -> Result<(), Error<Infallible>> {
        let Imports::Single(_, Import { module: OUTSIDE, name, ty }) = imports else {
            return utils::parse_imports(self, section, imports);
        };
        let ty = self.entity_type(ty)?;
        section.import(CORE_MODULE, name, ty);
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        _: &mut ExportSection,
        _: ExportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_by_who_needs_them() {
        let script = "/* appointment, reserve */\nconst __chunk_5 = makeLoad();\n\
            /* reserve, stock_locator */\nconst __chunk_6 = makeLoad();\n\
            /* stock_locator, store_locator */\nconst __chunk_7 = makeLoad();\n\
            /* details, stock_locator, store_locator */\nconst __chunk_8 = makeLoad();\n\
            /* map, store_locator */\nconst __chunk_9 = makeLoad();";
        let places = places(script);
        assert_eq!(places.get("chunk_5"), Some(&"parts"));
        assert_eq!(places.get("chunk_6"), Some(&"stock-locator"));
        assert_eq!(places.get("chunk_7"), Some(&"stores"));
        assert_eq!(places.get("chunk_8"), None);
        assert_eq!(places.get("chunk_9"), Some(&"store-locator"));
        assert_eq!(shared("__chunk_6, __chunk_7", &places), ["stores"]);
    }
}
