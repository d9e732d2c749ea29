//! Tools that builds need, installed once, at the versions that the lock file asks for.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::process::{cargo, command, output, root, run, succeeds, target};

/// `wasm_split_helpers` 0.2.3 needs this one.
const WASM_SPLIT_CLI: &str = "0.2.4";

/// A tool from crates.io in `target/tools`, out of the way of the machine's own.
pub(crate) fn installed(package: &str, version: &str, binary: &str, features: &[&str]) -> Result<PathBuf> {
    let at_version = format!("{package}-{version}");
    let folder = target().join("tools").join(at_version);
    let program = folder.join("bin").join(binary);
    if program.exists() {
        return Ok(program);
    }
    eprintln!("xtask: installing {package} {version} (once)");
    let install = |more: &[&str]| {
        let mut install = cargo();
        install.args(["install", package, "--version", version, "--quiet", "--root"]).arg(&folder);
        install.arg("--target-dir").arg(target().join("tools/build"));
        if !features.is_empty() {
            install.arg("--features").arg(features.join(","));
        }
        run(install.args(more))
    };
    // A mirror of the registry may lack a version that the package's lock file names.
    install(&["--locked"]).or_else(|_| install(&[]))?;
    Ok(program)
}

/// The CLI of the very wasm-bindgen in `Cargo.lock`: another version refuses the module.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    let version = locked("wasm-bindgen")?;
    if output(Command::new("wasm-bindgen").arg("--version")).is_ok_and(|text| text.ends_with(&version)) {
        return Ok("wasm-bindgen".into());
    }
    installed("wasm-bindgen-cli", &version, "wasm-bindgen", &[])
}

/// What runs tests in a browser; it comes with the CLI.
pub(crate) fn wasm_bindgen_test_runner() -> Result<PathBuf> {
    Ok(wasm_bindgen()?.with_file_name("wasm-bindgen-test-runner"))
}

/// The splitter.
pub(crate) fn wasm_split_cli() -> Result<PathBuf> {
    installed("wasm_split_cli_support", WASM_SPLIT_CLI, "wasm-split-cli", &["build-binary"])
}

/// The compiler's wasm target.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = PathBuf::from(output(command("rustc").args(["--print", "sysroot"]))?);
    if sysroot.join("lib/rustlib/wasm32-unknown-unknown").is_dir() {
        return Ok(());
    }
    run(command("rustup").args(["target", "add", "wasm32-unknown-unknown"]))
        .context("the wasm target is missing: rustup target add wasm32-unknown-unknown")
}

/// A Chromium to test with: `DEVANTURE_CHROMIUM`, else the first one found.
pub(crate) fn chromium() -> Result<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    program("DEVANTURE_CHROMIUM", &names, "chromium")
}

/// What drives it: `DEVANTURE_CHROMEDRIVER`, else the one found.
pub(crate) fn chromedriver() -> Result<PathBuf> {
    program("DEVANTURE_CHROMEDRIVER", &["chromedriver"], "chromium-driver")
}

/// A program of the system, by a variable or from the path; on Debian as root it is installed.
fn program(variable: &str, names: &[&str], package: &str) -> Result<PathBuf> {
    if let Some(path) = std::env::var_os(variable) {
        return Ok(path.into());
    }
    let find = || {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path)
            .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
            .find(|path| path.exists())
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    let is_root = output(command("id").arg("-u")).is_ok_and(|id| id == "0");
    if is_root && succeeds(command("apt-get").arg("--version")) {
        eprintln!("xtask: installing {package} (once)");
        run(command("apt-get").args(["update", "-qq"]))?;
        let mut install = command("apt-get");
        install.env("DEBIAN_FRONTEND", "noninteractive").args(["install", "-y", "-qq", package]);
        run(install.stdout(std::process::Stdio::null()))?;
        if let Some(found) = find() {
            return Ok(found);
        }
    }
    bail!("no {} found: install it (Debian: apt-get install {package}) or name it in {variable}", names[0])
}

/// The version that `Cargo.lock` has of a package.
fn locked(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).context("Cargo.lock is missing")?;
    let marker = format!("name = \"{package}\"\nversion = \"");
    let (_, rest) = lock.split_once(&marker).with_context(|| format!("{package} is not in Cargo.lock"))?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}
