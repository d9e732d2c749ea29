//! A whole Devanture on this machine: API, shop and mini-site, each on an origin of its own, for the
//! demo, the tests and the benchmarks.

pub(crate) mod child;

use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result};

use crate::{
    process::{cargo, command, output, run, target},
    wasm,
};
use child::{Server, tied};

/// The programs that are run. `DEVANTURE_BINARIES` names a folder that has them already.
pub(crate) struct Binaries {
    pub devanture: PathBuf,
    pub shop: PathBuf,
    /// What the API is measured against.
    pub bare: PathBuf,
    /// What feeds are measured against.
    pub bare_feed: PathBuf,
    /// Shoppers who reserve.
    pub reserve: PathBuf,
    /// Fills the largest database that is spoken of.
    pub ceiling: PathBuf,
    /// Starts a PostgreSQL server; only `of_tests` builds it.
    pub postgres: PathBuf,
}

/// The storage crate's example that starts a PostgreSQL server.
pub(crate) const POSTGRES: [&str; 4] =
    ["--example", "postgres", "--features", "devanture-storage/test-support"];

impl Binaries {
    /// Where a build in `profile`'s folder (`debug`, `release`) puts them.
    fn within(profile: &str) -> Self {
        let folder = given().unwrap_or_else(|| target().join(profile));
        let [devanture, shop, bare, bare_feed, reserve, ceiling] = [
            "devanture",
            "devanture-shop",
            "devanture-bench-http",
            "devanture-bench-feed",
            "devanture-bench-reserve",
            "devanture-bench-ceiling",
        ]
        .map(|name| folder.join(name));
        Self {
            devanture,
            shop,
            bare,
            bare_feed,
            reserve,
            ceiling,
            postgres: folder.join("examples/postgres"),
        }
    }

    /// Builds them, unoptimised: they start soonest after a change, and their dependencies are
    /// compiled with `opt-level = 1` anyway.
    pub(crate) fn debug() -> Result<Self> {
        if given().is_none() {
            run(cargo().args(["build", "--package", "devanture-cli", "--package", "devanture-shop"]))?;
        }
        Ok(Self::within("debug"))
    }

    /// The same from the graph of the whole workspace with its tests, whose dependencies have other
    /// features: after `cargo test --workspace` nothing is compiled twice.
    pub(crate) fn of_tests() -> Result<Self> {
        if given().is_none() {
            run(cargo().args(["build", "--workspace", "--bins", "--tests"]).args(POSTGRES))?;
        }
        Ok(Self::within("debug"))
    }

    /// Optimised, for what is measured: the API, and what it is measured against. In one build both have the very
    /// same axum and hyper.
    pub(crate) fn release() -> Result<Self> {
        if given().is_none() {
            let packages = ["devanture-cli", "devanture-bench-http", "devanture-bench-feed"];
            let packages = packages.iter().flat_map(|package| ["--package", package]);
            run(cargo().args(["build", "--release"]).args(packages))?;
        }
        Ok(Self::within("release"))
    }

    /// `devanture --database …`
    pub(crate) fn devanture(&self, database: &Path) -> std::process::Command {
        let mut devanture = command(&self.devanture);
        devanture.arg("--database").arg(database).env_remove("DEVANTURE_DATABASE");
        devanture
    }
}

fn given() -> Option<PathBuf> {
    std::env::var_os("DEVANTURE_BINARIES").map(PathBuf::from)
}

/// The widgets' files, built unless `DEVANTURE_ASSETS` names a folder with a build.
pub(crate) fn assets() -> Result<PathBuf> {
    match std::env::var_os("DEVANTURE_ASSETS") {
        Some(folder) => {
            fs::canonicalize(&folder).with_context(|| format!("DEVANTURE_ASSETS {}", folder.display()))
        }
        None => Ok(wasm::build(wasm::Options::default())?.folder),
    }
}

/// The name of the one build in a folder of widgets' files.
pub(crate) fn build_name(assets: &Path) -> Result<String> {
    let builds = fs::read_dir(assets.join("build"))
        .with_context(|| format!("{} has no build", assets.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect::<Vec<_>>();
    builds.into_iter().next().with_context(|| format!("{} has no build", assets.display()))
}

/// Where everything listens, on 127.0.0.1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ports {
    pub api: u16,
    pub shop: u16,
    pub mini_site: u16,
}

impl Ports {
    /// The shop's port, the API's before it, the mini-site's after it; for each one that is taken, a
    /// free one.
    pub(crate) fn around(shop: u16) -> Result<Self> {
        let [api, shop, mini_site] = free([shop.saturating_sub(1), shop, shop.saturating_add(1)])?;
        Ok(Self { api, shop, mini_site })
    }

    /// Whatever is free.
    pub(crate) fn any() -> Result<Self> {
        let [api, shop, mini_site] = free([0; 3])?;
        Ok(Self { api, shop, mini_site })
    }
}

/// The wanted ports, each replaced by a free one when it is taken or 0.
fn free<const N: usize>(wanted: [u16; N]) -> Result<[u16; N]> {
    // All are held until all are chosen, so that they differ.
    let mut held = Vec::with_capacity(N);
    for port in wanted {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .context("no free port on 127.0.0.1")?;
        held.push(listener);
    }
    let mut ports = [0; N];
    for (port, listener) in ports.iter_mut().zip(&held) {
        *port = listener.local_addr()?.port();
    }
    Ok(ports)
}

/// What a stack is started from.
pub(crate) struct Plan<'a> {
    pub binaries: &'a Binaries,
    pub assets: &'a Path,
    pub database: &'a Path,
    pub ports: Ports,
    /// Folder for the servers' logs.
    pub logs: &'a Path,
    /// Whether the API limits requests as it does for the public.
    pub limits: bool,
    /// Where the key is kept that the shop's simulated tills sell with; without it there are none.
    pub till_key: Option<&'a Path>,
    /// Folder for what is mailed; nothing is where there is none.
    pub mail: Option<&'a Path>,
}

/// Publishable keys of the demo's sites, and accounts for its console.
pub(crate) struct Keys {
    pub shop: String,
    pub mini_site: String,
    /// Role, login and password of each account that was made now, separated by tabs.
    pub staff: Vec<String>,
}

/// API, shop and mini-site, running.
pub(crate) struct Stack {
    pub api: String,
    pub shop: String,
    pub mini_site: String,
    /// Accounts that were made now, as in [`Keys`].
    pub staff: Vec<String>,
    servers: [Server; 2],
}

impl Stack {
    pub(crate) fn start(plan: &Plan) -> Result<Self> {
        let [api, shop, mini_site] = [plan.ports.api, plan.ports.shop, plan.ports.mini_site].map(origin);
        run(plan.binaries.devanture(plan.database).arg("migrate").stdout(std::process::Stdio::null())).context(
            "the database cannot be brought up to date (`cargo xtask demo --fresh` begins with a new one)",
        )?;
        let keys = seed(plan.binaries, plan.database, &shop, &mini_site)?;
        let api_server = api_server(plan)?;
        let mut command = tied(&plan.binaries.shop);
        command.args(["--listen", address(&shop), "--mini-site-listen", address(&mini_site), "--api", &api]);
        command.args(["--key", &keys.shop, "--mini-site-key", &keys.mini_site]);
        if let Some(file) = plan.till_key {
            command.env("DEVANTURE_TILL_KEY", till_key(plan, file)?);
        }
        let shop_server = Server::start("the shop", &mut command, &plan.logs.join("shop.log"), |line| {
            line.starts_with("mini-site ")
        })?;
        Ok(Self { api, shop, mini_site, staff: keys.staff, servers: [api_server, shop_server] })
    }

    /// Stays until one of the servers has ended, which is an error.
    pub(crate) fn watch(mut self) -> Result<()> {
        loop {
            for server in &mut self.servers {
                server.check()?;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

/// Starts `devanture serve` alone.
pub(crate) fn api_server(plan: &Plan) -> Result<Server> {
    let mut command = tied(&plan.binaries.devanture);
    command.arg("--database").arg(plan.database).arg("serve").arg("--assets").arg(plan.assets);
    command.args(["--listen", address(&origin(plan.ports.api))]);
    if !plan.limits {
        command.args(["--reads-per-second", "0", "--writes-per-hour", "0", "--sign-ins-per-hour", "0"]);
    }
    if let Some(folder) = plan.mail {
        fs::create_dir_all(folder)?;
        let location = format!("file:{}", folder.display());
        command.args(["--mail", &location, "--mail-from", "shop@lormelle.example"]);
    }
    Server::start("the API", &mut command, &plan.logs.join("api.log"), |line| line.starts_with("ready "))
}

/// The secret key in this file, made the first time.
fn till_key(plan: &Plan, file: &Path) -> Result<String> {
    if !file.exists() {
        let mut add = plan.binaries.devanture(plan.database);
        add.args(["key", "add", "--tenant", "lormelle", "--name", "simulated tills", "--scope", "feeds"]);
        let said = output(add.env("RUST_LOG", "warn"))?;
        let key = said.split_whitespace().find(|word| word.starts_with("sk_"));
        fs::write(file, key.context("`devanture key add` printed no key")?)?;
    }
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Writes the demo's network.
pub(crate) fn seed(binaries: &Binaries, database: &Path, shop: &str, mini_site: &str) -> Result<Keys> {
    let mut command = binaries.devanture(database);
    command.args(["seed", "--shop-origin", shop, "--mini-site-origin", mini_site]);
    let said = output(command.env("RUST_LOG", "warn"))?;
    let key = |origin: &str| {
        said.lines()
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .find_map(|fields| (fields.len() == 3 && fields[2] == origin).then(|| fields[1].to_owned()))
            .with_context(|| format!("`devanture seed` printed no key for {origin}"))
    };
    let staff = said.lines().filter_map(|line| line.strip_prefix("staff\t")).map(str::to_owned).collect();
    Ok(Keys { shop: key(shop)?, mini_site: key(mini_site)?, staff })
}

pub(crate) fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn address(origin: &str) -> &str {
    origin.trim_start_matches("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_taken_is_replaced() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let [chosen, other] = free([port, 0]).unwrap();
        assert_ne!(chosen, port);
        assert_ne!(chosen, other);
        drop(taken);
        assert_eq!(free([port]).unwrap(), [port]);
    }
}
