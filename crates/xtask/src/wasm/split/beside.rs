//! Chunks that do not go into the core: the core is what every page loads.
//!
//! A page with one widget loads the core, the widget's own file and the one that its group shares ([`Group::shares`]); a lazy part comes
//! after them. So what one widget and its own parts need is in its own file, what several widgets of one shared file need is in
//! that, and what is needed by widgets that have nothing else in common is in the core. What only lazy parts need waits for them.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, anyhow};
use wasm_encoder::{
    ExportSection, ImportSection, Module,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{ExportSectionReader, Import, Imports, Parser, Payload};

use super::{CORE_MODULE, WASM_FEATURES, binaryen, files, split_name, stem};
use crate::process::run;

/// What widgets about stores share, beside the files of each.
const STORES: &str = "stores";
/// What parts that come with the page share with parts of other widgets.
const PAGE: &str = "page";
/// What other lazy parts share, whosever they are.
const PARTS: &str = "parts";

/// The split points that belong to a widget.
struct Group {
    /// The widget's own.
    widget: &'static str,
    /// Its file.
    file: &'static str,
    /// Its lazy parts, which never come before it.
    parts: &'static [&'static str],
    /// A part that always comes, and before the others: what they share is in its file.
    first: Option<(&'static str, &'static str)>,
    /// Parts that are rarely wanted and share much with the widget: that is in the file beside the widget's.
    rare: &'static [&'static str],
    /// The shared file that is loaded beside it.
    shares: Option<&'static str>,
}

/// Each widget: a new one is a line here.
const GROUPS: [Group; 5] = [
    Group {
        widget: "store_locator",
        file: "store-locator",
        parts: &["map", "search"],
        first: None,
        rare: &["appointment", "details"],
        shares: Some(STORES),
    },
    Group {
        widget: "stock_locator",
        file: "stock-locator",
        parts: &["instead", "product_page", "reserve"],
        first: None,
        rare: &[],
        shares: Some(STORES),
    },
    Group {
        widget: "size_memory",
        file: "size-memory",
        parts: &["host_shop", "size_match", "size_panel", "size_sync"],
        first: Some(("host_shop", "host-shop")),
        rare: &[],
        shares: None,
    },
    Group {
        widget: "reviews",
        file: "reviews",
        parts: &["opinion", "write_review"],
        first: None,
        rare: &[],
        shares: None,
    },
    Group { widget: "rating", file: "rating", parts: &[], first: None, rare: &[], shares: None },
];

/// Parts that come with the page, not when somebody opens them.
const SOON: [&str; 3] = ["host_shop", "product_page", "size_match"];

impl Group {
    fn of(split: &str) -> Option<&'static Self> {
        GROUPS.iter().find(|group| {
            group.widget == split || group.parts.contains(&split) || group.rare.contains(&split)
        })
    }
}

/// The file that a chunk goes into rather than into the core, by the split points that need it.
fn place(users: &[&str]) -> Result<Option<&'static str>> {
    let mut groups: Vec<&Group> = Vec::new();
    for user in users {
        let group = Group::of(user)
            .with_context(|| format!("the split point {user} belongs to no group of beside.rs"))?;
        if !groups.iter().any(|known| known.widget == group.widget) {
            groups.push(group);
        }
    }
    let any = |names: &[&str]| users.iter().any(|user| names.contains(user));
    if !groups.iter().any(|group| any(&[group.widget])) {
        let first = match groups[..] {
            [Group { first: Some((split, file)), .. }] if any(&[split]) => Some(*file),
            _ => None,
        };
        return Ok(Some(first.unwrap_or(if any(&SOON) { PAGE } else { PARTS })));
    }
    Ok(match groups[..] {
        [group] => {
            if any(group.rare) {
                group.shares
            } else {
                Some(group.file)
            }
        }
        [first, ..] => first.shares.filter(|_| groups.iter().all(|group| group.shares == first.shares)),
        [] => None,
    })
}

/// The shared files that a list of chunks in the splitter's script needs.
pub(super) fn shared(list: &str, places: &BTreeMap<String, &'static str>) -> Vec<&'static str> {
    let places: BTreeSet<&str> =
        list.split(", ").filter_map(|chunk| places.get(chunk.trim_start_matches("__")).copied()).collect();
    places.into_iter().filter(|file| [STORES, PAGE, PARTS].contains(file)).collect()
}

/// Where chunks go by their names (`chunk_7`), by what the splitter's script says of each:
/// `/* details, store_locator */`, then its line.
pub(super) fn places(script: &str) -> Result<BTreeMap<String, &'static str>> {
    let mut found = BTreeMap::new();
    for part in script.split("/*").skip(1) {
        let Some((users, line)) = part.split_once("*/") else { continue };
        let users: Vec<&str> = users.split(',').map(str::trim).collect();
        let number = line.trim_start().strip_prefix("const __chunk_").and_then(|rest| rest.split(' ').next());
        if let Some(number) = number
            && let Some(place) = place(&users)?
        {
            found.insert(format!("chunk_{number}"), place);
        }
    }
    Ok(found)
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
            /* size_memory, stock_locator, store_locator */\nconst __chunk_8 = makeLoad();\n\
            /* map, store_locator */\nconst __chunk_9 = makeLoad();\n\
            /* host_shop, reserve */\nconst __chunk_10 = makeLoad();\n\
            /* details, stock_locator */\nconst __chunk_11 = makeLoad();\n\
            /* details, store_locator */\nconst __chunk_12 = makeLoad();\n\
            /* size_panel, stock_locator */\nconst __chunk_13 = makeLoad();\n\
            /* host_shop, size_match */\nconst __chunk_14 = makeLoad();";
        let places = places(script).unwrap();
        let of = |number: u8| places.get(&format!("chunk_{number}")).copied();
        assert_eq!(of(5), Some("parts"));
        assert_eq!(of(6), Some("stock-locator"));
        assert_eq!(of(7), Some("stores"));
        assert_eq!(of(8), None);
        assert_eq!(of(9), Some("store-locator"));
        assert_eq!(of(10), Some("page"));
        assert_eq!(of(11), Some("stores"));
        assert_eq!(of(12), Some("stores"));
        assert_eq!(of(13), None);
        assert_eq!(of(14), Some("host-shop"));
        assert_eq!(shared("__chunk_6, __chunk_7, __chunk_5", &places), ["parts", "stores"]);
    }

    #[test]
    fn a_split_point_without_a_widget_is_told() {
        let error = places("/* chat, stock_locator */\nconst __chunk_5 = makeLoad();").unwrap_err();
        assert_eq!(error.to_string(), "the split point chat belongs to no group of beside.rs");
    }
}
