//! From one crate graph to what a browser downloads: a core, a chunk per widget and lazy part, the
//! loader, strings, all in a folder that is named by its content and never changes.

pub(crate) mod assets;
mod console;
mod split;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::process::{cargo, root, run, target};
use crate::{npm, tools};

/// What to build.
#[derive(Clone, Copy, Default)]
pub(crate) struct Options {
    pub unsplit: bool,
    pub wee_alloc: bool,
}

impl Options {
    /// Where such a build goes. Each kind has a folder of its own, so that none is taken for another.
    pub(crate) fn folder(self) -> PathBuf {
        let mut name = "assets".to_owned();
        for (chosen, part) in [(self.unsplit, "-unsplit"), (self.wee_alloc, "-wee-alloc")] {
            name.push_str(if chosen { part } else { "" });
        }
        target().join("devanture").join(name)
    }
}

/// A finished build.
pub(crate) struct Built {
    /// Serve this: it has `devanture.js` and `build/<hash>/`.
    pub folder: PathBuf,
    /// The files of this build.
    pub build: PathBuf,
    /// The files of the staff console.
    pub console: PathBuf,
}

/// Features that wasm-opt may use, listed: `--all-features` would emit what Chromium refuses.
const WASM_FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds everything, or finds that the inputs have not changed since the last build.
pub(crate) fn build(options: Options) -> Result<Built> {
    npm::ci("npm")?;
    tools::wasm_target()?;
    let mut features = Vec::new();
    if !options.unsplit {
        features.push("split");
    }
    if options.wee_alloc {
        features.push("wee_alloc");
    }
    let module = compile("embed", &features)?;
    let work = target().join("devanture/work");
    reset(&work)?;
    if options.unsplit {
        bindgen(&module, &work, "core", &[])?;
        fs::rename(work.join("core_bg.wasm"), work.join("core.wasm"))?;
    } else {
        split::split(&module, &work)?;
    }
    for path in files(&work, "wasm")? {
        optimise(&path)?;
    }
    let (folder, build) = assets::finish(&work, options)?;
    let console = console::build(&folder)?;
    Ok(Built { folder, build, console })
}

/// Compiles the crate `devanture-<name>` to one module.
fn compile(name: &str, features: &[&str]) -> Result<PathBuf> {
    // Panic messages name source files: without the machine's folders, and shorter.
    let home = std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| home + "/.cargo"))?;
    let flags = format!("--remap-path-prefix={home}/registry/src= --remap-path-prefix={}=", root().display());
    run(cargo()
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
        .args(["build", "--package", &format!("devanture-{name}"), "--lib", "--profile", "wasm"])
        .args(["--target", "wasm32-unknown-unknown", "--features", &features.join(",")]))?;
    Ok(target().join("wasm32-unknown-unknown/wasm").join(format!("devanture_{name}.wasm")))
}

/// wasm-bindgen's glue for one module.
fn bindgen(module: &Path, out: &Path, name: &str, more: &[&str]) -> Result<()> {
    let mut command = crate::process::command(tools::wasm_bindgen()?);
    command.arg(module).arg("--out-dir").arg(out).args([
        "--out-name",
        name,
        "--target",
        "web",
        "--no-typescript",
    ]);
    command.args(["--remove-name-section", "--remove-producers-section"]).args(more);
    run(&mut command)
}

/// Makes a module smaller, in its place.
fn optimise(path: &Path) -> Result<()> {
    let mut command = binaryen("wasm-opt");
    command.args([
        "-Oz",
        "--gufa",
        "-Oz",
        "--converge",
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ]);
    // Control flow built anew: 300 bytes less of each large file, compressed.
    command.args(["--flatten", "--rereloop", "-Oz", "-Oz"]).args(WASM_FEATURES);
    if path.file_stem().is_none_or(|stem| stem != "core") {
        // Often called first; in the core, similar functions are better left together.
        command.arg("--reorder-functions");
    } else {
        // Locals shared out by trial: 115 bytes less of the core, compressed, and nothing of the small files.
        command.args(["--merge-locals", "--coalesce-locals-learning", "--reorder-locals", "--vacuum"]);
    }
    run(command.arg(path).arg("-o").arg(path))
}

/// A program of the npm package `binaryen`.
fn binaryen(program: &str) -> std::process::Command {
    crate::process::command(crate::process::root().join("npm/node_modules/.bin").join(program))
}

fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == extension))
        .collect();
    found.sort();
    Ok(found)
}

fn reset(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}
