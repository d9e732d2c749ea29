//! Shorter names for what the core imports: wasm-bindgen's (`__wbg_setTimeout_fbd69c6576710fc6`)
//! weigh 3 KB in the module and as much again in its script.

use std::{collections::BTreeMap, convert::Infallible, fs, path::Path};

use anyhow::{Context, Result, anyhow};
use wasm_encoder::{
    ImportSection, Module,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{Import, Imports, Parser};

/// wasm-bindgen's own and the splitter's names begin like this; others (`memory`) mean something in JS.
const OURS: &str = "__w";

/// Renames the imports in `core.wasm`, in `core.js` and in the splitter's script `link`.
pub(super) fn shorten(work: &Path, link: &str) -> Result<()> {
    let module = work.join("core.wasm");
    let bytes = fs::read(&module)?;
    let mut shortener = Shortener::default();
    let mut out = Module::new();
    shortener
        .parse_core_module(&mut out, Parser::new(0), &bytes)
        .map_err(|error| anyhow!("core.wasm: {error}"))?;
    fs::write(module, out.finish())?;
    let core = work.join("core.js");
    let script = fs::read_to_string(&core).context("wasm-bindgen wrote no core.js")?;
    fs::write(&core, renamed(&script, &shortener.names))?;
    fs::write(work.join("__wasm_split.js"), renamed(link, &shortener.names))?;
    Ok(())
}

#[derive(Default)]
struct Shortener {
    names: BTreeMap<String, String>,
}

impl Reencode for Shortener {
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
        if name.starts_with(OURS) {
            let next = format!("_{:x}", self.names.len());
            let short = self.names.entry(name.to_owned()).or_insert(next);
            section.import(module, short, ty);
        } else {
            section.import(module, name, ty);
        }
        Ok(())
    }
}

/// `script` with each whole word that is among the names replaced.
fn renamed(script: &str, names: &BTreeMap<String, String>) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
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
}
