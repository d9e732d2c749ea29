//! `cargo xtask demo`: the shop, its mini-site and the API that their widgets come from.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
};

use anyhow::{Context, Result};

use crate::{
    process::target,
    servers::{
        self, Binaries, Plan, Ports, Stack,
        child::{Scratch, end_on_signals},
    },
};

/// Where the shop is, unless told.
pub(crate) const SHOP_PORT: u16 = 4801;

/// Builds, fills the database, starts everything, and stays until Ctrl-C or SIGTERM.
pub(crate) fn run(port: u16, fresh: bool) -> Result<()> {
    end_on_signals(Some(0))?;
    let assets = servers::assets()?;
    let binaries = Binaries::debug()?;
    let folder = target().join("devanture");
    fs::create_dir_all(&folder)?;
    // A second demo beside a running one gets a database of its own: each writes its sites' origins.
    let lock = File::create(folder.join("demo.lock"))?;
    let alone = lock.try_lock().is_ok();
    let scratch = if alone { None } else { Some(Scratch::new(&folder, "demo")?) };
    let logs = scratch.as_ref().map_or(folder.as_path(), Scratch::path);
    let database = logs.join("demo.db");
    if fresh {
        for ending in ["db", "db-wal", "db-shm", "staff", "till"] {
            let file = database.with_extension(ending);
            if file.exists() {
                fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
            }
        }
    }
    let mail = database.with_extension("mail");
    if fresh && mail.exists() {
        fs::remove_dir_all(&mail).with_context(|| format!("cannot remove {}", mail.display()))?;
    }
    let ports = Ports::around(port)?;
    let till_key = database.with_extension("till");
    let plan = Plan {
        binaries: &binaries,
        assets: &assets,
        database: &database,
        ports,
        logs,
        limits: true,
        till_key: Some(&till_key),
        mail: Some(&mail),
    };
    let stack = Stack::start(&plan)?;
    println!("API {}/", stack.api);
    println!("console {}/console/", stack.api);
    for account in accounts(&database.with_extension("staff"), &stack.staff)?.lines() {
        println!("  {}", account.replace('\t', "  "));
    }
    println!("mini-site {}/", stack.mini_site);
    println!("mail {}", mail.display());
    println!("ready {}/", stack.shop);
    std::io::stdout().flush()?;
    stack.watch()
}

/// Accounts that can sign in to the console. The server keeps no password, so those that were made are written beside the
/// database for the next time.
fn accounts(file: &Path, made: &[String]) -> Result<String> {
    if !made.is_empty() {
        fs::write(file, made.join("\n"))?;
    }
    if file.exists() {
        return fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()));
    }
    Ok("its accounts' passwords are not known any more: `cargo xtask demo --fresh` makes new ones".to_owned())
}
