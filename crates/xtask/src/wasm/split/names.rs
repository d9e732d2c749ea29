//! Shorter names for what the core imports and exports: wasm-bindgen's (`__wbg_setTimeout_fbd69c6576710fc6`) and the
//! splitter's weigh 3 KB in the module, as much again in its script, and 80 bytes in each chunk.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    fs,
    path::Path,
};

use anyhow::{Context, Result, anyhow};
use wasm_encoder::{
    ExportSection, ImportSection, Module,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{Export, Import, Imports, Parser};

use super::{CORE_MODULE, files, split_name, stem};

/// wasm-bindgen's own and the splitter's names begin like this; others (`memory`, `mount`) mean something in JS.
const OURS: [&str; 2] = ["__", "wasm_bindgen__"];

/// The modules that imports come from: the core, for chunks; its script and the splitter's, for the core itself.
const MODULES: [(&str, &str); 3] = [(CORE_MODULE, "w"), ("./core_bg.js", "c"), ("./__wasm_split.js", "s")];

/// Renames in `core.wasm`, in `core.js`, in the splitter's script `link`, and in the chunks of the folder `cut`.
pub(super) fn shorten(work: &Path, cut: &Path, link: &str) -> Result<()> {
    let core = work.join("core.js");
    let script = fs::read_to_string(&core).context("wasm-bindgen wrote no core.js")?;
    let mut shortener =
        Shortener { names: BTreeMap::new(), used: words(&script).chain(words(link)).collect() };
    shortener.rewrite(&work.join("core.wasm"))?;
    for chunk in files(cut, "wasm")?.iter().filter(|path| split_name(stem(path)).is_some()) {
        shortener.rewrite(chunk)?;
    }
    let mut names = shortener.names;
    fs::write(&core, short_modules(&renamed(&script, &names)))?;
    names.extend(MODULES.map(|(name, short)| (name.to_owned(), short.to_owned())));
    fs::write(work.join("__wasm_split.js"), renamed(link, &names))?;
    Ok(())
}

struct Shortener<'a> {
    names: BTreeMap<String, String>,
    /// The words of both scripts: the core need not export anything else.
    used: BTreeSet<&'a str>,
}

impl Shortener<'_> {
    fn rewrite(&mut self, path: &Path) -> Result<()> {
        let bytes = fs::read(path)?;
        let mut out = Module::new();
        let parsed = self.parse_core_module(&mut out, Parser::new(0), &bytes);
        parsed.map_err(|error| anyhow!("{}: {error}", path.display()))?;
        Ok(fs::write(path, out.finish())?)
    }

    fn short<'a>(&'a mut self, name: &'a str) -> &'a str {
        if !OURS.iter().any(|start| name.starts_with(start)) {
            return name;
        }
        let next = format!("_{:x}", self.names.len());
        self.names.entry(name.to_owned()).or_insert(next)
    }
}

impl Reencode for Shortener<'_> {
    type Error = Infallible;

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: Imports<'_>,
    ) -> Result<(), Error<Infallible>> {
        let Imports::Single(_, Import { module, name, ty }) = imports else {
            return utils::parse_imports(self, section, imports);
        };
        let ty = self.entity_type(ty)?;
        let module = MODULES.iter().find(|(long, _)| *long == module).map_or(module, |(_, short)| short);
        section.import(module, self.short(name), ty);
        Ok(())
    }

    fn parse_export(
        &mut self,
        section: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), Error<Infallible>> {
        if self.used.contains(export.name) {
            let name = self.short(export.name).to_owned();
            utils::parse_export(self, section, Export { name: &name, ..export })?;
        }
        Ok(())
    }
}

/// `core.js` with its imports under the modules' short names. wasm-bindgen writes a line for each import of the splitter's
/// script, all of one name.
fn short_modules(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut known = BTreeSet::new();
    for line in script.split_inclusive('\n') {
        let found = MODULES.iter().find_map(|(name, short)| {
            let value = line.trim_start().strip_prefix('"')?.strip_prefix(name)?.strip_prefix("\": ")?;
            Some((short, value))
        });
        match found {
            Some((short, value)) if known.insert(short) => out.extend([short, ": ", value]),
            Some(_) => {}
            None => out.push_str(line),
        }
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

fn words(script: &str) -> impl Iterator<Item = &str> {
    script.split(|c| !is_word(c)).filter(|word| !word.is_empty())
}

/// `script` with each whole word that is among the names replaced.
fn renamed(script: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(is_word) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let (word, tail) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        out.push_str(names.get(word).map_or(word, String::as_str));
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_only() {
        let names = BTreeMap::from([("__wbg_a_1".to_owned(), "_0".to_owned())]);
        let script = "__wbg_a_1: function(x) { __wbg_a_12(memory.__wbg_a_1) }";
        assert_eq!(renamed(script, &names), "_0: function(x) { __wbg_a_12(memory._0) }");
    }

    #[test]
    fn modules_by_short_names_and_once() {
        let script = "import * as import1 from \"./__wasm_split.js\"\nreturn {\n    \"./core_bg.js\": import0,\n    \
            \"./__wasm_split.js\": import1,\n    \"./__wasm_split.js\": import2,\n};\n";
        assert_eq!(
            short_modules(script),
            "import * as import1 from \"./__wasm_split.js\"\nreturn {\nc: import0,\ns: import1,\n};\n"
        );
    }

    #[test]
    fn a_module_exports_what_scripts_use_and_imports_by_short_names() {
        let mut module = Module::new();
        let (mut imports, mut exports) = (ImportSection::new(), ExportSection::new());
        let memory = wasm_encoder::MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        };
        imports.import(CORE_MODULE, "memory", memory);
        let global =
            wasm_encoder::GlobalType { val_type: wasm_encoder::ValType::I32, mutable: false, shared: false };
        imports.import(CORE_MODULE, "__wasm_split_shared0", global);
        exports.export("__wasm_split_shared0", wasm_encoder::ExportKind::Global, 0);
        exports.export("__data_end", wasm_encoder::ExportKind::Global, 0);
        module.section(&imports).section(&exports);
        let mut shortener =
            Shortener { names: BTreeMap::new(), used: words("wasm.__wasm_split_shared0").collect() };
        let mut out = Module::new();
        shortener.parse_core_module(&mut out, Parser::new(0), &module.finish()).unwrap();
        let out = out.finish();
        let mut found = Vec::new();
        for payload in Parser::new(0).parse_all(&out) {
            match payload.unwrap() {
                wasmparser::Payload::ImportSection(section) => {
                    let imports = section.into_imports().map(Result::unwrap);
                    found.extend(imports.map(|import| format!("{}.{}", import.module, import.name)));
                }
                wasmparser::Payload::ExportSection(section) => {
                    found.extend(section.into_iter().map(|export| export.unwrap().name.to_owned()));
                }
                _ => {}
            }
        }
        assert_eq!(found, ["w.memory", "w._0", "_0"]);
    }
}
